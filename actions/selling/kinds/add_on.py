"""A small add-on at checkout: once, and low-priced against the cart (a care kit, a cable, gift wrap)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from actions.selling.claims import has_reason
from actions.selling.facts import CandidateFacts, Rules, Situation
from actions.selling.kinds.plugin import Kind, Look, Proposal


class AddOn(Kind):
    """Only where a few coins are added to a full cart."""

    name: ClassVar[str] = "add_on"
    moments: ClassVar[frozenset[str]] = frozenset({"checkout"})

    def find(self, look: Look) -> Sequence[Proposal]:
        """What goes with the cart and is small enough at the catalogue's price; `suits` asks again at the turn's."""
        most, total = look.rules.offers.add_on_percent, look.cart_total.minor
        return look.companions(self.name, lambda product: product.current_price.minor * 100 <= total * most)

    def suits(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> str:
        """At most the declared share of what the cart comes to."""
        total = situation.cart_total.minor if situation.cart_total else 0
        small = candidate.products[0].price.minor * 100 <= total * rules.offers.add_on_percent
        return "" if small else "outside_price_band"

    def can_say(self, candidate: CandidateFacts, saving: int, situation: Situation, rules: Rules) -> bool:
        """Why it goes with the cart is all that must be sure."""
        return has_reason(candidate)

    def reason(self, situation: Situation) -> str:
        """A small thing beside the whole."""
        return "small_add_on"
