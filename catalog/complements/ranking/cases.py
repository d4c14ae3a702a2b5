"""Training cases: real orders with one thing hidden, to be found again from the rest.

The model that the cases are asked of has seen only what was ordered before them, as in life.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from catalog.complements.ranking.items import Items, Places
from catalog.complements.ranking.order_matrix import DAY, OrderMatrix

FOLD_DAYS = 30
MOST_FOLDS = 3
# Fewer orders than these teach nothing that holds elsewhere.
_LEAST_BEFORE = 300
_LEAST_AFTER = 50
_LARGEST = 60
_HIDDEN_OF_AN_ORDER = 8


@dataclass(frozen=True)
class Fold:
    """The orders before a moment, and those of the days after it."""

    before: OrderMatrix
    after: OrderMatrix


@dataclass(frozen=True)
class Case:
    """A basket, what was hidden from it, and whose it was (0: nobody known)."""

    basket: Places
    hidden: int
    customer: int


def folds_of(matrix: OrderMatrix) -> list[Fold]:
    """The newest months, each against all that came before it, newest first."""
    folds = []
    for number in range(MOST_FOLDS):
        end = matrix.newest - number * FOLD_DAYS * DAY
        begin = end - FOLD_DAYS * DAY
        before = matrix.chosen(matrix.times <= begin)
        after = matrix.chosen((matrix.times > begin) & (matrix.times <= end))
        if len(before) >= _LEAST_BEFORE and len(after) >= _LEAST_AFTER:
            folds.append(Fold(before, after))
    return folds


def whole_baskets(fold: Fold, known: Places, rng: np.random.Generator, most: int) -> list[Case]:
    """Baskets that lack one thing, at most `most`. `known` are the places that baskets may hold."""
    return [
        Case(np.delete(order, hidden), int(order[hidden]), customer)
        for order, customer, hidden in _hidden(fold, known, rng, most)
    ]


def single_items(fold: Fold, items: Items, known: Places, rng: np.random.Generator, most: int) -> list[Case]:
    """The dearest thing of a basket alone: it is what the rest was bought for, as a rule."""
    cases = []
    for order, customer, hidden in _hidden(fold, known, rng, most):
        rest = np.delete(order, hidden)
        dearest = rest[np.argmax(items.log_prices[rest])]
        cases.append(Case(np.array([dearest], dtype=np.int64), int(order[hidden]), customer))
    return cases


def _hidden(fold: Fold, known: Places, rng: np.random.Generator, most: int) -> Iterator[tuple[Places, int, int]]:
    """(order, customer, which of its items is hidden), evenly over the orders."""
    mask = np.zeros(fold.after.held.shape[1], np.bool_)
    mask[known] = True
    orders = []
    for row in range(len(fold.after)):
        held = fold.after.items_of(row).astype(np.int64)
        held = held[mask[held]]
        if 2 <= len(held) <= _LARGEST:
            orders.append((held, int(fold.after.customers[row])))
    each = max(1, min(_HIDDEN_OF_AN_ORDER, round(most / max(len(orders), 1))))
    if len(orders) * each > most:
        chosen = np.sort(rng.permutation(len(orders))[: max(1, most // each)])
        orders = [orders[place] for place in chosen]
    for held, customer in orders:
        for hidden in rng.permutation(len(held))[:each]:
            yield held, customer, int(hidden)
