"""`true-words`: a claim has its counts, and too few data make no claim."""

import pytest
from scipy.stats import binomtest

from actions.selling.claims import claim_of, wilson_lower
from actions.selling.model import Claim, Evidence
from actions.store.offer_book import SqlOfferBooks
from catalog.domain.shop import OfferRules
from tests.fakes.small_shop import TableGoods, Visit

RULES = OfferRules(claim_min_together=5, claim_min_anchor=20)


def test_a_claim_carries_the_counts_it_is_made_of():
    found = claim_of(Evidence("orders", "TENT", 41, 312, 6.2), RULES)
    assert found == Claim("orders", anchor_id="TENT", numbers=(41, 312))


@pytest.mark.parametrize(
    "thin",
    [
        Evidence("orders", "TENT", 4, 312, 6.2),
        Evidence("orders", "TENT", 19, 19, 6.2),
        Evidence("orders", "TENT", 41, 312, 1.0),
        Evidence("compatibility", "TENT", 41, 312, 6.2),
        Evidence("attributes", "TENT", 41, 312, 6.2),
        Evidence("orders", "TENT"),
        Evidence("orders", "TENT", 9, 312, 1.5),
        Evidence("orders", "TENT", 41, 312, 6.2, lower_lift=0.99),
    ],
    ids=[
        "few together",
        "few buyers",
        "no more than chance",
        "declared",
        "by attributes",
        "no orders",
        "not surely",
        "the index knows better",
    ],
)
def test_too_few_data_make_no_claim(thin):
    assert claim_of(thin, RULES) is None


def test_the_bound_is_wilsons():
    theirs = binomtest(10, 40).proportion_ci(method="wilson").low
    assert wilson_lower(10, 40) == pytest.approx(theirs, abs=1e-6)
    assert wilson_lower(0, 0) == 0.0


def test_the_counts_of_an_offer_are_kept_even_where_they_are_not_said(database):
    visit = Visit(database, TableGoods("LAMP GAS 0.3 4 40 9.0"))
    decision = visit.desk.on_request(visit.turn(), "LAMP")
    reasons = visit.desk.why(visit.turn())
    assert decision.offer.product_ids == ("GAS",)
    assert (reasons.evidence.together, reasons.evidence.anchor_orders) == (4, 40)
    assert reasons.details["claim"] is None
    assert reasons.details["claims"] == (Claim("goes_with", anchor_id="LAMP"),)


def test_where_orders_show_nothing_surely_nothing_is_said_and_nothing_offered(database):
    visit = Visit(database, TableGoods("LAMP GAS 0.3 2 90 1.1"))
    decision = visit.desk.on_request(visit.turn(), "LAMP")
    assert (decision.action, decision.reason) == ("silent", "nothing_fits")
    assert "nothing_to_say" in SqlOfferBooks(database).ledger_rows(decision.id)[0].record
