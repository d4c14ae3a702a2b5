"""The products of a shop with everything about them that the search looks up, worked out once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from catalog.domain.product import Product
from catalog.search.facets import Facets, facets_of
from catalog.search.filters import Filters, Gate
from catalog.search.heads import learn_heads
from catalog.search.vocabulary import Vocabulary, learn_vocabulary
from catalog.search.words import STOP_WORDS, content_tokens, key, tokens


class Shelf:
    """Read-only. Positions count from 0 in the feed's order."""

    def __init__(self, products: Sequence[Product], popularity: Mapping[str, int], currency: str) -> None:
        self.products = tuple(products)
        self.currency = currency
        self.position = {product.id: place for place, product in enumerate(self.products)}
        self.heads = learn_heads(product.title for product in self.products)
        self.facets: tuple[Facets, ...] = tuple(facets_of(product, self.heads) for product in self.products)
        self.vocabulary: Vocabulary = learn_vocabulary(self.products, self.facets)
        self.popularity = [popularity.get(product.id, 0) for product in self.products]
        self.title_words = [_name_words(*pair) for pair in zip(self.products, self.facets, strict=True)]
        self.title_content = [frozenset(content_tokens(product.title)) for product in self.products]
        self._titled: dict[str, list[int]] = {}
        self._named: dict[str, list[int]] = {}
        for place, product in enumerate(self.products):
            self._titled.setdefault(key(product.title), []).append(place)
            for word in self.title_words[place]:
                self._named.setdefault(word, []).append(place)
        self._groups: dict[str, list[int]] = {}
        for place, product in enumerate(self.products):
            self._groups.setdefault(product.group_id or product.id, []).append(place)

    def group(self, place: int) -> list[int]:
        """Positions of a product's variants, itself included, in the feed's order."""
        product = self.products[place]
        return self._groups[product.group_id or product.id]

    def titled(self, phrase: str) -> list[int]:
        """Positions of the products with exactly this title, written anyhow."""
        return self._titled.get(key(phrase), [])

    def named(self, words: Sequence[str]) -> set[int]:
        """Positions of the products whose name has any of the words, sentence words apart."""
        return {place for word in words if word not in STOP_WORDS for place in self._named.get(word, ())}

    def group_key(self, place: int) -> str:
        """The same for all variants of one thing."""
        return self.products[place].group_id or self.products[place].id

    def allowed(self, filters: Filters) -> npt.NDArray[np.bool_]:
        """Which positions keep every condition."""
        if filters == Filters():
            return np.ones(len(self.products), dtype=np.bool_)
        gate = Gate(filters)
        tested = (gate.admits(product, facet) for product, facet in zip(self.products, self.facets, strict=True))
        return np.fromiter(tested, dtype=np.bool_, count=len(self.products))

    def weight(self, word: str) -> float:
        """How telling a word is: high for rare ones (inverse document frequency); 0 for sentence words."""
        if word in STOP_WORDS:
            return 0.0
        return math.log(1.0 + len(self.products) / (1.0 + self.vocabulary.words.get(word, 0)))

    def coverage(self, words: Sequence[str], place: int) -> float:
        """Share of the words, by weight, that the product's name has: 0..1."""
        total = sum(self.weight(word) for word in words)
        if total == 0.0:
            return 0.0
        return sum(self.weight(word) for word in words if word in self.title_words[place]) / total


def _name_words(product: Product, facets: Facets) -> frozenset[str]:
    """The words that name a product: title, kind, colour, size, brand."""
    named = set(tokens(f"{product.title} {product.color} {product.size} {product.brand} {product.material}"))
    named.update(facets.colors, facets.sizes)
    for kind in facets.kinds if facets.leaf_kind else ():
        named.update(kind.split())
    return frozenset(named)
