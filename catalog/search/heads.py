"""What a thing is, learned from titles alone: the head noun of "RED RETROSPOT LUNCH BAG" is "bag", its
phrase "lunch bag". For shops whose feed has no product_type."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from catalog.search.words import COLOURS, PATTERN_WORDS, SIZE_OR_COUNT_WORDS, plain_lower, tokens

# What follows one of these tells about the thing, it is not the thing: "mug WITH lid", "candle IN tin".
_TAIL = re.compile(r"\s(?:with|w|in|for|on|from|by)\s.*|\sw/.*|[(,].*|\s-\s.*")
_NO_HEAD = frozenset(COLOURS) | PATTERN_WORDS | SIZE_OR_COUNT_WORDS | {"of", "and", "the", "a"}
# A colour or pattern makes no kind of its own, but a size may: "jumbo bag".
_NO_PHRASE = frozenset(COLOURS) | PATTERN_WORDS | {"of", "and", "the", "a", "set", "pack"}
# From this weight on a word names a thing wherever it stands in a title ("bag", "sign"), below it only at the end.
_NOUN_WEIGHT = 0.9
# From this weight on it names the thing where it ends the title ("ribbons", "wrap").
_ENDING_WEIGHT = 0.4
# A phrase is a kind of thing when that many titles have it.
_PHRASE_TITLES = 3


def _core(title: str) -> list[str]:
    """The title's words before any tail, without numbers."""
    text = plain_lower(title)
    shortened = _TAIL.sub("", text)
    words = [word for word in tokens(shortened if shortened.strip() else text) if not word[0].isdigit()]
    return words or tokens(text)


@dataclass(frozen=True)
class Heads:
    """How much each word behaves like a head noun, and how often two words stand together."""

    weight: Mapping[str, float]
    pairs: Mapping[tuple[str, str], int]

    def head(self, title: str) -> str:
        """The noun that says what it is; empty for a title without words."""
        words = [word for word in _core(title) if word not in _NO_HEAD] or _core(title)
        if not words:
            return ""
        # Later words win ties: English puts the head last.
        return max(enumerate(words), key=lambda item: (self.weight.get(item[1], 0.0), item[0]))[1]

    def nouns(self, title: str) -> frozenset[str]:
        """All that may name the thing: telling nouns anywhere in the title, and its last word.

        Titles are read whole, because "COOK WITH WINE METAL SIGN" is a sign for all its "with". A title that
        ends with "set" is named by the word before it, too: "writing set".
        """
        words = [word for word in tokens(plain_lower(title)) if word not in _NO_PHRASE and not word[0].isdigit()]
        content = [word for word in words if word not in _NO_HEAD]
        telling = {word for word in content if self.weight.get(word, 0.0) >= _NOUN_WEIGHT}
        return frozenset(telling | set(content[-1:]))

    def ending(self, title: str) -> str:
        """The title's last word where it is a noun that ends titles; else empty."""
        content = [word for word in tokens(plain_lower(title)) if word not in _NO_HEAD and not word[0].isdigit()]
        last = content[-1] if content else ""
        return last if self.weight.get(last, 0.0) >= _ENDING_WEIGHT else ""

    def phrase(self, title: str) -> str:
        """The head with the word before it where that pair is common ("lunch bag"), else the head alone."""
        head, words = self.head(title), _core(title)
        for before, word in pairwise(words):
            common = self.pairs.get((before, word), 0) >= _PHRASE_TITLES
            if word == head and common and before not in _NO_PHRASE:
                return f"{before} {head}"
        return head


def learn_heads(titles: Iterable[str]) -> Heads:
    """Learn from all titles of a shop: a word that often ends a title is a head noun wherever it stands."""
    ends: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for title in titles:
        words = _core(title)
        content = [word for word in words if word not in _NO_HEAD]
        seen.update(set(content))
        pairs.update(set(pairwise(words)))
        # Only a true last word counts: before a colour or pattern stands an adjective as often as a noun.
        if content and content[-1] == words[-1]:
            ends[content[-1]] += 1
    # Shrunk, so that one title does not make "skull" a head; and of two likely heads the commoner one wins:
    # "JUMBO BAG APPLES" is a bag.
    weight = {word: ends[word] / (count + 3.0) * math.log1p(ends[word]) for word, count in seen.items()}
    return Heads(weight, pairs)
