"""Numbers with units in text and attribute columns, in base units: g, mm, ml, w, mah, person, season, tier, piece."""

from __future__ import annotations

import re

# written unit -> (base unit, factor)
_UNITS: dict[str, tuple[str, float]] = {
    "g": ("g", 1),
    "gram": ("g", 1),
    "kg": ("g", 1000),
    "kilo": ("g", 1000),
    "mm": ("mm", 1),
    "cm": ("mm", 10),
    "m": ("mm", 1000),
    "metre": ("mm", 1000),
    "meter": ("mm", 1000),
    "inch": ("mm", 25.4),
    "ml": ("ml", 1),
    "cl": ("ml", 10),
    "l": ("ml", 1000),
    "litre": ("ml", 1000),
    "liter": ("ml", 1000),
    "ltr": ("ml", 1000),
    "w": ("w", 1),
    "watt": ("w", 1),
    "mah": ("mah", 1),
    "lumen": ("lumen", 1),
    "person": ("person", 1),
    "people": ("person", 1),
    "man": ("person", 1),
    "berth": ("person", 1),
    "season": ("season", 1),
    "tier": ("tier", 1),
    "piece": ("piece", 1),
    "pc": ("piece", 1),
    "hour": ("hour", 1),
}
UNIT_PATTERN = "|".join(sorted((f"{unit}(?:s|es)?" for unit in _UNITS), key=len, reverse=True))
MEASURE = re.compile(rf"(?<![\w.])(?P<number>\d+(?:[.,]\d+)?)[\s-]*(?P<unit>{UNIT_PATTERN})\b")


def base(number: float, unit: str) -> tuple[float, str]:
    """(amount in the base unit, base unit) of a written unit, singular or plural."""
    singular = next(name for name in (unit, unit.removesuffix("s"), unit.removesuffix("es")) if name in _UNITS)
    name, factor = _UNITS[singular]
    return number * factor, name


def in_text(text: str) -> frozenset[tuple[float, str]]:
    """Every measure in a lower-case text: "2-person, 1.4 kg" -> (2, person), (1400, g)."""
    return frozenset(base(_number(match["number"]), match["unit"]) for match in MEASURE.finditer(text))


def in_column(name: str, value: str) -> frozenset[tuple[float, str]]:
    """The measure of an attribute column: the unit stands in the value, or at the end of the column's name."""
    found = in_text(value.lower())
    unit = name.rsplit("_", 1)[-1].lower()
    if not found and re.fullmatch(r"\d+(?:\.\d+)?", value.strip()) and re.fullmatch(UNIT_PATTERN, unit):
        return frozenset((base(float(value), unit),))
    return found


def _number(text: str) -> float:
    return float(text.replace(",", "."))
