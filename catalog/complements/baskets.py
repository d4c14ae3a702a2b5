"""Baskets: which units each order (or session) and each customer held, as sparse matrices of ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from catalog.complements.co_purchases import Counting, UnitOf, Weights
from catalog.complements.order_history import Keys, Longs, OrderHistory

Mask = npt.NDArray[np.bool_]
_DAY = 86_400
# An old order weighs nothing that could be seen, but a pair that is counted keeps its place in all counts.
_LEAST_WEIGHT = 1e-300


@dataclass(frozen=True)
class Singles:
    """The counts of all baskets and customers, and those of each unit, named as in `CoPurchases`."""

    orders: int
    order_counts: Longs
    recent_orders: float
    recent_counts: Weights
    customers: int
    customer_counts: Longs


@dataclass(frozen=True)
class Baskets:
    """Rows of `held` are baskets, those of `buyers` customers, columns are units; `weights` are the baskets'
    decayed weights. Baskets and customers that do not count have empty rows."""

    held: sparse.csr_array
    weights: Weights
    buyers: sparse.csr_array

    def singles(self) -> Singles:
        """The counts of single units."""
        filled = np.diff(self.held.indptr) > 0
        return Singles(
            int(filled.sum()),
            np.asarray(self.held.sum(axis=0), dtype=np.int64).ravel(),
            float(self.weights[filled].sum()),
            np.asarray(self.held.T @ self.weights, dtype=np.float64),
            int((np.diff(self.buyers.indptr) > 0).sum()),
            np.asarray(self.buyers.sum(axis=0), dtype=np.int64).ravel(),
        )


def units_of(history: OrderHistory, unit_of: UnitOf) -> tuple[str, ...]:
    """The units that were ever bought, ascending. Products without a unit are left out."""
    return tuple(sorted({unit_of[product] for product in history.products if product in unit_of}))


def unit_rows(history: OrderHistory, unit_of: UnitOf, units: tuple[str, ...]) -> Longs:
    """The unit's row of each product, -1 for none."""
    row = {unit: number for number, unit in enumerate(units)}
    return np.array([row.get(unit_of.get(product, ""), -1) for product in history.products], dtype=np.int64)


def baskets_of(history: OrderHistory, rows: Longs, units: int, counting: Counting) -> Baskets:
    """All baskets of a history. `rows` is what `unit_rows` gives."""
    counted = counted_orders(history, counting)
    _, times = sessions(history, counting)
    return Baskets(
        held_by(history, rows, units, counting, counted),
        decayed(times, history.newest, counting.half_life_days),
        bought_by(history, rows, units, counted, np.unique(history.customers)),
    )


def counted_orders(history: OrderHistory, counting: Counting) -> Mask:
    """Which orders are in sessions that lie in the window that ends with the newest order."""
    if counting.window_days == 0:
        return np.ones(len(history.orders), np.bool_)
    session, times = sessions(history, counting)
    return np.asarray(times[session] > history.newest - counting.window_days * _DAY)


def held_by(history: OrderHistory, rows: Longs, units: int, counting: Counting, chosen: Mask) -> sparse.csr_array:
    """Sessions x units, of the chosen orders."""
    session, _ = sessions(history, counting)
    orders, columns = _lines(history, rows, chosen)
    return ones(session[orders], columns, len(session), units)


def bought_by(history: OrderHistory, rows: Longs, units: int, chosen: Mask, known: Keys) -> sparse.csr_array:
    """Customers x units, of the chosen orders; rows are those of `customer_rows`."""
    orders, columns = _lines(history, rows, chosen)
    customers = customer_rows(history.customers, known)
    return ones(customers[orders], columns, len(known) + len(history.orders), units)


def _lines(history: OrderHistory, rows: Longs, chosen: Mask) -> tuple[Longs, Longs]:
    """(order, unit) of each line of the chosen orders that has a unit."""
    places = np.flatnonzero(chosen)
    begins, sizes = history.starts[places], np.diff(history.starts)[places]
    # Stretches of places, one after the other: each starts where the lines so far end.
    lines = np.arange(int(sizes.sum())) + np.repeat(begins - np.cumsum(sizes) + sizes, sizes)
    columns = rows[history.items[lines]]
    kept = columns >= 0
    return np.repeat(places, sizes)[kept], columns[kept]


def ones(rows: Longs, columns: Longs, height: int, width: int) -> sparse.csr_array:
    """A matrix with a one wherever a (row, column) stands, however often."""
    matrix = sparse.csr_array((np.ones(len(rows), np.int32), (rows, columns)), shape=(height, width))
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def sessions(history: OrderHistory, counting: Counting) -> tuple[Longs, Longs]:
    """(session of each order, time of each session). A session goes by the row of its first order.

    Its time is that of its newest order. Orders without customer or time are sessions of their own.
    """
    own = np.arange(len(history.orders))
    if counting.session_gap_minutes == 0 or not len(own):
        return own, history.times
    ranked = np.lexsort((own, history.times, history.customers))
    customers, times = history.customers[ranked], history.times[ranked]
    same = (customers[1:] == customers[:-1]) & (customers[1:] != 0) & (times[:-1] > 0)
    follows = same & (times[1:] - times[:-1] <= counting.session_gap_minutes * 60)
    begins = np.concatenate(([True], ~follows))
    session = np.empty_like(own)
    session[ranked] = ranked[np.maximum.accumulate(np.where(begins, own, 0))]
    latest = np.zeros(len(own), np.int64)
    np.maximum.at(latest, session, history.times)
    return session, latest


def decayed(times: Longs, newest: int, half_life_days: float) -> Weights:
    """2^(-age / half life) of each time, in (0, 1]."""
    ages = (newest - times) / _DAY
    return np.maximum(np.exp2(-ages / half_life_days), _LEAST_WEIGHT)


def customer_rows(customers: Keys, known: Keys) -> Longs:
    """A row for each order's customer: those of the ascending keys `known` first, then one for each order
    whose customer is not known."""
    named = np.searchsorted(known, customers).astype(np.int64)
    return np.where(customers == 0, len(known) + np.arange(len(customers)), named)
