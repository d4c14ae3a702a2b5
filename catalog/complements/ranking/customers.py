"""What each known customer bought before, and how often customers buy a thing again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

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
class Bought:
    """Things that a customer bought: `items` ascending, in how many `orders` each, and days since the last one."""

    items: Places
    orders: Doubles
    days_since: Doubles

    def latest(self, most: int) -> Bought:
        """Only those bought last."""
        if len(self.items) <= most:
            return self
        rows = np.sort(np.argsort(self.days_since, kind="stable")[:most])
        return Bought(self.items[rows], self.orders[rows], self.days_since[rows])


@dataclass(frozen=True)
class CustomerPast:
    """One customer's orders, oldest first. `items[starts[n]:starts[n + 1]]` are the places of order n, which is
    `ages[n]` days old. `repeat_rate` is the share of lines that repeat an earlier order, in [0, 1]."""

    items: Places
    starts: Longs
    ages: Doubles
    repeat_rate: float

    @cached_property
    def bought(self) -> Bought:
        """Each thing once."""
        places, which, counts = np.unique(self.items, return_inverse=True, return_counts=True)
        last = np.full(len(places), np.inf)
        np.minimum.at(last, which, np.repeat(self.ages, np.diff(self.starts)))
        return Bought(places.astype(np.int64), counts.astype(np.float64), last)


@dataclass(frozen=True)
class Customers:
    """All known customers of an order matrix; made by `customers_of`. Read only.

    `keys` ascend. Customer n's orders are `order_starts[n]` to `order_starts[n + 1]`, oldest first; order m was
    `ages[m]` days old when the newest of all was new, and held `items[item_starts[m]:item_starts[m + 1]]`.
    `habits` are the customers' repeat rates, `item_repeat_rate` the items'.
    """

    keys: Keys
    order_starts: Longs
    ages: Doubles
    item_starts: Longs
    items: npt.NDArray[np.int32]
    habits: Doubles
    item_repeat_rate: Floats

    def past(self, customer: int) -> CustomerPast | None:
        """What the customer with this key bought; None where nothing is known."""
        row = int(np.searchsorted(self.keys, np.uint64(customer)))
        if customer == 0 or row == len(self.keys) or int(self.keys[row]) != customer:
            return None
        first, end = int(self.order_starts[row]), int(self.order_starts[row + 1])
        starts = self.item_starts[first : end + 1]
        items = self.items[starts[0] : starts[-1]].astype(np.int64)
        return CustomerPast(items, starts - starts[0], self.ages[first:end], float(self.habits[row]))


def customers_of(matrix: OrderMatrix) -> Customers:
    """Gather what each known customer bought."""
    # Stable: each customer's orders stay in the order of time.
    known = matrix.chosen(np.flatnonzero(matrix.customers != 0))
    known = known.chosen(np.argsort(known.customers, kind="stable"))
    keys, starts = np.unique(known.customers, return_index=True)
    by_time = matrix.chosen(np.flatnonzero(matrix.customers != 0))
    repeats = _repeats(by_time)
    rate, habits = _habits(by_time, repeats, keys)
    return Customers(
        keys=keys,
        order_starts=np.append(starts, len(known)).astype(np.int64),
        ages=(matrix.newest - known.times) / DAY,
        item_starts=known.held.indptr.astype(np.int64),
        items=known.held.indices.astype(np.int32),
        habits=habits,
        item_repeat_rate=_item_rates(by_time, repeats, rate),
    )


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
