"""A small add-on at checkout: what it may cost, and why it is offered."""

import pytest

from actions.selling.kinds.add_on import AddOn
from actions.selling.kinds.plugin import Proposal
from actions.selling.model import Claim, Evidence
from actions.selling.pricing import plain_price
from catalog.domain.money import Money
from catalog.domain.offer_rules import OfferRules
from tests.fakes.offer_facts import COUNTED, DEALS, PEGS, companion, gbp, rules, situation, thing
from tests.fakes.offer_goods import Catalogue, Goes, look, product

KIND = AddOn()
SHOP = rules(OfferRules(add_on_percent=15), DEALS)


def test_it_is_what_goes_with_the_cart_without_an_anchor_to_pair_with():
    goods = Catalogue({"PEGS": product("PEGS")}, goes=(Goes("PEGS", 0.3, COUNTED),))
    found = KIND.find(look("checkout", goods, cart_total=gbp("200.00"), limits=SHOP))
    assert found == [Proposal("add_on", ("PEGS",), 0.3, COUNTED)]


def test_small_things_are_found_behind_any_number_of_dear_ones():
    dear = {f"TARP-{number}": product(f"TARP-{number}", "30.01") for number in range(20)}
    goods = Catalogue(
        {**dear, "PEGS": product("PEGS", "30.00")},
        goes=[Goes(product_id, 0.3, COUNTED) for product_id in (*dear, "GONE", "PEGS")],
    )
    found = KIND.find(look("checkout", goods, cart_total=gbp("200.00"), limits=SHOP))
    assert [one.product_ids for one in found] == [("PEGS",)]


@pytest.mark.parametrize(("price", "said"), [("30.00", ""), ("30.01", "outside_price_band"), ("0.01", "")])
def test_it_costs_at_most_the_declared_share_of_the_cart(price, said):
    assert KIND.suits(companion(thing("A", price), kind="add_on"), situation("checkout"), SHOP) == said


def test_the_whole_cart_counts():
    told = situation("checkout", cart_total=gbp("300.00"))
    assert KIND.suits(companion(thing("A", "45.00"), kind="add_on"), told, SHOP) == ""


def test_beside_an_empty_cart_anything_is_too_dear():
    for total in (None, Money(0, "GBP")):
        told = situation("checkout", cart_total=total)
        as_dear = rules(OfferRules(add_on_percent=100))
        assert KIND.suits(companion(thing("A", "0.01"), kind="add_on"), told, as_dear) == "outside_price_band"


def test_it_stands_at_todays_price():
    assert KIND.price(companion(), situation("checkout"), SHOP) == plain_price((PEGS,), DEALS, "GBP")
    assert KIND.saving(companion(), situation("checkout"), SHOP) == 0
    assert KIND.contribution(companion(), 0, SHOP) == 600


def test_it_has_a_reason_and_is_called_what_it_is():
    assert KIND.claims(companion(), 0, situation("checkout"), SHOP) == (
        Claim("orders", anchor_id="TENT", numbers=(41, 312)),
    )
    assert KIND.reason(situation("checkout")) == "small_add_on"
    assert KIND.name_of(plain_price((PEGS,), DEALS, "GBP")) == "add_on"


def test_where_nothing_is_sure_there_is_nothing_to_say():
    unsure = companion(evidence=Evidence("orders", "TENT", 2, 90, 1.1))
    assert not KIND.can_say(unsure, 0, situation("checkout"), SHOP)
    assert KIND.can_say(companion(), 0, situation("checkout"), SHOP)
