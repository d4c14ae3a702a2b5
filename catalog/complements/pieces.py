"""The evidence for each thing that might go with one product: counted, declared, or by kind, in that order of trust."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from catalog.complements.compatibility import FitRules
from catalog.complements.counts import CoPurchases
from catalog.complements.evidence import Evidence, Source
from catalog.complements.lift import lower_lift
from catalog.complements.look_alikes import names_other
from catalog.complements.rates import lower_rate, shrunken
from catalog.search.shelf import Shelf

# A pair counts from that many joint orders on, and when it is clearly and surely more than chance.
MIN_TOGETHER = 5
MIN_LIFT = 1.3
# Declared fit is worth as much as this share of buyers taking it along.
DECLARED = 0.20
_KIND_SHARE = 0.25
_BEST_OF_A_KIND = 4
_MIN_KIND_TOGETHER = 8
_MIN_KIND_LIFT = 1.5
# Without orders, what reads nearer than this is rather the same thing than a companion.
_TOO_NEAR = 0.65


@dataclass(frozen=True)
class Piece:
    """One piece of evidence for one product, in [0, 1) of worth. `declared`: the shop says that it fits."""

    place: int
    worth: float
    evidence: Evidence
    declared: bool = False


class Evidences:
    """Gathers pieces on one shelf. `groups` counts things (variants together), `kinds` counts kinds."""

    def __init__(
        self,
        shelf: Shelf,
        groups: CoPurchases | None,
        kinds: CoPurchases | None,
        fit: FitRules,
        near: Callable[[int, int], list[tuple[int, float]]],
        cosine: Callable[[int, int], float],
    ) -> None:
        self._shelf, self._groups, self._kinds = shelf, groups, kinds
        self._fit, self._near, self._cosine = fit, near, cosine
        self._by_group: dict[str, list[int]] = {}
        self._by_kind: dict[str, list[int]] = {}
        for place in range(len(shelf.products)):
            self._by_group.setdefault(shelf.group_key(place), []).append(place)
            self._by_kind.setdefault(shelf.kind_unit(place), []).append(place)
        for places in self._by_kind.values():
            places.sort(key=lambda place: (-shelf.popularity[place], shelf.products[place].id))

    def of_one(self, anchor: int) -> Iterable[Piece]:
        """All evidence for one anchor, at most one piece per group."""
        found = self._counted(anchor)
        for place in self._declared(anchor):
            key = self._shelf.group_key(place)
            before = found.get(key)
            fit = self._fit.between(self._shelf.products[place], self._shelf.products[anchor])
            note = fit.note if fit is not None else ""
            source: Source = "compatibility" if before is None else "orders"
            evidence = before.evidence if before else Evidence(source, self._shelf.products[anchor].id)
            worth = DECLARED + (before.worth if before else 0.0)
            found[key] = Piece(place, worth, replace(evidence, note=note), declared=True)
        for piece in self._by_affinity(anchor) if len(found) < _BEST_OF_A_KIND * 5 else ():
            found.setdefault(self._shelf.group_key(piece.place), piece)
        return found.values()

    def by_likeness(self, group: str, cart: Sequence[int]) -> Piece | None:
        """For a thing that no order of its own speaks for, but that of things that read like it: of the cart, the
        product that it reads nearest to is what it goes with."""
        if group not in self._by_group:
            return None
        place = self._by_group[group][0]
        anchor = max(cart, key=lambda other: (self._cosine(place, other), -other))
        return Piece(self.variant(group, anchor), 0.0, Evidence("attributes", self._shelf.products[anchor].id))

    def _counted(self, anchor: int) -> dict[str, Piece]:
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
            found[other] = Piece(self.variant(other, anchor), worth, evidence)
        return found

    def _declared(self, anchor: int) -> list[int]:
        """One variant of each accessory that the shop says fits."""
        ids = self._fit.accessories_of(self._shelf.products[anchor])
        groups = dict.fromkeys(self._shelf.group_key(self._shelf.position[product_id]) for product_id in ids)
        return [self.variant(group, anchor) for group in groups]

    def _by_affinity(self, anchor: int) -> Iterable[Piece]:
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
                    yield Piece(place, cosine * 0.05, evidence)
            return
        unit = self._shelf.kind_unit(anchor)
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
                yield Piece(place, worth / (rank + 2), evidence)

    def variant(self, group: str, anchor: int) -> int:
        """Of a group, the variant to suggest: in stock, of the anchor's size and colour, most bought."""
        wanted = self._shelf.facets[anchor]

        def order(place: int) -> tuple[bool, bool, bool, int, str]:
            facets, product = self._shelf.facets[place], self._shelf.products[place]
            other_size = facets.sizes.isdisjoint(wanted.sizes)
            other_colour = facets.colors.isdisjoint(wanted.colors)
            return (not product.in_stock, other_size, other_colour, -self._shelf.popularity[place], product.id)

        return min(self._by_group[group], key=order)


def _sure_partners(counts: CoPurchases, unit: str) -> list[tuple[str, int]]:
    """(other unit, orders that held both) where those are enough, and with 95 % confidence more than by chance."""
    partners = [(other, together) for other, together in counts.partners(unit) if together >= MIN_TOGETHER]
    together = np.array([count for _, count in partners], np.int64)
    others = np.array([counts.orders_of(other) for other, _ in partners], np.int64)
    bounds = lower_lift(together, counts.orders_of(unit), others, counts.orders)
    return [partner for partner, bound in zip(partners, bounds.tolist(), strict=True) if bound > 1.0]
