"""`true-words`: a claim has its counts, and too few data make no claim."""

import pytest

from actions.selling.claims import Claim, claim_of
from actions.selling.model import Evidence
from catalog.domain.shop import OfferRules

RULES = OfferRules(claim_min_together=5, claim_min_anchor=20)


def test_a_claim_carries_the_counts_it_is_made_of():
    assert claim_of(Evidence("orders", "TENT", 41, 312, 6.2), RULES) == Claim("TENT", 41, 312)


@pytest.mark.parametrize(
    "thin",
    [
        Evidence("orders", "TENT", 4, 312, 6.2),
        Evidence("orders", "TENT", 19, 19, 6.2),
        Evidence("orders", "TENT", 41, 312, 1.0),
        Evidence("compatibility", "TENT", 41, 312, 6.2),
        Evidence("attributes", "TENT", 41, 312, 6.2),
        Evidence("orders", "TENT"),
    ],
    ids=["few together", "few buyers", "no more than chance", "declared", "by attributes", "no orders"],
)
def test_too_few_data_make_no_claim(thin):
    assert claim_of(thin, RULES) is None


def test_the_counts_of_an_offer_are_kept_even_where_they_are_not_said(visit):
    decision = visit.desk.on_request(visit.turn(), "LAMP")
    reasons = visit.desk.why(visit.turn())
    assert decision.offer.product_ids == ("GAS",)
    assert (reasons.evidence.together, reasons.evidence.anchor_orders) == (2, 90)
    assert reasons.details["claim"] is None
