"""What can be filtered by, read from a product's columns, and from its title where columns are empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalog.domain.product import Product
from catalog.search import measures
from catalog.search.heads import Heads
from catalog.search.word_lists import LACKING
from catalog.search.words import (
    COLOUR_WORDS,
    COLOURS,
    MATERIAL_WORDS,
    SIZE_LETTERS,
    colour_keys,
    key,
    size_keys,
    tokens,
)

# Attribute columns with these values say "no"; their names then describe what the product lacks.
_NO = frozenset(("", "no", "false", "0", "none", "n/a"))
_YES = frozenset(("yes", "true", "1"))
# "No touching my stuff": so many words after it may be meant by a "no".
_LACKING_REACH = 3
_SIZE_IN_TITLE = re.compile(r"\bsizes?\s+((?:uk |eu |us )?(?:\d{1,2}(?:\.5)?(?![\w.])|[a-z]{1,4}\b))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facets:
    """Comparable forms (`words.key`) of one product's properties.

    `kinds` holds each level of product_type, or the title's head noun and phrase where the feed has none.
    `opening` are the title's first two words. `nouns` are the words of the title that may name the thing,
    `ending` its last word where that is a noun (see `heads.TitleNouns`).
    `words` are all words of title, description and attributes, apart from those that it is said to lack
    ("without hood").
    """

    kinds: frozenset[str]
    leaf_kind: str
    head: str
    phrase: str
    opening: str
    nouns: frozenset[str]
    ending: str
    brand: str
    colors: frozenset[str]
    sizes: frozenset[str]
    materials: frozenset[str]
    measures: frozenset[tuple[float, str]]
    words: frozenset[str]


def facets_of(product: Product, heads: Heads) -> Facets:
    """Read one product."""
    title = tokens(product.title)
    named = heads.read(product.title, title)
    kinds, leaf_kind = _path(product.product_type)
    return Facets(
        kinds=kinds or frozenset((named.head, named.phrase)),
        leaf_kind=leaf_kind,
        head=named.head,
        phrase=named.phrase,
        opening=" ".join(title[:2]),
        nouns=named.nouns,
        ending=named.ending,
        brand=_name(product.brand),
        colors=_shared(_colours(product.color) | _colours_of_title(title)),
        sizes=_shared(_sizes(product, title)),
        materials=_shared(_materials(product, title)),
        measures=_measures(product),
        words=_words(product, title),
    )


_name = lru_cache(maxsize=4096)(key)
_colours = lru_cache(maxsize=4096)(colour_keys)
_column = lru_cache(maxsize=16384)(measures.in_column)


@lru_cache(maxsize=4096)
def _path(product_type: str) -> tuple[frozenset[str], str]:
    path = [key(part) for part in product_type.split(">") if part.strip()]
    return frozenset(path), path[-1] if path else ""


@lru_cache(maxsize=16384)
def _shared(values: frozenset[str]) -> frozenset[str]:
    """One set for all products with the same values: a million products have few different ones."""
    return values


def _colours_of_title(title: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*(COLOURS[word] for word in title if word in COLOUR_WORDS))


def _sizes(product: Product, title: Sequence[str]) -> frozenset[str]:
    said = frozenset().union(*(size_keys(match[1]) for match in _SIZE_IN_TITLE.finditer(product.title)))
    if product.size:
        return said | size_keys(product.size)
    return said | {word for word in title if word in SIZE_LETTERS and len(word) > 1}


def _materials(product: Product, title: Sequence[str]) -> frozenset[str]:
    if product.material:
        return frozenset((*tokens(product.material), _name(product.material)))
    return MATERIAL_WORDS.intersection(title)


def _measures(product: Product) -> frozenset[tuple[float, str]]:
    found = measures.in_text(product.title)
    if product.size:
        found |= measures.in_text(product.size)
    for name, value in product.attributes.items():
        found |= _column(name, value)
    return found


def _words(product: Product, title: Sequence[str]) -> frozenset[str]:
    has, lacks = _had(title)
    told, _ = _had(tokens(f"{product.description} {product.brand} {product.color} {product.material}"))
    # What the title says it lacks, it lacks, whatever else the description says of such things.
    return frozenset((has | told | _attribute_words(product)) - (lacks - has))


def _had(words: Sequence[str]) -> tuple[set[str], set[str]]:
    """(words for what is there, words for what is said to be lacking)."""
    if LACKING.isdisjoint(words):
        return set(words), set()
    lacking = {
        number + step for number, word in enumerate(words) if word in LACKING for step in range(1, _LACKING_REACH + 1)
    }
    has = {word for number, word in enumerate(words) if number not in lacking}
    return has, {word for number, word in enumerate(words) if number in lacking}


def _attribute_words(product: Product) -> frozenset[str]:
    words: set[str] = set()
    for name, value in product.attributes.items():
        if value.lower() in _NO:
            continue
        words.update(tokens(name.replace("_", " ")) if value.lower() in _YES else tokens(value))
    return frozenset(words)
