"""Replay scripts: what is understood, and faults by file and line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.frame import WrongUse
from bot.replay.player import NotVisible, find_choice
from bot.replay.script import Tap, read_script

SCRIPT = """\
name: camping-decline
channel: whatsapp
locale: en
shopper: s1
start: 2026-03-02T10:00:00Z
turns:
  - say: do you have a two person tent under 200?
    expect: {intent: find_product}
  - view: TENT-AERO-2
  - tap: No thanks
  - tap: {kind: decline}
  - tap: {choice: 0}
  - wait: 3d
  - say: 42
"""


def script(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "script.yml"
    path.write_text(text)
    return path


def test_a_script_of_the_contract_is_read_as_it_says(tmp_path):
    read = read_script(script(tmp_path, SCRIPT))
    assert (read.name, read.channel, read.shopper) == ("camping-decline", "whatsapp", "s1")
    assert read.start == datetime(2026, 3, 2, 10, tzinfo=UTC)
    say, view, title, kind, number, wait, digits = read.turns
    assert say.say == "do you have a two person tent under 200?"
    assert say.written == {"say": say.say}
    assert view.view == "TENT-AERO-2"
    assert (title.tap, kind.tap, number.tap) == (Tap(title="No thanks"), Tap(kind="decline"), Tap(number=0))
    assert wait.wait == timedelta(days=3)
    assert digits.say == "42"


def test_words_that_yaml_takes_for_something_else_are_words(tmp_path):
    read = read_script(script(tmp_path, "turns:\n  - say: no\n  - tap: Yes\n  - say: 10:30\n  - say: ''\n"))
    assert [turn.say for turn in read.turns] == ["no", None, "10:30", ""]
    assert read.turns[1].tap == Tap(title="Yes")


def test_notes_beside_the_keys_are_left_alone(tmp_path):
    assert read_script(script(tmp_path, "about: tents\nturns:\n  - say: hi\n")).name == "script"


def test_what_a_script_leaves_out_has_a_sensible_value(tmp_path):
    read = read_script(script(tmp_path, "turns:\n  - say: hi\n"))
    assert (read.name, read.channel, read.shopper, read.locale) == ("script", "widget", "script", "")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "a script is a mapping"),
        ("- say: hi\n", 1, "a script is a mapping"),
        ("name: a\nturns: [\n", 3, "not YAML"),
        ("name: a\n", 1, "turns: a list"),
        ("name: a\nturns: []\n", 2, "turns: a list"),
        ("name: a\nchanel: widget\nturns:\n  - say: hi\n", 2, "unknown key 'chanel'"),
        ("channel: fax\nturns:\n  - say: hi\n", 1, "channel: one of widget"),
        ("start: yesterday\nturns:\n  - say: hi\n", 1, "start: a moment"),
        ("turns:\n  - say: hi\n  - shout: hi\n", 3, "exactly one of say, tap, view, wait"),
        ("turns:\n  - say: hi\n    tap: Yes\n", 2, "this one has 2"),
        ("turns:\n  - hello\n", 2, "a turn is one of"),
        ("turns:\n  - say: hi\n\n  - wait: soon\n", 4, "wait: a number"),
        ("turns:\n  - tap: {kind: maybe}\n", 2, "tap: the start of a title"),
        ("turns:\n  - tap: {choice: -1}\n", 2, "tap: the start of a title"),
        ("turns:\n  - tap: {choice: yes}\n", 2, "tap: the start of a title"),
        ("turns:\n  - say: [yes]\n", 2, "say: text"),
    ],
)
def test_a_broken_script_is_named_by_file_and_line(tmp_path, text, line, words):
    path = script(tmp_path, text)
    with pytest.raises(WrongUse) as raised:
        read_script(path)
    assert f"{path}:{line}: " in str(raised.value)
    assert words in str(raised.value)


CHOICES = [{"title": "Yes, add it", "kind": "accept"}, {"title": "No thanks", "kind": "decline"}]


@pytest.mark.parametrize("tap", [Tap(title="no th"), Tap(kind="decline"), Tap(number=1)])
def test_a_tap_finds_the_visible_choice(tap):
    assert find_choice(tap, CHOICES)["kind"] == "decline"


@pytest.mark.parametrize("tap", [Tap(title="Maybe"), Tap(kind="why"), Tap(number=2)])
def test_a_tap_on_what_is_not_visible_says_what_is(tap):
    with pytest.raises(NotVisible, match="'Yes, add it', 'No thanks'"):
        find_choice(tap, CHOICES)
