"""All that is looked up about items and pairs of items when a basket is ranked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from catalog.complements.ranking.borrowing import text_neighbours, twin_weight
from catalog.complements.ranking.items import Floats, Items, Places
from catalog.complements.ranking.linear import item_weights
from catalog.complements.ranking.order_matrix import OrderMatrix
from catalog.complements.ranking.pair_sums import pair_sums
from catalog.complements.ranking.profiles import profiles

# With fewer orders an item has no counts worth the name: it borrows those of items that read alike.
LEAST_ORDERS = 3
# The model is as large as the square of this; the rest of a larger catalogue borrows.
MOST_ITEMS = 5000
# Imagined orders of a thing without the other: a rate of one order in one is no certainty.
_PRIOR = 5.0


@dataclass(frozen=True)
class ItemModel:
    """What orders say, at one moment.

    `head` are the places of the items with orders of their own, ascending; all matrices are (head, head) float32
    with an empty diagonal, row: an item in the basket, column: a candidate. `weights` is the linear model.
    `orders` counts orders with both; `sized`, `buyers` and `led` are the shrunken rates of taking the column along:
    small orders counting more, among customers, and orders counting more whose dearest thing the row was.
    `small` is the rate in small orders alone.
    `counts` are the head's orders, `total` all orders.
    `tail` are all other places; `borrowed` (tail, head) says whose counts stand in for theirs, rows summing to
    1 (or 0), and `twin` is what standing in for an item of the basket itself is worth.
    `profiles` (items, features) describes each item by itself, see `profiles.NAMES`.
    """

    head: Places
    tail: Places
    weights: Floats
    orders: Floats
    sized: Floats
    buyers: Floats
    led: Floats
    small: Floats
    counts: Floats
    total: int
    borrowed: sparse.csr_array
    twin: float
    profiles: Floats

    @cached_property
    def head_row(self) -> Places:
        """Place -> row in the head, -1 for none."""
        rows = np.full(len(self.head) + len(self.tail), -1, np.int64)
        rows[self.head] = np.arange(len(self.head))
        return rows

    @cached_property
    def tail_row(self) -> Places:
        """Place -> row in the tail, -1 for none."""
        rows = np.full(len(self.head) + len(self.tail), -1, np.int64)
        rows[self.tail] = np.arange(len(self.tail))
        return rows

    @cached_property
    def damping(self) -> Floats:
        """1 / orders ** 0.4 of each item of the head: a little against what everybody buys anyway."""
        damped: Floats = (np.maximum(self.counts, 1.0) ** -0.4).astype(np.float32)
        return damped


def fit_items(matrix: OrderMatrix, items: Items, words: sparse.csr_array) -> ItemModel:
    """Learn from orders. `words` is `items.title_words()`, made once for several moments."""
    held = np.asarray(matrix.held.sum(axis=0)).ravel()
    head = _head(held)
    tail = np.setdiff1d(np.arange(len(items)), head)
    of_head = OrderMatrix(sparse.csr_array(matrix.held[:, head]), matrix.times, matrix.customers)
    sums = pair_sums(of_head, items.log_prices[head])
    weights = item_weights(sums, items, words, head)
    return ItemModel(
        head=head,
        tail=tail,
        weights=weights,
        orders=_off_diagonal(sums.orders),
        sized=_rates(sums.sized),
        buyers=_rates(sums.buyers),
        led=_led_rates(sums.led, np.asarray(held[head] / max(len(matrix), 1), np.float32)),
        small=_rates(sums.small),
        counts=held[head].astype(np.float32),
        total=max(len(matrix), 1),
        borrowed=text_neighbours(items, words, tail, head),
        twin=twin_weight(weights),
        profiles=profiles(matrix, items),
    )


def _head(held: Floats) -> Places:
    """The places of the items with orders enough, the most ordered ones of too many."""
    enough = np.flatnonzero(held >= LEAST_ORDERS)
    most = enough[np.argsort(-held[enough], kind="stable")[:MOST_ITEMS]]
    return np.sort(most).astype(np.int64)


def _off_diagonal(matrix: Floats) -> Floats:
    np.fill_diagonal(matrix, 0.0)
    return matrix


def _rates(sums: Floats) -> Floats:
    rates = sums / (np.diag(sums)[:, None] + _PRIOR)
    return _off_diagonal(np.ascontiguousarray(rates, dtype=np.float32))


def _led_rates(led: Floats, shares: Floats) -> Floats:
    """Pulled towards chance as if one more order, led by the row's item, had held the column's by chance."""
    rates = (led + shares[None, :]) / (np.diag(led)[:, None] + 1.0)
    return _off_diagonal(np.ascontiguousarray(rates, dtype=np.float32))
