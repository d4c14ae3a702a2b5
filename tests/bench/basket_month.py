"""A month of orders as a contest: what is learned from, and what is asked, in each variant.

| variant | the basket | choose from |
| --- | --- | --- |
| whole | an order without one item | all items |
| single | the dearest of its other items | all items |
| strict, strict single | as before, where the hidden item is no variant (colour, size) of another one | all items |
| novel | as whole, where the customer never bought the hidden item | all items |
| cold all | as whole; a tenth of the items was never seen in training, and one of them is hidden | all items |
| cold only | the same | the items never seen |
| cold mix | as whole, from the same training: whoever pushes new items everywhere loses here | all items |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import polars as pl

from tests.bench.basket_cases import (
    Cases,
    Order,
    Pool,
    baskets_lacking_new,
    dearest_alone,
    never_bought,
    other_things,
    whole_baskets,
)
from tests.bench.basket_data import Mask, Shop
from tests.bench.basket_peers import Past
from tests.bench.basket_scores import basket_rows

# Items hidden of an order in turn, at most.
DRAWS = 5
ASKED = ("whole", "single", "cold all", "cold only", "cold mix")
# Variants that are some of another's cases.
PART_OF = {"strict": "whole", "strict single": "single", "novel": "whole"}
VARIANTS = ("whole", "single", "strict", "strict single", "novel", "cold all", "cold only", "cold mix")
# In these the items taken for new are missing from what is learned from.
WITH_NEW = frozenset(("cold all", "cold only", "cold mix"))


@dataclass(frozen=True)
class Month:
    """`cases` by the names of `ASKED`, `kept` by those of `PART_OF`; `new` are the items that `WITH_NEW` hide."""

    shop: Shop
    pool: Pool
    orders: Sequence[Order]
    begin: datetime
    new: Mask
    cases: dict[str, Cases]
    kept: dict[str, Mask]

    def lines(self, *, without_new: bool) -> pl.DataFrame:
        """The order lines to learn from."""
        before = self.shop.before(self.begin)
        if not without_new:
            return before
        new = [item_id for item_id, is_new in zip(self.pool.ids, self.new, strict=True) if is_new]
        return before.filter(~pl.col("product_id").is_in(new))

    def past(self, *, without_new: bool) -> Past:
        """The same for the peers: only items of the pool, only orders of the sizes that are asked about."""
        orders = self.pool.orders(self.lines(without_new=without_new), self.shop.limits)
        ages = [(self.begin - order.placed_at).total_seconds() / 86_400 for order in orders]
        held = basket_rows([np.array(order.places) for order in orders], len(self.pool))
        items = self.shop.items()
        places = np.array([items.place[item_id] for item_id in self.pool.ids])
        return Past(held, np.array(ages), items.title_words()[places], self.shop.vectors[places])


def month_of(shop: Shop, begin: datetime, end: datetime | None = None, draws: int = DRAWS) -> Month:
    """The orders of a month, to be told from those before it."""
    before = shop.before(begin)
    pool = Pool(before, shop.limits)
    orders = pool.orders(shop.within(begin, end), shop.limits)
    new = pool.taken_for_new()
    whole, lacking_new = whole_baskets(orders, draws), baskets_lacking_new(orders, new, draws)
    single = dearest_alone(whole, orders)
    title_of = {product.id: product.title for product in shop.products}
    strict = other_things(whole, [title_of[item_id] for item_id in pool.ids])
    cases = {
        "whole": whole,
        "single": single,
        "cold all": lacking_new,
        "cold only": lacking_new.within(new),
        "cold mix": whole,
    }
    kept = {"strict": strict, "strict single": strict, "novel": never_bought(whole, orders, pool, before)}
    return Month(shop, pool, orders, begin, new, cases, kept)
