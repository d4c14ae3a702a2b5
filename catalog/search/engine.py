"""The search: what is asked becomes a mask, and inside it words and meaning name candidates, which are ranked
together and shown one of each group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from catalog.domain.product import Product
from catalog.search.candidates import Candidates, Query
from catalog.search.encoders import Encoder
from catalog.search.filters import Filters
from catalog.search.ordering import Places, Scores, in_order
from catalog.search.ranking import match
from catalog.search.shelf import Shelf
from catalog.search.sieve import Mask
from catalog.search.understanding import Understood, understand
from catalog.search.vectors import ProductVectors

# Each side names so many candidates; more where they turn out to be variants of few things.
_DEPTH = 200
_DEEPER = 4
# Without a common word a product must be this near in meaning to count as found.
_NEAR = 0.38
# Sorted by price, only what matches nearly as well as the best takes part.
_SORTABLE = 0.75
_UNRANKED = 0.5


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
    """Searches one shelf. Safe to share between threads."""

    def __init__(self, shelf: Shelf, encoder: Encoder, vectors: ProductVectors) -> None:
        self._shelf, self._encoder = shelf, encoder
        self._candidates = Candidates(shelf, vectors)

    def understand(self, text: str) -> Understood:
        """What the text asks for."""
        return understand(text, self._shelf.vocabulary, self._shelf.currency)

    def search(self, text: str, limit: int = 5, filters: Filters | None = None) -> SearchResult:
        """Best products for a text. Deterministic: equal scores are settled by popularity, then id."""
        understood = self.understand(text)
        understood = replace(understood, filters=understood.filters.merged(filters))
        query = Query(text, understood, self._shelf, self._encoder)
        for relaxed, allowed in self._relaxations(query):
            of_kind = bool(understood.filters.kinds) and "kinds" not in relaxed
            hits = self._find(query, allowed, limit, everything=of_kind or not query.text)
            if hits:
                return SearchResult(understood, hits, relaxed)
        return SearchResult(understood, ())

    def _relaxations(self, query: Query) -> Iterator[tuple[tuple[str, ...], Mask]]:
        """What to give up, in turn: nothing, each condition alone, then ever more together; with what is allowed
        then, where that is anything."""
        filters, sieve = query.understood.filters, self._shelf.sieve
        names = filters.relaxable()
        never_given_up = np.packbits(sieve.never_given_up(filters))
        kept = {name: np.packbits(sieve.condition(filters, name)) for name in names}
        for size in range(len(names) + 1):
            # Where nothing matches even without conditions, there is no need to try them one by one.
            if size == 1 and "kinds" not in names and not self._matches(query, self._mask(never_given_up)):
                return
            for given_up in combinations(names, size):
                left = np.bitwise_and.reduce([never_given_up, *(kept[name] for name in names if name not in given_up)])
                if left.any():
                    yield given_up, self._mask(left)

    def _matches(self, query: Query, allowed: Mask) -> bool:
        return bool(self._find(query, allowed, 1, everything=not query.text))

    def _mask(self, bits: npt.NDArray[np.uint8]) -> Mask:
        return np.unpackbits(bits, count=len(self._shelf.products)).view(np.bool_)

    def _find(self, query: Query, allowed: Mask, limit: int, *, everything: bool) -> tuple[Hit, ...]:
        """The best of what is allowed; with `everything`, all of it counts as found."""
        depth = max(_DEPTH, 2 * limit)
        while True:
            candidates, complete = self._candidates.of(query, allowed, depth, everything=everything)
            places, scores = self._found(query, candidates, everything=everything)
            order = in_order(self._shelf, places, scores, query.understood.sort)
            # Only where many variants of few things were found may deeper candidates bring other things.
            if complete or len(order) >= limit or len(places) < limit:
                return self._hits(places[order[:limit]], scores[order[:limit]])
            depth *= _DEEPER

    def _found(self, query: Query, places: Places, *, everything: bool) -> tuple[Places, Scores]:
        """Those candidates that count as found, with their relevance."""
        if not query.text:
            return places, np.full(len(places), _UNRANKED)
        cosines = self._candidates.cosines(query, places)
        matched = match(self._shelf.learned, query.terms, places, cosines)
        scores, found = matched.relevance, matched.worded | (cosines >= _NEAR)
        if everything:
            return places, scores
        if query.understood.sort != "relevance":
            found &= scores >= _SORTABLE * scores.max(initial=0.0, where=found)
        return places[found], scores[found]

    def _hits(self, places: Places, scores: Scores) -> tuple[Hit, ...]:
        found = zip(places.tolist(), scores.tolist(), strict=True)
        return tuple(Hit(self._shelf.products[place], round(score, 6)) for place, score in found)
