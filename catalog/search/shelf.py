"""The products of a shop with everything about them that the search looks up, worked out once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from catalog.domain.product import Product
from catalog.search.columns import name_words, title_words
from catalog.search.facets import Facets, facets_of
from catalog.search.filters import Filters
from catalog.search.learned import Learned, learn
from catalog.search.sieve import Mask, Sieve
from catalog.search.words import STOP_WORDS

# So many products' facets are remembered: what the talk is about, in a shop of any size.
_REMEMBERED = 10_000
Value = TypeVar("Value")


class ByPlace(Generic[Value]):
    """Something about each product by its position, worked out when it is asked for. Safe to share."""

    def __init__(self, read: Callable[[int], Value]) -> None:
        self._read = lru_cache(maxsize=_REMEMBERED)(read)

    def __getitem__(self, place: int) -> Value:
        return self._read(place)


class Shelf:
    """Read-only. Positions count from 0 in the feed's order. `learned` is worked out unless it is given."""

    def __init__(
        self,
        products: Sequence[Product],
        popularity: Mapping[str, int],
        currency: str,
        learned: Learned | None = None,
    ) -> None:
        self.products = tuple(products)
        self.currency = currency
        self.position = {product.id: place for place, product in enumerate(self.products)}
        self.learned = learned or learn(self.products)
        self.columns, self.vocabulary, self.heads = self.learned.columns, self.learned.vocabulary, self.learned.heads
        counts = (popularity.get(product.id, 0) for product in self.products)
        self.popularity: npt.NDArray[np.int64] = np.fromiter(counts, np.int64, len(self.products))
        self.sieve = Sieve(self.products, self.columns, self.position)
        self.facets: ByPlace[Facets] = ByPlace(lambda place: facets_of(self.products[place], self.heads))
        self.title_words = ByPlace(lambda place: name_words(self.products[place], self.facets[place]))
        self.title_content = ByPlace(lambda place: title_words(self.products[place]))
        self._members = _members(self.columns.groups)

    @cached_property
    def rank(self) -> npt.NDArray[np.int64]:
        """Each product's place where nothing else tells them apart: in stock first, then popularity, then id."""
        order = np.lexsort((self.columns.id_rank, -self.popularity, ~self.sieve.in_stock))
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        return rank

    def group(self, place: int) -> list[int]:
        """Positions of a product's variants, itself included, in the feed's order."""
        order, starts = self._members
        number = int(self.columns.groups[place])
        members: list[int] = order[starts[number] : starts[number + 1]].tolist()
        return members

    def titled(self, phrase: str) -> list[int]:
        """Positions of the products with exactly this title, written anyhow."""
        return self.columns.titled(phrase)

    def named(self, words: Iterable[str]) -> set[int]:
        """Positions of the products whose name has any of the words, sentence words apart."""
        names = self.columns.postings["names"]
        return {int(place) for word in words if word not in STOP_WORDS for place in names.of(word)}

    def group_key(self, place: int) -> str:
        """The same for all variants of one thing."""
        return self.products[place].group_id or self.products[place].id

    def kind_unit(self, place: int) -> str:
        """What a product counts as among kinds: its product_type's last level, else what its title says it is."""
        return self.columns.units[int(self.columns.unit_numbers[place])]

    def allowed(self, filters: Filters) -> Mask:
        """Which positions keep every condition."""
        return self.sieve.allowed(filters)

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


def _members(groups: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """(positions sorted by group, where each group starts)."""
    order = np.argsort(groups, kind="stable").astype(np.int32)
    starts = np.searchsorted(groups[order], np.arange(int(groups.max(initial=-1)) + 2))
    return order, starts.astype(np.int64)
