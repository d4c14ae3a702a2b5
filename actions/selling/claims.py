"""Claims with counts (promise `true-words`): said only where there are enough data behind them."""

from __future__ import annotations

from dataclasses import dataclass

from actions.selling.model import Evidence
from catalog.domain.shop import OfferRules


@dataclass(frozen=True)
class Claim:
    """ "`together` of `anchor_orders` orders with the anchor also had it"."""

    anchor_id: str
    together: int
    anchor_orders: int


def claim_of(evidence: Evidence, rules: OfferRules) -> Claim | None:
    """The claim that this evidence carries; None where it carries none: too few orders, or no more often
    together than chance would have it."""
    if evidence.source != "orders" or evidence.lift <= 1.0:
        return None
    if evidence.together < rules.claim_min_together or evidence.anchor_orders < rules.claim_min_anchor:
        return None
    return Claim(evidence.anchor_id, evidence.together, evidence.anchor_orders)
