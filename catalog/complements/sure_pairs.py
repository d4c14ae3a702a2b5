"""What is surely bought together with the products of a cart, all of it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.complements.co_purchases import CoPurchases
from catalog.complements.lift import lower_lift
from catalog.complements.rates import lower_rate, shrunken

# A pair counts from that many joint orders on, and when it is clearly, and with 95 % confidence, more than chance.
MIN_TOGETHER = 5
MIN_LIFT = 1.3
# So many units of the highest worth are told, and fewer beside those asked for.
_MOST, _MOST_BESIDE = 100, 30
Longs = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class SurePair:
    """The anchor (its number in the cart) and another unit: in `together` orders of the anchor's `anchor_orders`.
    `lift` is the shrunken one, `lower_lift` the lower 95 % confidence bound of the plain one."""

    anchor: int
    unit: str
    together: int
    anchor_orders: int
    lift: float
    lower_lift: float
    worth: float


@dataclass(frozen=True)
class SurePairs:
    """One entry for each pair, sorted by unit, then worth, best first, then anchor. `anchors` are numbers in the
    cart, `units` rows of `counts`; `lifts` are the shrunken ones."""

    counts: CoPurchases
    anchors: Longs
    units: Longs
    together: Longs
    anchor_orders: Longs
    lifts: Doubles
    lower_lifts: Doubles
    worths: Doubles

    @classmethod
    def of(cls, counts: CoPurchases, cart: Sequence[str]) -> SurePairs:
        """The pairs of a cart's units; units that were never bought have none."""
        known = [(number, row) for number, unit in enumerate(cart) if (row := counts.number.get(unit)) is not None]
        numbers, rows = np.array(known, dtype=np.int64).reshape(-1, 2).T
        met = counts.together[rows]
        entries = np.repeat(np.arange(len(rows)), np.diff(met.indptr))
        enough = np.flatnonzero((met.data >= MIN_TOGETHER) & ~np.isin(met.indices, rows))
        entries, units, together = entries[enough], met.indices[enough].astype(np.int64), met.data[enough]
        orders, others = counts.order_counts[rows][entries], counts.order_counts[units]
        chance = others / max(counts.orders, 1)
        rates, lifts = shrunken(together, orders, chance)
        worths = np.maximum(0.0, lower_rate(together, orders) - chance) * np.minimum(lifts, 20.0) ** 0.25
        worths += rates * 0.05
        bounds = lower_lift(together, orders, others, counts.orders)
        sure = (lifts >= MIN_LIFT) & (bounds > 1.0)
        order = np.lexsort((entries, -worths, units))
        order = order[sure[order]]
        numbered, together = numbers[entries], together.astype(np.int64)
        columns: list[npt.NDArray[Any]] = [numbered, units, together, orders, lifts, bounds, worths]
        return cls(counts, *(column[order] for column in columns))

    def partners_of(self, anchor: int) -> int:
        """How many units are surely bought together with one product of the cart."""
        return int((self.anchors == anchor).sum())

    def pair(self, anchor: int, unit: str) -> SurePair | None:
        """One pair."""
        row = self.counts.number.get(unit, -1)
        begin, end = np.searchsorted(self.units, [row, row + 1])
        place = begin + np.flatnonzero(self.anchors[begin:end] == anchor)
        return self._pair(int(place[0]), float(self.worths[place[0]])) if len(place) else None

    def best(self, wanted: Sequence[str], others: float) -> Iterator[SurePair]:
        """The best pair of each unit, its worth raised by `others` of the worths of the unit's other pairs; only of
        the units of the highest worth, and of those `wanted`."""
        if not len(self.units):
            return
        starts = np.flatnonzero(np.concatenate(([True], self.units[1:] != self.units[:-1])))
        worths = (1.0 - others) * self.worths[starts] + others * np.add.reduceat(self.worths, starts)
        rows = [self.counts.number[unit] for unit in wanted if unit in self.counts.number]
        taken = np.isin(self.units[starts], rows)
        taken[np.argsort(-worths, kind="stable")[: _MOST_BESIDE if wanted else _MOST]] = True
        for number in np.flatnonzero(taken).tolist():
            yield self._pair(int(starts[number]), float(worths[number]))

    def _pair(self, place: int, worth: float) -> SurePair:
        return SurePair(
            int(self.anchors[place]), self.counts.units[int(self.units[place])], int(self.together[place]),
            int(self.anchor_orders[place]), float(self.lifts[place]), float(self.lower_lifts[place]), worth,
        )  # fmt: skip
