"""Who is shopping: by what they did, on both sides of every limit; and where in the journey they are."""

import pytest

from actions.selling.facts import Behaviour
from actions.selling.journey import MOMENTS, asked_for, stage_of
from actions.selling.kinds import KINDS
from actions.selling.segments import AFFINITY, declared_percent, segment_of, suits
from catalog.domain.offer_rules import SegmentRules
from tests.fakes.offer_facts import gbp

RULES = SegmentRules(loyal_from_orders=3, high_spender_from=gbp("100.00"), value_from_sale_percent=50)


@pytest.mark.parametrize(
    ("behaviour", "segment"),
    [
        (Behaviour(), "new"),
        (Behaviour(orders=1), "regular"),
        (Behaviour(orders=2), "regular"),
        (Behaviour(orders=3), "loyal"),
        (Behaviour(orders=2, spent=20_000), "high_spender"),
        (Behaviour(orders=2, spent=19_999), "regular"),
        (Behaviour(orders=3, spent=30_000), "high_spender"),
        (Behaviour(orders=1, spent=10_000), "high_spender"),
        (Behaviour(spent=10_000), "new"),
        (Behaviour(orders=1, lines=4, reduced_lines=2), "value_seeker"),
        (Behaviour(orders=1, lines=5, reduced_lines=2), "regular"),
        (Behaviour(orders=1, lines=201, reduced_lines=100), "regular"),
        (Behaviour(orders=1, lines=1, reduced_lines=1), "value_seeker"),
        (Behaviour(lines=0, reduced_lines=0), "new"),
        (Behaviour(asked_cheaper=True), "value_seeker"),
        (Behaviour(orders=9, spent=900_000, asked_cheaper=True), "value_seeker"),
        (Behaviour(gift=True, asked_cheaper=True), "gift_buyer"),
    ],
)
def test_a_shopper_is_what_they_did(behaviour, segment):
    assert segment_of(behaviour, RULES) == segment


def test_where_the_shop_declares_no_sum_nobody_is_a_high_spender():
    assert segment_of(Behaviour(orders=1, spent=10**9), SegmentRules()) == "regular"


def test_a_segment_has_the_price_that_the_shop_declares_and_no_other():
    rules = SegmentRules(prices=(("loyal", 15), ("new", 0)))
    assert declared_percent("loyal", rules) == 15
    assert declared_percent("new", rules) == 0
    assert declared_percent("regular", rules) is None


def test_some_kinds_of_offers_suit_some_shoppers():
    assert suits("new", "complement")
    assert not suits("new", "coupon")
    assert not suits("regular", "complement")


def test_every_kind_that_suits_somebody_exists():
    assert {kind for kinds in AFFINITY.values() for kind in kinds} <= set(KINDS)


def test_every_moment_has_its_stage():
    assert {moment: stage_of(moment) for moment in MOMENTS} == {
        "looking": "browsing",
        "on_request": "browsing",
        "comparing": "comparing",
        "choosing": "comparing",
        "after_add": "cart",
        "cart_shown": "cart",
        "checkout": "checkout",
        "after_order": "after_purchase",
        "follow_up": "after_purchase",
        "held_back": "trouble",
    }


def test_only_questions_are_asked_for():
    assert {moment for moment in MOMENTS if asked_for(moment)} == {"on_request", "choosing"}
