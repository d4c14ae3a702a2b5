"""How well products match a query, from words and meaning together.

The shares were fitted (softmax over candidates) on known-item queries as in tests/bench/search_quality.py, for products
that are not counted there; what meaning gains was chosen on descriptions of products in a shopper's own words. Meaning
counts the more, the less of the query any product says in words: for mistyped titles words decide, for descriptions in
a shopper's own words meaning does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catalog.search.learned import Learned
from catalog.search.lexical import Term

# Shares of 1: BM25; how much of the query the product says at all; how much of its title the query says; cosine.
_BM25, _COVERED, _TITLE, _MEANING = 0.31, 0.31, 0.23, 0.15
# Added to the cosine's share where no product says any word of the query.
_MEANING_ALONE = 0.6
# What only the description says of a product is worth that much beside what it is called.
_TOLD = 0.7
_BEST_BELOW_A_TITLE = 0.99
_WHOLE = 1e-3


@dataclass(frozen=True)
class Match:
    """By candidate: `relevance` 0..1, exactly 1 where the query is the product's title; `worded` where it has any
    word of the query."""

    relevance: npt.NDArray[np.float64]
    worded: npt.NDArray[np.bool_]


def match(
    learned: Learned, terms: Sequence[Term], places: npt.NDArray[np.integer], cosines: npt.NDArray[np.floating]
) -> Match:
    """Judge the products at some positions; `cosines` are theirs."""
    found = _Found(learned, places)
    title_weights = learned.title_weights
    for term in terms:
        found.add(term)
    asked = max(found.asked, 1e-9)
    uncovered = 1.0 - float(found.said.max(initial=0.0)) / asked
    of_title = found.titled / np.maximum(title_weights[places], 1e-9)
    meaning = _MEANING + _MEANING_ALONE * uncovered
    relevance = (
        _BM25 * found.bm25 / asked
        + _COVERED * found.covered / asked
        + _TITLE * np.minimum(of_title, 1.0)
        + meaning * np.maximum(cosines, 0.0)
    ) / (_BM25 + _COVERED + _TITLE + meaning)
    is_title = (found.exact >= asked - _WHOLE) & (found.exact >= title_weights[places] - _WHOLE) & bool(terms)
    return Match(np.where(is_title, 1.0, np.minimum(relevance, _BEST_BELOW_A_TITLE)), found.covered > 0.0)


class _Found:
    """Sums over the terms, by candidate: BM25, weight covered (discounted for near words, and for what only the
    description says), weight said (not discounted), weight said in the title, and weight said there exactly."""

    def __init__(self, learned: Learned, places: npt.NDArray[np.integer]) -> None:
        self._lexical, self._places = learned.lexical, places
        self._titles, self._names = learned.columns.postings["title"], learned.columns.postings["names"]
        self.asked = 0.0
        self.bm25, self.covered, self.said, self.titled, self.exact = (np.zeros(len(places)) for _ in range(5))

    def add(self, term: Term) -> None:
        """Look for one more word."""
        self.asked += term.weight
        bm25, covered, titled = (np.zeros(len(self._places)) for _ in range(3))
        for column, worth in term.columns:
            word, here = self._lexical.words[column], self._lexical.at(column, self._places)
            in_title = self._titles.has(word, self._places)
            has = np.where(self._names.has(word, self._places), 1.0, _TOLD) * (here > 0.0)
            # Of several words that a term may stand for, the best one that the product has counts.
            bm25 = np.maximum(bm25, here * worth)
            covered = np.maximum(covered, has * worth)
            titled = np.maximum(titled, in_title * worth)
            if word == term.word:
                self.exact += in_title * term.weight
        self.bm25 += bm25
        self.covered += covered * term.weight
        self.said += (covered > 0.0) * term.weight
        self.titled += titled * term.weight
