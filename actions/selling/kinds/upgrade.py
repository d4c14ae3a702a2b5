"""An upgrade: a better one of the same thing for a little more, while the shopper looks or compares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from actions.selling.claims import gain_claim
from actions.selling.eligibility import Traits
from actions.selling.facts import CandidateFacts, Gain, Rules, Situation
from actions.selling.goods import Change
from actions.selling.kinds.plugin import Kind, Look, Proposal
from actions.selling.model import Claim, Evidence

_CHANCE = 0.05
_MOST_GAINS, _MOST_LOSSES = 2, 1


class Upgrade(Kind):
    """Before the thing is in the cart; afterwards it would only cast doubt on a choice that was made."""

    name: ClassVar[str] = "upgrade"
    moments: ClassVar[frozenset[str]] = frozenset({"looking", "comparing"})
    traits: ClassVar[Traits] = Traits(own_price=True, alike_welcome=True)
    question: ClassVar[str] = "offer-question-instead"

    def find(self, look: Look) -> Sequence[Proposal]:
        """Better by a named attribute, inside the shop's range of prices."""
        rules = look.rules.offers
        dearer = (rules.upgrade_from_percent, rules.upgrade_to_percent)
        found: dict[str, Proposal] = {}
        for subject_id in look.subject_ids:
            for upgrade in look.goods.upgrades(subject_id, 3, dearer) if subject_id not in look.cart_ids else ():
                gains = tuple(_gain(change) for change in upgrade.improvements[:_MOST_GAINS])
                losses = tuple(_gain(change) for change in upgrade.trade_offs[:_MOST_LOSSES])
                evidence = Evidence("upgrade", subject_id)
                product_id = upgrade.product.id
                proposal = Proposal(self.name, (product_id,), _CHANCE, evidence, gains=gains, losses=losses)
                found.setdefault(product_id, proposal)
        return list(found.values())

    def suits(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> str:
        """What is looked at is not in the cart, costs less, and by no more than the shop's range says; the better one
        is not among what is compared already."""
        before = next((s for s in situation.subjects if s.id == candidate.evidence.anchor_id), None)
        in_cart = {line.product.id for line in situation.cart}
        if any(candidate.products[0].id == subject.id for subject in situation.subjects):
            return "not_for_this"
        groups = {line.product.group_id for line in situation.cart if line.product.group_id}
        if before is None or before.id in in_cart or before.group_id in groups or not candidate.gains:
            return "not_for_this"
        extra = (candidate.products[0].price.minor - before.price.minor) * 100
        low, high = rules.offers.upgrade_from_percent, rules.offers.upgrade_to_percent
        inside = before.price.minor * low <= extra <= before.price.minor * high
        return "" if inside else "outside_price_band"

    def contribution(self, candidate: CandidateFacts, saving: int, rules: Rules) -> int:
        """What it earns more is what counts, but without the other's cost it is a share of the price."""
        return super().contribution(candidate, saving, rules) // 5

    def claims(self, candidate: CandidateFacts, saving: int, situation: Situation, rules: Rules) -> tuple[Claim, ...]:
        """By what it is better, what it costs more, and what it has worse."""
        product, anchor_id = candidate.products[0], candidate.evidence.anchor_id
        before = next((s for s in situation.subjects if s.id == anchor_id), None)
        if before is None:
            return ()
        gains = (gain_claim(product.id, anchor_id, gain) for gain in candidate.gains)
        losses = (gain_claim(product.id, anchor_id, loss, better=False) for loss in candidate.losses)
        dearer = Claim("dearer", product.id, anchor_id, money=product.price - before.price)
        return (*gains, dearer, *losses)

    def reason(self, situation: Situation) -> str:
        """It serves the same need better."""
        return "better_one"


def _gain(change: Change) -> Gain:
    ratio = round(change.after * 100 / change.before) if change.before > 0 else 0
    return Gain(change.attribute or change.unit, change.before_text, change.after_text, ratio)
