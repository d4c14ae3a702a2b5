"""Past orders as a matrix of orders and items, and its parts before and after a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from catalog.complements.order_history import Keys, Longs, OrderHistory
from catalog.complements.ranking.items import Items

Mask = npt.NDArray[np.bool_]
DAY = 86_400


@dataclass(frozen=True)
class OrderMatrix:
    """`held`: (orders, items) float32 ones. Rows are in the order of time, oldest first; `times` are seconds
    since 1970; `customers` are the keys of `order_history`, 0 for nobody known."""

    held: sparse.csr_array
    times: Longs
    customers: Keys

    def __len__(self) -> int:
        return len(self.times)

    @property
    def sizes(self) -> Longs:
        """Distinct items in each order."""
        return np.asarray(np.diff(self.held.indptr), dtype=np.int64)

    @property
    def newest(self) -> int:
        """The time of the newest order; 0 without any. All ages are against it: the clock is never asked."""
        return int(self.times[-1]) if len(self.times) else 0

    def chosen(self, rows: Mask | Longs) -> OrderMatrix:
        """Only some of the orders, in the order of `rows`."""
        return OrderMatrix(self.held[rows], self.times[rows], self.customers[rows])

    def without(self, items: Mask) -> OrderMatrix:
        """The orders as if these items had never been sold."""
        kept = sparse.csr_array(self.held @ sparse.diags_array((~items).astype(np.float32)))
        kept.eliminate_zeros()
        return OrderMatrix(kept, self.times, self.customers)

    def items_of(self, row: int) -> npt.NDArray[np.int32]:
        """The places of what one order held, ascending."""
        held: npt.NDArray[np.int32] = self.held.indices[self.held.indptr[row] : self.held.indptr[row + 1]]
        return held


def order_matrix(history: OrderHistory, items: Items, unit_of: Mapping[str, str], most: int = 0) -> OrderMatrix:
    """The history's orders over `items`, whose ids are what `unit_of` gives for a product.

    Products of no item are left out, and so are orders that then hold nothing. With `most` above 0 only that
    many newest orders are taken.
    """
    place = np.array([items.place.get(unit_of.get(product, ""), -1) for product in history.products], dtype=np.int64)
    columns = place[history.items] if len(place) else np.zeros(0, np.int64)
    rows = history.order_of_items()
    kept = columns >= 0
    held = sparse.csr_array(
        (np.ones(int(kept.sum()), np.float32), (rows[kept], columns[kept])), shape=(len(history.orders), len(items))
    )
    held.sum_duplicates()
    held.data[:] = 1.0
    filled = np.flatnonzero(np.diff(held.indptr) > 0)
    by_time = filled[np.lexsort((history.orders[filled], history.times[filled]))]
    if most:
        by_time = by_time[-most:]
    return OrderMatrix(held[by_time], history.times[by_time], history.customers[by_time])
