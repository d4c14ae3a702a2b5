"""Numbers with units in texts and attribute columns, in base units: g, mm, ml, w, v, mah, byte sizes in gb, and
counts (person, season, tier, piece, pack, hour, year, degree, lumen)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.search.numbers import FIGURE, FRACTION, NUMBER, number
from catalog.search.words import lowered

# base unit -> written units with their factor
_WRITTEN: dict[str, dict[str, float]] = {
    "g": {"g": 1, "gram": 1, "gm": 1, "kg": 1000, "kilo": 1000, "kilogram": 1000, "oz": 28.349523, "ounce": 28.349523,
          "lb": 453.59237},
    "mm": {"mm": 1, "cm": 10, "m": 1000, "metre": 1000, "meter": 1000, "inch": 25.4, "in": 25.4, "ft": 304.8,
           "foot": 304.8, "feet": 304.8, "yd": 914.4, "yard": 914.4, "km": 1_000_000},
    "ml": {"ml": 1, "cl": 10, "dl": 100, "l": 1000, "litre": 1000, "liter": 1000, "ltr": 1000, "fl oz": 29.573530,
           "fluid ounce": 29.573530, "pint": 568.26125, "gallon": 4546.09},
    "w": {"w": 1, "watt": 1, "kw": 1000},
    "v": {"v": 1, "volt": 1},
    "mah": {"mah": 1, "ah": 1000},
    "gb": {"mb": 0.001, "gb": 1, "tb": 1000},
    "lumen": {"lumen": 1, "lm": 1},
    "person": {"person": 1, "people": 1, "man": 1, "berth": 1, "ppl": 1, "pax": 1},
    "season": {"season": 1},
    "tier": {"tier": 1},
    "piece": {"piece": 1, "pc": 1},
    "pack": {"pack": 1, "pk": 1},
    "hour": {"hour": 1, "hr": 1},
    "year": {"year": 1, "yr": 1},
    "degree": {"degree": 1},
}  # fmt: skip
UNITS = frozenset(_WRITTEN)
_UNITS = {written: (base, factor) for base, units in _WRITTEN.items() for written, factor in units.items()}
# Counted things are exactly as many; of what is weighed or measured, 313 mm is 12.3 inches.
_COUNTED = frozenset(("person", "season", "tier", "piece", "pack", "hour", "year", "degree", "lumen"))
_TOLERANCE = 0.02
_ABOUT = 0.15
_FEET = "'"
# Base unit -> larger ones that people say from one of them on.
_SHOWN = {"g": (("kg", 1000),), "mm": (("m", 1000), ("cm", 10)), "ml": (("l", 1000),)}

UNIT_PATTERN = "|".join(sorted((f"{unit}(?:s|es)?" for unit in _UNITS), key=len, reverse=True))
_MARK = r"\"|''(?![a-z'])|'(?![a-z'])"
# A number does not begin inside a word or another number, but may follow an "x": 24x36 inches.
_BEGIN = r"(?:(?<![\w.,/])|(?<=[\d\"']x)|(?<=[\d\"'] x))"
_UNIT = rf"(?:[\s-]{{0,2}}(?P<unit>{UNIT_PATTERN})(?![a-z])|(?P<mark>{_MARK}))"
_SIZES = rf"(?P<sizes>(?:(?:{FRACTION}|{FIGURE})\s?(?:x|by)\s?){{1,3}})"
_RANGE = rf"(?P<low>{FIGURE})\s?(?:-|to|or)\s?"
_INCHES = r"(?P<feet>\d{1,2})\s?(?:'|ft\.?|foot|feet)\s?(?P<inches>\d{1,2}(?:\.\d)?)\s?(?:\"|''|in\b|inch(?:es)?\b)"
MEASURE = re.compile(rf"{_BEGIN}(?:{_INCHES}|(?:{_SIZES}|{_RANGE})?(?P<number>{NUMBER}){_UNIT})")
# "3 in 1", "2 in stock": no inches; "12 in" alone, "12in" and "1/2 in" are.
_NO_INCHES = re.compile(r"\s+[a-z0-9]")
_PART_OF_NAME = re.compile(r"-[a-z]")
_OPENING_QUOTE = re.compile(r"(?:^|[\s(])\"(?=\S)[^\"]*$")

_MOST = (
    r"under|below|less than|up to|lighter than|smaller than|shorter than|(?:no|not) (?:more|heavier|longer|bigger|"
    r"larger|wider) than|not over|at most|max(?:imum)?(?: of)?|within"
)
_LEAST = (
    r"over|above|more than|at least|min(?:imum)?(?: of)?|bigger than|larger than|longer than|heavier than|"
    r"(?:no|not) (?:less|smaller|shorter) than|not under"
)
_NEAR = r"around|about|roughly|approx(?:imately)?\.?|circa|~"
_BEFORE = re.compile(rf"(?:\b(?P<most>{_MOST})|\b(?P<least>{_LEAST})|(?:\b|(?=~))(?P<near>{_NEAR}))\s*$")
_LONGEST_COMPARISON = 24
_AFTER = re.compile(
    r"\s*-?\s*(?:(?P<most>(?:or|and) (?:less|under|below|lighter|smaller|shorter)|max(?:imum)?|at most|tops)\b"
    r"|(?P<least>(?:(?:or|and|&) (?:more|over|up|above|bigger|larger|longer|heavier)|at least|min(?:imum)?|plus)\b|\+)"
    r"|(?P<near>ish|or so)\b)"
)


@dataclass(frozen=True)
class MeasureSaid:
    """A measure in a text: an amount between `low` and `high` in the base unit, said from `start` to `end`.
    `compared` where words like "under" or a range said so."""

    unit: str
    low: float
    high: float
    start: int
    end: int
    compared: bool


def base(amount: float, unit: str) -> tuple[float, str]:
    """(amount in the base unit, base unit) of a written unit, singular or plural."""
    singular = next(name for name in (unit, unit.removesuffix("s"), unit.removesuffix("es")) if name in _UNITS)
    name, factor = _UNITS[singular]
    return round(amount * factor, 6), name


def in_text(text: str) -> frozenset[tuple[float, str]]:
    """Every measure in a text: "2-person, 1.4 kg" -> (2, person), (1400, g); both ends of a range."""
    return frozenset(pair for _, pairs in _found(lowered(text)) for pair in pairs)


def said_in(text: str) -> list[MeasureSaid]:
    """What a lower-case text asks of measures, in its order: "at least 60 litres", "2-3 person", "500 ml"."""
    return [said for match, pairs in _found(text) for said in _said(text, match, pairs)]


def in_column(name: str, value: str) -> frozenset[tuple[float, str]]:
    """The measure of an attribute column: the unit stands in the value, or at the end of the column's name."""
    found = in_text(value)
    unit = name.rsplit("_", 1)[-1].lower()
    if not found and re.fullmatch(r"\d+(?:\.\d+)?", value.strip()) and re.fullmatch(UNIT_PATTERN, unit):
        return frozenset((base(float(value), unit),))
    return found


