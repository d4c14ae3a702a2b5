"""Which way a quality is better: as the shop itself prices it, within one kind of things.

Nobody needs to say that a lighter tent or a brighter lamp is the better one: where lighter ones cost more, buyers pay
for lightness.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catalog.complements.qualities import Quality

# Fewer things say nothing. With five, all must stand in one order to pass the bar.
MIN_THINGS = 5
# Two-sided 95 % of a normal distribution; 99 % for measures of titles, which are misread now and then ("3L + 3R").
_SURE, _SURE_OF_TITLES = 1.96, 2.576
# Among thousands of things a weak tie is sure as well, but no reason to call one better.
_CLEAR = 0.3
Signs = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Direction:
    """More of `quality` is better where `sign` is 1, less where it is -1. `amounts` are the kind's, ascending."""

    quality: Quality
    sign: int
    amounts: npt.NDArray[np.float64]

    def gain(self, before: float, after: float) -> float:
        """How much better `after` is, -1..1: the share of the kind that lies between, negative where it is worse.

        A share has no unit, so that grams and lumens can be weighed against each other.
        """
        return self.sign * (self._rank(after) - self._rank(before)) / len(self.amounts)

    def _rank(self, amount: float) -> float:
        low, high = (np.searchsorted(self.amounts, amount, side=side) for side in ("left", "right"))
        return float(low + high) / 2


@dataclass(frozen=True)
class _Tie:
    """How one quality goes along with the price: signs of both for each pair of things that state it."""

    quality: Quality
    sign: int
    sure: float
    amounts: npt.NDArray[np.float64]
    agreeing: Signs


def learn_directions(things: Sequence[tuple[int, Mapping[Quality, float]]]) -> list[Direction]:
    """From the (price in minor units, amounts) of each thing of a kind, what is better of it.

    A quality has a direction where it goes along with price by Kendall's rank correlation (tau-b), surely and clearly,
    and where it still does among the things whose order of price no surer quality explains: bigger tents are
    heavier, and that makes weight no virtue.
    """
    prices = np.array([price for price, _ in things], np.int64)
    names = sorted({quality for _, amounts in things for quality in amounts})
    ties = [tie for name in names if (tie := _tie(name, prices, things)) is not None]
    explained = np.zeros((len(things), len(things)), np.bool_)
    found = []
    for tie in sorted(ties, key=lambda tie: (-round(tie.sure, 9), tie.quality)):
        if tie.sign * int(tie.agreeing[~explained].sum()) > 0:
            found.append(Direction(tie.quality, tie.sign, tie.amounts))
            explained |= tie.sign * tie.agreeing > 0
    return found


def _tie(
    quality: Quality, prices: npt.NDArray[np.int64], things: Sequence[tuple[int, Mapping[Quality, float]]]
) -> _Tie | None:
    stated = np.array([place for place, (_, amounts) in enumerate(things) if quality in amounts], np.int64)
    if len(stated) < MIN_THINGS:
        return None
    amounts = np.array([things[place][1][quality] for place in stated.tolist()])
    agreeing = _signs(amounts) * _signs(prices[stated])
    total = int(agreeing.sum()) // 2
    tau, sure = _kendall(total, amounts, prices[stated])
    if sure < (_SURE if quality.attribute else _SURE_OF_TITLES) or abs(tau) < _CLEAR:
        return None
    everywhere = np.zeros((len(things), len(things)), np.int64)
    everywhere[np.ix_(stated, stated)] = agreeing
    return _Tie(quality, 1 if total > 0 else -1, sure, np.sort(amounts), everywhere)


def _signs(values: npt.NDArray[np.int64] | npt.NDArray[np.float64]) -> Signs:
    """1 where the row's value is above the column's, -1 where it is below."""
    return (values[:, None] > values).astype(np.int64) - (values[:, None] < values)


def _kendall(total: int, first: npt.NDArray[np.generic], second: npt.NDArray[np.generic]) -> tuple[float, float]:
    """(tau-b, how many standard deviations from chance), `total` being agreeing less disagreeing pairs.

    With the variance for ties and a correction for continuity: Kendall, Rank Correlation Methods (1970).
    """
    n = len(first)
    one, other = (np.unique(values, return_counts=True)[1].astype(np.float64) for values in (first, second))
    pairs = n * (n - 1) / 2
    tied, tied_other = (float((ties * (ties - 1)).sum()) for ties in (one, other))
    untied = (pairs - tied / 2) * (pairs - tied_other / 2)
    if untied <= 0:
        return 0.0, 0.0
    of_ties = sum(float((ties * (ties - 1) * (2 * ties + 5)).sum()) for ties in (one, other))
    triples = math.prod(float((ties * (ties - 1) * (ties - 2)).sum()) for ties in (one, other))
    variance = (n * (n - 1) * (2 * n + 5) - of_ties) / 18 + tied * tied_other / (4 * pairs)
    variance += triples / (9 * n * (n - 1) * (n - 2))
    return total / math.sqrt(untied), max(0, abs(total) - 1) / math.sqrt(variance)
