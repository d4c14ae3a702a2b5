"""Good, better, best: which are put side by side, and that none is chosen before."""

from dataclasses import replace

import pytest

from actions.selling.kinds.plugin import Proposal
from actions.selling.kinds.tiers import Tiers
from actions.selling.model import Claim, Evidence
from actions.selling.pricing import alternatives_price
from catalog.domain.product import Availability
from tests.fakes.offer_facts import DEALS, PEGS, SHEET, TENT, companion, gbp, rules, situation
from tests.fakes.offer_goods import look, product

KIND = Tiers()
GOOD, BETTER, BEST = product("GOOD", "10.00"), product("BETTER", "20.00"), product("BEST", "30.00")
THREE = replace(companion(kind="tiers"), products=(PEGS, SHEET, TENT))


def found(*about, cart=()):
    return [one.product_ids for one in KIND.find(look("choosing", cart=cart, about=about))]


def test_three_stand_side_by_side_cheapest_first():
    proposals = KIND.find(look("choosing", cart=(), about=(BEST, GOOD, BETTER)))
    assert proposals == (Proposal("tiers", ("GOOD", "BETTER", "BEST"), 0.3, Evidence("tiers", "GOOD")),)


def test_the_first_three_that_could_be_meant_are_taken():
    assert found(BEST, BETTER, GOOD, product("CHEAP", "1.00")) == [("GOOD", "BETTER", "BEST")]


def test_two_are_enough_and_one_is_not():
    assert found(BEST, GOOD) == [("GOOD", "BEST")]
    assert found(BEST) == []


@pytest.mark.parametrize("gone", [replace(GOOD, availability=Availability.OUT_OF_STOCK), BETTER])
def test_what_is_sold_out_or_in_the_cart_is_left_out(gone):
    assert found(gone, BEST, cart=("BETTER",)) == []


def test_todays_price_counts_and_ids_break_ties():
    reduced = replace(BEST, sale_price=gbp("5.00"))
    assert found(GOOD, BETTER, reduced) == [("BEST", "GOOD", "BETTER")]
    assert found(replace(GOOD, id="B"), replace(GOOD, id="A")) == [("A", "B")]


def test_each_stands_at_its_own_price():
    assert KIND.price(THREE, situation("choosing"), rules(bundles=DEALS)) == alternatives_price(THREE.products, DEALS)


def test_what_lies_between_the_first_and_the_last_is_said():
    assert KIND.claims(THREE, 0, situation("choosing"), rules()) == (
        Claim("price_gap", "TENT", "PEGS", money=gbp("188.00")),
    )


def test_the_shopper_chooses():
    assert KIND.choose_one
    assert KIND.reason(situation("choosing")) == "asked_for"
