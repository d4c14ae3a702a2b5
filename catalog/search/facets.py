"""What can be filtered by, read from a product's columns, and from its title where columns are empty."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.domain.product import Product
from catalog.search import measures
from catalog.search.heads import Heads
from catalog.search.words import MATERIAL_WORDS, SIZE_LETTERS, colour_keys, key, plain_lower, size_keys, tokens

# Attribute columns with these values say "no"; their names then describe what the product lacks.
_NO = frozenset(("", "no", "false", "0", "none", "n/a"))
_YES = frozenset(("yes", "true", "1"))


@dataclass(frozen=True)
class Facets:
    """Comparable forms (`words.key`) of one product's properties.

    `kinds` holds each level of product_type, or the title's head noun and phrase where the feed has none.
    `opening` are the title's first two words. `nouns` are the words of the title that may name the thing,
    `ending` its last word where that is a noun.
    `words` are all words of title, description and attributes.
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
    title = plain_lower(product.title)
    head, phrase = heads.head(product.title), heads.phrase(product.title)
    path = [key(part) for part in product.product_type.split(">") if part.strip()]
    text = " ".join((product.title, product.description, product.brand, product.color, product.material))
    return Facets(
        kinds=frozenset(path) or frozenset((head, phrase)),
        leaf_kind=path[-1] if path else "",
        head=head,
        phrase=phrase,
        opening=" ".join(tokens(title)[:2]),
        nouns=heads.nouns(product.title),
        ending=heads.ending(product.title),
        brand=key(product.brand),
        colors=colour_keys(product.color) | colour_keys(title, free_text=True),
        sizes=_sizes(product, title),
        materials=_materials(product, title),
        measures=_measures(product, title),
        words=frozenset(tokens(text)) | _attribute_words(product),
    )


def _sizes(product: Product, title: str) -> frozenset[str]:
    if product.size:
        return size_keys(product.size)
    named = (size for word in tokens(title) for size in size_keys(word) if size in SIZE_LETTERS and len(word) > 1)
    return frozenset(named)


def _materials(product: Product, title: str) -> frozenset[str]:
    words = frozenset(tokens(product.material or title))
    return words | {key(product.material)} if product.material else words & MATERIAL_WORDS


def _measures(product: Product, title: str) -> frozenset[tuple[float, str]]:
    found = measures.in_text(title) | measures.in_text(product.size.lower())
    for name, value in product.attributes.items():
        found |= measures.in_column(name, value)
    return found


def _attribute_words(product: Product) -> frozenset[str]:
    words: set[str] = set()
    for name, value in product.attributes.items():
        if value.lower() in _NO:
            continue
        words.update(tokens(name.replace("_", " ")) if value.lower() in _YES else tokens(value))
    return frozenset(words)
