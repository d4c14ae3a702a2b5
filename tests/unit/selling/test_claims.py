"""`true-words`, sentence by sentence: what may be said, from which count on, and what is said where nothing is sure."""

from dataclasses import replace

import pytest

from actions.selling.claims import about_products, claim_of, gain_claim, surely_together, why_together, wilson_lower
from actions.selling.facts import Gain
from actions.selling.model import Claim, Evidence
from catalog.domain.offer_rules import OfferRules
from tests.fakes.offer_facts import PEGS, SHEET, companion

RULES = OfferRules(claim_min_together=5, claim_min_anchor=20, claim_min_ratings=20)
SURE = Evidence("orders", "TENT", 41, 312, 6.2)


@pytest.mark.parametrize(
    ("hits", "trials", "bound"),
    [
        (10, 40, 0.141871),
        (41, 312, 0.098365),
        (1, 1, 0.206549),
        (3, 3, 0.438503),
        (0, 10, 0.0),
        (0, 0, 0.0),
        (1, -1, 0.0),
    ],
)
def test_the_lower_bound_is_wilsons(hits, trials, bound):
    assert wilson_lower(hits, trials) == pytest.approx(bound, abs=1e-6)


def test_many_orders_together_are_sure():
    assert surely_together(SURE)


@pytest.mark.parametrize(
    "unsure",
    [
        replace(SURE, source="attributes"),
        replace(SURE, lift=1.0),
        replace(SURE, lift=0.9, lower_lift=2.0),
        replace(SURE, lift=1.0, lower_lift=2.0),
        replace(SURE, anchor_orders=0),
        replace(SURE, anchor_orders=0, lower_lift=2.0),
        replace(SURE, lower_lift=1.0),
        replace(SURE, lower_lift=0.5),
    ],
)
def test_and_nothing_else_is(unsure):
    assert not surely_together(unsure)


def test_a_known_bound_decides_by_itself():
    assert surely_together(replace(SURE, together=1, lower_lift=1.01))


def test_without_a_known_bound_the_share_must_surely_lie_above_chance():
    """10 of 40 is surely 14.187 %; of a lift of 1.77 chance had 14.12 %, of one of 1.76 it had 14.20 %."""
    assert surely_together(Evidence("orders", "TENT", 10, 40, 1.77))
    assert not surely_together(Evidence("orders", "TENT", 10, 40, 1.76))


def test_a_bare_single_order_may_be_sure_where_chance_is_tiny():
    assert surely_together(Evidence("orders", "TENT", 1, 1, 9.0))


@pytest.mark.parametrize(("together", "anchor_orders", "said"), [(5, 20, True), (4, 20, False), (5, 19, False)])
def test_counts_are_said_from_the_shops_least_numbers_on(together, anchor_orders, said):
    found = claim_of(Evidence("orders", "TENT", together, anchor_orders, 50.0), RULES)
    assert found == (Claim("orders", anchor_id="TENT", numbers=(together, anchor_orders)) if said else None)


def test_counts_that_are_not_sure_are_not_said():
    assert claim_of(replace(SURE, lower_lift=0.9), RULES) is None


def test_sure_counts_are_the_reason_that_is_given():
    assert why_together(companion(evidence=SURE), RULES) == (Claim("orders", anchor_id="TENT", numbers=(41, 312)),)


def test_declared_fit_is_said_with_the_shops_note():
    declared = Evidence("compatibility", "TENT", note="for the Aero")
    assert why_together(companion(evidence=declared), RULES) == (Claim("fits", "", "TENT", (), ("for the Aero",)),)


def test_or_without_one():
    assert why_together(companion(evidence=Evidence("compatibility", "TENT")), RULES) == (Claim("fits", "", "TENT"),)


def test_a_note_is_a_declaration_whatever_the_source():
    noted = Evidence("attributes", "TENT", note="for the Aero")
    assert why_together(companion(evidence=noted), RULES) == (Claim("fits", "", "TENT", (), ("for the Aero",)),)


def test_too_few_orders_that_are_sure_all_the_same_say_only_that_it_goes():
    few = Evidence("orders", "TENT", 4, 40, 9.0)
    assert why_together(companion(evidence=few), RULES) == (Claim("goes_with", anchor_id="TENT"),)


def test_and_so_do_attributes():
    by_kind = Evidence("attributes", "TENT")
    assert why_together(companion(evidence=by_kind), RULES) == (Claim("goes_with", anchor_id="TENT"),)


def test_where_nothing_is_sure_nothing_is_said():
    assert why_together(companion(evidence=Evidence("orders", "TENT", 4, 40, 1.1)), RULES) == ()


def test_what_is_recycled_is_said_with_what_it_is_made_of():
    assert about_products((replace(PEGS, recycled="steel"),), RULES) == (Claim("recycled", "PEGS", texts=("steel",)),)


def test_a_rating_is_said_from_the_shops_least_number_of_ratings_on():
    assert about_products((replace(PEGS, rating=450, ratings=20),), RULES) == (
        Claim("rating", "PEGS", numbers=(450, 20)),
    )
    assert about_products((replace(PEGS, rating=450, ratings=19),), RULES) == ()
    assert about_products((replace(PEGS, rating=0, ratings=99),), RULES) == ()
    assert about_products((replace(PEGS, rating=1, ratings=99),), RULES) == (Claim("rating", "PEGS", numbers=(1, 99)),)


def test_each_product_speaks_for_itself_in_its_turn():
    both = (SHEET, replace(PEGS, recycled="steel", rating=450, ratings=99))
    assert [(claim.about, claim.product_id) for claim in about_products(both, RULES)] == [
        ("recycled", "PEGS"),
        ("rating", "PEGS"),
    ]


@pytest.mark.parametrize("attribute", ["lifetime_uses", "lifetime_days", "warranty_years"])
def test_what_lasts_twice_as_long_is_said_to_last(attribute):
    gain = Gain(attribute, "2", "4", 200)
    expected = Claim("lasts", "TENT-3", "TENT", (200,), (attribute, "2", "4"))
    assert gain_claim("TENT-3", "TENT", gain) == expected


def test_what_lasts_somewhat_longer_is_only_better():
    gain = Gain("warranty_years", "2", "3", 199)
    assert gain_claim("TENT-3", "TENT", gain) == Claim("better", "TENT-3", "TENT", (), ("warranty_years", "2", "3"))


def test_twice_of_something_else_is_better():
    assert gain_claim("TENT-3", "TENT", Gain("capacity", "2", "4", 200)).about == "better"


def test_a_loss_is_said_to_be_one_however_great_the_ratio():
    loss = Gain("lifetime_uses", "4", "2", 300)
    assert gain_claim("A", "B", loss, better=False) == Claim("worse", "A", "B", (), ("lifetime_uses", "4", "2"))
