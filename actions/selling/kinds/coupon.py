"""A thank-you coupon after an order: the shop's thanks, for the next time, for everybody who ordered so much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from actions.selling.facts import CandidateFacts, Rules, Situation
from actions.selling.kinds.plugin import Kind, Look, Proposal
from actions.selling.model import Claim, Evidence
from actions.selling.pricing import PriceWorking, plain_price

_CHANCE = 0.3
_RECENT = timedelta(days=30)


class Coupon(Kind):
    """After an order, where the shop declares it."""

    name: ClassVar[str] = "coupon"
    moments: ClassVar[frozenset[str]] = frozenset({"after_order", "follow_up"})
    one_no_for_all: ClassVar[bool] = True
    question: ClassVar[str] = "offer-question-coupon"

    def find(self, look: Look) -> Sequence[Proposal]:
        """The declared coupon, once for an order that comes to enough."""
        rules = look.rules.selling.thank_you
        latest = look.bought[:1]
        if not rules.percent or not latest or look.now - latest[0].at > _RECENT:
            return ()
        enough = rules.min_order is None or latest[0].order_total >= rules.min_order
        evidence = Evidence("shop", "", note=latest[0].order_number)
        return (Proposal(self.name, (), _CHANCE, evidence, percent=rules.percent),) if enough else ()

    def suits(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> str:
        """Once for an order."""
        return "offered_before" if candidate.evidence.note in situation.memory.thanked else ""

    def price(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> PriceWorking:
        """It costs nothing, and saves nothing yet."""
        return plain_price((), rules.bundles, situation.currency)

    def contribution(self, candidate: CandidateFacts, saving: int, rules: Rules) -> int:
        """One minor unit: whatever could help today goes first."""
        return 1

    def claims(self, candidate: CandidateFacts, saving: int, situation: Situation, rules: Rules) -> tuple[Claim, ...]:
        """How much, and for how long."""
        return (Claim("thanks", numbers=(candidate.percent, rules.selling.thank_you.valid_days)),)

    def reason(self, situation: Situation) -> str:
        """Thanks for the order."""
        return "thanks"
