"""Our ranker in the contest: learned through the catalog package from the same order lines, asked the same cases."""

from __future__ import annotations

import numpy as np
import polars as pl

from catalog.complements.order_history import history_of
from catalog.complements.ranking.learning import learn_ranker
from catalog.complements.ranking.ranker import ComplementRanker
from tests.bench.basket_cases import Cases, Places, Pool
from tests.bench.basket_data import Shop
from tests.bench.basket_scores import SHOWN, Answers


def learned(shop: Shop, lines: pl.DataFrame) -> ComplementRanker:
    """A full training, from order lines to a ranker that can be asked."""
    items = shop.items()
    return learn_ranker(history_of(lines), items, {item_id: item_id for item_id in items.ids}).ranker()


class Ours:
    """The ranker, asked about places of the pool."""

    def __init__(self, ranker: ComplementRanker, pool: Pool) -> None:
        self._ranker = ranker
        self._place = np.array([ranker.items.place[item_id] for item_id in pool.ids])
        self._of_pool = np.full(len(ranker.items), -1, np.int64)
        self._of_pool[self._place] = np.arange(len(pool))

    def shown(self, basket: Places, only: Places | None = None, customer: int = 0) -> Places:
        """The first ten, of some items or of all of the pool."""
        allowed = self._place if only is None else self._place[only]
        ranked = self._ranker.rank(self._place[basket], SHOWN, allowed=allowed, customer=customer)
        return self._of_pool[[one.place for one in ranked]]

    def answers(self, cases: Cases, *, known_customers: bool = False) -> Answers:
        """What it answers, as to anybody or as to the customers that the cases name."""
        ranks, shown = np.full(len(cases), SHOWN), np.zeros(len(self._place), np.bool_)
        only = None if cases.only is None else np.flatnonzero(cases.only)
        for number, (basket, hidden) in enumerate(zip(cases.baskets, cases.hidden, strict=True)):
            found = self.shown(basket, only, cases.customers[number] if known_customers else 0)
            shown[found] = True
            here = np.flatnonzero(found == hidden)
            ranks[number] = here[0] if len(here) else SHOWN
        return Answers(ranks, shown)
