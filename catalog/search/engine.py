"""The search: filters first, then vectors and words fused by rank, variants grouped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from catalog.domain.product import Product
from catalog.search.encoders import Encoder
from catalog.search.filters import Filters
from catalog.search.lexical import LexicalIndex
from catalog.search.shelf import Shelf
from catalog.search.understanding import Understood, understand
from catalog.search.vectors import Mask, VectorIndex
from catalog.search.words import tokens

# Reciprocal rank fusion (Cormack 2009): 1 / (60 + rank) from each side.
_RANK_CONSTANT = 60
_DEPTH = 200
# Without a common word a product must be this near in meaning to count as found.
_NEAR = 0.38
# Sorted by price, only what matches nearly as well as the best takes part.
_SORTABLE = 0.75


@dataclass(frozen=True)
class Hit:
    """A found product. `score` is 0..1 and comparable within one answer only."""

    product: Product
    score: float


@dataclass(frozen=True)
class SearchResult:
    """`relaxed` names the conditions that had to be dropped to find anything: "price", "colors", "sizes",
    "brands", "materials", "measures", "stock", "kinds". `understood.filters` holds all that was asked."""

    understood: Understood
    hits: tuple[Hit, ...]
    relaxed: tuple[str, ...] = ()


class SearchEngine:
    """Searches one shelf. Safe to share between threads.

    `rows` gives for each row of the vector index the product's position, or -1 where it is no longer sold.
    """

    def __init__(self, shelf: Shelf, encoder: Encoder, vectors: VectorIndex, rows: list[int]) -> None:
        self._shelf, self._encoder, self._vectors = shelf, encoder, vectors
        self._rows = np.asarray(rows, dtype=np.int64)
        self._lexical = LexicalIndex(shelf.products)

    def understand(self, text: str) -> Understood:
        """What the text asks for."""
        return understand(text, self._shelf.vocabulary, self._shelf.currency)

    def search(self, text: str, limit: int = 5, filters: Filters | None = None) -> SearchResult:
        """Best products for a text. Deterministic: equal scores are settled by popularity, then id."""
        understood = self.understand(text)
        understood = replace(understood, filters=understood.filters.merged(filters))
        for relaxed in _relaxations(understood.filters):
            hits = self._find(understood, understood.filters.without(relaxed), limit)
            if hits:
                return SearchResult(understood, hits, relaxed)
        return SearchResult(understood, ())

    def _find(self, understood: Understood, filters: Filters, limit: int) -> tuple[Hit, ...]:
        allowed = self._shelf.allowed(filters)
        if not allowed.any():
            return ()
        scores = self._scores(understood.text, allowed, kind_is_sure=bool(filters.kinds))
        best = self._one_per_group(scores)
        if understood.sort != "relevance" and best:
            floor = _SORTABLE * max(scores[place] for place in best)
            best = [place for place in best if scores[place] >= floor or filters.kinds]
            direction = 1 if understood.sort == "price_asc" else -1
            best.sort(key=lambda place: direction * self._shelf.products[place].current_price.minor)
        best.sort(key=lambda place: not self._shelf.products[place].in_stock and scores[place] < 1.0)
        return tuple(Hit(self._shelf.products[place], round(scores[place], 6)) for place in best[:limit])

    def _scores(self, text: str, allowed: Mask, *, kind_is_sure: bool) -> dict[int, float]:
        """Position -> 0..1 for all that matches `text`; exactly 1 where the text is the product's title."""
        if not text:
            return dict.fromkeys(np.flatnonzero(allowed).tolist(), 0.5)
        words = tokens(text)
        lexical = self._lexical.scores(words) * allowed
        by_words = [int(place) for place in np.argsort(-lexical, kind="stable")[:_DEPTH] if lexical[place] > 0]
        cosines = self._nearest(text, allowed)
        by_meaning = [place for place, cosine in cosines.items() if cosine >= _NEAR or lexical[place] > 0]
        fused: dict[int, float] = {}
        for ranking in (by_words, by_meaning):
            for rank, place in enumerate(ranking):
                fused[place] = fused.get(place, 0.0) + _RANK_CONSTANT / (_RANK_CONSTANT + rank) / 4
        if kind_is_sure:
            for place in np.flatnonzero(allowed).tolist():
                fused.setdefault(place, 0.0)
        return {place: self._with_title(score, place, words) for place, score in fused.items()}

    def _with_title(self, score: float, place: int, words: list[str]) -> float:
        covered = self._shelf.coverage(words, place)
        is_title = frozenset(words) == self._shelf.title_content[place]
        return 1.0 if is_title else min(0.99, score + covered / 2)

    def _nearest(self, text: str, allowed: Mask) -> dict[int, float]:
        known = self._rows >= 0
        usable = np.zeros(len(self._rows), dtype=np.bool_)
        usable[known] = allowed[self._rows[known]]
        rows, cosines = self._vectors.search(self._encoder.encode([text])[0], _DEPTH, usable)
        return {int(self._rows[row]): float(cosine) for row, cosine in zip(rows, cosines, strict=True)}

    def _one_per_group(self, scores: dict[int, float]) -> list[int]:
        """Positions best first, the best variant of each group only; a variant in stock before one sold out."""
        shelf = self._shelf

        def order(place: int) -> tuple[float, int, str]:
            return (-round(scores[place], 6), -shelf.popularity[place], shelf.products[place].id)

        chosen: dict[str, int] = {}
        for place in sorted(scores, key=lambda place: (not shelf.products[place].in_stock, *order(place))):
            chosen.setdefault(shelf.group_key(place), place)
        return sorted(chosen.values(), key=order)


def _relaxations(filters: Filters) -> list[tuple[str, ...]]:
    """What to give up, in turn: nothing, each condition alone, then ever more together."""
    names = filters.relaxable()
    return [combination for size in range(len(names) + 1) for combination in combinations(names, size)]
