"""Everything that a ranker is made of, learned from a shop's orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.complements.order_history import OrderHistory
from catalog.complements.ranking.customers import Customers, customers_of
from catalog.complements.ranking.item_model import ItemModel, fit_items
from catalog.complements.ranking.items import Items
from catalog.complements.ranking.last_bought import LastBought, last_bought
from catalog.complements.ranking.order_matrix import order_matrix
from catalog.complements.ranking.ranker import ComplementRanker, Forests
from catalog.complements.ranking.training import LearnedForests, learn_forests
from catalog.complements.ranking.trees import Trees

# Of a longer history only the newest orders are learned from: what sold years ago goes with what sold years ago.
MOST_ORDERS = 300_000
# So large a share of new orders, or of other items, does not change how evidence is to be weighed.
_LITTLE = 0.05


@dataclass(frozen=True)
class LearnedRanker:
    """`forests` is None where the orders were too few to learn trees from. `orders` is how many the trees were
    learned from: the item model may know more."""

    items: Items
    model: ItemModel
    forests: LearnedForests | None
    customers: Customers
    last: LastBought
    orders: int

    def ranker(self) -> ComplementRanker:
        """Ready to be asked."""
        return ComplementRanker(self.items, self.model, opened(self.forests), self.customers)


def learn_ranker(
    history: OrderHistory, items: Items, unit_of: Mapping[str, str], before: LearnedRanker | None = None
) -> LearnedRanker:
    """Learn from all orders; `unit_of` gives each product's item id. The same input gives the same ranker.

    Where orders and items are nearly those of `before`, its trees are kept and only the item model and the
    customers are learned anew: a few seconds instead of half a minute for 360,000 order lines.
    """
    matrix = order_matrix(history, items, unit_of, MOST_ORDERS)
    words = items.title_words()
    model, customers = fit_items(matrix, items, words), customers_of(matrix)
    last = last_bought(history, items, unit_of)
    if before is not None and _still_holds(before, items, len(matrix)):
        return LearnedRanker(items, model, before.forests, customers, last, before.orders)
    return LearnedRanker(items, model, learn_forests(matrix, items, words), customers, last, len(matrix))


def _still_holds(before: LearnedRanker, items: Items, orders: int) -> bool:
    """Whether the trees that were learned before still say how evidence is to be weighed."""
    grown = abs(orders - before.orders) <= _LITTLE * before.orders
    changed = len(set(items.ids).symmetric_difference(before.items.ids))
    return before.forests is not None and grown and changed <= _LITTLE * len(before.items)


def opened(forests: LearnedForests | None) -> Forests | None:
    """The trees, ready to be asked."""
    if forests is None:
        return None
    new, customer = (Trees(model) if model else None for model in (forests.new, forests.customer))
    return Forests(Trees(forests.single), Trees(forests.several), new, customer)
