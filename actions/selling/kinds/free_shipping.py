"""The way to free delivery: names the gap, and one useful thing that closes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from actions.selling.facts import CandidateFacts, Rules, Situation
from actions.selling.kinds.plugin import Kind, Look, Proposal
from actions.selling.model import Claim
from catalog.domain.money import Money


class FreeShipping(Kind):
    """While the gap is small, and only with something that goes with the cart: never a filler."""

    name: ClassVar[str] = "free_shipping"
    moments: ClassVar[frozenset[str]] = frozenset({"cart_shown", "checkout"})
    one_no_for_all: ClassVar[bool] = True

    def find(self, look: Look) -> Sequence[Proposal]:
        """What goes with the cart and closes the gap at the catalogue's price, where free delivery is near at all;
        `suits` asks again at the turn's."""
        gap = _gap(look.cart_total, look.rules)
        if gap is None or not look.cart_ids:
            return ()
        return look.companions(self.name, lambda product: _closes(product.current_price, gap))

    def suits(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> str:
        """It closes the gap, and costs no more than twice of it: paying far more to save on delivery helps nobody."""
        gap = _gap(situation.cart_total, rules)
        if gap is None:
            return "not_for_this"
        return "" if _closes(candidate.products[0].price, gap) else "outside_price_band"

    def claims(self, candidate: CandidateFacts, saving: int, situation: Situation, rules: Rules) -> tuple[Claim, ...]:
        """The gap first, then why it goes with the cart."""
        reasons = super().claims(candidate, saving, situation, rules)
        gap = _gap(situation.cart_total, rules)
        if not reasons or gap is None:
            return ()
        return (Claim("closes_gap", candidate.products[0].id, money=gap), *reasons)

    def reason(self, situation: Situation) -> str:
        """Delivery becomes free."""
        return "closes_gap"


def _closes(price: Money, gap: Money) -> bool:
    return gap <= price and price.minor <= 2 * gap.minor


def _gap(cart_total: Money | None, rules: Rules) -> Money | None:
    """What is missing to free delivery; None where nothing is, where it is much, or where the shop has no such rule."""
    free_from = rules.shipping.free_from
    if free_from is None or cart_total is None or cart_total.minor <= 0 or cart_total.currency != free_from.currency:
        return None
    gap = free_from - cart_total
    near = gap.minor * 100 <= free_from.minor * rules.offers.free_shipping_gap_percent
    return gap if gap.minor > 0 and near else None
