"""What a thing is, learned from titles alone: the head noun of "RED RETROSPOT LUNCH BAG" is "bag", its
phrase "lunch bag". For shops whose feed has no product_type."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalog.search.words import COLOURS, PATTERN_WORDS, SIZE_OR_COUNT_WORDS, plain_lower, tokens

# What follows one of these tells about the thing, it is not the thing: "mug WITH lid", "candle IN tin".
_TAIL = re.compile(r"\s(?:with|w|in|for|on|from|by)\s.*|\sw/.*|[(,].*|\s-\s.*")
_NO_HEAD = frozenset(COLOURS) | PATTERN_WORDS | SIZE_OR_COUNT_WORDS | {"of", "and", "the", "a"}
# A colour or pattern makes no kind of its own, but a size may: "jumbo bag".
_NO_PHRASE = frozenset(COLOURS) | PATTERN_WORDS | {"of", "and", "the", "a", "set", "pack"}
_NO_NOUN = _NO_HEAD | _NO_PHRASE
# From this weight on a word names a thing wherever it stands in a title ("bag", "sign"), below it only at the end.
_NOUN_WEIGHT = 0.9
# From this weight on it names the thing where it ends the title ("ribbons", "wrap").
_ENDING_WEIGHT = 0.4
# A phrase is a kind of thing when that many titles have it.
_PHRASE_TITLES = 3
_MOST_PAIRS = 400_000


def _core(text: str, words: Sequence[str]) -> list[str]:
    """The title's words before any tail, without numbers. `text` is the lower-case title, `words` its words."""
    tail = _TAIL.search(text)
    before = text[: tail.start()] if tail else ""
    core = [word for word in (tokens(before) if before.strip() else words) if not word[0].isdigit()]
    return core or list(words)


@dataclass(frozen=True, slots=True)
class TitleNouns:
    """What one title names.

    `head` is the noun that says what it is, empty for a title without words; `phrase` the head with the word before it
    where that pair is common ("lunch bag"). `nouns` are all that may name the thing: telling nouns anywhere in the
    title, and its last word. `ending` is the last word where it is a noun that ends titles, else empty.
    """

    head: str
    phrase: str
    nouns: frozenset[str]
    ending: str


@dataclass(frozen=True)
class Heads:
    """How much each word behaves like a head noun, and how often two words stand together."""

    weight: Mapping[str, float]
    pairs: Mapping[tuple[str, str], int]

    def read(self, title: str, words: Sequence[str]) -> TitleNouns:
        """The nouns of one title; `words` are its tokens."""
        core = _core(plain_lower(title), words)
        head = self._head(core)
        return TitleNouns(head, self._phrase(head, core), self._nouns(words), self._ending(words))

    def _head(self, core: list[str]) -> str:
        words = [word for word in core if word not in _NO_HEAD] or core
        if not words:
            return ""
        # Later words win ties: English puts the head last.
        return max(enumerate(words), key=lambda item: (self.weight.get(item[1], 0.0), item[0]))[1]

    def _phrase(self, head: str, core: list[str]) -> str:
        for before, word in pairwise(core):
            common = word == head and self.pairs.get((before, word), 0) >= _PHRASE_TITLES
            if common and before not in _NO_PHRASE:
                return f"{before} {head}"
        return head

    def _nouns(self, words: Sequence[str]) -> frozenset[str]:
        """Titles are read whole here, because "COOK WITH WINE METAL SIGN" is a sign for all its "with". A title that
        ends with "set" is named by the word before it, too: "writing set"."""
        content = [word for word in words if word not in _NO_NOUN and not word[0].isdigit()]
        telling = {word for word in content if self.weight.get(word, 0.0) >= _NOUN_WEIGHT}
        return frozenset(telling | set(content[-1:]))

    def _ending(self, words: Sequence[str]) -> str:
        last = next((word for word in reversed(words) if word not in _NO_HEAD and not word[0].isdigit()), "")
        return last if self.weight.get(last, 0.0) >= _ENDING_WEIGHT else ""


def learn_heads(titles: Iterable[str]) -> Heads:
    """Learn from all titles of a shop: a word that often ends a title is a head noun wherever it stands."""
    ends: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for title in titles:
        words = _core(plain_lower(title), tokens(title))
        content = [word for word in words if word not in _NO_HEAD]
        seen.update(set(content))
        count_pairs(pairs, set(pairwise(words)))
        # Only a true last word counts: before a colour or pattern stands an adjective as often as a noun.
        if content and content[-1] == words[-1]:
            ends[content[-1]] += 1
    # Shrunk, so that one title does not make "skull" a head; and of two likely heads the commoner one wins:
    # "JUMBO BAG APPLES" is a bag.
    weight = {word: ends[word] / (count + 3.0) * math.log1p(ends[word]) for word, count in seen.items()}
    return Heads(weight, {pair: count for pair, count in pairs.items() if count >= _PHRASE_TITLES})


def count_pairs(pairs: Counter[tuple[str, str]], seen: Iterable[tuple[str, str]]) -> None:
    """Count some pairs of words more; what was seen once is forgotten when there are too many (lossy counting, Manku
    & Motwani 2002), so that the titles of a million products do not fill the memory."""
    pairs.update(seen)
    if len(pairs) > _MOST_PAIRS:
        for pair in [pair for pair, count in pairs.items() if count == 1]:
            del pairs[pair]
