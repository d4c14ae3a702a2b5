"""`true-words`: a claim has its counts, and too few data make no claim."""

import re
from dataclasses import replace

import pytest
from scipy.stats import binomtest

from actions.conversation.claim_words import claim_text
from actions.selling.claims import claim_of, wilson_lower
from actions.selling.model import Claim, Evidence, Offer, OfferState, QuoteLine
from actions.settings import REPOSITORY
from actions.store.offer_book import SqlOfferBooks
from catalog.domain.shop import OfferRules
from tests.fakes.shop_world import NOW, World, gbp
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


_OFFER = Offer(
    *("o-1", "c1", "s1", "complement", OfferState.OPEN),
    lines=(QuoteLine("FOOT-AERO-2", 1, gbp("29.00"), gbp("0.00")),),
    price=gbp("29.00"),
    saving=gbp("0.00"),
    cart_hash="h",
    created_at=NOW,
    expires_at=NOW,
    evidence=Evidence("orders", "AERO-2", 41, 312),
)
SAID = [
    (Claim("orders", anchor_id="AERO-2", numbers=(41, 312)), ("41", "312", "Aero 2 tent")),
    (Claim("fits", anchor_id="AERO-2"), ("fit", "Aero 2 tent")),
    (Claim("goes_with", anchor_id="AERO-2"), ("goes with", "Aero 2 tent")),
    (Claim("recycled", "FOOT-AERO-2", texts=("Recycled nylon",)), ("recycled nylon",)),
    (Claim("rating", "FOOT-AERO-2", numbers=(460, 212)), ("4.6 of 5", "212")),
    (Claim("better", texts=("weight_g", "1900 g", "1280 g")), ("weight 1280 g rather than 1900 g",)),
    (Claim("better", texts=("g", "1900 g", "1280 g")), (": 1280 g rather than 1900 g",)),
    (Claim("worse", texts=("season", "4", "3")), ("less good", "season 3 rather than 4")),
    (Claim("lasts", numbers=(200,), texts=("lifetime_uses", "100", "200")), ("twice", "200 against 100 uses")),
    (Claim("lasts", numbers=(250,), texts=("lifetime_days", "100", "250")), ("2.5 times", "250 against 100 days")),
    (Claim("lasts", numbers=(300,), texts=("warranty_years", "1", "3")), ("warranty", "three times", "3 against 1")),
    (Claim("dearer", "FOOT-AERO-2", "AERO-2", money=gbp("12.00")), ("£29.00", "£12.00 more")),
    (Claim("price_gap", money=gbp("230.00")), ("£230.00",)),
    (Claim("set", texts=("First night", "camping")), ("“First night”", "“camping”")),
    (Claim("set", texts=("First night", "")), ("“First night”",)),
    (Claim("whole_set", anchor_id="AERO-2", numbers=(34,)), ("34 orders",)),
    (Claim("closes_gap", "FOOT-AERO-2", money=gbp("9.00")), ("£9.00", "free delivery")),
    (Claim("covers", "AERO-2", texts=("Tent care plan: yearly check",)), ("Tent care plan: yearly check",)),
    (Claim("plan_costs", "AERO-2", numbers=(250, 2400)), ("£2.50 a month", "£24.00 a year", "nothing of it is due")),
    (Claim("comes_every", "AERO-2", numbers=(60,), money=gbp("0.40")), ("every 60 days", "£0.40 cheaper")),
    (Claim("comes_every", "AERO-2", numbers=(60,), money=gbp("0.00")), ("every 60 days",)),
    (Claim("thanks", numbers=(5, 60)), ("5 %", "60 days")),
    (Claim("bought_last", "FOOT-AERO-2", numbers=(48,)), ("48 days ago",)),
]


@pytest.mark.parametrize(("claim", "evidence"), SAID, ids=[claim.about for claim, _ in SAID])
def test_a_claim_is_never_said_without_what_it_was_computed_from(claim, evidence):
    world = World()
    text = claim_text(world.assistant, world.request(), _OFFER, claim)
    assert [part for part in evidence if part not in text] == []


def test_there_are_words_for_every_claim_that_the_offers_page_lists():
    table = (REPOSITORY / "docs" / "offers.md").read_text(encoding="utf-8").split("## What may be said")[1]
    assert {claim.about for claim, _ in SAID} == set(re.findall(r"^\| `(\w+)` \|", table, flags=re.M))


def test_counts_are_said_of_all_colours_together_and_so_without_one():
    world = World()
    claim = Claim("orders", anchor_id="JACKET-M", numbers=(41, 312))
    text = claim_text(world.assistant, world.request(), replace(_OFFER, lines=()), claim)
    assert "Drizzle jacket" in text
    assert not re.search(r"navy|size|, M", text)
