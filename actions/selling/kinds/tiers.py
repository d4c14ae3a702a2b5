"""Good, better, best: on "which one should I get?", three cards, none chosen before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from actions.selling.eligibility import Traits
from actions.selling.facts import CandidateFacts, Rules, Situation
from actions.selling.kinds.plugin import Kind, Look, Proposal
from actions.selling.model import Claim, Evidence
from actions.selling.pricing import PriceWorking, alternatives_price

_CHANCE = 0.3
_MOST = 3


class Tiers(Kind):
    """The conversation finds the things that could be meant; here they are put side by side."""

    name: ClassVar[str] = "tiers"
    moments: ClassVar[frozenset[str]] = frozenset({"choosing"})
    choose_one: ClassVar[bool] = True
    traits: ClassVar[Traits] = Traits(own_price=True, alike_welcome=True)
    question: ClassVar[str] = "offer-question-which"

    def find(self, look: Look) -> Sequence[Proposal]:
        """Two or three of the subjects, cheapest first, those in stock."""
        standing = [product for product in look.subjects if product.in_stock and product.id not in look.cart_ids]
        chosen = sorted(standing[:_MOST], key=lambda product: (product.current_price.minor, product.id))
        if len(chosen) < 2:
            return ()
        ids = tuple(product.id for product in chosen)
        return (Proposal(self.name, ids, _CHANCE, Evidence("tiers", ids[0])),)

    def price(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> PriceWorking:
        """Each at its own price."""
        return alternatives_price(candidate.products, rules.bundles)

    def claims(self, candidate: CandidateFacts, saving: int, situation: Situation, rules: Rules) -> tuple[Claim, ...]:
        """What lies between the first and the last."""
        products = candidate.products
        return (Claim("price_gap", products[-1].id, products[0].id, money=products[-1].price - products[0].price),)
