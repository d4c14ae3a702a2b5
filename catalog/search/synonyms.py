"""Words that a shop uses for one thing, learned from its own texts: "mic" and "microphone", "necklace" and "neckl".

Words that stand among the same words may be synonyms or opposites ("red" and "blue" do so most of all); that one is
the beginning of the other tells which (cf. Lin, Zhao, Qin & Zhou 2003, who use patterns of opposition for it). So only
short and derived forms are learned, and only where their contexts agree.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from catalog.search.word_lists import COLOURS, NUMBER_WORDS, SIZE_OR_COUNT_WORDS, STOP_WORDS

_SHORTEST = 3
# Said by fewer products, a word shows too little of what it means.
_SEEN = 5
_ALIKE = 0.15
_REACH = (-2, -1, 1, 2)
_NEVER = STOP_WORDS | frozenset(COLOURS) | SIZE_OR_COUNT_WORDS | frozenset(NUMBER_WORDS)
Context = tuple[int, str]


def learn_synonyms(
    texts: Iterable[Sequence[str]], title_words: Mapping[str, int], words: Mapping[str, int], size: int
) -> dict[str, tuple[str, ...]]:
    """Word -> its synonyms, both ways, in alphabetical order.

    `texts` are the words of products in the order they are written, `title_words` and `words` count in how many of
    the `size` products a word stands in the title, or anywhere.
    """
    pairs = list(_pairs(word for word, count in title_words.items() if count >= _SEEN))
    contexts = _contexts(texts, frozenset(word for pair in pairs for word in pair))
    vectors = {word: _vector(seen, words, size) for word, seen in contexts.items()}
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        if one in vectors and other in vectors and _cosine(vectors[one], vectors[other]) >= _ALIKE:
            found[one].add(other)
            found[other].add(one)
    return {word: tuple(sorted(others)) for word, others in sorted(found.items())}


def _pairs(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Words of which one begins with the other, found as neighbours in the alphabet."""
    usable = sorted(word for word in words if len(word) >= _SHORTEST and word.isalpha() and word not in _NEVER)
    open_words: list[str] = []
    for word in usable:
        while open_words and not word.startswith(open_words[-1]):
            open_words.pop()
        yield from ((shorter, word) for shorter in open_words)
        open_words.append(word)


def _contexts(texts: Iterable[Sequence[str]], wanted: frozenset[str]) -> dict[str, Counter[Context]]:
    """For each wanted word the words around it, with their place before or after it."""
    contexts: dict[str, Counter[Context]] = defaultdict(Counter)
    for text in texts:
        for number, word in enumerate(text):
            if word in wanted:
                places = ((step, number + step) for step in _REACH)
                contexts[word].update((step, text[place]) for step, place in places if 0 <= place < len(text))
    return contexts


def _vector(seen: Counter[Context], words: Mapping[str, int], size: int) -> dict[Context, float]:
    """Logarithmic counts, rare words weighing more."""
    return {
        context: (1 + math.log(count)) * math.log((1 + size) / (1 + words.get(context[1], 0)))
        for context, count in seen.items()
        if count > 1
    }


def _cosine(one: Mapping[Context, float], other: Mapping[Context, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    dot = sum(value * other[context] for context, value in one.items() if context in other)
    norms = math.sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
    return dot / norms if norms else 0.0
