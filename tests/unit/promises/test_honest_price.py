"""`honest-price`: the price said is the price paid, until the quote runs out; never dearer than the parts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.shop.model import CartRefused
from actions.store.shop_data import products_in
from catalog.domain.product import Availability, Product
from catalog.domain.shop import BundleRules, MerchantBundle
from tests.fakes.promotions import care_plan, hold_plan
from tests.fakes.small_shop import NOW, TableGoods, Visit, config, load, money, products


def _prices(database, **prices: str) -> None:
    load(database, config(), [replace(p, price=money(prices.get(p.id, str(p.price)))) for p in products()])


def test_the_arithmetic_is_shown_and_adds_up(visit):
    offer = visit.add("TENT").offer
    shown = visit.desk.why(visit.turn()).details
    assert (str(shown["parts"]), str(shown["saving"])) == ("212.00", "5.70")
    assert str(offer.price) == "6.30"
    assert sum(line.discount.minor for line in offer.lines) == 570


def test_the_price_said_is_the_price_in_the_cart_and_on_the_order(visit):
    offer = visit.add("TENT").offer
    visit.desk.accept(visit.turn())
    assert visit.shop.cart(visit.shopper, visit.now).total == money("200.00") + offer.price
    order = visit.shop.place_order(visit.shop.checkout_token(visit.shopper, visit.now), {}, visit.now)
    assert order.total == money("206.30")


def test_a_price_that_rose_before_the_yes_is_not_passed_on(visit, database):
    visit.add("TENT")
    _prices(database, PEGS="14.00")
    assert visit.desk.accept(visit.turn()).outcome == "accepted"
    assert str(visit.shop.cart(visit.shopper, visit.now).total) == "206.30"


def test_a_price_that_rose_after_the_yes_is_not_passed_on_either(visit, database):
    visit.add("TENT")
    visit.desk.accept(visit.turn())
    _prices(database, TENT="210.00", PEGS="14.00")
    cart = visit.shop.cart(visit.shopper, visit.now)
    assert (str(cart.total), cart.notes) == ("206.30", ())


def test_a_price_that_fell_below_the_quote_is_passed_on(visit, database):
    visit.add("TENT")
    visit.desk.accept(visit.turn())
    _prices(database, TENT="150.00")
    assert str(visit.shop.cart(visit.shopper, visit.now).total) == "162.00"


def test_when_the_quote_runs_out_todays_prices_return_and_it_is_said(visit):
    visit.add("TENT")
    visit.desk.accept(visit.turn())
    later = visit.now + timedelta(days=2)
    cart = visit.shop.cart(visit.shopper, later)
    assert (str(cart.total), cart.notes) == ("212.00", ("bundle_ended",))


def test_taking_the_bundle_apart_ends_its_saving_and_it_is_said(visit):
    visit.add("TENT")
    visit.desk.accept(visit.turn())
    cart = visit.shop.set_quantity(visit.shopper, "TENT", 0, visit.now)
    assert (str(cart.total), cart.notes) == ("12.00", ("bundle_ended",))


def test_an_offer_that_ran_out_cannot_be_accepted(visit):
    offer = visit.add("TENT").offer
    assert visit.desk.accept(visit.turn(days=2), offer.id).outcome == "expired"
    assert visit.cart() == "1 TENT 200.00"


def test_an_offer_whose_anchor_left_the_cart_is_stale(visit):
    visit.add("TENT")
    visit.shop.set_quantity(visit.shopper, "TENT", 0, visit.now)
    assert visit.desk.accept(visit.turn()).outcome == "stale"
    assert visit.cart() == ""


def test_an_offer_that_sold_out_is_stale(visit, database):
    visit.add("TENT")
    load(database, config(), [
        replace(p, availability=Availability.OUT_OF_STOCK) if p.id == "PEGS" else p for p in products()
    ])  # fmt: skip
    assert visit.desk.accept(visit.turn()).outcome == "stale"
    assert visit.cart() == "1 TENT 200.00"


def test_other_things_in_the_cart_do_not_touch_the_offer(visit):
    offer = visit.add("TENT").offer
    visit.shop.add(visit.shopper, "LAMP", 2, visit.now)
    assert visit.desk.accept(visit.turn(), offer.id).outcome == "accepted"


def test_one_tent_earns_one_discount(visit):
    visit.add("TENT")
    visit.desk.accept(visit.turn())
    visit.chat(4)
    again = visit.desk.on_request(visit.turn(), "TENT").offer
    assert (again.product_ids, str(again.saving)) == (("SHEET",), "0.00")


def test_the_floor_of_the_shop_is_kept(visit):
    """PEGS cost 6.00 and must bring 5 % more than that: ten percent of the pair would be far below."""
    assert str(visit.add("TENT").offer.price) == "6.30"


def test_without_a_bundle_rule_the_suggestion_is_at_todays_price(database):
    load(database, config(bundles=BundleRules()))
    offer = Visit(database).add("TENT").offer
    assert (offer.kind, str(offer.price), str(offer.saving)) == ("complement", "12.00", "0.00")


PEGGED = MerchantBundle("pegged", "Tent and pegs", ("TENT", "PEGS"), discount_percent=20)


def _declare(database, *bundles: MerchantBundle) -> None:
    load(database, config(), bundles=bundles)


def test_a_bundle_is_never_dearer_than_the_shops_own_set(visit, database):
    visit.add("TENT")
    visit.desk.accept(visit.turn())
    assert str(visit.shop.cart(visit.shopper, visit.now).total) == "206.30"
    _declare(database, PEGGED)
    cart = visit.shop.cart(visit.shopper, visit.now)
    assert (str(cart.total), cart.notes) == ("169.60", ())
    order = visit.shop.place_order(visit.shop.checkout_token(visit.shopper, visit.now), {}, visit.now)
    assert str(order.total) == "169.60"


def test_the_price_said_holds_again_when_a_cheaper_set_is_over(visit, database):
    visit.add("TENT")
    visit.desk.accept(visit.turn())
    _declare(database, PEGGED)
    visit.shop.cart(visit.shopper, visit.now)
    _declare(database)
    cart = visit.shop.cart(visit.shopper, visit.now)
    assert (str(cart.total), cart.notes) == ("206.30", ("set_ended",))


def test_a_quote_that_is_cheaper_than_a_set_keeps_its_price(visit, database):
    visit.add("TENT")
    visit.desk.accept(visit.turn())
    _declare(database, replace(PEGGED, discount_percent=1))
    assert str(visit.shop.cart(visit.shopper, visit.now).total) == "206.30"


def test_a_set_that_ends_overnight_is_told_before_anybody_pays_the_full_price(visit, database):
    _declare(database, replace(PEGGED, valid_until="2026-03-02"))
    for product_id in ("TENT", "PEGS"):
        visit.shop.add(visit.shopper, product_id, 1, visit.now)
    token = visit.shop.checkout_token(visit.shopper, visit.now)
    tomorrow = visit.now + timedelta(days=1)
    with pytest.raises(CartRefused, match="cart_changed"):
        visit.shop.place_order(token, {}, tomorrow)
    cart = visit.shop.cart(visit.shopper, tomorrow)
    assert (str(cart.total), cart.notes) == ("212.00", ("set_ended",))
    assert str(visit.shop.place_order(token, {}, tomorrow).total) == "212.00"


def test_a_plan_is_not_charged_with_the_order(visit, database):
    visit.shop.add(visit.shopper, "TENT", 1, visit.now)
    hold_plan(database, visit.shopper, care_plan("TENT"))
    order = visit.shop.place_order(visit.shop.checkout_token(visit.shopper, visit.now), {}, visit.now)
    assert (str(order.total), order.plans) == ("200.00", (care_plan("TENT"),))


# Former prices: a strike-through follows the lowest price of the 30 days before the reduction.


def _pegs(database, day: int, price: str, sale_price: str = "") -> Product:
    """Load the shop with the pegs at these prices, so many days on; the pegs as the shop then has them."""
    now = NOW + timedelta(days=day)
    sale = money(sale_price) if sale_price else None
    goods = [replace(p, price=money(price), sale_price=sale) if p.id == "PEGS" else p for p in products()]
    load(database, config(), goods, now)
    with database.read() as session:
        return products_in(session, ["PEGS"], now)["PEGS"]


def test_a_price_that_rose_before_the_sale_earns_no_strike_through(database):
    _pegs(database, 1, "18.00")
    pegs = _pegs(database, 8, "18.00", "12.00")
    assert (str(pegs.current_price), pegs.compare_at) == ("12.00", None)


def test_what_is_struck_through_is_the_lowest_price_of_the_thirty_days_before(database):
    _pegs(database, 10, "18.00")
    assert str(_pegs(database, 20, "18.00", "9.00").compare_at) == "12.00"


def test_a_price_that_was_asked_for_thirty_days_may_be_struck_through(database):
    _pegs(database, 1, "18.00")
    assert str(_pegs(database, 32, "18.00", "12.00").compare_at) == "18.00"


def test_an_offer_is_made_at_the_price_of_its_moment(database):
    """A sale that opens while the shopper shops: the next offer is at its price, without a load in between."""
    opens = NOW + timedelta(minutes=30)
    goods = [
        replace(p, sale_price=money("10.00"), sale_from=opens, sale_until=opens + timedelta(days=1))
        if p.id == "PEGS"
        else p
        for p in products()
    ]
    load(database, config(bundles=BundleRules()), goods)
    assert str(Visit(database).add("TENT").offer.price) == "12.00"
    late = Visit(database, start=opens)
    assert str(late.add("TENT").offer.price) == "10.00"
    late.desk.accept(late.turn())
    assert late.cart() == "1 TENT 200.00, 1 PEGS 10.00"


def test_no_pair_is_made_of_things_that_have_nothing_to_do_with_each_other(database):
    """Gas goes with the stove. Where that is in a deal already, the tent beside it makes no bundle with gas."""
    visit = Visit(database, TableGoods("STOVE LAMP 0.9 40 120 9.0\nSTOVE GAS 0.9 50 120 9.0"))
    visit.add("STOVE")
    visit.desk.accept(visit.turn())
    visit.chat(4)
    offer = visit.add("TENT").offer
    assert (offer.evidence.anchor_id, offer.anchor_ids, str(offer.saving)) == ("STOVE", (), "0.00")
