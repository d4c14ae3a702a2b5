"""What goes with a cart: things with evidence behind them, in the order of what was learned from past carts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from catalog.complements.cart_model import CartModel, Odds
from catalog.complements.compatibility import FitRules
from catalog.complements.counts import CoPurchases
from catalog.complements.evidence import Complement, Evidence
from catalog.complements.pieces import DECLARED, Evidences, Piece
from catalog.domain.product import Product
from catalog.search.shelf import Shelf

# Two of one kind go together only when buyers strongly say so.
_SAME_KIND_TOGETHER = 20
_SAME_KIND_RATE = 0.2
# A size that nobody chose is a guess.
_GUESSED_SIZE = 0.6
_SAME_HEAD = 0.5


# What comes later in the order of worth is not looked at closely.
_LOOKED_AT = 60


class Likeness(Protocol):
    """Tells what is the same to a shopper."""

    def __call__(self, a: int, b: int) -> bool:
        """Whether the products at two positions look alike."""
        ...


@dataclass(frozen=True)
class _Found:
    """The variant to suggest of a group, what it is worth for the cart, and why."""

    place: int
    worth: float
    evidence: Evidence


class ComplementFinder:
    """Finds complements on one shelf.

    `pieces` say what may go with a product and why; `model`, where there are orders enough to learn from, how
    probable each is as a cart's next thing.
    """

    def __init__(
        self,
        shelf: Shelf,
        groups: CoPurchases | None,
        pieces: Evidences,
        fit: FitRules,
        alike: Likeness,
        model: CartModel | None = None,
    ) -> None:
        self._shelf, self._groups, self._pieces, self._fit, self._alike = shelf, groups, pieces, fit, alike
        self._model = model

    def complements(self, product_ids: Sequence[str], limit: int = 30, customer_id: str = "") -> list[Complement]:
        """Best first, one product of each group; nothing that is in the cart, looks like it or does not fit it, and
        nothing that a known customer has bought before.

        Sold-out products are left in where no variant is in stock: whoever offers checks stock anyway.
        """
        known = (self._shelf.position.get(product_id) for product_id in product_ids)
        cart = list(dict.fromkeys(place for place in known if place is not None))
        odds = self._odds(cart, customer_id)
        pieces = self._pieces.of_cart(cart, tuple(odds.by_group))
        for group in sorted(odds.fresh - pieces.keys()):
            likely = self._pieces.by_likeness(group, cart)
            if likely is not None:
                pieces[group] = likely
        weighed = [
            replace(piece, worth=self._worth(piece, odds)) for piece in pieces.values() if piece.group not in odds.owned
        ]
        weighed.sort(key=lambda piece: (-piece.worth, piece.group))
        found = (self._found(piece, cart) for piece in weighed[: _LOOKED_AT + limit])
        ranked = sorted(found, key=lambda one: (-round(one.worth, 6), self._shelf.products[one.place].id))
        fitting = (one for one in ranked if self._suits(one, cart))
        return [self._complement(one) for one in self._varied(fitting, limit)]

    def goes_along(self, anchor: int, place: int) -> bool:
        """Whether so many buyers of one product take the other along that the two go together even within a kind."""
        pair = None
        if self._groups is not None:
            pair = self._groups.pair(self._shelf.group_key(anchor), self._shelf.group_key(place))
        return pair is not None and _strong(Evidence("orders", "", pair.together, pair.first_orders))

    def _odds(self, cart: Sequence[int], customer_id: str) -> Odds:
        if self._model is None or not cart:
            return Odds({}, frozenset(), frozenset())
        return self._model.odds([self._shelf.group_key(place) for place in cart], customer_id)

    def _found(self, piece: Piece, cart: Sequence[int]) -> _Found:
        place = self._pieces.variant(piece.group, piece.anchor, piece.declared)
        return _Found(place, piece.worth * self._discount(place, cart), piece.evidence)

    def _worth(self, piece: Piece, odds: Odds) -> float:
        """What was learned where that reaches; beyond, evidence settles the order, below everything learned."""
        if not odds.by_group:
            return piece.worth
        learned = odds.by_group.get(piece.group)
        worth = odds.least * piece.worth / (1.0 + piece.worth) if learned is None else learned
        return worth + DECLARED if piece.declared else worth

    def _varied(self, ranked: Iterable[_Found], limit: int) -> list[_Found]:
        """The first `limit`, look-alikes of an earlier one last: five hand warmers are one idea."""
        ideas: list[_Found] = []
        again: list[_Found] = []
        for found, _ in zip(ranked, range(limit), strict=False):
            seen = any(self._alike(*sorted((idea.place, found.place))) for idea in ideas)
            (again if seen else ideas).append(found)
        return ideas + again

    def _discount(self, place: int, cart: Sequence[int]) -> float:
        """Less for what is a little like the cart, and for a size that would be a guess."""
        facets = self._shelf.facets
        same_head = any(not facets[a].leaf_kind and facets[a].head == facets[place].head for a in cart)
        sizes = [facets[other].sizes for other in self._shelf.group(place)]
        wanted = any(not facets[a].sizes.isdisjoint(facets[place].sizes) for a in cart)
        guessed = len(set(sizes)) > 1 and not wanted
        return (_SAME_HEAD if same_head else 1.0) * (_GUESSED_SIZE if guessed else 1.0)

    def _suits(self, found: _Found, cart: Sequence[int]) -> bool:
        shelf, product = self._shelf, self._shelf.products[found.place]
        fits = [self._declared_fit(product, shelf.products[anchor]) for anchor in cart]
        if False in fits and True not in fits:
            return False
        for anchor in cart:
            if shelf.group_key(anchor) == shelf.group_key(found.place) or self._alike(*sorted((anchor, found.place))):
                return False
            if shelf.kind_unit(anchor) == shelf.kind_unit(found.place) and not _strong(found.evidence):
                return False
        return True

    def _declared_fit(self, a: Product, b: Product) -> bool | None:
        fit = self._fit.between(a, b) or self._fit.between(b, a)
        return None if fit is None else fit.fits

    def _complement(self, found: _Found) -> Complement:
        evidence = found.evidence
        # Customers are looked up only for what is answered: a popular anchor has thousands of partners.
        if self._groups is not None and evidence.source == "orders":
            anchor = self._shelf.position[evidence.anchor_id]
            pair = self._groups.pair(self._shelf.group_key(anchor), self._shelf.group_key(found.place))
            if pair is not None:
                together, alone = pair.customers_together, pair.first_customers
                evidence = replace(evidence, buyers_together=together, anchor_buyers=alone)
        return Complement(self._shelf.products[found.place].id, round(found.worth, 6), evidence)


def _strong(evidence: Evidence) -> bool:
    return evidence.together >= _SAME_KIND_TOGETHER and evidence.together >= _SAME_KIND_RATE * evidence.anchor_orders
