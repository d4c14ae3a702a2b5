"""Which products may be among the best for a query: what its words name and what is near in meaning, both inside a
mask of what is allowed."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from catalog.search.encoders import Encoder, Vectors
from catalog.search.filters import Sort
from catalog.search.lexical import Scores, Term
from catalog.search.shelf import Shelf
from catalog.search.sieve import Mask
from catalog.search.top import best_places
from catalog.search.understanding import Understood
from catalog.search.vectors import ProductVectors
from catalog.search.words import tokens

Places = npt.NDArray[np.int64]
# Where so few products are allowed, each is scored by all words; else very common words may be left out.
_NARROW = 50_000
_LONGEST = 600


class Query:
    """What one search looks for. Words and vector are worked out when they are first needed, once."""

    def __init__(self, written: str, understood: Understood, shelf: Shelf, encoder: Encoder) -> None:
        self._written, self._encoder = written, encoder
        self._lexical, self._synonyms = shelf.learned.lexical, shelf.vocabulary.synonyms
        self.understood, self.text = understood, understood.text

    @cached_property
    def terms(self) -> list[Term]:
        """The words to match."""
        words = tokens(self.text)
        mistyped = [
            word for word in tokens(self._written[:_LONGEST]) if word not in words and not self._lexical.knows(word)
        ]
        return self._lexical.terms(words, mistyped, self._synonyms)

    @cached_property
    def scores(self) -> Scores:
        """BM25 by position."""
        return self._lexical.scores(self.terms)

    @cached_property
    def vector(self) -> Vectors:
        """The sentence model's vector of the text."""
        vector: Vectors = self._encoder.encode([self.text])[0]
        return vector


class Candidates:
    """Names candidates on one shelf."""

    def __init__(self, shelf: Shelf, vectors: ProductVectors) -> None:
        self._shelf, self._vectors, self._lexical = shelf, vectors, shelf.learned.lexical

    def of(self, query: Query, allowed: Mask, depth: int, *, everything: bool) -> tuple[Places, bool]:
        """Ascending positions, `depth` from each side, and whether there are no others. With `everything`, what is
        allowed counts as found whether it matches or not: the first of it are among the candidates."""
        named: list[Places] = []
        if query.text:
            named.append(best_places(self._worded(query, allowed), depth, self._shelf.rank))
            named.append(self._vectors.search(query.vector, depth, allowed)[0])
        if everything:
            named.append(self._first(np.flatnonzero(allowed), depth, query.understood.sort))
        return np.unique(np.concatenate(named)), all(len(places) < depth for places in named)

    def cosines(self, query: Query, places: Places) -> Scores:
        """Nearness in meaning of some products; zeros for a query without text."""
        if not query.text:
            return np.zeros(len(places), dtype=np.float32)
        return self._vectors.cosines(query.vector, places)

    def _worded(self, query: Query, allowed: Mask) -> Scores:
        """BM25 by position inside the mask, 0 outside."""
        if not self._lexical.leaves_out(query.terms) or np.count_nonzero(allowed) > _NARROW:
            return query.scores * allowed
        scores = np.zeros(len(allowed), dtype=np.float32)
        places = np.flatnonzero(allowed)
        scores[places] = self._lexical.scores_at(query.terms, places)
        return scores

    def _first(self, places: Places, count: int, sort: Sort) -> Places:
        """The `count` that are shown first where nothing else tells products apart."""
        order = self._shelf.rank[places].astype(np.int64)
        if sort != "relevance":
            prices = self._shelf.sieve.prices[places] * (1 if sort == "price_asc" else -1)
            order = np.lexsort((order, prices, ~self._shelf.sieve.in_stock[places])).argsort()
        if len(places) <= count:
            return places
        return places[np.argpartition(order, count)[:count]]
