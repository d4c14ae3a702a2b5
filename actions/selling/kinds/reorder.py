"""Ordering again what runs out, when it is about to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from actions.selling.eligibility import Traits
from actions.selling.facts import CandidateFacts, Rules, Situation, facts_of
from actions.selling.goods import Bought
from actions.selling.kinds.plugin import Kind, Look, Proposal, bounded
from actions.selling.model import Claim, Evidence
from actions.selling.product_facts import days_in

_CHANCE = 0.2
# From this share of its lifetime on it is about to run out, in percent; long after, it was not needed.
_ABOUT, _LONG_AFTER = 80, 300


class Reorder(Kind):
    """After a purchase, of things that are declared to run out."""

    name: ClassVar[str] = "reorder"
    moments: ClassVar[frozenset[str]] = frozenset({"after_order", "follow_up"})
    # What was ordered is what it is about.
    traits: ClassVar[Traits] = Traits(own_price=True, alike_welcome=True)
    question: ClassVar[str] = "offer-question-again"

    def find(self, look: Look) -> Sequence[Proposal]:
        """By the shop's own orders and each product's `lifetime_days`; then what the past order file tells."""
        found = {bought.product_id: self._due(look, bought) for bought in reversed(look.bought)}
        proposals = [proposal for proposal in found.values() if proposal is not None]
        known = look.goods.reorders(look.cart_ids, look.customer_id, 5) if look.customer_id else ()
        for again in known:
            if again.product_id not in found:
                days = (look.now - again.last_bought).days
                evidence = Evidence("order", again.product_id, together=again.orders, anchor_orders=max(days, 0))
                proposals.append(Proposal(self.name, (again.product_id,), bounded(again.score), evidence))
        return proposals

    def suits(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> str:
        """Only what runs out."""
        return "" if candidate.products[0].consumable else "not_for_this"

    def claims(self, candidate: CandidateFacts, saving: int, situation: Situation, rules: Rules) -> tuple[Claim, ...]:
        """When it was bought last."""
        return (Claim("bought_last", candidate.products[0].id, numbers=(candidate.evidence.anchor_orders,)),)

    def reason(self, situation: Situation) -> str:
        """It may be running out."""
        return "runs_out"

    def _due(self, look: Look, bought: Bought) -> Proposal | None:
        product = look.goods.product(bought.product_id)
        lifetime = days_in(product, "lifetime_days") * bought.quantity if product else 0
        if product is None or not lifetime or not facts_of(product).consumable:
            return None
        gone = look.now - bought.at
        if not timedelta(days=lifetime) * _ABOUT / 100 <= gone <= timedelta(days=lifetime) * _LONG_AFTER / 100:
            return None
        evidence = Evidence("order", product.id, together=1, anchor_orders=gone.days)
        return Proposal(self.name, (product.id,), _CHANCE, evidence)
