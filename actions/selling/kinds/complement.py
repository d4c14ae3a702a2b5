"""A complement: one thing that truly goes with what is in the cart, at a bundle price where the shop allows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from actions.selling.claims import has_reason
from actions.selling.facts import CandidateFacts, ProductFacts, Rules, Situation
from actions.selling.kinds.plugin import BUNDLE, Kind, Look, Proposal, bundle_percent, in_cart
from actions.selling.pricing import PriceWorking, saving_of, work_price


class Complement(Kind):
    """After something went into the cart, on "what goes with this?", and after an order."""

    name: ClassVar[str] = "complement"
    moments: ClassVar[frozenset[str]] = frozenset({"after_add", "on_request", "after_order", "follow_up"})

    def find(self, look: Look) -> Sequence[Proposal]:
        """What is bought with it, or declared to fit it."""
        return look.companions(self.name)

    def price(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> PriceWorking:
        """The pair at the shop's bundle percentage; at another one where the shop declares it for the segment."""
        percent, segment = bundle_percent(situation, rules)
        return work_price(_anchors(candidate, situation), candidate.products, rules.bundles, percent, segment)

    def saving(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> int:
        """As `price` does it."""
        percent, _ = bundle_percent(situation, rules)
        return saving_of(_anchors(candidate, situation), candidate.products, rules.bundles, percent)

    def percent(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> int:
        """The shop's for bundles."""
        return bundle_percent(situation, rules)[0]

    def can_say(self, candidate: CandidateFacts, saving: int, situation: Situation, rules: Rules) -> bool:
        """Why the two go together is all that must be sure."""
        return has_reason(candidate)

    def name_of(self, working: PriceWorking) -> str:
        """With a saving it is a bundle of two."""
        return BUNDLE if working.saving.minor > 0 else self.name


def _anchors(candidate: CandidateFacts, situation: Situation) -> tuple[ProductFacts, ...]:
    """What the candidate makes a pair with: the cart's product that the evidence names, and no other. A product that
    is part of a deal already does not earn a second discount."""
    return in_cart(situation, (candidate.evidence.anchor_id,)) or ()
