"""What is ranked: the shop's items with all that the ranking knows of them besides their orders."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from catalog.search.encoders import Vectors
from catalog.search.words import tokens

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]
_ARTICLE_NUMBER = re.compile(r"\d{3,7}")
# A word that stands in one title only joins nothing.
_LEAST_TITLES = 2


@dataclass(frozen=True)
class Items:
    """The items in a fixed order; a "place" anywhere in this package is an item's place here.

    `vectors` are the titles' sentence embeddings, (items, dimension) float32, each of length 1.
    `log_prices` are natural logarithms of the price in minor units, 0 for a free item.
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    log_prices: Floats
    vectors: Vectors

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def place(self) -> dict[str, int]:
        """Id -> place."""
        return {item_id: place for place, item_id in enumerate(self.ids)}

    @cached_property
    def article_numbers(self) -> Floats:
        """The first run of three to seven digits in each id, NaN where there is none.

        Shops number what arrives together one after the other, so near numbers are often one line. Whether
        that holds in this shop is for the training to find out.
        """
        found = (_ARTICLE_NUMBER.search(item_id) for item_id in self.ids)
        return np.array([float(match[0]) if match else np.nan for match in found], dtype=np.float32)

    def title_words(self) -> sparse.csr_array:
        """(items, words and pairs of words), TF-IDF with sublinear counts, rows of length 1 (or 0)."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        if not any(_words(title) for title in self.titles):
            return sparse.csr_array((len(self), 0), dtype=np.float32)
        titles = [_words(title) for title in self.titles]
        vectorizer = TfidfVectorizer(analyzer=_words_and_pairs, min_df=_LEAST_TITLES, sublinear_tf=True)
        try:
            return sparse.csr_array(vectorizer.fit_transform(titles).astype(np.float32))
        except ValueError:  # no word stands in two titles
            return sparse.csr_array((len(self), 0), dtype=np.float32)


def log_prices(minor_units: Iterable[int]) -> Floats:
    """Natural logarithms of prices in minor units; 0 for what is free."""
    return np.log(np.maximum(np.fromiter(minor_units, np.float64), 1.0)).astype(np.float32)


def _words(title: str) -> list[str]:
    return tokens(title)


def _words_and_pairs(words: Sequence[str]) -> list[str]:
    return [*words, *(f"{first} {second}" for first, second in itertools.pairwise(words))]
