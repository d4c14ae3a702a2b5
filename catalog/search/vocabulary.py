"""The words that this shop uses: its kinds, brands, colours, sizes and materials, and every word for typos."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from catalog.domain.product import Product
from catalog.search.facets import Facets
from catalog.search.words import COLOUR_WORDS, MATERIAL_WORDS, STOP_WORDS, key, tokens

# Shorter words have too many neighbours to guess at.
_SHORTEST_TYPO = 4
# Below this a real word turns into another one: "stove" into "stone" (80), "jacket" into "jack" (80).
_LIKE_ENOUGH = 85
# One wrong letter of six; only where the first letter is right, so that no jacket becomes a packet.
_LIKE_WITH_FIRST_LETTER = 83


@dataclass(frozen=True)
class Vocabulary:
    """Comparable forms (`words.key`). `kinds` maps a name, or its last word, to the kinds it may mean."""

    kinds: Mapping[str, frozenset[str]]
    brands: frozenset[str]
    colors: frozenset[str]
    sizes: frozenset[str]
    materials: frozenset[str]
    words: Mapping[str, int]

    def correct(self, word: str) -> str:
        """The word as the shop writes it: itself where known, else the likeliest known one, else itself."""
        if word in self.words or word in STOP_WORDS or len(word) < _SHORTEST_TYPO or word[0].isdigit():
            return word
        near = process.extract(
            word, self.words.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE_WITH_FIRST_LETTER, limit=8
        )
        near = [match for match in near if match[1] >= _LIKE_ENOUGH or match[0][0] == word[0]]
        # Of equally like words the commoner one, then the alphabet: the guess must not depend on chance.
        best = min(near, key=lambda match: (-match[1], -self.words[match[0]], match[0]), default=None)
        return word if best is None else best[0]


def learn_vocabulary(products: Sequence[Product], facets: Sequence[Facets]) -> Vocabulary:
    """Collect the words of all products."""
    words: Counter[str] = Counter()
    for product, facet in zip(products, facets, strict=True):
        words.update(set(tokens(product.title)) | facet.words)
    declared = [product.product_type for product in products if product.product_type]
    return Vocabulary(
        kinds=_kinds(key(part) for path in declared for part in path.split(">")),
        brands=frozenset(facet.brand for facet in facets if facet.brand),
        colors=frozenset().union(*(facet.colors for facet in facets)) | COLOUR_WORDS if facets else COLOUR_WORDS,
        sizes=frozenset(size for p, facet in zip(products, facets, strict=True) if p.size for size in facet.sizes),
        materials=frozenset(word for facet in facets for word in facet.materials if word in MATERIAL_WORDS),
        words=words,
    )


def _kinds(names: Iterable[str]) -> dict[str, frozenset[str]]:
    known = frozenset(name for name in names if name)
    kinds: dict[str, set[str]] = {}
    for name in known:
        kinds.setdefault(name, set()).add(name)
        kinds.setdefault(name.split()[-1], set()).add(name)
        for part in name.split(" and "):
            kinds.setdefault(part.strip() or name, set()).add(name)
    # A full name means itself only: "tent" is the tents, not the tents' accessories.
    return {name: frozenset((name,)) if name in known else frozenset(means) for name, means in kinds.items()}
