"""The words side of the search: BM25 over titles and texts."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import numpy as np
import numpy.typing as npt

from catalog.domain.product import Product
from catalog.search.words import tokens

Scores = npt.NDArray[np.float32]
# A word in the title says more of a product than one in its description.
_TITLE_TIMES = 3


class LexicalIndex:
    """BM25 scores of all products for a list of folded words. Read only after it is built."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._size = len(products)
        documents = [_words(product) for product in products]
        self._known = {word for document in documents for word in document}
        self._bm25 = bm25s.BM25() if self._known else None
        if self._bm25 is not None:
            self._bm25.index(documents, show_progress=False)

    def scores(self, words: Sequence[str]) -> Scores:
        """One score per product, in the order given at building; 0 where no word occurs."""
        known = [word for word in words if word in self._known]
        if self._bm25 is None or not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)


def _words(product: Product) -> list[str]:
    title = tokens(f"{product.title} {product.color} {product.size} {product.brand}")
    rest = tokens(f"{product.product_type} {product.material} {product.description}")
    return title * _TITLE_TIMES + rest + tokens(" ".join(product.attributes.values()))
