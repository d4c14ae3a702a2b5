"""What goes with a cart: counted, declared, or fitting by kind, in that order of trust."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from catalog.complements.compatibility import FitRules
from catalog.complements.counts import CoPurchases
from catalog.complements.evidence import Complement, Evidence, Source, counted_evidence
from catalog.complements.lift import lower_lift
from catalog.complements.look_alikes import names_other
from catalog.complements.rates import lower_rate, shrunken
from catalog.domain.product import Product
from catalog.search.shelf import Shelf

# A pair counts from that many joint orders on, and when it is clearly and surely more than chance.
MIN_TOGETHER = 5
MIN_LIFT = 1.3
# Declared fit is worth as much as this share of buyers taking it along.
_DECLARED = 0.20
_KIND_SHARE = 0.25
_BEST_OF_A_KIND = 4
_MIN_KIND_TOGETHER = 8
_MIN_KIND_LIFT = 1.5
# Two of one kind go together only when buyers strongly say so.
_SAME_KIND_TOGETHER = 20
_SAME_KIND_RATE = 0.2
# A size that nobody chose is a guess.
_GUESSED_SIZE = 0.6
_SAME_HEAD = 0.5
# Without orders, what reads nearer than this is rather the same thing than a companion.
_TOO_NEAR = 0.65


class Likeness(Protocol):
    """Tells what is the same to a shopper."""

    def __call__(self, a: int, b: int) -> bool:
        """Whether the products at two positions look alike."""
        ...


@dataclass(frozen=True)
class _Found:
    """One piece of evidence for one product, in [0, 1) of worth."""

    place: int
    worth: float
    evidence: Evidence


class ComplementFinder:
    """Finds complements on one shelf. `groups` counts things (variants together), `kinds` counts kinds."""

    def __init__(
        self,
        shelf: Shelf,
        groups: CoPurchases | None,
        kinds: CoPurchases | None,
        fit: FitRules,
        alike: Likeness,
        near: Callable[[int, int], list[tuple[int, float]]],
    ) -> None:
        self._shelf, self._groups, self._kinds = shelf, groups, kinds
        self._fit, self._alike, self._near = fit, alike, near
        self._by_group: dict[str, list[int]] = {}
        self._by_kind: dict[str, list[int]] = {}
        for place in range(len(shelf.products)):
            self._by_group.setdefault(shelf.group_key(place), []).append(place)
            self._by_kind.setdefault(self._kind(place), []).append(place)
        for places in self._by_kind.values():
            places.sort(key=lambda place: (-shelf.popularity[place], shelf.products[place].id))

    def complements(self, product_ids: Sequence[str], limit: int = 30) -> list[Complement]:
        """Best first, one product of each group; nothing that is in the cart, looks like it or does not fit it.

        Sold-out products are left in where no variant is in stock: whoever offers checks stock anyway.
        """
        cart = [self._shelf.position[product_id] for product_id in product_ids if product_id in self._shelf.position]
        best: dict[str, list[_Found]] = {}
        for anchor in dict.fromkeys(cart):
            for found in self._of_one(anchor):
                best.setdefault(self._shelf.group_key(found.place), []).append(found)
        merged = [self._merge(pieces) for pieces in best.values()]
        ranked = sorted(
            (replace(found, worth=found.worth * self._discount(found.place, cart)) for found in merged),
            key=lambda found: (-round(found.worth, 6), self._shelf.products[found.place].id),
        )
        fitting = (found for found in ranked if self._suits(found, cart))
        return [self._complement(found) for found in self._varied(fitting, limit)]

    def goes_along(self, anchor: int, place: int) -> bool:
        """Whether so many buyers of one product take the other along that the two go together even within a kind."""
        pair = None
        if self._groups is not None:
            pair = self._groups.pair(self._shelf.group_key(anchor), self._shelf.group_key(place))
        return pair is not None and _strong(Evidence("orders", "", pair.together, pair.first_orders))

    def _varied(self, ranked: Iterable[_Found], limit: int) -> list[_Found]:
        """The first `limit`, look-alikes of an earlier one last: five hand warmers are one idea."""
        ideas: list[_Found] = []
        again: list[_Found] = []
        for found, _ in zip(ranked, range(limit), strict=False):
            seen = any(self._alike(*sorted((idea.place, found.place))) for idea in ideas)
            (again if seen else ideas).append(found)
        return ideas + again

    def _discount(self, place: int, cart: list[int]) -> float:
        """Less for what is a little like the cart, and for a size that would be a guess."""
        facets = self._shelf.facets
        same_head = any(not facets[a].leaf_kind and facets[a].head == facets[place].head for a in cart)
        sizes = [facets[other].sizes for other in self._shelf.group(place)]
        wanted = any(not facets[a].sizes.isdisjoint(facets[place].sizes) for a in cart)
        guessed = len(set(sizes)) > 1 and not wanted
        return (_SAME_HEAD if same_head else 1.0) * (_GUESSED_SIZE if guessed else 1.0)

    def _of_one(self, anchor: int) -> Iterable[_Found]:
        """All evidence for one anchor, at most one piece per group."""
        found = self._counted(anchor)
        for place in self._declared(anchor):
            key = self._shelf.group_key(place)
            before = found.get(key)
            fit = self._fit.between(self._shelf.products[place], self._shelf.products[anchor])
            note = fit.note if fit is not None else ""
            source: Source = "compatibility" if before is None else "orders"
            evidence = before.evidence if before else Evidence(source, self._shelf.products[anchor].id)
            worth = _DECLARED + (before.worth if before else 0.0)
            found[key] = _Found(place, worth, replace(evidence, note=note))
        for piece in self._by_affinity(anchor) if len(found) < _BEST_OF_A_KIND * 5 else ():
            found.setdefault(self._shelf.group_key(piece.place), piece)
        return found.values()

    def _counted(self, anchor: int) -> dict[str, _Found]:
        """What buyers of the anchor also took, where it is more than chance."""
        counts = self._groups
        if counts is None:
            return {}
        unit = self._shelf.group_key(anchor)
        anchor_orders = counts.orders_of(unit)
        found = {}
        for other, together in _sure_partners(counts, unit):
            if other not in self._by_group:
                continue
            chance = counts.orders_of(other) / counts.orders
            rate, lift = shrunken(together, anchor_orders, chance)
            if lift < MIN_LIFT:
                continue
            evidence = Evidence("orders", self._shelf.products[anchor].id, together, anchor_orders, lift)
            worth = max(0.0, lower_rate(together, anchor_orders) - chance) * min(lift, 20.0) ** 0.25 + rate * 0.05
            found[other] = _Found(self._variant(self._by_group[other], anchor), worth, evidence)
        return found

    def _declared(self, anchor: int) -> list[int]:
        """One variant of each accessory that the shop says fits."""
        ids = self._fit.accessories_of(self._shelf.products[anchor])
        groups = dict.fromkeys(self._shelf.group_key(self._shelf.position[product_id]) for product_id in ids)
        return [self._variant(self._by_group[group], anchor) for group in groups]

    def _by_affinity(self, anchor: int) -> Iterable[_Found]:
        """The liked products of kinds that go with the anchor's kind; where kinds or orders are unknown, what is near
        in meaning."""
        anchor_id = self._shelf.products[anchor].id
        evidence = Evidence("attributes", anchor_id)
        # Kinds guessed from titles are too rough to reason with; what reads alike is the better guess.
        if self._kinds is None or not self._shelf.facets[anchor].leaf_kind:
            products, facets = self._shelf.products, self._shelf.facets
            for place, cosine in self._near(anchor, 60):
                same = names_other(facets[anchor], products[place]) or names_other(facets[place], products[anchor])
                if cosine < _TOO_NEAR and not same:
                    yield _Found(place, cosine * 0.05, evidence)
            return
        unit = self._kind(anchor)
        anchor_orders = self._kinds.orders_of(unit)
        for other, together in self._kinds.partners(unit):
            if together < _MIN_KIND_TOGETHER:
                continue
            chance = self._kinds.orders_of(other) / self._kinds.orders
            _, lift = shrunken(together, anchor_orders, chance)
            if lift < _MIN_KIND_LIFT:
                continue
            worth = max(0.0, lower_rate(together, anchor_orders) - chance) * _KIND_SHARE
            for rank, place in enumerate(self._by_kind.get(other, ())[:_BEST_OF_A_KIND]):
                yield _Found(place, worth / (rank + 2), evidence)

    def _merge(self, pieces: list[_Found]) -> _Found:
        """Several anchors speak for one product: the best counts whole, the others in part."""
        pieces.sort(key=lambda piece: (-piece.worth, piece.evidence.anchor_id))
        rest = sum(piece.worth for piece in pieces[1:])
        return _Found(pieces[0].place, pieces[0].worth + 0.3 * rest, pieces[0].evidence)

    def _suits(self, found: _Found, cart: list[int]) -> bool:
        shelf, product = self._shelf, self._shelf.products[found.place]
        fits = [self._declared_fit(product, shelf.products[anchor]) for anchor in cart]
        if False in fits and True not in fits:
            return False
        for anchor in cart:
            if shelf.group_key(anchor) == shelf.group_key(found.place) or self._alike(*sorted((anchor, found.place))):
                return False
            if self._kind(anchor) == self._kind(found.place) and not _strong(found.evidence):
                return False
        return True

    def _declared_fit(self, a: Product, b: Product) -> bool | None:
        fit = self._fit.between(a, b) or self._fit.between(b, a)
        return None if fit is None else fit.fits

    def _variant(self, places: list[int], anchor: int) -> int:
        """Of a group, the variant to suggest: in stock, of the anchor's size and colour, most bought."""
        wanted = self._shelf.facets[anchor]

        def order(place: int) -> tuple[bool, bool, bool, int, str]:
            facets, product = self._shelf.facets[place], self._shelf.products[place]
            other_size = facets.sizes.isdisjoint(wanted.sizes)
            other_colour = facets.colors.isdisjoint(wanted.colors)
            return (not product.in_stock, other_size, other_colour, -self._shelf.popularity[place], product.id)

        return min(places, key=order)

    def _kind(self, place: int) -> str:
        return self._shelf.kind_unit(place)

    def _complement(self, found: _Found) -> Complement:
        evidence = found.evidence
        # Customers are looked up only for what is answered: a popular anchor has thousands of partners.
        if self._groups is not None and evidence.source == "orders":
            anchor = self._shelf.position[evidence.anchor_id]
            pair = self._groups.pair(self._shelf.group_key(anchor), self._shelf.group_key(found.place))
            if pair is not None:
                evidence = replace(counted_evidence(evidence.anchor_id, pair, evidence.lift), note=evidence.note)
        return Complement(self._shelf.products[found.place].id, round(found.worth, 6), evidence)


def _sure_partners(counts: CoPurchases, unit: str) -> list[tuple[str, int]]:
    """(other unit, orders that held both) where those are enough, and with 95 % confidence more than by chance."""
    partners = [(other, together) for other, together in counts.partners(unit) if together >= MIN_TOGETHER]
    together = np.array([count for _, count in partners], np.int64)
    others = np.array([counts.orders_of(other) for other, _ in partners], np.int64)
    bounds = lower_lift(together, counts.orders_of(unit), others, counts.orders)
    return [partner for partner, bound in zip(partners, bounds.tolist(), strict=True) if bound > 1.0]


def _strong(evidence: Evidence) -> bool:
    return evidence.together >= _SAME_KIND_TOGETHER and evidence.together >= _SAME_KIND_RATE * evidence.anchor_orders
