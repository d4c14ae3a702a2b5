"""The way to free delivery: how near it must be, what closes the gap, and that the gap is said first."""

from dataclasses import replace

import pytest

from actions.selling.kinds.free_shipping import FreeShipping
from actions.selling.kinds.plugin import Proposal
from actions.selling.model import Claim, Evidence
from catalog.domain.money import Money
from catalog.domain.offer_rules import OfferRules
from tests.fakes.offer_facts import COUNTED, companion, gbp, rules, situation, thing
from tests.fakes.offer_goods import Catalogue, Goes, look, product

KIND = FreeShipping()
SHOP = rules(OfferRules(free_shipping_gap_percent=25), free_from="100.00")
GOES = (Goes("PEGS", 0.3, COUNTED),)


def holding(total: str):
    return situation("cart_shown", cart_total=gbp(total))


def costing(price: str):
    return companion(thing("A", price), kind="free_shipping")


def found(total: str, cart=("TENT",), limits=SHOP):
    """Everything that goes with the cart here costs what is missing, or 0.01 where nothing is."""
    gap = max(gbp("100.00") - gbp(total), gbp("0.01"))
    goods = Catalogue({"PEGS": product("PEGS", str(gap))}, goes=GOES)
    return list(KIND.find(look("cart_shown", goods, cart, limits=limits, cart_total=gbp(total))))


@pytest.mark.parametrize(
    ("total", "near"),
    [("0.00", False), ("74.99", False), ("75.00", True), ("99.99", True), ("100.00", False), ("100.01", False)],
)
def test_something_is_looked_for_while_the_gap_is_small(total, near):
    assert found(total) == ([Proposal("free_shipping", ("PEGS",), 0.3, COUNTED)] if near else [])


def test_what_closes_the_gap_is_found_behind_any_number_of_other_things():
    others = {f"PIN-{number}": product(f"PIN-{number}", "9.99") for number in range(20)}
    goods = Catalogue(
        {**others, "DEAR": product("DEAR", "20.01"), "PEGS": product("PEGS", "10.00")},
        goes=[Goes(product_id, 0.3, COUNTED) for product_id in (*others, "DEAR", "PEGS")],
    )
    near = KIND.find(look("cart_shown", goods, limits=SHOP, cart_total=gbp("90.00")))
    assert [one.product_ids for one in near] == [("PEGS",)]


def test_nothing_is_looked_for_without_a_cart_or_a_rule():
    assert found("90.00", cart=()) == []
    assert found("90.00", limits=rules()) == []


@pytest.mark.parametrize(
    ("price", "said"),
    [
        ("9.99", "outside_price_band"),
        ("10.00", ""),
        ("20.00", ""),
        ("20.01", "outside_price_band"),
    ],
)
def test_it_closes_the_gap_and_costs_at_most_twice_of_it(price, said):
    assert KIND.suits(costing(price), holding("90.00"), SHOP) == said


def test_where_there_is_no_gap_it_suits_nobody():
    assert KIND.suits(costing("10.00"), holding("100.00"), SHOP) == "not_for_this"
    assert KIND.suits(costing("10.00"), situation("cart_shown", cart_total=None), SHOP) == "not_for_this"
    assert KIND.suits(costing("10.00"), situation("cart_shown", cart_total=Money(9000, "EUR")), SHOP) == "not_for_this"
    assert KIND.suits(costing("10.00"), holding("90.00"), rules()) == "not_for_this"


def test_the_first_penny_in_the_cart_may_be_near_already():
    generous = rules(OfferRules(free_shipping_gap_percent=100), free_from="100.00")
    assert KIND.suits(costing("99.99"), holding("0.01"), generous) == ""
    assert KIND.suits(costing("99.99"), holding("0.00"), generous) == "not_for_this"


def test_the_gap_is_said_first_then_why_it_goes_with_the_cart():
    made = replace(costing("15.00"), products=(thing("A", "15.00", recycled="steel"),))
    assert KIND.claims(made, 0, holding("90.00"), SHOP) == (
        Claim("closes_gap", "A", money=gbp("10.00")),
        Claim("orders", anchor_id="TENT", numbers=(41, 312)),
        Claim("recycled", "A", texts=("steel",)),
    )


def test_it_is_never_a_filler():
    unsure = replace(costing("10.00"), evidence=Evidence("orders", "TENT", 2, 90, 1.1))
    assert KIND.claims(unsure, 0, holding("90.00"), SHOP) == ()
    assert KIND.claims(costing("10.00"), 0, holding("100.00"), SHOP) == ()


def test_one_no_is_a_no_to_all_of_them():
    assert KIND.one_no_for_all
    assert KIND.reason(holding("90.00")) == "closes_gap"
    assert KIND.moments == {"cart_shown", "checkout"}
