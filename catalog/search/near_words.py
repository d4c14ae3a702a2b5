"""Words of the catalogue that a mistyped word may stand for.

Two words that are `n` edits apart differ in at most `2 n` letters of the alphabet and in `n` of length. Both are
compared as bits and numbers over all words at once; only what is left is worth an edit distance (rapidfuzz).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

# Shorter words have too many neighbours to guess at.
SHORTEST = 4
# From this length on two slips are still less likely another word.
_TWO_SLIPS = 6
_SHORTEST_KNOWN, _LONGEST = 3, 40
_BITS = 32


class NearWords:
    """Finds near words among `words`. Safe to share between threads."""

    def __init__(self, words: Sequence[str]) -> None:
        usable = [
            number
            for number, word in enumerate(words)
            if _SHORTEST_KNOWN <= len(word) <= _LONGEST and not word[0].isdigit()
        ]
        self._words = words
        self._numbers = np.array(usable, dtype=np.int64)
        self._lengths = np.array([len(words[number]) for number in usable], dtype=np.int16)
        self._letters = np.array([_letters(words[number]) for number in usable], dtype=np.uint32)

    def of(self, word: str) -> list[tuple[int, int]]:
        """(number of the word, edits) of all words at the least distance, of one edit or in longer words two;
        swapped neighbours are one edit (optimal string alignment). Nothing for a short word or a number."""
        if not SHORTEST <= len(word) <= _LONGEST or word[0].isdigit():
            return []
        for edits in (1, 2) if len(word) >= _TWO_SLIPS else (1,):
            found = self._within(word, edits)
            if found:
                return found
        return []

    def _within(self, word: str, edits: int) -> list[tuple[int, int]]:
        unlike: npt.NDArray[np.uint8] = np.bitwise_count(self._letters ^ np.uint32(_letters(word)))
        likely = (unlike <= 2 * edits) & (np.abs(self._lengths - len(word)) <= edits)
        numbers = self._numbers[likely].tolist()
        choices = {number: self._words[number] for number in numbers}
        near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return [(number, int(distance)) for known, distance, number in near if known != word]


def _letters(word: str) -> int:
    """A set of letters as bits; letters that fall on one bit only let a few words more through."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % _BITS)
    return bits
