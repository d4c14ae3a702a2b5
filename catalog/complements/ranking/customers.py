"""What each known customer bought before, and how often customers buy a thing again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from catalog.complements.order_history import Keys, Longs
from catalog.complements.ranking.items import Floats, Places
from catalog.complements.ranking.order_matrix import DAY, OrderMatrix

Doubles = npt.NDArray[np.float64]
# Imagined lines at the rate of all customers, so that one order makes no habit; old ones count less.
_HABIT_PRIOR = 5.0
_HABIT_HALF_LIFE = 90.0
# Imagined buyers of an item at the rate of all items.
_ITEM_PRIOR = 20.0


@dataclass(frozen=True)
class CustomerPast:
    """One customer's orders, oldest first. `items[starts[n]:starts[n + 1]]` are the places of order n, which is
    `ages[n]` days old. `repeat_rate` is the share of lines that repeat an earlier order, in (0, 1)."""

    items: Places
    starts: Longs
    ages: Doubles
    repeat_rate: float

    def bought(self) -> tuple[Places, Doubles, Doubles]:
        """(items ascending, orders with each, days since the last of them)."""
        places, which, counts = np.unique(self.items, return_inverse=True, return_counts=True)
        last = np.full(len(places), np.inf)
        np.minimum.at(last, which, np.repeat(self.ages, np.diff(self.starts)))
        return places.astype(np.int64), counts.astype(np.float64), last


class Customers:
    """All known customers of an order matrix. Read only."""

    def __init__(self, matrix: OrderMatrix) -> None:
        known = matrix.chosen(matrix.customers != 0)
        self._matrix = known
        # Stable: each customer's orders stay in the order of time.
        self._order = np.argsort(known.customers, kind="stable")
        self._keys, self._starts = np.unique(known.customers[self._order], return_index=True)
        repeats = _repeats(known)
        rate, self._habits = _habits(known, repeats, self._keys)
        self.item_repeat_rate: Floats = _item_rates(known, repeats, rate)

    def past(self, customer: int) -> CustomerPast | None:
        """What the customer with this key bought; None where nothing is known."""
        row = int(np.searchsorted(self._keys, np.uint64(customer)))
        if customer == 0 or row == len(self._keys) or int(self._keys[row]) != customer:
            return None
        end = self._starts[row + 1] if row + 1 < len(self._keys) else len(self._order)
        orders = self._order[self._starts[row] : end]
        held = [self._matrix.items_of(int(order)) for order in orders]
        starts = np.concatenate(([0], np.cumsum([len(items) for items in held]))).astype(np.int64)
        ages = (self._matrix.newest - self._matrix.times[orders]) / DAY
        return CustomerPast(np.concatenate(held).astype(np.int64), starts, ages, float(self._habits[row]))


@dataclass(frozen=True)
class _Repeats:
    """One entry a line of a known customer, sorted by customer, item and time."""

    customers: Keys
    items: Places
    orders: Places
    again: npt.NDArray[np.bool_]


def _repeats(matrix: OrderMatrix) -> _Repeats:
    orders = np.repeat(np.arange(len(matrix)), matrix.sizes)
    items, customers = matrix.held.indices.astype(np.int64), matrix.customers[orders]
    ranked = np.lexsort((orders, items, customers))
    customers, items, orders = customers[ranked], items[ranked], orders[ranked]
    again = np.zeros(len(items), np.bool_)
    again[1:] = (customers[1:] == customers[:-1]) & (items[1:] == items[:-1])
    return _Repeats(customers, items, orders, again)


def _edges(matrix: OrderMatrix, keys: Keys) -> tuple[Places, Places]:
    """(first, last) order of each customer."""
    row = np.searchsorted(keys, matrix.customers)
    first, last = np.full(len(keys), len(matrix)), np.full(len(keys), -1)
    np.minimum.at(first, row, np.arange(len(matrix)))
    np.maximum.at(last, row, np.arange(len(matrix)))
    return first, last


def _habits(matrix: OrderMatrix, lines: _Repeats, keys: Keys) -> tuple[float, Doubles]:
    """(share of repeating lines of all customers, of each one), first orders apart."""
    if not len(lines.items):
        return 0.0, np.zeros(len(keys))
    row = np.searchsorted(keys, lines.customers)
    later = lines.orders > _edges(matrix, keys)[0][row]
    weights = np.exp2(-(matrix.newest - matrix.times[lines.orders]) / DAY / _HABIT_HALF_LIFE) * later
    rate = float((lines.again & later).sum() / max(int(later.sum()), 1))
    repeated = np.bincount(row, weights * lines.again, minlength=len(keys))
    every = np.bincount(row, weights, minlength=len(keys))
    return rate, (repeated + _HABIT_PRIOR * rate) / (every + _HABIT_PRIOR)


def _item_rates(matrix: OrderMatrix, lines: _Repeats, rate: float) -> Floats:
    """Of each item: the share of its buyers, who came again at all, that bought it again."""
    count = matrix.held.shape[1]
    if not len(lines.items):
        return np.full(count, rate, np.float32)
    keys = np.unique(lines.customers)
    first = ~lines.again
    came_again = lines.orders < _edges(matrix, keys)[1][np.searchsorted(keys, lines.customers)]
    # A line that repeats follows the first of its customer and item at once.
    bought_again = first & np.concatenate((lines.again[1:], [False]))
    asked = first & came_again
    again = np.bincount(lines.items[asked & bought_again], minlength=count)
    every = np.bincount(lines.items[asked], minlength=count)
    base = float(again.sum() / max(int(every.sum()), 1))
    return ((again + _ITEM_PRIOR * base) / (every + _ITEM_PRIOR)).astype(np.float32)


def as_row(places: Places, weights: Doubles, size: int) -> sparse.csr_array:
    """One sparse row."""
    return sparse.csr_array((weights.astype(np.float32), (np.zeros(len(places), np.int64), places)), shape=(1, size))
