"""Two products that are one thing to a shopper: variants, colours and patterns of it, the same in other words.

Such products replace each other; they never go with each other.
"""

from __future__ import annotations

from functools import lru_cache

from catalog.domain.product import Product
from catalog.search.facets import Facets
from catalog.search.words import COLOURS, PATTERN_WORDS, SIZE_OR_COUNT_WORDS, STOP_WORDS, tokens

# Cosines of MiniLM on titles, chosen on pairs of the demo shop and of a gift shop (see the tests).
_SAME_HEAD = 0.5
_SAME_KIND = 0.6
_SAME_ANYWAY = 0.83
# Without product_type, a line of products shows in one price, or in most words of the titles.
_SAME_LINE = 0.55
_SHARED_WORDS = 0.4
# "JUMBO STORAGE BAG SUKI" and "JUMBO SHOPPER VINTAGE RED PAISLEY" at one price are one line of bags.
_SAME_OPENING = 0.2
_NO_OPENING = frozenset(COLOURS) | {"", "set", "pack", "box"}
_UNTELLING = frozenset(COLOURS) | PATTERN_WORDS | SIZE_OR_COUNT_WORDS | STOP_WORDS


@lru_cache(maxsize=65536)
def stem(title: str) -> frozenset[str]:
    """The words of a title without colours, sizes, counts and patterns: equal for variants of one thing."""
    return frozenset(word for word in tokens(title) if word not in _UNTELLING and not word[0].isdigit())


def look_alike(a: Product, b: Product, facets_a: Facets, facets_b: Facets, cosine: float) -> bool:
    """Whether the two are the same thing to a shopper. `cosine` is that of their embeddings."""
    if a.same_group(b) or cosine >= _SAME_ANYWAY:
        return True
    if stem(a.title) and stem(a.title) == stem(b.title):
        return True
    if facets_a.leaf_kind and facets_b.leaf_kind:
        return facets_a.leaf_kind == facets_b.leaf_kind and (facets_a.head == facets_b.head or cosine >= _SAME_KIND)
    # Titles alone do not say what a thing is for, so two bags, two signs, two cards are one idea.
    if not facets_a.nouns.isdisjoint(facets_b.nouns):
        return True
    if facets_a.ending in facets_b.words or facets_b.ending in facets_a.words:
        return True
    if cosine >= _SAME_LINE and (a.price == b.price or _overlap(stem(a.title), stem(b.title)) >= _SHARED_WORDS):
        return True
    opens_alike = facets_a.opening.split(" ")[0] == facets_b.opening.split(" ")[0] not in _NO_OPENING
    if opens_alike and a.price == b.price and cosine >= _SAME_OPENING:
        return True
    # "JUMBO BAG CHARLIE AND LOLA TOYS" is a jumbo bag, whatever noun ends it.
    if (" " in facets_a.phrase and facets_a.phrase == facets_b.opening) or (
        " " in facets_b.phrase and facets_b.phrase == facets_a.opening
    ):
        return True
    if facets_a.head != facets_b.head:
        return False
    same_phrase = facets_a.phrase == facets_b.phrase and " " in facets_a.phrase
    return same_phrase or cosine >= _SAME_HEAD


def names_other(facets: Facets, other: Product) -> bool:
    """Whether the other's title holds this one's kind, also written as one word: "candleholder"."""
    return facets.phrase.replace(" ", "") in "".join(tokens(other.title))


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Jaccard's index."""
    return len(a & b) / len(a | b) if a or b else 0.0
