"""Ranking every product for a basket, look-alikes included: the yardstick of `pairwell recommend`.

First version: how far the shrunken conditional probability lies above chance, sharpened so that the nearest
basket items speak loudest, a little against the popular; products with few orders borrow the scores of those
that read alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from catalog.complements.counts import CoPurchases
from catalog.search.encoders import Vectors

Scores = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
# Chosen on a validation month of a gift shop's orders, apart from the month that is reported.
_PRIOR_ORDERS = 10.0
_AGAINST_POPULAR = 0.4
_SHARPER = 3
_FEW_ORDERS = 3.0
_READ_ALIKE = 10
_SHARPNESS = 4


class BasketRanker:
    """Scores all `product_ids` for a basket. `counts` counts products; `vectors` has a row for each id, or is
    None, and then products without orders cannot be ranked."""

    def __init__(self, product_ids: Sequence[str], counts: CoPurchases, vectors: Vectors | None) -> None:
        self.product_ids = tuple(product_ids)
        self._place = {product_id: place for place, product_id in enumerate(self.product_ids)}
        places = np.array([self._place[unit] for unit in counts.units], dtype=np.int64)
        size = len(self.product_ids)
        self._orders = np.zeros(size)
        self._orders[places] = counts.order_counts
        together = counts.together.tocoo()
        self._together = sparse.csr_array(
            (together.data.astype(np.float64), (places[together.row], places[together.col])), shape=(size, size)
        )
        self._chance = self._orders / max(1, counts.orders)
        self._damping = np.power(np.maximum(self._chance, 1.0 / max(1, counts.orders)), -_AGAINST_POPULAR)
        self._borrow = None if vectors is None else _borrowing(vectors)

    def scores(self, basket: Sequence[str]) -> Scores:
        """One score per product id; minus infinity for what is in the basket."""
        inside = [self._place[product_id] for product_id in dict.fromkeys(basket) if product_id in self._place]
        counted = np.zeros(len(self.product_ids))
        for place in inside:
            row = self._together[[place]].toarray().ravel()
            rate = (row + _PRIOR_ORDERS * self._chance) / (self._orders[place] + _PRIOR_ORDERS)
            counted += np.maximum(rate - self._chance, 0.0) ** _SHARPER
        counted *= self._damping
        if self._borrow is not None:
            trust = self._orders / (self._orders + _FEW_ORDERS)
            counted = trust * counted + (1.0 - trust) * (self._borrow @ counted)
        counted[inside] = -np.inf
        return counted

    def rank(
        self, basket: Sequence[str], candidates: npt.NDArray[np.int64] | None = None, limit: int = 30
    ) -> list[str]:
        """Ids best first, never from the basket; only `candidates` (places) where given. Ties go by id."""
        scores = self.scores(basket)
        pool = np.arange(len(scores)) if candidates is None else candidates
        pool = pool[np.isfinite(scores[pool])]
        best = sorted(
            pool[np.argsort(-scores[pool], kind="stable")[: limit * 2]], key=lambda p: (-scores[p], self.product_ids[p])
        )
        return [self.product_ids[place] for place in best[:limit]]

    def places(self, product_ids: Sequence[str]) -> Places:
        """Places of the known ids among `product_ids`."""
        return np.array([self._place[i] for i in product_ids if i in self._place], dtype=np.int64)


def _borrowing(vectors: Vectors) -> sparse.csr_array:
    """Row-normalised weights of the products that read most alike."""
    similar = vectors @ vectors.T
    np.fill_diagonal(similar, -1.0)
    nearest = np.argpartition(-similar, min(_READ_ALIKE, len(similar) - 1), axis=1)[:, :_READ_ALIKE]
    weights = np.maximum(np.take_along_axis(similar, nearest, axis=1), 0.0).astype(np.float64) ** _SHARPNESS
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    rows = np.repeat(np.arange(len(vectors)), nearest.shape[1])
    return sparse.csr_array((weights.ravel(), (rows, nearest.ravel())), shape=similar.shape)
