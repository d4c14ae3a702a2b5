"""The command line as people and scripts meet it: help, exit codes, errors."""

import json
import re

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.gateway.tracker import erase_tracker

VERBS = ["run", "chat", "load", "index", "train", "replay"]
VERBS += ["understand", "search", "recommend", "simulate", "ledger", "export", "erase"]


@pytest.fixture
def call(tmp_path):
    def run(*arguments: str, **variables: str):
        environment = {
            "PAIRWELL_HOME": str(tmp_path / "home"),
            "PAIRWELL_DATABASE_URL": "",
            "COLUMNS": "200",
            **variables,
        }
        return CliRunner().invoke(app, list(arguments), env=environment)

    return run


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_explains_itself(call, verb):
    result = call(verb, "--help")
    assert result.exit_code == 0
    assert len(result.output) > 200


def test_help_lists_the_verbs_that_work_and_no_others(call):
    listed = re.findall(r"^│ (\w+) {2,}\S", call("--help").output, re.MULTILINE)
    assert listed == VERBS


def test_help_of_run_names_every_setting(call):
    from actions.settings import describe

    text = call("run", "--help").output
    assert all(name in text for name, _, _ in describe())


def test_an_unknown_verb_and_a_missing_option_are_wrong_use(call):
    assert call("emulate").exit_code == 2
    assert call("replay", "x.yml").exit_code == 2


@pytest.mark.parametrize("verb", ["load", "index", "run"])
def test_a_shop_that_is_not_there_is_wrong_use_and_says_so(call, verb, tmp_path):
    result = call(verb, "--shop", str(tmp_path / "nowhere"))
    assert result.exit_code == 2
    assert "nowhere" in result.stderr
    assert "products.csv" in result.stderr
    assert "Traceback" not in result.output


def test_a_faulty_shop_fails_with_every_place_and_leaves_the_loaded_one(call, tmp_path):
    shop = tmp_path / "shop"
    shop.mkdir()
    (shop / "products.csv").write_text("id,title,price\nA,Mug,4.00\n")
    assert call("load", "--shop", str(shop)).exit_code == 0
    (shop / "products.csv").write_text("id,title,price\nA,Mug,\nA,Cup,3.00\n")
    result = call("load", "--shop", str(shop))
    assert result.exit_code == 1
    assert "products.csv:2 [price]" in result.stderr
    assert "products.csv:3 [id]" in result.stderr
    (shop / "products.csv").write_text("id,title,price\nA,Mug,4.00\n")
    assert call("load", "--shop", str(shop)).stdout.startswith("up to date")


def test_a_broken_script_is_wrong_use_before_anything_starts(call, tmp_path):
    script = tmp_path / "bad.yml"
    script.write_text("turns:\n  - shout: hi\n")
    result = call("replay", str(script), "--out", str(tmp_path / "out.jsonl"))
    assert result.exit_code == 2
    assert "bad.yml:2:" in result.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_a_missing_input_file_is_wrong_use(call, tmp_path):
    files = ["--in", str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "out.jsonl")]
    assert call("understand", *files).exit_code == 2
    assert call("search", "--products", str(tmp_path / "none.csv"), *files).exit_code == 2


def test_nobody_to_export_or_erase_and_no_such_offer_fail_in_words(call):
    for verb in ("export", "erase", "ledger"):
        result = call(verb, "unknown-id")
        assert result.exit_code == 1
        assert "unknown-id" in result.stderr


def test_a_port_in_use_is_an_error_with_the_setting(call, tmp_path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = call("run", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "PAIRWELL_PORT" in result.stderr


def test_export_and_erase_reach_the_store_and_rasas_memory(call, tmp_path):
    from datetime import UTC, datetime

    from sqlalchemy import create_engine, text

    from actions.settings import load_settings
    from actions.store.conversations import Conversations
    from actions.store.database import migrate, open_database

    settings = load_settings({"PAIRWELL_HOME": str(tmp_path / "home")})
    migrate(settings.database_url)
    now = datetime(2026, 3, 2, tzinfo=UTC)
    chat = Conversations(open_database(settings.database_url)).open_conversation("s-ann", "widget", "en-GB", now)
    engine = create_engine(f"sqlite:///{settings.shop_home / 'tracker.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER, sender_id TEXT)"))
        connection.execute(text("INSERT INTO events VALUES (1, :chat), (2, 'c-other')"), {"chat": chat.id})
    assert chat.id in call("export", "s-ann").stdout
    erased = json.loads(call("erase", "s-ann").stdout)["erased"]
    assert erased["conversation"] == 1
    assert erased["tracker events"] == 1
    with engine.begin() as connection:
        assert connection.execute(text("SELECT sender_id FROM events")).all() == [("c-other",)]
    assert call("export", "s-ann").exit_code == 1


def test_erasing_where_rasa_has_no_memory_yet_is_fine(tmp_path):
    assert erase_tracker(tmp_path / "tracker.db", ["c-1"]) == 0
