"""Known-item queries made from titles: words dropped, put in another order, misspelled, said in other words.

Each query looks for one product, the one whose title it was made from. Nothing here is used by the search itself.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from catalog.domain.product import Product
from tests.bench.other_words import OTHER_WORDS

FAMILIES = ("dropped", "reordered", "misspelled", "paraphrased", "combined")
_SMALL_WORDS = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "into", "is", "it", "of", "on", "or", "the", "to", "with"]
)
_WORD = re.compile(r"[^\W_]+(?:[.'’/-][^\W_]+)*")
# What a finger hits instead, on an English keyboard.
_NEIGHBOURS = {
    "a": "qsz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_LINKS = ("for", "with", "the", "a", "in")
_NUMBERS = {"2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "8": "eight", "10": "ten", "12": "twelve"}


@dataclass(frozen=True)
class Query:
    """`text` looks for the product `target`; `family` says how it was made."""

    family: str
    text: str
    target: str


def known_item_queries(products: Sequence[Product], per_family: int, seed: int) -> list[Query]:
    """`per_family` queries of each family, from titles with four words or more; the same for the same seed."""
    chance = random.Random(seed)
    usable = [product for product in products if len(_content(product.title)) >= 4]
    made = []
    for family in FAMILIES:
        for product in chance.sample(usable, min(per_family, len(usable))):
            made.append(Query(family, _MAKERS[family](product, chance), product.id))
    return made


def _content(text: str) -> list[str]:
    """The words of a text that tell something, as written, in order, each once."""
    words = _WORD.findall(text)
    return list(dict.fromkeys(word for word in words if word.lower() not in _SMALL_WORDS))


def _some(words: Sequence[str], least: int, most: int, chance: random.Random) -> list[str]:
    """A few of the words, in their order. Shoppers type what stands in front more often than what ends a title."""
    count = min(len(words), chance.randint(least, most))
    weighted = sorted(range(len(words)), key=lambda place: chance.random() ** (1 + 4 / (place + 2)))
    return [words[place] for place in sorted(weighted[-count:])]


def _dropped(product: Product, chance: random.Random) -> str:
    return " ".join(_some(_content(product.title), 3, 5, chance)).lower()


def _reordered(product: Product, chance: random.Random) -> str:
    words = _some(_content(product.title), 4, 6, chance)
    chance.shuffle(words)
    if chance.random() < 0.5:
        words.insert(chance.randint(1, len(words) - 1), chance.choice(_LINKS))
    return " ".join(words).lower()


def _misspelled(product: Product, chance: random.Random) -> str:
    return " ".join(_misspell(_some(_content(product.title), 3, 5, chance), chance)).lower()


def _paraphrased(product: Product, chance: random.Random) -> str:
    return " ".join(_reword(_some(_content(product.title), 4, 6, chance), product, chance)).lower()


def _combined(product: Product, chance: random.Random) -> str:
    """Two or three of the four at once."""
    words = _some(_content(product.title), 4, 6, chance)
    steps: list[Callable[[list[str]], list[str]]] = [
        lambda words: chance.sample(words, len(words)),
        lambda words: _reword(words, product, chance),
        lambda words: _misspell(words, chance),
    ]
    skipped = chance.randint(0, 3)
    for number, step in enumerate(steps):
        words = words if number == skipped else step(words)
    return " ".join(words).lower()


_MAKERS: dict[str, Callable[[Product, random.Random], str]] = {
    "dropped": _dropped,
    "reordered": _reordered,
    "misspelled": _misspelled,
    "paraphrased": _paraphrased,
    "combined": _combined,
}


def _misspell(words: list[str], chance: random.Random) -> list[str]:
    """One slip in about half of the words that are long enough, at least in one."""
    places = [place for place, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    wrong = {place for place in places if chance.random() < 0.5} or set(chance.sample(places, min(1, len(places))))
    return [_slip(word.lower(), chance) if place in wrong else word for place, word in enumerate(words)]


def slip(word: str, seed: int) -> str:
    """The word with one typing error; a short one as it is."""
    return _slip(word, random.Random(seed)) if len(word) > 3 else word


def _slip(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    match chance.randrange(5):
        case 0:
            return before + after
        case 1:
            return before + letter + letter + after
        case 2:
            return before + chance.choice(_NEIGHBOURS.get(letter, letter)) + after
        case 3:
            return before + chance.choice(_NEIGHBOURS.get(letter, letter)) + letter + after
        case _:
            return before[:-1] + letter + before[-1] + after


def _reword(words: list[str], product: Product, chance: random.Random) -> list[str]:
    """Other words for what has some, and one or two words of the description in place of the title's."""
    told = [word for word in _content(product.description) if word.isalpha() and len(word) > 3]
    title = {word.lower() for word in _content(product.title)}
    told = [word for word in told if word.lower() not in title]
    reworded = [_in_other_words(word, chance) for word in words]
    kept = [place for place, word in enumerate(reworded) if word == words[place]]
    for place in chance.sample(kept, min(len(kept) // 2, len(told), 2)):
        reworded[place] = chance.choice(told)
    return reworded


def _in_other_words(word: str, chance: random.Random) -> str:
    others = list(_other_words(word))
    if others and chance.random() < 0.7:
        return chance.choice(others)
    if word.isalpha() and len(word) > 3 and chance.random() < 0.25:
        return word[:-1] if word.endswith("s") and not word.endswith("ss") else f"{word}s"
    return word


def _other_words(word: str) -> Iterator[str]:
    """Other ways to say one word: a synonym, a number in letters, two words for one."""
    lower = word.lower()
    yield from OTHER_WORDS.get(lower, ())
    if lower in _NUMBERS:
        yield _NUMBERS[lower]
    if "-" in lower:
        yield lower.replace("-", " ")
        yield lower.replace("-", "")
