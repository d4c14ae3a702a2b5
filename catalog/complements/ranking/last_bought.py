"""Which variant of a thing each known customer bought last: who needs gloves again needs them in the same size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catalog.complements.order_history import Keys, OrderHistory
from catalog.complements.ranking.items import Items

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class LastBought:
    """One entry for each customer and item, ascending by both: `products` are rows of `product_ids`."""

    product_ids: tuple[str, ...]
    customers: Keys
    items: Numbers
    products: Numbers

    def product_id(self, customer: int, item: int) -> str | None:
        """What the customer with this key bought last of the item at a place; None for nothing."""
        begin, end = np.searchsorted(self.customers, np.array([customer, customer + 1], np.uint64))
        place = int(begin + np.searchsorted(self.items[begin:end], item))
        if place == end or self.items[place] != item:
            return None
        return self.product_ids[int(self.products[place])]


def last_bought(history: OrderHistory, items: Items, unit_of: Mapping[str, str]) -> LastBought:
    """Of two variants in one order, the later named one."""
    place = np.array([items.place.get(unit_of.get(product, ""), -1) for product in history.products], np.int32)
    orders = history.order_of_items()
    customers, products = history.customers[orders], history.items
    units = place[products] if len(place) else np.zeros(0, np.int32)
    known = np.flatnonzero((customers != 0) & (units >= 0))
    order = known[np.lexsort((products[known], history.times[orders[known]], units[known], customers[known]))]
    customers, units = customers[order], units[order]
    newest = np.ones(len(order), np.bool_)
    newest[:-1] = (customers[1:] != customers[:-1]) | (units[1:] != units[:-1])
    return LastBought(history.products, customers[newest], units[newest], products[order][newest].astype(np.int32))
