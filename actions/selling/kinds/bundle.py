"""A bundle: the merchant's own sets (themes, seasons, sustainable ones), and sets learned from orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from actions.selling.claims import about_products
from actions.selling.facts import CandidateFacts, Rules, Situation
from actions.selling.kinds.plugin import Kind, Look, Proposal, bounded, bundle_percent, in_cart
from actions.selling.model import Claim, Evidence
from actions.selling.pricing import PriceWorking, declared_set, saving_of, work_price

# Nothing is counted of a set that the merchant just made; a careful guess until it is.
_MERCHANTS_SET = 0.06
_MOST_MISSING = 3


class Bundle(Kind):
    """After something went into the cart, where parts of a set are there and the others can be had."""

    name: ClassVar[str] = "bundle"
    moments: ClassVar[frozenset[str]] = frozenset({"after_add", "on_request"})

    def find(self, look: Look) -> Sequence[Proposal]:
        """The merchant's sets that are valid today, then learned ones, that hold what it is about."""
        learned = self._learned(look) if look.rules.bundles.allowed else []
        return [*self._declared(look), *learned]

    def suits(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> str:
        """A set needs its other parts in the cart, free for a deal, and a saving that is true."""
        return "" if in_cart(situation, candidate.anchor_ids) else "not_for_this"

    def price(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> PriceWorking:
        """The merchant's set at the declared saving; a learned one at the shop's percentage for bundles."""
        anchors = in_cart(situation, candidate.anchor_ids) or ()
        percent = self.percent(candidate, situation, rules)
        if candidate.evidence.source == "set":
            return declared_set(anchors, candidate.products, rules.bundles, percent)
        _, segment = bundle_percent(situation, rules)
        return work_price(anchors, candidate.products, rules.bundles, percent, segment)

    def saving(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> int:
        """As `price` does it."""
        anchors = in_cart(situation, candidate.anchor_ids) or ()
        percent = self.percent(candidate, situation, rules)
        is_declared = candidate.evidence.source == "set"
        return saving_of(anchors, candidate.products, rules.bundles, percent, declared=is_declared)

    def percent(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> int:
        """The merchant's own, or the shop's for bundles."""
        return candidate.percent if candidate.evidence.source == "set" else bundle_percent(situation, rules)[0]

    def claims(self, candidate: CandidateFacts, saving: int, situation: Situation, rules: Rules) -> tuple[Claim, ...]:
        """Whose set it is; of a learned one, in how many orders it was whole. Without a saving it is no bundle."""
        if saving <= 0:
            return ()
        evidence = candidate.evidence
        if evidence.source == "set":
            first = Claim("set", anchor_id=evidence.anchor_id, texts=(candidate.title, candidate.theme))
        elif evidence.together >= rules.offers.claim_min_together:
            first = Claim("whole_set", anchor_id=evidence.anchor_id, numbers=(evidence.together,))
        else:
            return ()
        return (first, *about_products(candidate.products, rules.offers))

    def _declared(self, look: Look) -> list[Proposal]:
        found = []
        for one in look.live_sets:
            # A part that is named by its group could be any variant: the shopper's choice, not ours.
            named = all(look.goods.product(part) is not None for part in one.missing)
            if named and 0 < len(one.missing) <= _MOST_MISSING:
                bundle, chance = one.bundle, _MERCHANTS_SET / len(one.missing)
                evidence = Evidence("set", one.anchor_ids[0], note=bundle.id)
                about = (bundle.title, bundle.theme, bundle.discount_percent)
                found.append(Proposal(self.name, one.missing, chance, evidence, one.anchor_ids, *about))
        return found

    def _learned(self, look: Look) -> list[Proposal]:
        """Two or more missing parts: a single one is a complement."""
        return [
            Proposal(
                self.name,
                tuple(one.missing_ids),
                bounded(one.orders / max(one.anchor_orders, 1)),
                Evidence("orders", one.anchor_ids[0], one.orders, one.anchor_orders),
                tuple(one.anchor_ids),
            )
            for one in look.goods.bundles_for(look.cart_ids)
            if 1 < len(one.missing_ids) <= _MOST_MISSING
        ]
