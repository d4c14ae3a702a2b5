"""Everything that a ranker is made of, learned from a shop's orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.complements.order_history import OrderHistory
from catalog.complements.ranking.customers import Customers, customers_of
from catalog.complements.ranking.item_model import ItemModel, fit_items
from catalog.complements.ranking.items import Items
from catalog.complements.ranking.order_matrix import order_matrix
from catalog.complements.ranking.ranker import ComplementRanker, Forests
from catalog.complements.ranking.training import LearnedForests, learn_forests
from catalog.complements.ranking.trees import Trees

# Of a longer history only the newest orders are learned from: what sold years ago goes with what sold years ago.
MOST_ORDERS = 300_000


@dataclass(frozen=True)
class LearnedRanker:
    """`forests` is None where the orders were too few to learn trees from. `orders` is how many were learned from."""

    items: Items
    model: ItemModel
    forests: LearnedForests | None
    customers: Customers
    orders: int

    def ranker(self) -> ComplementRanker:
        """Ready to be asked."""
        return ComplementRanker(self.items, self.model, opened(self.forests), self.customers)


def learn_ranker(
    history: OrderHistory, items: Items, unit_of: Mapping[str, str], forests: LearnedForests | None = None
) -> LearnedRanker:
    """Learn from all orders; `unit_of` gives each product's item id. The same input gives the same ranker.

    With `forests` (learned from a little less) only the item model and the customers are learned anew: a few
    seconds instead of half a minute for 360,000 order lines.
    """
    matrix = order_matrix(history, items, unit_of, MOST_ORDERS)
    words = items.title_words()
    model = fit_items(matrix, items, words)
    if forests is None:
        forests = learn_forests(matrix, items, words)
    return LearnedRanker(items, model, forests, customers_of(matrix), len(matrix))


def opened(forests: LearnedForests | None) -> Forests | None:
    """The trees, ready to be asked."""
    if forests is None:
        return None
    new, customer = (Trees(model) if model else None for model in (forests.new, forests.customer))
    return Forests(Trees(forests.single), Trees(forests.several), new, customer)
