"""Order numbers that can be read out, and delivery by the shop's rules."""

import pytest

from actions.shop.model import Cart, CartLine
from actions.shop.numbers import normalise_order_number, order_number
from actions.shop.pricing import delivery_cost, free_delivery_gap
from catalog.domain.shop import Shipping
from tests.fakes.small_shop import money


@pytest.mark.parametrize(
    ("shop", "number"),
    [("Trail Outfitters", "TO-1042"), ("Pairwell", "PA-1042"), ("The Old Wood Mill", "TOW-1042"), ("…", "NO-1042")],
)
def test_a_number_begins_with_the_shops_initials(shop, number):
    assert order_number(shop, 42) == number


@pytest.mark.parametrize("typed", ["TO-1042", "to 1042", "order #TO-1042 please", "to1042", "TO–1042"])
def test_a_number_may_be_typed_freely(typed):
    assert normalise_order_number(typed) == "TO-1042"


def _cart(total: str) -> Cart:
    return Cart("s", "GBP", (CartLine("PEGS", "Pegs", 1, money(total), money("0")),))


SHIPPING = Shipping(cost=money("4.90"), free_from=money("50.00"))


@pytest.mark.parametrize(("total", "gap", "cost"), [("20.00", "30.00", "4.90"), ("50.00", "0.00", "0.00")])
def test_delivery_costs_until_the_limit_is_reached(total, gap, cost):
    assert str(free_delivery_gap(_cart(total), SHIPPING)) == gap
    assert str(delivery_cost(_cart(total), SHIPPING)) == cost


def test_where_the_shop_declares_nothing_nothing_is_said_or_charged():
    assert free_delivery_gap(_cart("20.00"), Shipping()) is None
    assert str(delivery_cost(_cart("20.00"), Shipping())) == "0.00"


def test_an_empty_cart_has_no_delivery():
    assert str(delivery_cost(Cart("s", "GBP"), SHIPPING)) == "0.00"
