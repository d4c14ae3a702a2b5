"""What a cart costs, by itself: quotes that hold and end, what changed under the shopper, plans and delivery."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.shop.model import Cart, CartLine, CartPlan, CartSaving
from actions.shop.pricing import (
    HeldLine,
    HeldQuote,
    PricedCart,
    StandingLine,
    delivery_cost,
    free_delivery_gap,
    price_cart,
)
from actions.shop.sets import MerchantSets
from catalog.domain.money import Money, zero
from catalog.domain.product import Availability, Product
from catalog.domain.shop import BundleRules, MerchantBundle, Shipping
from tests.fakes.offer_facts import NOW, gbp
from tests.fakes.promotions import coupon

NOTHING = zero("GBP")
SHOP = {i: Product(i, f"The {i}", gbp(p)) for i, p in [("TENT", "200.00"), ("PEGS", "12.00"), ("LAMP", "35.00")]}
PAIR = HeldQuote(
    "o-1",
    "GBP",
    (HeldLine("TENT", 1, gbp("200.00"), gbp("5.38")), HeldLine("PEGS", 1, gbp("12.00"), gbp("0.32"))),
    NOW + timedelta(hours=1),
)


def standing(product_id: str, quantity: int = 1, seen: str = "", discount: str = "", quote: str = "") -> StandingLine:
    price = gbp(seen) if seen else SHOP[product_id].price
    return StandingLine(product_id, quantity, price, gbp(discount) if discount else None, quote)


TENT, PEGS, LAMP = standing("TENT"), standing("PEGS"), standing("LAMP")
# As the shopper saw the pair when they said yes.
BOTH = [standing("TENT", discount="5.38", quote="o-1"), standing("PEGS", discount="0.32", quote="o-1")]


def priced(lines, quotes=(), shop=None, **values) -> PricedCart:
    return price_cart("s1", "GBP", lines, quotes, SHOP if shop is None else shop, NOW, **values)


def selling(**prices: str) -> dict[str, Product]:
    """The shop at other prices."""
    return {i: replace(product, price=gbp(prices[i])) if i in prices else product for i, product in SHOP.items()}


def line(product_id, quantity=1, price="", discount="0.00", quote="") -> CartLine:
    unit = gbp(price) if price else SHOP[product_id].price
    return CartLine(product_id, f"The {product_id}", quantity, unit, gbp(discount), quote)


def test_without_any_reduction_a_cart_costs_todays_prices():
    assert priced([standing("TENT", 2), PEGS]) == PricedCart(
        Cart("s1", "GBP", (line("TENT", 2), line("PEGS"))), (), (), {}
    )


def test_an_accepted_quote_holds_its_price():
    assert priced(BOTH, [PAIR]) == PricedCart(
        Cart("s1", "GBP", (line("TENT", 1, "", "5.38", "o-1"), line("PEGS", 1, "", "0.32", "o-1"))), (), (), {}
    )


def test_the_price_of_a_quote_is_that_of_its_lines():
    assert PAIR.price == gbp("206.30")
    assert HeldLine("PEGS", 3, gbp("12.00"), gbp("1.00")).total == gbp("35.00")


@pytest.mark.parametrize(
    ("quote", "lines"),
    [
        (replace(PAIR, valid_until=NOW), BOTH),
        (replace(PAIR, currency="EUR"), BOTH),
        (PAIR, BOTH[:1]),
        (replace(PAIR, lines=(replace(PAIR.lines[0], quantity=2), PAIR.lines[1])), BOTH),
    ],
    ids=["run out", "another currency", "taken apart", "too few"],
)
def test_a_quote_ends_and_it_is_said(quote, lines):
    found = priced(lines, [quote])
    assert found.ended_quotes == ("o-1",)
    assert found.cart.notes == ("bundle_ended",)
    assert found.cart.lines == tuple(line(one.product_id) for one in lines)


def test_a_quote_that_saved_nothing_ends_without_a_word():
    plain = replace(PAIR, lines=(HeldLine("PEGS", 1, gbp("12.00"), NOTHING),), valid_until=NOW)
    assert (priced([PEGS], [plain]).ended_quotes, priced([PEGS], [plain]).cart.notes) == (("o-1",), ())
    penny = replace(plain, lines=(HeldLine("PEGS", 1, gbp("12.00"), gbp("0.01")),))
    assert priced([PEGS], [penny]).cart.notes == ("bundle_ended",)


def test_a_product_serves_one_quote_at_a_time():
    second = replace(PAIR, offer_id="o-2")
    assert priced(BOTH, [PAIR, second]).ended_quotes == ("o-2",)
    assert priced([standing("TENT", 2), standing("PEGS", 2)], [PAIR, second]).ended_quotes == ()
    assert priced([standing("TENT", 2), PEGS], [PAIR, second]).ended_quotes == ("o-2",)


def test_an_ended_quote_makes_room_for_the_next():
    assert priced(BOTH, [replace(PAIR, valid_until=NOW), replace(PAIR, offer_id="o-2")]).ended_quotes == ("o-1",)


def test_a_price_that_rose_is_not_passed_on_while_the_quote_holds():
    found = priced(BOTH, [PAIR], selling(PEGS="14.00"))
    assert (str(found.cart.total), found.cart.notes) == ("206.30", ())


def test_a_price_that_fell_below_the_quote_is_passed_on():
    found = priced(BOTH, [PAIR], selling(TENT="150.00"))
    assert (str(found.cart.total), [x.discount for x in found.cart.lines]) == ("162.00", [NOTHING, NOTHING])


def test_a_price_that_fell_a_little_keeps_the_whole_at_the_price_that_was_said():
    """210.00 today against 206.30: the saving of 3.70 is shared by what the parts cost."""
    found = priced(BOTH, [PAIR], selling(TENT="198.00"))
    assert str(found.cart.total) == "206.30"
    assert [x.discount for x in found.cart.lines] == [gbp("3.49"), gbp("0.21")]


def test_several_of_one_thing_are_held_together():
    three = HeldQuote("o-1", "GBP", (HeldLine("PEGS", 3, gbp("12.00"), gbp("3.00")),), NOW + timedelta(hours=1))
    found = priced([standing("PEGS", 4)], [three], selling(PEGS="13.00"))
    assert found.cart.lines[0].discount == gbp("6.00")


def test_one_thing_in_two_lines_of_a_quote_counts_twice():
    twice = (HeldLine("PEGS", 1, gbp("12.00"), gbp("1.00")), HeldLine("PEGS", 1, gbp("12.00"), gbp("2.00")))
    found = priced([standing("PEGS", 2)], [replace(PAIR, lines=twice)])
    assert found.cart.lines[0].discount == gbp("3.00")
    with_coupon = priced([standing("PEGS", 2)], [replace(PAIR, lines=twice)], coupons=[coupon(percent=10)])
    assert with_coupon.cart.lines[0].discount == gbp("3.00")


@pytest.mark.parametrize(
    "shop",
    [
        {"TENT": SHOP["TENT"]},
        {**SHOP, "PEGS": replace(SHOP["PEGS"], availability=Availability.OUT_OF_STOCK)},
        {**SHOP, "PEGS": replace(SHOP["PEGS"], price=Money(1200, "EUR"))},
    ],
    ids=["gone", "sold out", "another currency"],
)
def test_what_cannot_be_bought_leaves_the_cart_and_it_is_said(shop):
    found = priced([TENT, PEGS], shop=shop)
    assert found.cart == Cart("s1", "GBP", (line("TENT"),), ("sold_out:PEGS",))
    assert found.gone_products == ("PEGS",)


def test_a_price_that_moved_is_said_and_unseen():
    found = priced([TENT, standing("PEGS", seen="11.00")])
    assert found.cart.notes == ("price_changed:PEGS",)
    assert found.unseen == {"PEGS": line("PEGS")}


def test_all_that_changed_is_told_in_its_order():
    shop = {i: product for i, product in SHOP.items() if i != "PEGS"}
    lines = [standing("TENT", seen="190.00", discount="5.00", quote="set:night"), BOTH[1], LAMP]
    found = priced(lines, [replace(PAIR, valid_until=NOW)], shop)
    assert found.cart.notes == ("sold_out:PEGS", "bundle_ended", "set_ended", "price_changed:TENT")


def test_a_saving_that_shrank_is_said_only_where_nothing_else_is():
    lines = [standing("PEGS", discount="1.00", quote="o-1")]
    smaller = replace(PAIR, lines=(HeldLine("PEGS", 1, gbp("12.00"), gbp("0.50")),))
    found = priced(lines, [smaller])
    assert found.cart.notes == ("saving_changed",)
    assert found.unseen == {"PEGS": line("PEGS", 1, "", "0.50", "o-1")}


def test_a_saving_that_grew_is_not():
    lines = [standing("PEGS", discount="0.10", quote="o-1")]
    assert priced(lines, [replace(PAIR, lines=(HeldLine("PEGS", 1, gbp("12.00"), gbp("0.50")),))]).cart.notes == ()


def test_sets_and_coupons_count_and_are_named():
    night = MerchantBundle("night", "First night", ("TENT", "LAMP"), discount_percent=10)
    found = priced([TENT, LAMP, PEGS], sets=MerchantSets([night], BundleRules()), coupons=[coupon(percent=10)])
    assert [(x.product_id, x.quote_id, str(x.discount)) for x in found.cart.lines] == [
        ("TENT", "set:night", "20.00"),
        ("LAMP", "set:night", "3.50"),
        ("PEGS", "coupon:c-1", "1.20"),
    ]
    assert found.cart.savings == (
        CartSaving("set:night", "First night", gbp("23.50")),
        CartSaving("coupon:c-1", "", gbp("1.20"), found.cart.savings[1].last_day),
    )


def test_a_plan_stays_while_its_product_does():
    care, other = (CartPlan(i, "Care", "month", gbp("2.50")) for i in ("TENT", "PEGS"))
    assert priced([TENT], plans=[care, other]).cart.plans == (care,)


SHIPPING = Shipping(cost=gbp("4.90"), free_from=gbp("50.00"))


def holding(total: str) -> Cart:
    return Cart("s1", "GBP", (line("PEGS", 1, total),))


@pytest.mark.parametrize(
    ("total", "gap", "cost"),
    [("20.00", "30.00", "4.90"), ("49.99", "0.01", "4.90"), ("50.00", "0.00", "0.00"), ("60.00", "0.00", "0.00")],
)
def test_delivery_costs_until_the_limit_is_reached(total, gap, cost):
    assert free_delivery_gap(holding(total), SHIPPING) == gbp(gap)
    assert delivery_cost(holding(total), SHIPPING) == gbp(cost)


def test_where_the_shop_declares_nothing_nothing_is_charged():
    assert delivery_cost(holding("20.00"), Shipping(free_from=gbp("50.00"))) == NOTHING
    assert delivery_cost(holding("20.00"), Shipping(cost=gbp("4.90"))) == gbp("4.90")
    assert free_delivery_gap(holding("20.00"), Shipping(cost=gbp("4.90"))) is None
    assert delivery_cost(Cart("s1", "GBP"), SHIPPING) == NOTHING
