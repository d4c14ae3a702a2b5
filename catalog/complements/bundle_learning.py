"""Learning sets of two to four: from the surest pairs, grown by what nearly all of their parts go with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from catalog.complements.baskets import (
    Baskets,
    bought_by,
    counted_orders,
    customer_rows,
    decayed,
    held_by,
    unit_rows,
    units_of,
)
from catalog.complements.bundle import Bundle
from catalog.complements.co_purchases import CoPurchases, Counting, UnitOf
from catalog.complements.counts import from_pairs
from catalog.complements.lift import lower_count, lower_lift
from catalog.complements.order_history import Longs, OrderHistory
from catalog.complements.pair_counts import PairCounter


@dataclass(frozen=True)
class BundleSearch:
    """What makes a set.

    `least_orders`, `least_customers`: that many orders and customers held all of it. `least_lift`: each part goes
    with each other, and with the rest as a whole, at least so many times more often than by chance, at the lower
    confidence bound. `least_share`: of the orders that held all parts but one, that share held the one, too.
    `largest_basket`: orders of more units are no sign of what goes together (a shop that stocks up buys
    everything), so sets are sought in the others; the counts of a set are over all orders nevertheless.
    `seeds_of_a_unit`, `seeds`: how many pairs are grown, for one unit and in all.
    """

    least_orders: int = 10
    least_customers: int = 5
    least_lift: float = 2.0
    least_share: float = 0.2
    largest_basket: int = 30
    most_parts: int = 4
    seeds_of_a_unit: int = 6
    seeds: int = 20_000


def learn_bundles(
    history: OrderHistory,
    unit_of: UnitOf,
    kind_of: Mapping[str, str],
    alike: Callable[[str, str], bool],
    search: BundleSearch | None = None,
) -> list[Bundle]:
    """The best sets of units, best first; the same for the same orders.

    No set holds two units of one kind (`kind_of` a unit) or two for which `alike` is true. Sets are scored by
    the cosine measure generalized to sets (Wu, Chen, Han: Re-examination of interestingness measures in pattern
    mining, 2010: orders of all / geometric mean of the orders of each), which neither popular nor rare things
    distort, with the lower confidence bound of the orders.
    """
    search = search or BundleSearch()
    units = units_of(history, unit_of)
    rows = unit_rows(history, unit_of, units)
    grower = _Grower(history, rows, units, kind_of, alike, search)
    found: dict[tuple[int, ...], float] = {}
    for seed in grower.seeds():
        for parts in grower.grown(seed):
            found[tuple(sorted(parts))] = grower.score(parts)
    ranked = sorted(found, key=lambda parts: (-found[parts], parts))
    return _counted(ranked, found, history, rows, units)


class _Grower:
    """Grows sets in the baskets of at most `largest_basket` units. Parts are rows of units."""

    def __init__(
        self,
        history: OrderHistory,
        rows: Longs,
        units: tuple[str, ...],
        kind_of: Mapping[str, str],
        alike: Callable[[str, str], bool],
        search: BundleSearch,
    ) -> None:
        self._units, self._kind_of, self._alike, self._search = units, kind_of, alike, search
        counting = Counting(least=search.least_orders)
        everyone = counted_orders(history, counting)
        sizes = np.diff(held_by(history, rows, len(units), counting, everyone).indptr)
        chosen = everyone & (sizes <= search.largest_basket)
        self._held = held_by(history, rows, len(units), counting, chosen)
        known = np.unique(history.customers)
        self._customers = customer_rows(history.customers, known)
        weights = decayed(history.times, history.newest, counting.half_life_days)
        baskets = Baskets(self._held, weights, bought_by(history, rows, len(units), chosen, known))
        pairs = PairCounter(baskets).all(counting.least)
        self._counts: CoPurchases = from_pairs(units, counting, history.newest, baskets.singles(), pairs)
        self._by_unit = self._held.T.tocsr()

    def seeds(self) -> Iterator[tuple[int, int]]:
        """Pairs to grow, surest first."""
        first, second, together, customers = _upper(self._counts)
        sure = (customers >= self._search.least_customers) & self._goes_with(first, second, together)
        first, second, together = first[sure], second[sure], together[sure]
        orders = self._counts.order_counts
        scores = lower_count(together) / np.sqrt(orders[first].astype(float) * orders[second])
        used = np.zeros(len(self._units), np.int64)
        left = self._search.seeds
        for place in np.argsort(-np.round(scores, 9), kind="stable"):
            a, b = int(first[place]), int(second[place])
            if min(used[a], used[b]) >= self._search.seeds_of_a_unit or not self._fits((a,), b):
                continue
            used[[a, b]] += 1
            yield a, b
            left -= 1
            if not left:
                return

    def grown(self, seed: tuple[int, int]) -> Iterator[tuple[int, ...]]:
        """The pair, and what it grows into, one part at a time."""
        parts: tuple[int, ...] = seed
        orders = self._orders_with(parts)
        while self._customers_of(orders) >= self._search.least_customers:
            yield parts
            part = self._best_part(parts, orders) if len(parts) < self._search.most_parts else None
            if part is None:
                return
            parts = (*parts, part)
            orders = np.intersect1d(orders, self._orders_with((part,)), assume_unique=True)

    def _best_part(self, parts: tuple[int, ...], orders: Longs) -> int | None:
        together = np.asarray(self._held[orders].sum(axis=0), dtype=np.int64).ravel()
        least = max(self._search.least_orders, self._search.least_share * len(orders))
        others = np.setdiff1d(np.flatnonzero(together >= least), parts)
        counts = self._counts
        lifts = lower_lift(together[others], len(orders), counts.order_counts[others], counts.orders)
        others = others[lifts >= self._search.least_lift]
        scores = lower_count(together[others]) / np.sqrt(counts.order_counts[others])
        ranked = others[np.argsort(-np.round(scores, 9), kind="stable")]
        return next((int(other) for other in ranked if self._joins(parts, int(other))), None)

    def _joins(self, parts: tuple[int, ...], other: int) -> bool:
        rows = np.array(parts)
        together = np.array([int(self._counts.together[part, other]) for part in parts])
        return bool(self._goes_with(rows, np.full(len(rows), other), together).all()) and self._fits(parts, other)

    def _goes_with(self, first: Longs, second: Longs, together: Longs) -> npt.NDArray[np.bool_]:
        orders = self._counts.order_counts
        lifts = lower_lift(together, orders[first], orders[second], self._counts.orders)
        return np.asarray(lifts >= self._search.least_lift)

    def _fits(self, parts: tuple[int, ...], other: int) -> bool:
        kinds = {self._kind(part) for part in parts}
        return self._kind(other) not in kinds and not any(self._look_alike(part, other) for part in parts)

    def _kind(self, part: int) -> str:
        return self._kind_of.get(self._units[part], self._units[part])

    def _look_alike(self, a: int, b: int) -> bool:
        return self._alike(self._units[min(a, b)], self._units[max(a, b)])

    def _orders_with(self, parts: tuple[int, ...]) -> Longs:
        return _orders_with(self._by_unit, parts)

    def _customers_of(self, orders: Longs) -> int:
        return len(np.unique(self._customers[orders]))

    def score(self, parts: tuple[int, ...]) -> float:
        """The cosine measure at the lower bound, in small baskets."""
        orders = self._counts.order_counts[list(parts)].astype(float)
        held = float(lower_count(len(self._orders_with(parts))))
        return round(held / float(np.exp(np.log(orders).mean())), 9)


def _upper(counts: CoPurchases) -> tuple[Longs, Longs, Longs, Longs]:
    """(first, second, orders together, customers of both) of each pair, once."""
    first = np.repeat(np.arange(len(counts.units)), np.diff(counts.together.indptr))
    second = counts.together.indices
    once = first < second
    return first[once], second[once], counts.together.data[once], counts.customers_together.data[once]


def _counted(
    found: list[tuple[int, ...]],
    scores: Mapping[tuple[int, ...], float],
    history: OrderHistory,
    rows: Longs,
    units: tuple[str, ...],
) -> list[Bundle]:
    """The sets with their counts over all orders, large ones too."""
    counting = Counting()
    held = held_by(history, rows, len(units), counting, counted_orders(history, counting))
    by_unit = held.T.tocsr()
    sizes = np.diff(by_unit.indptr)
    total = int((np.diff(held.indptr) > 0).sum())
    customers = customer_rows(history.customers, np.unique(history.customers))
    bundles = []
    for parts in found:
        ordered = tuple(sorted(parts, key=lambda part: (-int(sizes[part]), part)))
        together = [
            total if not mask else len(_orders_with(by_unit, tuple(p for n, p in enumerate(ordered) if mask >> n & 1)))
            for mask in range(1 << len(ordered))
        ]
        buyers = len(np.unique(customers[_orders_with(by_unit, ordered)]))
        bundles.append(Bundle(tuple(units[part] for part in ordered), tuple(together), buyers, scores[parts]))
    return bundles


def _orders_with(by_unit: sparse.csr_array, parts: tuple[int, ...]) -> Longs:
    """The rows of the orders that held all of the parts."""
    orders: Longs | None = None
    for part in parts:
        own = by_unit.indices[by_unit.indptr[part] : by_unit.indptr[part + 1]]
        orders = own if orders is None else np.intersect1d(orders, own, assume_unique=True)
    return np.zeros(0, np.int64) if orders is None else orders
