"""How near one colour, size, amount or price is to another: 0 for the same, 1 for quite another."""

from __future__ import annotations

import math
from collections.abc import Iterable

from catalog.domain.money import Money
from catalog.search.words import COLOURS, size_keys

# Neighbours on the ring look alike, opposites do not; the greys and browns stand beside it.
_RING = ("red", "orange", "yellow", "green", "blue", "purple", "pink")
_PLAIN = {
    frozenset(("black", "grey")): 0.4,
    frozenset(("grey", "silver")): 0.3,
    frozenset(("grey", "white")): 0.5,
    frozenset(("white", "beige")): 0.4,
    frozenset(("white", "clear")): 0.5,
    frozenset(("silver", "white")): 0.5,
    frozenset(("beige", "brown")): 0.4,
    frozenset(("beige", "yellow")): 0.5,
    frozenset(("brown", "orange")): 0.5,
    frozenset(("brown", "red")): 0.6,
    frozenset(("brown", "black")): 0.6,
    frozenset(("gold", "yellow")): 0.3,
    frozenset(("gold", "brown")): 0.5,
    frozenset(("navy", "black")): 0.4,
}
_SAME_FAMILY = 0.2
_FIRST_STEP, _NEXT_STEP = 0.5, 0.2
_LETTERS = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl")
_SIZE_STEP = 0.25
# A price or amount that is so many times another is as far from it as can be.
_FAR = 4.0


def of_colours(asked: Iterable[str], has: Iterable[str]) -> float:
    """The nearest of the colours asked for to the nearest that there is (comparable forms); 1 where either is none."""
    has = list(has)
    return min((_between_colours(one, other) for one in asked for other in has), default=1.0)


def _between_colours(one: str, other: str) -> float:
    if one == other:
        return 0.0
    special = _PLAIN.get(frozenset((one, other)))
    if special is not None:
        return special
    families = COLOURS.get(one, frozenset((one,))), COLOURS.get(other, frozenset((other,)))
    if not families[0].isdisjoint(families[1]):
        return _SAME_FAMILY
    return min((_between_plain(first, second) for first in families[0] for second in families[1]), default=1.0)


def _between_plain(one: str, other: str) -> float:
    if one in _RING and other in _RING:
        steps = abs(_RING.index(one) - _RING.index(other))
        steps = min(steps, len(_RING) - steps)
        return min(1.0, _FIRST_STEP + _NEXT_STEP * (steps - 1))
    return _PLAIN.get(frozenset((one, other)), 1.0)


def of_sizes(asked: Iterable[str], has: Iterable[str]) -> float:
    """The nearest two sizes, a quarter for each step of letters ("S", "M") or numbers ("UK 7"); 1 for unlike kinds."""
    wanted = {key for size in asked for key in size_keys(size)}
    there = {key for size in has for key in size_keys(size)}
    return min((_between_sizes(one, other) for one in wanted for other in there), default=1.0)


def _between_sizes(one: str, other: str) -> float:
    if one in _LETTERS and other in _LETTERS:
        return min(1.0, _SIZE_STEP * abs(_LETTERS.index(one) - _LETTERS.index(other)))
    numbers = _as_number(one), _as_number(other)
    if numbers[0] is None or numbers[1] is None:
        return 0.0 if one == other else 1.0
    return min(1.0, _SIZE_STEP * abs(numbers[0] - numbers[1]))


def _as_number(size: str) -> float | None:
    return float(size) if size.replace(".", "", 1).isdigit() else None


def of_amounts(low: float, high: float, amount: float) -> float:
    """An amount and the nearer end of what was asked, on a scale of ratios: four times as much is 1."""
    if low <= amount <= high:
        return 0.0
    end = low if amount < low else high
    if end <= 0 or amount <= 0:
        return 1.0
    return min(1.0, abs(math.log(amount / end)) / math.log(_FAR))


def of_prices(low: Money | None, high: Money | None, price: Money) -> float:
    """A price and the nearer limit, on the same scale."""
    lowest, highest = low.minor if low is not None else 0, float(high.minor) if high is not None else math.inf
    return of_amounts(lowest, highest, price.minor)
