"""What replaces a product: another one for the same need, which buyers take instead of it and not along with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

import numpy as np

from catalog.search.engine import Hit
from catalog.search.shelf import Shelf
from catalog.search.sieve import Mask

# So many of the nearest products of a kind are looked at, and of all where the kind is a guess.
_POOL = 200
# Under different head nouns, what reads less near shares a motif rather than a use. Cosine of MiniLM on titles.
_OTHER_HEAD = 0.5


class Near(Protocol):
    """Finds what is near in meaning."""

    def __call__(self, place: int, limit: int, allowed: Mask | None = None) -> list[tuple[int, float]]:
        """(position, cosine) of the nearest products, only where `allowed`; none for one that is not in the index."""
        ...


class AlternativeFinder:
    """Finds alternatives on one shelf.

    `alike` compares two positions, the lower one first; `along` tells whether buyers of the product at one position
    strongly tend to take that at the other, too.
    """

    def __init__(
        self, shelf: Shelf, near: Near, alike: Callable[[int, int], bool], along: Callable[[int, int], bool]
    ) -> None:
        self._shelf, self._near, self._alike, self._along = shelf, near, alike, along

    def alternatives(self, product_id: str, limit: int = 10) -> list[Hit]:
        """In stock before sold out, then nearest first, one product of each group; none of them is a complement."""
        place = self._shelf.position.get(product_id)
        if place is None:
            return []
        found = [(other, cosine) for other, cosine in self._nearest(place) if self._replaces(place, other, cosine)]
        found.sort(key=lambda one: (not self._in_stock(one[0]), -round(one[1], 6), self._shelf.products[one[0]].id))
        best: dict[str, Hit] = {}
        for other, cosine in found:
            best.setdefault(self._shelf.group_key(other), Hit(self._shelf.products[other], round(cosine, 6)))
        return list(best.values())[:limit]

    def _nearest(self, place: int) -> Iterable[tuple[int, float]]:
        """The nearest products of other groups; for one that is not in the index yet, those of its kind."""
        own, kinds = self._shelf.group_key(place), self._shelf.columns.unit_numbers
        kind: Mask = kinds == kinds[place]
        near = dict(self._near(place, _POOL, kind))
        if not self._shelf.facets[place].leaf_kind:
            near |= dict(self._near(place, _POOL))
        if not near:
            places = np.flatnonzero(kind)
            near = dict.fromkeys(places[self._shelf.rank[places].argsort()][:_POOL].tolist(), 0.0)
        return ((other, cosine) for other, cosine in near.items() if self._shelf.group_key(other) != own)

    def _replaces(self, place: int, other: int, cosine: float) -> bool:
        """Of one kind and not bought together. Where titles alone tell the kind, what looks alike and has the head
        noun of the one among the nouns of the other is of one kind too: "doormat, hearts" and "union jack doormat"."""
        facets, others = self._shelf.facets[place], self._shelf.facets[other]
        same_kind = self._shelf.kind_unit(place) == self._shelf.kind_unit(other)
        named = facets.head in others.nouns | {others.head} or others.head in facets.nouns
        near = named and (facets.head == others.head or cosine >= _OTHER_HEAD)
        guessed = not facets.leaf_kind and not others.leaf_kind and near
        if (guessed or same_kind) and self._alike(min(place, other), max(place, other)):
            return True
        return same_kind and not self._along(place, other)

    def _in_stock(self, place: int) -> bool:
        return self._shelf.products[place].in_stock
