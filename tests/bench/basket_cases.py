"""Real baskets that lack one item: what a system is asked, and what it should have answered.

An order of the month loses one item, and the rest is the basket. Several items of each order are hidden in turn, to
measure more closely; every order counts once all the same.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import numpy.typing as npt
import polars as pl

from catalog.complements.look_alikes import stem
from catalog.complements.order_history import key_of
from tests.bench.basket_data import Limits, Mask

Places = npt.NDArray[np.int64]
# The items that are taken for new: so many of all.
NEW_SHARE = 0.1
_HIDING_SEED, _FURTHER_SEED, _NEW_SEED = 7, 8, 11


@dataclass(frozen=True)
class Order:
    """One order: its items' places in the pool, ascending, and what each cost."""

    places: tuple[int, ...]
    prices: dict[int, float]
    customer_id: str
    placed_at: datetime


@dataclass(frozen=True)
class Cases:
    """Row n: basket, hidden place, order (its number), weight (those of an order sum to 1 before any are left out) and
    customer (a key of `order_history`, 0 for nobody). `only` are the places to choose from, None for all."""

    baskets: list[Places]
    hidden: Places
    orders: Places
    weights: npt.NDArray[np.float64]
    customers: list[int]
    only: Mask | None = None

    def __len__(self) -> int:
        return len(self.baskets)

    def within(self, only: Mask) -> Cases:
        """The same, asked to choose among some items."""
        return replace(self, only=only)


class Pool:
    """The items that take part, by id in ascending order; a "place" is an item's place here."""

    def __init__(self, before: pl.DataFrame, limits: Limits) -> None:
        counts = before.group_by("product_id").agg(pl.col("order_id").n_unique().alias("orders"))
        enough = counts.filter(pl.col("orders") >= limits.least_orders)
        self.ids: list[str] = sorted(enough["product_id"].to_list())
        self.place = {item_id: place for place, item_id in enumerate(self.ids)}

    def __len__(self) -> int:
        return len(self.ids)

    def taken_for_new(self) -> Mask:
        """The items that a system shall never have seen an order of."""
        mask = np.zeros(len(self), np.bool_)
        mask[random.Random(_NEW_SEED).sample(range(len(self)), round(NEW_SHARE * len(self)))] = True
        return mask

    def orders(self, lines: pl.DataFrame, limits: Limits) -> list[Order]:
        """The orders that take part, by id."""
        found = []
        known = lines.filter(pl.col("product_id").is_in(self.ids))
        for group in known.sort("order_id", maintain_order=True).partition_by("order_id", maintain_order=True):
            columns = zip(group["product_id"], group["unit_price"], strict=True)
            prices = {self.place[item_id]: price or 0.0 for item_id, price in columns}
            if limits.fits(len(prices)):
                placed_at: datetime = group["timestamp"].to_list()[0]
                found.append(Order(tuple(sorted(prices)), prices, group["customer_id"][0], placed_at))
        return found


def whole_baskets(orders: Sequence[Order], draws: int) -> Cases:
    """Everything but the hidden item."""
    first, further = random.Random(_HIDING_SEED), random.Random(_FURTHER_SEED)
    return _cases(orders, [_drawn(order.places, draws, first, further) for order in orders])


def baskets_lacking_new(orders: Sequence[Order], new: Mask, draws: int) -> Cases:
    """As `whole_baskets`, but what is hidden is new, and not all of the rest is."""
    first, further = random.Random(_HIDING_SEED), random.Random(_FURTHER_SEED)
    chosen = []
    for order in orders:
        theirs = tuple(place for place in order.places if new[place])
        mixed = 0 < len(theirs) < len(order.places)
        chosen.append(_drawn(theirs, draws, first, further) if mixed else [])
    return _cases(orders, chosen)


def _drawn(places: tuple[int, ...], draws: int, first: random.Random, further: random.Random) -> list[int]:
    one = first.choice(places)
    others = [place for place in places if place != one]
    return [one, *further.sample(others, min(draws - 1, len(others)))]


def _cases(orders: Sequence[Order], hidden: Sequence[Sequence[int]]) -> Cases:
    pairs = [(number, place) for number, places in enumerate(hidden) for place in places]
    numbers = np.array([number for number, _ in pairs], dtype=np.int64)
    return Cases(
        [np.array([other for other in orders[number].places if other != place]) for number, place in pairs],
        np.array([place for _, place in pairs], dtype=np.int64),
        numbers,
        1.0 / np.array([len(hidden[number]) for number, _ in pairs]),
        [key_of(orders[number].customer_id) for number in numbers],
    )


def dearest_alone(cases: Cases, orders: Sequence[Order]) -> Cases:
    """The same hidden items, with only the dearest item of each basket left."""

    def dearest(basket: Places, order: Order) -> int:
        return max((int(place) for place in basket), key=lambda place: (order.prices[place], place))

    asked = zip(cases.baskets, cases.orders, strict=True)
    return replace(cases, baskets=[np.array([dearest(basket, orders[number])]) for basket, number in asked])


def other_things(cases: Cases, titles: Sequence[str]) -> Mask:
    """The cases whose hidden item is no variant (colour, size, pattern) of one in the order's rest."""
    stems = [stem(title) or frozenset((title,)) for title in titles]
    asked = zip(cases.baskets, cases.hidden, strict=True)
    return np.array([stems[hidden] not in {stems[place] for place in basket} for basket, hidden in asked], np.bool_)


def never_bought(cases: Cases, orders: Sequence[Order], pool: Pool, before: pl.DataFrame) -> Mask:
    """The cases whose hidden item this customer, if known, never bought before."""
    bought = set(before.select("customer_id", "product_id").unique().iter_rows())
    asked = zip(cases.orders, cases.hidden, strict=True)
    return np.array([(orders[number].customer_id, pool.ids[place]) not in bought for number, place in asked], np.bool_)
