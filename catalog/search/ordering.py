"""The order in which found products are shown: one of each group, in stock before sold out, ties settled."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.search.filters import Sort
from catalog.search.shelf import Shelf

Places = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
# Sold out, a product must match by so much better to stand before one in stock. A full title always does.
_SOLD_OUT = 0.15
# Variants that match nearly as well are not what the shopper chose between: the one most bought is shown.
_SAME = 0.03


def in_order(shelf: Shelf, places: Places, scores: Scores, sort: Sort) -> npt.NDArray[np.int64]:
    """Indices into `places`, first to be shown first, the best of each group only.

    By relevance (`scores`, 0..1), or by price among what is in stock and then among what is not; equals by
    popularity, then id.
    """
    sold_out = ~shelf.sieve.in_stock[places] & (scores < 1.0)
    judged: Scores = np.round(scores - np.where(sold_out, _SOLD_OUT, 0.0), 6)
    relevance = _of_group(shelf.columns.groups[places], judged)
    keys: list[npt.NDArray[Any]] = [shelf.columns.id_rank[places], -shelf.popularity[places], -relevance]
    if sort != "relevance":
        prices = shelf.sieve.prices[places]
        keys += [prices if sort == "price_asc" else -prices, sold_out]
    order = np.lexsort(keys)
    _, first = np.unique(shelf.columns.groups[places[order]], return_index=True)
    return order[np.sort(first)]


def _of_group(groups: npt.NDArray[np.int32], relevance: Scores) -> Scores:
    """The best relevance of its group for whatever comes near it, else its own."""
    _, number = np.unique(groups, return_inverse=True)
    best = np.full(int(number.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(best, number, relevance)
    return np.where(relevance >= best[number] - _SAME, best[number], relevance)
