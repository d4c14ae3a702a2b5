"""Replay scripts: YAML into values, with every fault named by file and line. Pure but for the reading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from bot.cli.frame import WrongUse

CHANNELS = ("widget", "whatsapp", "messenger")
DEFAULT_START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
_KEYS = ("name", "channel", "locale", "shopper", "start", "turns")
_VERBS = ("say", "tap", "view", "wait")
_SPAN = re.compile(r"(\d{1,6})\s*([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_KINDS = ("accept", "decline", "stop_offers", "why", "show", "checkout", "human", "other")


@dataclass(frozen=True)
class Tap:
    """A choice by the start of its title, by kind, or by number from 0; exactly one is set."""

    title: str = ""
    kind: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Turn:
    """One turn: exactly one of `say`, `tap`, `view` and `wait` is set. `written` is it as the script has it."""

    line: int
    written: dict[str, Any]
    say: str | None = None
    tap: Tap | None = None
    view: str | None = None
    wait: timedelta | None = None


@dataclass(frozen=True)
class Script:
    """A scripted conversation of one shopper on one channel."""

    name: str
    channel: str
    locale: str
    shopper: str
    start: datetime
    turns: tuple[Turn, ...] = field(default_factory=tuple)


class _Place:
    """Where in which file, for faults."""

    def __init__(self, file: Path, line: int) -> None:
        self.file, self.line = file, line

    def fault(self, message: str) -> WrongUse:
        """The error to raise."""
        return WrongUse(f"{self.file}:{self.line}: {message}")


def read_script(path: Path) -> Script:
    """Read and check a script. Raises WrongUse naming file and line."""
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(f"{path}: cannot be read: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise _Place(path, line).fault(f"not YAML: {getattr(error, 'problem', error)}") from None
    top = _Place(path, 1)
    if not isinstance(content, dict) or not isinstance(root, yaml.MappingNode):
        raise top.fault("a script is a mapping with name, shopper and turns")
    places = {key.value: _Place(path, value.start_mark.line + 1) for key, value in root.value}
    for key in sorted(places.keys() - set(_KEYS)):
        # Notes of any name are welcome; what is nearly a key is a slip.
        if near := get_close_matches(str(key), _KEYS, n=1, cutoff=0.75):
            raise places[key].fault(f"unknown key {key!r}; did you mean {near[0]!r}?")
    channel = str(content.get("channel", "widget"))
    if channel not in CHANNELS:
        raise places["channel"].fault(f"channel: one of {', '.join(CHANNELS)}, not {channel!r}")
    return Script(
        name=_text(content, "name", path.stem, places.get("name", top)),
        channel=channel,
        locale=_text(content, "locale", "", places.get("locale", top)),
        shopper=_text(content, "shopper", path.stem, places.get("shopper", top)),
        start=_moment(content.get("start"), places.get("start", top)),
        turns=_turns(content.get("turns"), root, places.get("turns", top)),
    )


def _text(content: dict[str, Any], key: str, default: str, place: _Place) -> str:
    value = content.get(key, default)
    if not isinstance(value, str | int):
        raise place.fault(f"{key} must be text")
    return str(value)


def _moment(value: object, place: _Place) -> datetime:
    if value is None:
        return DEFAULT_START
    moment = value
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
    if not isinstance(moment, datetime):
        raise place.fault(f"start: a moment like 2026-03-02T10:00:00Z, not {value!r}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _turns(content: object, root: yaml.MappingNode, place: _Place) -> tuple[Turn, ...]:
    if not isinstance(content, list) or not content:
        raise place.fault("turns: a list with at least one turn")
    nodes = next(value for key, value in root.value if key.value == "turns").value
    return tuple(
        _turn(_as_written(item, node), _Place(place.file, node.start_mark.line + 1))
        for item, node in zip(content, nodes, strict=True)
    )


def _as_written(item: object, node: yaml.Node) -> object:
    """The turn with what is said as it stands in the file: `say: no` is a word, and `say: 10:30` a time."""
    if not isinstance(item, dict) or not isinstance(node, yaml.MappingNode):
        return item
    plain = {
        key.value: value.value
        for key, value in node.value
        if key.value in _VERBS and isinstance(value, yaml.ScalarNode) and value.tag != "tag:yaml.org,2002:null"
    }
    return {**item, **plain}


def _turn(item: object, place: _Place) -> Turn:
    if not isinstance(item, dict):
        raise place.fault("a turn is one of say, tap, view, wait, with a value")
    verbs = [verb for verb in _VERBS if verb in item]
    if len(verbs) != 1:
        raise place.fault(f"a turn has exactly one of say, tap, view, wait; this one has {len(verbs)}")
    verb, value = verbs[0], item[verbs[0]]
    written = {verb: value}
    if verb == "tap":
        return Turn(place.line, written, tap=_tap(value, place))
    if verb == "wait":
        return Turn(place.line, written, wait=_span(value, place))
    if not isinstance(value, str):
        raise place.fault(f"{verb}: text, not {value!r}")
    return Turn(place.line, written, view=value) if verb == "view" else Turn(place.line, written, say=value)


def _tap(value: object, place: _Place) -> Tap:
    if isinstance(value, str) and value:
        return Tap(title=value)
    if isinstance(value, dict) and value.keys() == {"kind"} and value["kind"] in _KINDS:
        return Tap(kind=value["kind"])
    if isinstance(value, dict) and value.keys() == {"choice"} and type(value["choice"]) is int and value["choice"] >= 0:
        return Tap(number=value["choice"])
    raise place.fault(f"tap: the start of a title, {{kind: {'|'.join(_KINDS)}}} or {{choice: 0}}, not {value!r}")


def _span(value: object, place: _Place) -> timedelta:
    match = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise place.fault(f"wait: a number with s, m, h, d or w, like 3d, not {value!r}")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
