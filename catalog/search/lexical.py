"""The words side of the search: BM25 over all that a shop says of a product, tolerant of typing errors.

bm25s works the scores out when the index is built: one number per product and word, kept word by word (a column).
A query word that the catalogue does not know, or hardly, stands for the known words near it, at a discount.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

import bm25s
import numpy as np
import numpy.typing as npt

from catalog.domain.product import Product
from catalog.search.facets import Facets
from catalog.search.near_words import NearWords
from catalog.search.postings import Places
from catalog.search.words import STOP_WORDS, tokens

Scores = npt.NDArray[np.float32]
# A word in the title says more of a product than one in its description.
_TITLE_TIMES = 3
# Chosen on known-item queries (tests/bench/search_quality.py): to have a word counts for more than to repeat it.
_K1, _B = 0.5, 0.5
# What a near word is worth beside the word itself, by edits.
_NEAR = {1: 0.8, 2: 0.5}
_MOST_NEAR = 8
# A word of so few products may itself be a slip in somebody's text, where a near word is much commoner.
_SELDOM, _MUCH_COMMONER, _SELDOM_NEAR = 3, 4, 0.5
_JOINED, _SPLIT, _SYNONYM = 0.9, 0.8, 0.6
_NO_SYNONYMS: Mapping[str, Sequence[str]] = MappingProxyType({})
_SHORTEST_PART = 3
# What nobody writes of a product weighs a little less than the rarest word: it may be chatter.
_UNKNOWN_WEIGHT = 0.75
# So many postings are added up at most, the rarest words first: a word of every third among a million products tells
# little and costs most. It counts again where candidates are ranked.
_MOST_POSTINGS = 250_000
_REMEMBERED = 20_000


@dataclass(frozen=True)
class Term:
    """A word of a query: the columns that it may stand for with what each is worth (1 for the word itself), and its
    inverse document frequency."""

    word: str
    columns: tuple[tuple[int, float], ...]
    weight: float


class LexicalIndex:
    """BM25 of all products for any words. Read only and safe to share between threads."""

    def __init__(self, bm25: bm25s.BM25 | None, size: int) -> None:
        self._size = size
        stored = bm25.scores if bm25 is not None else {}
        # Plain views: slices of memory-mapped objects are slow to make.
        self._data: Scores = np.asarray(stored.get("data", ()), dtype=np.float32)
        self._places: Places = np.asarray(stored.get("indices", ()), dtype=np.int32)
        self._starts: npt.NDArray[np.int64] = np.asarray(stored.get("indptr", (0,)), dtype=np.int64)
        self._columns: dict[str, int] = bm25.vocab_dict if bm25 is not None else {}
        self._bm25 = bm25
        self.words: Sequence[str] = list(self._columns)
        self._near = NearWords(self.words)
        self._stands_for = lru_cache(maxsize=_REMEMBERED)(self._columns_of)

    def save(self, folder: Path) -> None:
        """Write it into `folder`."""
        if self._bm25 is not None:
            self._bm25.save(folder, show_progress=False)

    @classmethod
    def open(cls, folder: Path, size: int) -> LexicalIndex:
        """What `save` wrote for `size` products, memory-mapped."""
        written = (folder / "params.index.json").is_file()
        return cls(bm25s.BM25.load(folder, mmap=True) if written else None, size)

    def frequency(self, column: int) -> int:
        """In how many products a word stands."""
        return int(self._starts[column + 1] - self._starts[column])

    def knows(self, word: str) -> bool:
        """Whether any product has the word."""
        return word in self._columns

    def terms(
        self, words: Sequence[str], mistyped: Sequence[str] = (), synonyms: Mapping[str, Sequence[str]] = _NO_SYNONYMS
    ) -> list[Term]:
        """What to look for, one term a word, each word once; sentence words only where there is nothing else.

        `mistyped` are words as they were written, of which some of `words` are the likeliest reading: whatever else
        they may stand for is looked for as well, and so are `synonyms`, at a discount.
        """
        telling = [word for word in dict.fromkeys(words) if word not in STOP_WORDS] or list(dict.fromkeys(words))
        terms = {term.word: term for word in telling for term in self._terms_of(word)}
        for first, second in pairwise(words):
            joined = self._columns.get(first + second)
            if joined is not None and first in terms and second in terms:
                for word in (first, second):
                    terms[word] = replace(terms[word], columns=(*terms[word].columns, (joined, _JOINED)))
        for word, term in terms.items():
            others = (self._columns[other] for other in synonyms.get(word, ()) if other in self._columns)
            terms[word] = replace(term, columns=(*term.columns, *((other, _SYNONYM) for other in others)))
        for written in mistyped:
            near = dict(self._stands_for(written))
            for word, term in terms.items():
                if any(column in near for column, _ in term.columns):
                    terms[word] = replace(term, columns=tuple({**near, **dict(term.columns)}.items()))
        return list(terms.values())

    def _terms_of(self, word: str) -> Iterator[Term]:
        columns = self._stands_for(word)
        parts = () if columns else self._parts(word)
        if parts:
            yield from (
                Term(part, ((self._columns[part], _SPLIT),), self._weight(self._columns[part])) for part in parts
            )
        elif columns:
            yield Term(word, columns, max(self._weight(column) * worth for column, worth in columns))
        else:
            yield Term(word, (), _UNKNOWN_WEIGHT * _idf(0, self._size))

    def weights(self, words: Iterable[str]) -> dict[str, float]:
        """The inverse document frequency of known words."""
        return {word: self._weight(self._columns[word]) for word in words if word in self._columns}

    def _weight(self, column: int) -> float:
        return _idf(self.frequency(column), self._size)

    def _columns_of(self, word: str) -> tuple[tuple[int, float], ...]:
        own = self._columns.get(word)
        if own is None:
            return tuple(self._near_columns(word, least=0, times=1.0))
        if self.frequency(own) > _SELDOM:
            return ((own, 1.0),)
        least = _MUCH_COMMONER * self.frequency(own)
        return ((own, 1.0), *self._near_columns(word, least, _SELDOM_NEAR))

    def _near_columns(self, word: str, least: int, times: float) -> list[tuple[int, float]]:
        found = [
            (column, _NEAR[edits] * times) for column, edits in self._near.of(word) if self.frequency(column) > least
        ]
        # Common words first, since the shopper more likely meant one; then the alphabet.
        found.sort(key=lambda item: (-item[1] * math.log(2 + self.frequency(item[0])), item[0]))
        return found[:_MOST_NEAR]

    def _parts(self, word: str) -> tuple[str, ...]:
        """Two known words that `word` is written together from; the more telling split of several."""
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        splits = [(word[:cut], word[cut:]) for cut in cuts if self.knows(word[:cut]) and self.knows(word[cut:])]
        commonest = max(
            splits, key=lambda parts: min(self.frequency(self._columns[part]) for part in parts), default=()
        )
        return tuple(commonest)

    def leaves_out(self, terms: Sequence[Term]) -> bool:
        """Whether `scores` would leave a very common word out."""
        columns = (column for term in terms for column, _ in term.columns)
        return sum(self.frequency(column) for column in columns) > _MOST_POSTINGS

    def scores(self, terms: Sequence[Term]) -> Scores:
        """One score per product, by position; 0 where no word occurs. Of very many products, very common words are
        left out where rarer ones are asked for."""
        scores = np.zeros(self._size, dtype=np.float32)
        room = _MOST_POSTINGS
        for term in sorted(terms, key=lambda term: -term.weight):
            for column, worth in term.columns if room > 0 else ():
                first, last = self._starts[column], self._starts[column + 1]
                scores[self._places[first:last]] += self._data[first:last] * np.float32(worth)
                room -= int(last - first)
        return scores

    def scores_at(self, terms: Sequence[Term], places: npt.NDArray[np.integer]) -> Scores:
        """The scores of some products, by all words."""
        scores = np.zeros(len(places), dtype=np.float32)
        for term in terms:
            for column, worth in term.columns:
                scores += self.at(column, places) * np.float32(worth)
        return scores

    def at(self, column: int, places: npt.NDArray[np.integer]) -> Scores:
        """The BM25 of one word at some positions; 0 where it does not occur."""
        first, last = self._starts[column], self._starts[column + 1]
        if first == last:
            return np.zeros(len(places), dtype=np.float32)
        found = np.minimum(np.searchsorted(self._places[first:last], places), last - first - 1) + first
        present: Scores = np.where(self._places[found] == places, self._data[found], np.float32(0))
        return present


class LexicalGathering:
    """Collects the words of one product after the other, in the order of positions."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._rows: list[array[int]] = []

    def add(self, words: Iterable[str]) -> None:
        """One more product."""
        self._rows.append(array("i", (self._numbers.setdefault(word, len(self._numbers)) for word in words)))

    def index(self) -> LexicalIndex:
        """The BM25 of all products added."""
        if not self._numbers:
            return LexicalIndex(None, len(self._rows))
        # Alphabetical columns: the files depend on nothing but the words.
        ordered = {word: column for column, word in enumerate(sorted(self._numbers))}
        column_of = np.array([ordered[word] for word in self._numbers], dtype=np.int32)
        rows = [column_of[np.frombuffer(row, dtype=np.int32)].tolist() if row else [] for row in self._rows]
        bm25 = bm25s.BM25(k1=_K1, b=_B)
        bm25.index((rows, ordered), create_empty_token=False, show_progress=False)
        return LexicalIndex(bm25, len(rows))


def document(product: Product, facets: Facets) -> list[str]:
    """The words of a product, those of its title three times. What an attribute says it lacks is none of them."""
    title = tokens(f"{product.title} {product.color} {product.size} {product.brand}")
    rest = tokens(f"{product.product_type} {product.material} {product.description}")
    # A number of an attribute column ("67" in stock) says nothing without the column's name.
    told = (word for word in facets.words.difference(title, rest) if not word[0].isdigit())
    return title * _TITLE_TIMES + rest + sorted(told)


def _idf(frequency: int, size: int) -> float:
    """Lucene's inverse document frequency, as bm25s uses it."""
    return math.log(1.0 + (size - frequency + 0.5) / (frequency + 0.5))
