"""What every implementation of the `Shop` port promises; run against the SQL shop and the one in memory."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from actions.shop.model import CartPlan, CartRefused, Coupon, Shop
from actions.shop.sql_shop import SqlShop
from catalog.domain.offer_rules import TaxRules
from catalog.domain.prices import PriceEntry
from catalog.domain.product import Availability, Product
from catalog.domain.shop import MerchantBundle, ShopConfig
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.promotions import FIRST_NIGHT, care_plan, coupon, delivery, give, hold_plan
from tests.fakes.small_shop import config, fresh_database, load, money, products

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
ANN, BOB = "s-ann", "s-bob"


@dataclass
class World:
    """A shop, and ways to load other products into it, to declare its sets, and to give coupons and plans."""

    shop: Shop
    restock: Callable[[list[Product]], object]
    declare: Callable[[list[MerchantBundle]], object]
    give: Callable[[str, Coupon], object]
    hold_plan: Callable[[str, CartPlan], object]

    def change(self, product_id: str, **values: object) -> None:
        self.restock([replace(p, **values) if p.id == product_id else p for p in products()])

    def cart(self, shopper: str = ANN) -> str:
        """The cart as words: "1 TENT 200.00, 2 PEGS 24.00 = 224.00"."""
        cart = self.shop.cart(shopper, NOW)
        return ", ".join(f"{line.quantity} {line.product_id} {line.total}" for line in cart.lines) + f" = {cart.total}"


def _in_memory(_, rules: ShopConfig | None = None) -> World:
    shop = MemoryShop(rules or config(), products())

    def restock(goods: list[Product]) -> None:
        shop.products.update({product.id: product for product in goods})

    return World(shop, restock, shop.declare, shop.give, shop.hold_plan)


def _in_sql(folder, rules: ShopConfig | None = None) -> World:
    database = fresh_database(folder)
    load(database, rules or config())
    return World(
        SqlShop(database),
        lambda goods: load(database, rules or config(), goods),
        lambda bundles: load(database, rules or config(), bundles=bundles),
        lambda shopper, one: give(database, shopper, one),
        lambda shopper, plan: hold_plan(database, shopper, plan),
    )


@pytest.fixture(params=[_in_memory, _in_sql], ids=["memory", "sql"])
def world(request, tmp_path) -> World:
    return request.param(tmp_path)


@pytest.fixture(params=[_in_memory, _in_sql], ids=["memory", "sql"])
def taxed(request, tmp_path) -> Callable[[TaxRules], World]:
    """A shop with rules of tax."""
    return lambda rules: request.param(tmp_path, replace(config(), tax=rules))


def refused(reason: str):
    return pytest.raises(CartRefused, match=f"^{reason}")


def test_a_new_shopper_has_an_empty_cart(world):
    assert world.cart() == " = 0.00"


def test_the_same_product_twice_is_one_line(world):
    world.shop.add(ANN, "PEGS", 1, NOW)
    world.shop.add(ANN, "TENT", 1, NOW)
    world.shop.add(ANN, "PEGS", 2, NOW)
    assert world.cart() == "3 PEGS 36.00, 1 TENT 200.00 = 236.00"


def test_two_shoppers_do_not_share_a_cart(world):
    world.shop.add(ANN, "PEGS", 1, NOW)
    assert world.cart(BOB) == " = 0.00"


@pytest.mark.parametrize(
    ("product_id", "quantity", "reason"),
    [
        ("NO-SUCH", 1, "unknown_product"),
        ("SOLD-OUT", 1, "out_of_stock"),
        ("PEGS", 0, "bad_quantity"),
        ("PEGS", -1, "bad_quantity"),
        ("PEGS", 100, "bad_quantity"),
    ],
)
def test_what_cannot_be_added_is_refused_with_its_reason(world, product_id, quantity, reason):
    with refused(reason):
        world.shop.add(ANN, product_id, quantity, NOW)
    assert world.cart() == " = 0.00"


def test_one_line_never_grows_beyond_ninety_nine(world):
    world.shop.add(ANN, "PEGS", 98, NOW)
    with refused("bad_quantity"):
        world.shop.add(ANN, "PEGS", 2, NOW)
    assert world.cart() == "98 PEGS 1176.00 = 1176.00"


def test_a_quantity_can_be_set_and_zero_removes(world):
    world.shop.add(ANN, "PEGS", 1, NOW)
    world.shop.add(ANN, "TENT", 1, NOW)
    world.shop.set_quantity(ANN, "PEGS", 5, NOW)
    world.shop.set_quantity(ANN, "TENT", 0, NOW)
    assert world.cart() == "5 PEGS 60.00 = 60.00"


def test_what_is_not_in_the_cart_cannot_be_changed(world):
    with refused("not_in_cart"):
        world.shop.set_quantity(ANN, "PEGS", 1, NOW)


def test_emptying_removes_everything(world):
    world.shop.add(ANN, "PEGS", 1, NOW)
    assert world.shop.empty(ANN, NOW).lines == ()


def test_the_cart_follows_todays_price_and_says_so_once(world):
    world.shop.add(ANN, "PEGS", 1, NOW)
    world.change("PEGS", price=money("13.00"))
    cart = world.shop.cart(ANN, NOW)
    assert (str(cart.total), cart.notes) == ("13.00", ("price_changed:PEGS",))
    assert world.shop.cart(ANN, NOW).notes == ()


def test_what_sold_out_leaves_the_cart_and_is_told_once(world):
    world.shop.add(ANN, "PEGS", 1, NOW)
    world.change("PEGS", availability=Availability.OUT_OF_STOCK)
    cart = world.shop.cart(ANN, NOW)
    assert (cart.lines, cart.notes) == ((), ("sold_out:PEGS",))
    assert world.shop.cart(ANN, NOW).notes == ()


def test_an_empty_cart_has_no_checkout(world):
    with refused("empty_cart"):
        world.shop.checkout_token(ANN, NOW)


def test_a_made_up_checkout_link_shows_nothing(world):
    with refused("unknown_checkout"):
        world.shop.cart_of_checkout("guess", NOW)
    with refused("unknown_checkout"):
        world.shop.place_order("guess", {}, NOW)


def test_an_order_carries_the_cart_and_its_delivery_and_empties_the_cart(world):
    world.shop.add(ANN, "PEGS", 2, NOW)
    token = world.shop.checkout_token(ANN, NOW)
    assert world.shop.checkout_token(ANN, NOW) == token
    assert str(world.shop.cart_of_checkout(token, NOW).total) == "24.00"
    order = world.shop.place_order(token, {"name": "Ann"}, NOW)
    assert (order.number[:4], str(order.total), str(order.shipping)) == ("TO-1", "28.90", "4.90")
    assert world.cart() == " = 0.00"
    assert world.shop.order(order.number.lower().replace("-", " "), ANN) == order


def test_delivery_is_free_from_the_shops_limit_on(world):
    world.shop.add(ANN, "STOVE", 1, NOW)
    order = world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW)
    assert str(order.total) == "60.00"


def test_placing_an_order_twice_places_it_once(world):
    world.shop.add(ANN, "PEGS", 1, NOW)
    token = world.shop.checkout_token(ANN, NOW)
    first = world.shop.place_order(token, {"name": "Ann"}, NOW)
    world.shop.add(ANN, "TENT", 1, NOW)
    assert world.shop.place_order(token, {"name": "Ann"}, NOW) == first
    assert len(world.shop.orders(ANN)) == 1
    assert world.cart() == "1 TENT 200.00 = 200.00"


def test_nobody_pays_a_total_that_they_were_not_shown(world):
    world.shop.add(ANN, "PEGS", 1, NOW)
    token = world.shop.checkout_token(ANN, NOW)
    world.change("PEGS", price=money("13.00"))
    with refused("cart_changed"):
        world.shop.place_order(token, {}, NOW)
    assert str(world.shop.cart_of_checkout(token, NOW).total) == "13.00"
    assert str(world.shop.place_order(token, {}, NOW).lines[0].total) == "13.00"


def test_an_order_is_shown_to_its_own_shopper_only(world):
    world.shop.add(ANN, "PEGS", 1, NOW)
    order = world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW)
    assert world.shop.order(order.number, BOB) is None
    assert world.shop.cancel(order.number, BOB, NOW) is None
    assert world.shop.request_return(order.number, BOB, NOW) is None
    assert world.shop.orders(BOB) == []


def test_orders_come_newest_first(world):
    numbers = []
    for product_id in ("PEGS", "TENT"):
        world.shop.add(ANN, product_id, 1, NOW)
        numbers.append(world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW).number)
    assert [order.number for order in world.shop.orders(ANN)] == numbers[::-1]


def test_a_placed_order_can_be_cancelled_and_then_not_returned(world):
    world.shop.add(ANN, "PEGS", 1, NOW)
    order = world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW)
    cancelled = world.shop.cancel(order.number, ANN, NOW)
    assert cancelled is not None
    assert cancelled.status == "cancelled"
    assert world.shop.cancel(order.number, ANN, NOW) is None
    assert world.shop.request_return(order.number, ANN, NOW) is None


def test_a_return_is_noted_and_asking_again_changes_nothing(world):
    world.shop.add(ANN, "PEGS", 1, NOW)
    order = world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW)
    first = world.shop.request_return(order.number, ANN, NOW)
    assert first is not None
    assert first.status == "return_requested"
    assert world.shop.request_return(order.number, ANN, NOW) == first


def test_whoever_has_all_parts_of_a_set_pays_its_price(world):
    world.declare([FIRST_NIGHT])
    world.shop.add(ANN, "TENT", 1, NOW)
    assert world.shop.cart(ANN, NOW).savings == ()
    cart = world.shop.add(ANN, "LAMP", 1, NOW)
    assert [(saving.id, saving.title, str(saving.amount)) for saving in cart.savings] == [
        ("set:first-night", "First night out", "23.50")
    ]
    assert [(line.quote_id, str(line.discount)) for line in cart.lines] == [
        ("set:first-night", "20.00"),
        ("set:first-night", "3.50"),
    ]
    order = world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW)
    assert str(order.total) == "211.50"


def test_a_set_that_is_declared_lowers_a_standing_cart_at_once(world):
    for product_id in ("TENT", "LAMP"):
        world.shop.add(ANN, product_id, 1, NOW)
    world.declare([FIRST_NIGHT])
    assert (world.cart(), world.shop.cart(ANN, NOW).notes) == ("1 TENT 180.00, 1 LAMP 31.50 = 211.50", ())


def test_a_set_that_ends_is_told_once_and_nobody_orders_before_they_saw_it(world):
    world.declare([FIRST_NIGHT])
    for product_id in ("TENT", "LAMP"):
        world.shop.add(ANN, product_id, 1, NOW)
    token = world.shop.checkout_token(ANN, NOW)
    world.declare([])
    with refused("cart_changed"):
        world.shop.place_order(token, {}, NOW)
    cart = world.shop.cart_of_checkout(token, NOW)
    assert (str(cart.total), cart.notes) == ("235.00", ("set_ended",))
    assert str(world.shop.place_order(token, {}, NOW).total) == "235.00"


def test_a_set_that_saves_less_than_was_shown_is_told_before_the_order(world):
    world.declare([FIRST_NIGHT])
    for product_id in ("TENT", "LAMP"):
        world.shop.add(ANN, product_id, 1, NOW)
    world.declare([replace(FIRST_NIGHT, discount_percent=5)])
    with refused("cart_changed"):
        world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW)
    assert world.shop.cart(ANN, NOW).notes == ("saving_changed",)
    assert world.shop.cart(ANN, NOW).notes == ()


def test_a_set_taken_apart_ends_and_it_is_said(world):
    world.declare([FIRST_NIGHT])
    world.shop.add(ANN, "LAMP", 1, NOW)
    world.shop.add(ANN, "TENT", 2, NOW)
    assert world.shop.set_quantity(ANN, "TENT", 1, NOW).notes == ()
    assert world.shop.set_quantity(ANN, "LAMP", 0, NOW).notes == ("set_ended",)


def test_a_coupon_applies_by_itself_and_says_until_when(world):
    world.shop.add(ANN, "LAMP", 2, NOW)
    world.give(ANN, coupon())
    cart = world.shop.cart(ANN, NOW)
    assert [(s.id, str(s.amount), str(s.last_day)) for s in cart.savings] == [("coupon:c-1", "7.00", "2026-03-31")]
    assert [(line.quote_id, str(line.total)) for line in cart.lines] == [("coupon:c-1", "63.00")]
    assert world.cart(BOB) == " = 0.00"


def test_a_coupon_is_used_up_by_the_order_that_it_reduced(world):
    world.give(ANN, coupon())
    totals = []
    for _ in range(2):
        world.shop.add(ANN, "LAMP", 2, NOW)
        totals.append(str(world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW).total))
    assert totals == ["63.00", "70.00"]


def test_an_order_that_a_coupon_did_not_reduce_leaves_it(world):
    """The pegs stand on their floor already: the coupon has nothing to take off."""
    world.change("PEGS", floor=money("12.00"))
    world.give(ANN, coupon())
    world.shop.add(ANN, "PEGS", 1, NOW)
    world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW)
    world.shop.add(ANN, "LAMP", 1, NOW)
    assert world.cart() == "1 LAMP 31.50 = 31.50"


def test_a_coupon_comes_back_when_its_order_is_cancelled(world):
    world.give(ANN, coupon())
    world.shop.add(ANN, "LAMP", 1, NOW)
    order = world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW)
    world.shop.cancel(order.number, ANN, NOW)
    world.shop.add(ANN, "LAMP", 1, NOW)
    assert world.cart() == "1 LAMP 31.50 = 31.50"


def test_a_coupon_that_runs_out_in_the_cart_is_told_before_the_order(world):
    world.give(ANN, coupon())
    world.shop.add(ANN, "LAMP", 1, NOW)
    later = NOW + timedelta(days=40)
    token = world.shop.checkout_token(ANN, NOW)
    with refused("cart_changed"):
        world.shop.place_order(token, {}, later)
    cart = world.shop.cart(ANN, later)
    assert (str(cart.total), cart.notes, cart.savings) == ("35.00", ("coupon_ended",), ())


def test_a_plan_stands_beside_the_total(world):
    world.shop.add(ANN, "TENT", 1, NOW)
    world.hold_plan(ANN, care_plan("TENT"))
    cart = world.shop.cart(ANN, NOW)
    assert (cart.plans, str(cart.total)) == ((care_plan("TENT"),), "200.00")
    assert set(cart.to_contract()) == {"lines", "total", "currency"}


def test_a_product_has_one_plan_of_a_sort(world):
    world.shop.add(ANN, "GAS", 1, NOW)
    for plan in (delivery("GAS", 30), care_plan("GAS"), delivery("GAS", 60)):
        world.hold_plan(ANN, plan)
    assert world.shop.cart(ANN, NOW).plans == (care_plan("GAS"), delivery("GAS", 60))


def test_a_plan_needs_its_product_in_the_cart(world):
    with refused("not_in_cart"):
        world.hold_plan(ANN, care_plan("TENT"))


def test_a_plan_leaves_with_its_product(world):
    for leave in (
        lambda: world.shop.set_quantity(ANN, "TENT", 0, NOW),
        lambda: world.shop.empty(ANN, NOW),
        lambda: (world.change("TENT", availability=Availability.OUT_OF_STOCK), world.shop.cart(ANN, NOW)),
    ):
        world.shop.add(ANN, "TENT", 1, NOW)
        world.hold_plan(ANN, care_plan("TENT"))
        leave()
        world.restock(products())
        assert world.shop.add(ANN, "TENT", 1, NOW).plans == ()


def test_a_plan_can_be_dropped_and_the_product_stays(world):
    world.shop.add(ANN, "GAS", 1, NOW)
    world.hold_plan(ANN, care_plan("GAS"))
    world.hold_plan(ANN, delivery("GAS"))
    assert world.shop.drop_plan(ANN, "GAS", NOW, "care").plans == (delivery("GAS"),)
    assert world.shop.drop_plan(ANN, "GAS", NOW).plans == ()
    assert world.shop.drop_plan(ANN, "GAS", NOW).product_ids == ("GAS",)


def test_an_order_keeps_the_plans_that_were_taken_with_it(world):
    world.shop.add(ANN, "TENT", 1, NOW)
    world.hold_plan(ANN, care_plan("TENT"))
    order = world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW)
    assert (order.plans, str(order.total)) == ((care_plan("TENT"),), "200.00")
    assert world.shop.order(order.number, ANN) == order
    assert world.shop.add(ANN, "TENT", 1, NOW).plans == ()


def test_the_cart_follows_the_clock_into_a_sale_and_out_of_it(world):
    opens, closes = NOW + timedelta(days=1), NOW + timedelta(days=2)
    world.change("PEGS", sale_price=money("9.00"), sale_from=opens, sale_until=closes)
    world.shop.add(ANN, "PEGS", 2, NOW)
    assert str(world.shop.cart(ANN, NOW).total) == "24.00"
    cart = world.shop.cart(ANN, opens)
    assert (str(cart.total), cart.notes) == ("18.00", ("price_changed:PEGS",))
    assert str(world.shop.add(BOB, "PEGS", 1, opens).total) == "9.00"
    assert str(world.shop.cart(ANN, closes).total) == "24.00"


def test_nobody_orders_at_a_price_that_has_come_in_force_unseen(world):
    later = NOW + timedelta(hours=1)
    world.change("PEGS", price_list=(PriceEntry(money("15.00"), None, later),))
    world.shop.add(ANN, "PEGS", 1, NOW)
    token = world.shop.checkout_token(ANN, NOW)
    with refused("cart_changed"):
        world.shop.place_order(token, {}, later)


def test_tax_within_the_prices_is_kept_with_the_order_and_not_paid_twice(taxed):
    world = taxed(TaxRules(2000, True, "VAT"))
    world.shop.add(ANN, "PEGS", 2, NOW)
    order = world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW)
    assert order.tax is not None
    # 28.90 with delivery, a sixth of it.
    assert (str(order.tax.amount), order.tax.included, order.tax.name, order.tax.rate) == ("4.82", True, "VAT", 2000)
    assert str(order.total) == "28.90"
    assert world.shop.order(order.number, ANN) == order


def test_tax_on_top_is_part_of_what_an_order_costs(taxed):
    world = taxed(TaxRules(825, False, "sales tax"))
    world.shop.add(ANN, "STOVE", 1, NOW)
    order = world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW)
    assert order.tax is not None
    assert (str(order.tax.amount), str(order.goods), str(order.total)) == ("4.95", "60.00", "64.95")
    assert world.shop.orders(ANN) == [order]


def test_a_product_may_have_a_rate_of_its_own(taxed):
    world = taxed(TaxRules(2000, False))
    world.change("STOVE", attributes={"tax_rate": "5"})
    world.shop.add(ANN, "STOVE", 1, NOW)
    world.shop.add(ANN, "SHEET", 1, NOW)
    order = world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW)
    assert order.tax is not None
    assert (str(order.tax.amount), order.tax.rate) == ("11.00", None)


def test_a_shop_that_says_nothing_of_tax_has_orders_without(world):
    world.shop.add(ANN, "PEGS", 1, NOW)
    assert world.shop.place_order(world.shop.checkout_token(ANN, NOW), {}, NOW).tax is None


def test_the_contracts_cart_knows_no_tax(taxed):
    cart = taxed(TaxRules(2000, False)).shop.add(ANN, "PEGS", 1, NOW).to_contract()
    assert (sorted(cart), cart["total"]) == (["currency", "lines", "total"], "12.00")
