"""The evidence for each thing that might go with a cart: counted, declared, or by kind, in that order of trust."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from catalog.complements.compatibility import FitRules
from catalog.complements.counts import CoPurchases
from catalog.complements.evidence import Evidence
from catalog.complements.look_alikes import names_other
from catalog.complements.rates import lower_rate, shrunken
from catalog.complements.sure_pairs import SurePair, SurePairs
from catalog.search.shelf import Shelf

# Declared fit is worth as much as this share of buyers taking it along.
DECLARED = 0.20
_KIND_SHARE = 0.25
_BEST_OF_A_KIND = 4
_MIN_KIND_TOGETHER = 8
_MIN_KIND_LIFT = 1.5
# Kinds are asked of a product with fewer counted partners than this.
_ENOUGH = 20
# Without orders, what reads nearer than this is rather the same thing than a companion.
_TOO_NEAR = 0.65
# Several products of a cart speak for one thing: the best counts whole, the others in part.
_OTHERS = 0.3


@dataclass(frozen=True)
class Piece:
    """What speaks for one group of variants, in [0, 1) of worth. `declared`: the shop says that it fits."""

    group: str
    anchor: int
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

    def of_cart(self, cart: Sequence[int], wanted: Sequence[str] = ()) -> dict[str, Piece]:
        """The best piece of each group, several products of the cart adding to its worth. Of counted groups the best
        ones are taken, and all those `wanted`."""
        anchors = [self._shelf.group_key(place) for place in cart]
        pairs = None if self._groups is None else SurePairs.of(self._groups, anchors)
        found = {} if pairs is None else self._counted(cart, pairs, wanted)
        for number, anchor in enumerate(cart):
            few = pairs is None or pairs.partners_of(number) < _ENOUGH
            for piece in self._by_affinity(anchor) if few else ():
                before = found.get(piece.group)
                if before is None or (before.evidence.source == "attributes" and before.worth < piece.worth):
                    found[piece.group] = piece
            for group in self._declared(anchor):
                found[group] = self._with_declared(found.get(group), group, anchor, pairs, number)
        return found

    def by_likeness(self, group: str, cart: Sequence[int]) -> Piece | None:
        """For a thing that no order of its own speaks for, but that of things that read like it: of the cart, the
        product that it reads nearest to is what it goes with."""
        if group not in self._by_group:
            return None
        place = self._by_group[group][0]
        anchor = max(cart, key=lambda other: (self._cosine(place, other), -other))
        return Piece(group, anchor, 0.0, Evidence("attributes", self._shelf.products[anchor].id))

    def _counted(self, cart: Sequence[int], pairs: SurePairs, wanted: Sequence[str]) -> dict[str, Piece]:
        """What buyers of the cart's products also took, where it is surely more than chance."""
        found = {}
        for pair in pairs.best(wanted, _OTHERS):
            if pair.unit in self._by_group:
                anchor = cart[pair.anchor]
                found[pair.unit] = Piece(pair.unit, anchor, pair.worth, pair_evidence(self._product_id(anchor), pair))
        return found

    def _with_declared(
        self, before: Piece | None, group: str, anchor: int, pairs: SurePairs | None, number: int
    ) -> Piece:
        """The piece of a group that is declared to fit one product of the cart. What orders say of that very pair is
        the better reason, the declaration the surer one."""
        own = self._product_id(anchor)
        pair = None if pairs is None else pairs.pair(number, group)
        evidence = Evidence("compatibility", own)
        if pair is not None:
            evidence = pair_evidence(own, pair)
        accessory = self._shelf.products[self.variant(group, anchor, declared=True)]
        fit = self._fit.between(accessory, self._shelf.products[anchor])
        evidence = replace(evidence, note=fit.note if fit is not None else "")
        worth = DECLARED if before is None else before.worth + DECLARED * (_OTHERS if before.declared else 1.0)
        if before is not None and before.declared and before.evidence.together >= evidence.together:
            evidence, anchor = before.evidence, before.anchor
        return Piece(group, anchor, worth, evidence, declared=True)

    def _declared(self, anchor: int) -> Iterable[str]:
        """The groups of the accessories that the shop says fit."""
        ids = self._fit.accessories_of(self._shelf.products[anchor])
        return dict.fromkeys(self._shelf.group_key(self._shelf.position[product_id]) for product_id in ids)

    def _product_id(self, place: int) -> str:
        return self._shelf.products[place].id

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
                    yield Piece(self._shelf.group_key(place), anchor, cosine * 0.05, evidence)
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
            worth = max(0.0, float(lower_rate(together, anchor_orders)) - chance) * _KIND_SHARE
            for rank, place in enumerate(self._by_kind.get(other, ())[:_BEST_OF_A_KIND]):
                yield Piece(self._shelf.group_key(place), anchor, worth / (rank + 2), evidence)

    def variant(self, group: str, anchor: int, declared: bool = False) -> int:
        """Of a group, the variant to suggest: in stock, of the anchor's size and colour, most bought. Of a group that
        is `declared` to fit the anchor, one that does: perhaps not every size of it is."""
        wanted, host = self._shelf.facets[anchor], self._shelf.products[anchor]

        def order(place: int) -> tuple[bool, bool, bool, bool, int, str]:
            facets, product = self._shelf.facets[place], self._shelf.products[place]
            other_size = facets.sizes.isdisjoint(wanted.sizes)
            other_colour = facets.colors.isdisjoint(wanted.colors)
            fit = self._fit.between(product, host) if declared else None
            unfit = declared and (fit is None or not fit.fits)
            return (unfit, not product.in_stock, other_size, other_colour, -self._shelf.popularity[place], product.id)

        return min(self._by_group[group], key=order)


def pair_evidence(anchor_id: str, pair: SurePair) -> Evidence:
    """The evidence of a sure pair."""
    return Evidence("orders", anchor_id, pair.together, pair.anchor_orders, pair.lift, lower_lift=pair.lower_lift)
