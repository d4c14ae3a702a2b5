"""`pairwell simulate` as people and scripts meet it."""

import json

import pytest
from typer.testing import CliRunner

from actions.simulation.playing import Violation
from bot.cli import simulate
from bot.cli.main import app
from tests.fakes.simulated_shop import rich_shop


@pytest.fixture
def call(monkeypatch):
    """The verb over a small shop that is open already."""
    monkeypatch.setattr(simulate, "_open", lambda shop, seed: rich_shop())

    def run(*arguments: str):
        return CliRunner().invoke(app, ["simulate", *arguments], env={"COLUMNS": "200"})

    return run


def test_the_last_line_counts_conversations_decisions_and_violations(call):
    result = call("--conversations", "40", "--seed", "3")
    last = result.stdout.strip().splitlines()[-1].split(", ")
    assert result.exit_code == 0
    assert (last[0], last[2]) == ("40 conversations", "0 violations")
    assert int(last[1].removesuffix(" decisions")) > 100


def test_it_tells_pressure_and_earnings_by_shopper_and_by_kind(call):
    text = call("--conversations", "60").stdout
    words = ("By shopper", "two channels", "By kind of offer", "bundle", "Why it stayed silent", "no-means-no")
    assert [word for word in words if word not in text] == []


def test_the_same_seed_gives_the_same_figures(call, tmp_path):
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for file in files:
        assert call("--conversations", "30", "--seed", "5", "--json", str(file)).exit_code == 0
    assert files[0].read_text() == files[1].read_text()
    assert json.loads(files[0].read_text())["whole"]["conversations"] == 30


def test_one_conversation_is_told_turn_by_turn(call):
    result = call("--seed", "3", "--only", "17")
    lines = result.stdout.strip().splitlines()
    assert lines[0].startswith("conversation 17, ")
    assert lines[-1].startswith("1 conversations, ")


def test_a_broken_promise_ends_with_one_and_says_how_to_play_it_again(call, monkeypatch):
    def broken(*given):
        tally = real(*given)
        tally.add_violations([Violation("worth-it", 0, 8, 2, "PEGS are in the cart")])
        return tally

    real = simulate.simulate
    monkeypatch.setattr(simulate, "simulate", broken)
    result = call("--conversations", "10")
    assert result.exit_code == 1
    assert "worth-it: seed 0, conversation 8, turn 2: PEGS are in the cart; play it with --only 8" in result.stderr
    assert result.stdout.strip().endswith(" 1 violations")


@pytest.mark.parametrize("wrong", [("--conversations", "0"), ("--only", "-1"), ("--workers", "0")])
def test_numbers_that_make_no_sense_are_wrong_use(call, wrong):
    assert call(*wrong).exit_code == 2