def shown(amount: float, unit: str, like: str = "") -> str:
    """An amount in the base unit as people write it, in the unit that `like` ("60 litres") has, if it has one."""
    match = MEASURE.search(lowered(like))
    written, mark = (match["unit"], match["mark"]) if match else (None, None)
    if mark:
        return f"{_short(amount / base(1, 'ft' if mark == _FEET else 'inch')[0])}{mark}"
    if written and base(1, written)[1] == unit:
        return f"{_short(amount / base(1, written)[0])} {written}"
    larger = next(((name, step) for name, step in _SHOWN.get(unit, ()) if amount >= step), (unit, 1))
    return f"{_short(amount / larger[1])} {larger[0]}"


def _short(amount: float) -> str:
    return f"{round(amount, 2):g}" if amount < 1000 else f"{round(amount):d}"


def spread(amount: float, unit: str) -> tuple[float, float]:
    """The amounts that count as this one: exactly it for counts, 2 % to either side for what is measured."""
    return (amount, amount) if unit in _COUNTED else (amount * (1 - _TOLERANCE), amount * (1 + _TOLERANCE))


def _found(text: str) -> Iterator[tuple[re.Match[str], list[tuple[float, str]]]]:
    for match in MEASURE.finditer(text):
        pairs = _amounts(match)
        if pairs:
            yield match, pairs


def _amounts(match: re.Match[str]) -> list[tuple[float, str]]:
    if match["feet"]:
        return [base(float(match["feet"]) * 12 + float(match["inches"]), "inch")]
    if _no_unit_meant(match):
        return []
    unit = {_FEET: "ft", None: match["unit"]}.get(match["mark"], "inch")
    written = [match["low"], match["number"]]
    if match["sizes"]:
        written = [*re.split(r"\s?(?:x|by)\s?", match["sizes"]), match["number"]]
    amounts = [number(text) for text in written if text]
    return [base(amount, unit) for amount in amounts if amount]


def _no_unit_meant(match: re.Match[str]) -> bool:
    """Whether what looks like a unit is none: the "in" of "3 in 1", the closing quote of a name, "3 w hearts"."""
    text, unit, glued = match.string, match["unit"], match.end("number") in (match.start("unit"), match.start("mark"))
    if match["mark"]:
        is_quote = match["mark"] == '"' and _OPENING_QUOTE.search(text, 0, match.start("mark"))
        return match["number"][0].isalpha() or bool(is_quote)
    if unit == "in":
        return not glued and "/" not in match["number"] and bool(_NO_INCHES.match(text, match.end()))
    return len(unit) == 1 and bool((unit in "wv" and not glued) or _PART_OF_NAME.match(text, match.end()))


def _said(text: str, match: re.Match[str], pairs: list[tuple[float, str]]) -> list[MeasureSaid]:
    before = _BEFORE.search(text, max(0, match.start() - _LONGEST_COMPARISON), match.start())
    after = None if before else _AFTER.match(text, match.end())
    start = before.start() if before else match.start()
    end = after.end() if after else match.end()
    how = before or after
    if len(pairs) == 2 and match["low"] and how is None:
        (low, unit), (high, _) = sorted(pairs)
        return [MeasureSaid(unit, low, high, start, end, compared=True)]
    wanted = [pairs[-1]] if match["low"] else pairs
    return [MeasureSaid(unit, *_bounds(amount, unit, how), start, end, how is not None) for amount, unit in wanted]


def _bounds(amount: float, unit: str, how: re.Match[str] | None) -> tuple[float, float]:
    if how is None:
        return spread(amount, unit)
    if how["near"]:
        return amount * (1 - _ABOUT), amount * (1 + _ABOUT)
    return (0.0, amount) if how["most"] else (amount, float("inf"))
