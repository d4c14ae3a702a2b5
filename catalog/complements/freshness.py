"""Counting what came since: the same counts as a full recount, for a part of its work."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from catalog.complements.baskets import (
    Baskets,
    Mask,
    Singles,
    bought_by,
    counted_orders,
    decayed,
    held_by,
    sessions,
    unit_rows,
    units_of,
)
from catalog.complements.changes import Change, whole
from catalog.complements.co_purchases import CoPurchases, Counting, UnitOf
from catalog.complements.counts import count, from_pairs
from catalog.complements.order_history import Longs, OrderHistory
from catalog.complements.pair_counts import PairCounter, Pairs, joined

# Beyond this share of all meetings, counting anew is no dearer.
_WORTH_IT = 0.2


def update(counts: CoPurchases, before: OrderHistory, after: OrderHistory, unit_of: UnitOf) -> CoPurchases:
    """The counts of `after`, made from those of `before`, where `after` is `merged(before, ...)`.

    Equal to `count(after, unit_of, counts.counting)`; decayed counts to within rounding. Only orders that are
    new, grew, or left the window are gone through, and those of pairs that they bring above `counting.least`.
    Raises ValueError where `counts` are not of `before`.
    """
    counting, units = counts.counting, units_of(after, unit_of)
    known = counts.units == units_of(before, unit_of) and before.products == after.products[: len(before.products)]
    if counts.newest != before.newest or not known:
        raise ValueError("the counts are of another history or other units than these; count everything anew")
    rows = unit_rows(after, unit_of, units)
    change = Change(before, after, rows, len(units), counting)
    if not change.orders.any():
        return counts
    if change.work() > _WORTH_IT * float((np.diff(after.starts) ** 2).sum()):
        return count(after, unit_of, counting)
    unit_moves = _moves(counts.units, units)
    singles = _changed_singles(counts, unit_moves, len(units), change)
    pairs, missing = _changed_pairs(_moved(counts, unit_moves, len(units)), change)
    fresh = _fresh(missing, after, rows, singles, counting)
    return from_pairs(units, counting, after.newest, singles, _both(pairs, fresh, counting.least))


def _moves(old: tuple[str, ...], units: tuple[str, ...]) -> Longs:
    """The row among `units` of each old unit."""
    row = {unit: number for number, unit in enumerate(units)}
    return np.array([row[unit] for unit in old], dtype=np.int64)


def _changed_singles(counts: CoPurchases, moves: Longs, size: int, change: Change) -> Singles:
    was, now = change.singles()
    fading = change.fading()

    def moved(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        wide = np.zeros(size, values.dtype)
        wide[moves] = values
        return wide

    return Singles(
        counts.orders - was.orders + now.orders,
        moved(counts.order_counts) - was.order_counts + now.order_counts,
        (counts.recent_orders - was.recent_orders) * fading + now.recent_orders,
        (moved(counts.recent_counts) - was.recent_counts) * fading + now.recent_counts,
        counts.customers - was.customers + now.customers,
        moved(counts.customer_counts) - was.customer_counts + now.customer_counts,
    )


def _moved(counts: CoPurchases, moves: Longs, size: int) -> Pairs:
    """The old pairs with their units' rows of now. Old and new units both ascend, so the keys still do."""
    firsts = np.repeat(moves * size, np.diff(counts.together.indptr))
    recent = counts.recent_together.data.astype(np.float64)
    seconds = moves[counts.together.indices] if len(moves) else firsts
    return Pairs(firsts + seconds, counts.together.data.copy(), recent, counts.customers_together.data.copy())


def _changed_pairs(old: Pairs, change: Change) -> tuple[Pairs, Longs]:
    """(the old pairs, changed in place; the pairs of changed orders that are not among them)."""
    was, now = (_cells(met) for met in change.met())
    place, known = _places(old.keys, was[0])
    old.together[place] -= was[1].real[known].astype(np.int32)
    old.recent[place] -= was[1].imag[known]
    old.recent[:] *= change.fading()
    place, known = _places(old.keys, now[0])
    old.together[place] += now[1].real[known].astype(np.int32)
    old.recent[place] += now[1].imag[known]
    keys, gained = _cells(change.customers())
    place, kept = _places(old.keys, keys)
    old.customers[place] += gained[kept]
    return old, now[0][~known]


def _fresh(missing: Longs, history: OrderHistory, rows: Longs, singles: Singles, counting: Counting) -> Pairs:
    """The counts of pairs that were not kept so far, from the orders and customers of the rarer of the two."""
    size = len(singles.order_counts)
    first, second = np.divmod(missing, max(size, 1))
    orders = singles.order_counts
    keys = missing[(orders[first] < orders[second]) | ((orders[first] == orders[second]) & (first < second))]
    rarer = np.zeros(size + 1, np.bool_)
    rarer[keys // max(size, 1)] = True
    holders = np.zeros(len(history.orders), np.bool_)
    # A product without a unit has row -1, the last place, which is never among the rarer.
    holders[history.order_of_items()[rarer[rows[history.items]]]] = True
    found = PairCounter(_around(holders, history, rows, size, counting)).some(keys)
    first, second = np.divmod(keys, max(size, 1))
    return joined([found, Pairs(second * size + first, found.together, found.recent, found.customers)])


def _around(holders: Mask, history: OrderHistory, rows: Longs, size: int, counting: Counting) -> Baskets:
    """The sessions of these orders, and all that their customers ever bought."""
    counted = counted_orders(history, counting)
    session, times = sessions(history, counting)
    customers = np.isin(history.customers, np.unique(history.customers[holders & (history.customers != 0)]))
    return Baskets(
        held_by(history, rows, size, counting, whole(session, holders) & counted),
        decayed(times, history.newest, counting.half_life_days),
        bought_by(history, rows, size, (customers | holders) & counted, np.unique(history.customers)),
    )


def _cells(matrix: sparse.csr_array) -> tuple[Longs, npt.NDArray[Any]]:
    """(keys, values) off the diagonal, keys ascending."""
    matrix.sum_duplicates()
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    off = rows != matrix.indices
    return (rows * matrix.shape[1] + matrix.indices)[off], matrix.data[off]


def _places(keys: Longs, wanted: Longs) -> tuple[Longs, Mask]:
    """(places in `keys` of those wanted that are there, which of the wanted are)."""
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(len(wanted), np.bool_)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    known = keys[place] == wanted
    return place[known], known


def _both(old: Pairs, fresh: Pairs, least: int) -> Pairs:
    """Old and fresh pairs that have enough orders together, keys ascending."""
    kept = old.together >= least
    old = old if kept.all() else old.chosen(np.flatnonzero(kept))
    ranked = np.argsort(fresh.keys)
    fresh = fresh.chosen(ranked[fresh.together[ranked] >= least])
    place = np.searchsorted(old.keys, fresh.keys)
    return Pairs(*(np.insert(mine, place, more) for mine, more in zip(old.columns(), fresh.columns(), strict=True)))
