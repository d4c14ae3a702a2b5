"""The merchant's sets as live promotions: what completes one, when, and what it may take off."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from actions.shop.pricing import HeldLine, HeldQuote, PricedCart, StandingLine, price_cart
from actions.shop.sets import MerchantSets
from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.domain.shop import BundleRules, MerchantBundle
from tests.fakes.promotions import coupon
from tests.fakes.small_shop import NOW, money, products

LATER = NOW.replace(year=2027)
NIGHT = MerchantBundle("night", "Night", ("TENT", "LAMP"), 10)


def price(
    cart: str,
    bundles: list[MerchantBundle],
    now: datetime = NOW,
    rules: BundleRules | None = None,
    quotes: tuple[HeldQuote, ...] = (),
    zone: str = "UTC",
    coupons=(),
    **sale: str,
) -> PricedCart:
    """A cart written "TENT LAMPx2"; `sale` are today's sale prices."""
    goods = {p.id: p for p in products()}
    for product_id, amount in sale.items():
        goods[product_id] = Product(**{**vars(goods[product_id]), "sale_price": money(amount)})
    lines = []
    for word in cart.split():
        product_id, _, number = word.partition("x")
        lines.append(StandingLine(product_id, int(number or 1), goods[product_id].current_price))
    sets = MerchantSets(bundles, rules or BundleRules(), zone)
    return price_cart("s", "GBP", lines, quotes, goods, now, sets, coupons)


def off(priced: PricedCart) -> str:
    """The savings as words: "night 23.50"."""
    return ", ".join(f"{saving.id.partition(':')[2]} {saving.amount}" for saving in priced.cart.savings)


def held(discount: str, *product_ids: str) -> HeldQuote:
    """A quote that takes `discount` off the first of its products."""
    goods = {p.id: p for p in products()}
    lines = [HeldLine(i, 1, goods[i].price, money(discount if i == product_ids[0] else "0.00")) for i in product_ids]
    return HeldQuote("offer-1", "GBP", tuple(lines), LATER)


def test_a_set_serves_as_often_as_it_fits():
    assert off(price("TENTx3 LAMPx2", [NIGHT])) == "night 47.00"
    assert off(price("TENTx3", [NIGHT])) == ""


def test_the_assistants_own_switch_does_not_turn_the_merchants_sets_off():
    assert off(price("TENT LAMP", [NIGHT], rules=BundleRules(allowed=False))) == "night 23.50"


def test_no_set_saves_more_than_the_shops_most():
    assert off(price("TENT LAMP", [NIGHT], rules=BundleRules(max_discount_percent=4))) == "night 9.40"


def test_no_part_goes_under_its_floor():
    """SHEET costs 40.00 and may not go under 30.00, PEGS 12.00 not under 6.30."""
    line = MerchantBundle("line", "Line", ("SHEET", "PEGS"), 30)
    cart = price("SHEET PEGS", [line]).cart
    assert [str(x.total) for x in cart.lines] == ["30.00", "6.40"]
    assert off(price("SHEET PEGS", [line])) == "line 15.60"


def test_a_part_on_sale_completes_a_set_and_is_not_reduced_again():
    cart = price("TENT LAMP", [NIGHT], LAMP="30.00").cart
    assert [str(x.discount) for x in cart.lines] == ["23.00", "0.00"]
    stacked = price("TENT LAMP", [NIGHT], rules=BundleRules(stack_with_sale=True), LAMP="30.00").cart
    assert [str(x.discount) for x in stacked.lines] == ["20.00", "3.00"]


@pytest.mark.parametrize("variant", ["TENT", "TENT-RED"])
def test_a_part_named_by_its_group_is_any_variant(variant):
    assert off(price(f"{variant} LAMP", [MerchantBundle("night", "Night", ("aero", "LAMP"), 10)])) == "night 23.50"


def test_two_parts_of_one_group_need_two_units():
    pair = MerchantBundle("pair", "Pair", ("aero", "aero"), 10)
    assert off(price("TENT", [pair])) == ""
    assert off(price("TENT TENT-RED", [pair])) == "pair 40.00"
    assert off(price("TENTx2", [pair])) == "pair 40.00"


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "counts"),
    [
        ("2026-03-02", "", True),
        ("2026-03-03", "", False),
        ("", "2026-03-02", True),
        ("", "2026-03-01", False),
        ("2026-03-02", "2026-03-02", True),
    ],
)
def test_a_set_counts_from_its_first_day_to_its_last_both_included(valid_from, valid_until, counts):
    dated = MerchantBundle("night", "Night", NIGHT.product_ids, 10, valid_from=valid_from, valid_until=valid_until)
    assert bool(off(price("TENT LAMP", [dated]))) == counts


def test_a_sets_days_are_those_of_the_shops_clock():
    """Late in the evening of the first in London it is the second in Auckland."""
    ends = MerchantBundle("night", "Night", NIGHT.product_ids, 10, valid_until="2026-03-01")
    evening = datetime(2026, 3, 1, 22, tzinfo=ZoneInfo("Europe/London"))
    assert off(price("TENT LAMP", [ends], now=evening, zone="Europe/London")) == "night 23.50"
    assert off(price("TENT LAMP", [ends], now=evening, zone="Pacific/Auckland")) == ""


def test_where_sets_want_the_same_product_the_larger_saving_wins():
    bigger = MerchantBundle("stove", "Stove", ("TENT", "STOVE"), 10)
    assert off(price("TENT LAMP STOVE", [NIGHT, bigger])) == "stove 26.00"


def test_equal_savings_go_to_the_first_id():
    twin = MerchantBundle("alike", "Alike", NIGHT.product_ids, 10)
    assert off(price("TENT LAMP", [NIGHT, twin])) == "alike 23.50"


def test_two_smaller_sets_beat_a_larger_one_that_keeps_both_out():
    left, middle, right = (
        MerchantBundle("left", "Left", ("LAMP", "TENT"), 10),
        MerchantBundle("middle", "Middle", ("TENT", "STOVE"), 10),
        MerchantBundle("right", "Right", ("STOVE", "SHEET"), 10),
    )
    assert off(price("LAMP TENT STOVE SHEET", [left, middle, right])) == "left 23.50, right 10.00"


def test_a_quote_keeps_its_products_where_it_is_the_cheaper_one():
    cart = price("TENT LAMP", [NIGHT], quotes=(held("30.00", "TENT", "LAMP"),)).cart
    assert (str(cart.total), cart.savings) == ("205.00", ())
    assert {line.quote_id for line in cart.lines} == {"offer-1"}


def test_a_quote_waits_while_a_set_is_cheaper_and_is_not_ended():
    priced = price("TENT LAMP", [NIGHT], quotes=(held("5.00", "TENT", "LAMP"),))
    assert (str(priced.cart.total), priced.ended_quotes) == ("211.50", ())
    assert {line.quote_id for line in priced.cart.lines} == {"set:night"}


def test_a_quote_and_a_set_never_reduce_the_same_unit():
    cart = price("TENTx2 LAMP", [NIGHT], quotes=(held("30.00", "TENT"),)).cart
    assert str(cart.total) == str(money("435.00") - money("30.00") - money("23.50"))


def test_a_price_that_the_shopper_saw_is_not_told_as_changed_because_of_a_set():
    assert price("TENT LAMP", [NIGHT]).cart.notes == ()


def test_a_coupon_takes_what_no_set_and_no_quote_reduces():
    priced = price("TENT LAMPx2", [NIGHT], coupons=(coupon(percent=10),))
    assert off(priced) == "night 23.50, c-1 3.50"


def test_a_coupon_that_saves_more_than_a_set_is_not_kept_out_by_it():
    small = MerchantBundle("night", "Night", NIGHT.product_ids, 5)
    assert off(price("TENT LAMP", [small], coupons=(coupon(percent=10),))) == "c-1 23.50"


def test_a_coupon_leaves_what_is_on_sale():
    assert off(price("LAMP STOVE", [], coupons=(coupon(percent=10),), LAMP="30.00")) == "c-1 6.00"


def test_a_coupon_keeps_the_floor_and_the_shops_most():
    assert off(price("SHEET", [], coupons=(coupon(percent=60),))) == "c-1 10.00"
    few = BundleRules(max_discount_percent=5)
    assert off(price("SHEET", [], rules=few, coupons=(coupon(percent=60),))) == "c-1 2.00"


def test_one_coupon_counts_the_larger_then_the_one_that_ends_first():
    small, long, short = coupon("small", 5), coupon("long", 10, days=60), coupon("short", 10, days=20)
    assert off(price("LAMP", [], coupons=(small, long, short))) == "short 3.50"


def test_a_coupon_counts_from_its_first_moment_until_just_before_its_last():
    one = coupon(given_at=NOW)
    for now, saved in ((NOW, True), (one.valid_until, False), (NOW.replace(hour=9), False)):
        assert bool(price("LAMP", [], now=now, coupons=(one,)).cart.savings) == saved


def test_a_shop_with_sets_of_other_products_reduces_nothing():
    priced = price("PEGS GAS", [NIGHT])
    assert (priced.cart.savings, str(priced.cart.total)) == ((), "20.00")
    assert all(line.discount == Money(0, "GBP") for line in priced.cart.lines)


def fitting(*bundles: MerchantBundle, rules: BundleRules | None = None, **quantities: int):
    """Every way in which sets fit these products, as words."""
    here = {p.id: p for p in products() if p.id in quantities}
    uses = MerchantSets(bundles, rules or BundleRules()).fitting(here, quantities, NOW)
    return [(use.id, dict(use.units), {i: str(m) for i, m in use.discounts.items()}, use.saving) for use in uses]


def test_a_use_of_a_set_tells_its_units_and_shares():
    assert fitting(NIGHT, TENT=1, LAMP=1) == [
        ("set:night", {"LAMP": 1, "TENT": 1}, {"TENT": "20.00", "LAMP": "3.50"}, 2350)
    ]
    assert fitting(NIGHT, TENT=1, PEGS=1) == []
    assert fitting(NIGHT, LAMP=1) == []


def test_a_set_that_saves_nothing_or_names_nothing_is_no_promotion():
    assert fitting(MerchantBundle("night", "Night", NIGHT.product_ids), TENT=1, LAMP=1) == []
    assert fitting(MerchantBundle("night", "Night", (), 10), TENT=1) == []
    assert fitting(NIGHT, rules=BundleRules(min_price_percent=100, min_margin_percent=99), TENT=1, LAMP=1) == []


def test_one_percent_is_enough():
    assert [use[3] for use in fitting(MerchantBundle("night", "Night", NIGHT.product_ids, 1), TENT=1, LAMP=1)] == [235]


def test_a_set_of_one_part_and_a_saving_of_a_penny_are_promotions_too():
    assert [use[3] for use in fitting(MerchantBundle("one", "One", ("TENT",), 10), TENT=1)] == [2000]
    cheap = {"A": Product("A", "A", money("0.10"))}
    penny = MerchantSets([MerchantBundle("one", "One", ("A",), 10)], BundleRules()).fitting(cheap, {"A": 1}, NOW)
    assert [use.saving for use in penny] == [1]


def test_ways_stand_by_saving_then_by_id_then_by_products():
    twin = MerchantBundle("alike", "Alike", NIGHT.product_ids, 10)
    bigger = MerchantBundle("zz", "Bigger", ("TENT", "STOVE"), 10)
    either = MerchantBundle("either", "Either", ("aero", "LAMP"), 10)
    carrying = {"TENT": 1, "TENT-RED": 1, "LAMP": 1, "STOVE": 1}
    assert [(use[0], sorted(use[1])) for use in fitting(NIGHT, twin, bigger, either, **carrying)] == [
        ("set:zz", ["STOVE", "TENT"]),
        ("set:alike", ["LAMP", "TENT"]),
        ("set:either", ["LAMP", "TENT"]),
        ("set:either", ["LAMP", "TENT-RED"]),
        ("set:night", ["LAMP", "TENT"]),
    ]


def test_two_units_of_one_product_share_what_both_parts_save():
    pair = MerchantBundle("pair", "Pair", ("aero", "aero"), 10)
    assert fitting(pair, TENT=2) == [("set:pair", {"TENT": 2}, {"TENT": "40.00"}, 4000)]
    assert fitting(pair, TENT=1) == []


def test_a_claim_is_worth_what_it_saves_beyond_what_there_would_be_anyway():
    here = {p.id: p for p in products() if p.id in NIGHT.product_ids}
    use = MerchantSets([NIGHT], BundleRules()).fitting(here, {"TENT": 1, "LAMP": 1}, NOW)[0]
    claim = use.claim(350)
    assert (claim.id, claim.units, claim.discounts, claim.gain) == ("set:night", use.units, use.discounts, 2000)


def test_titles_are_known_by_the_mark_of_a_set():
    assert MerchantSets([NIGHT], BundleRules()).titles == {"set:night": "Night"}


def test_of_very_many_variants_the_dearest_ways_are_looked_at():
    """The first 64 of 400: the three dearest with each other one, 19 and 18 and 17 pairs, and nothing new after."""
    many = {f"V{n:02}": Product(f"V{n:02}", "", money(f"{n}.00"), group_id="v") for n in range(1, 21)}
    pair = MerchantBundle("pair", "Pair", ("v", "v"), 10)
    uses = MerchantSets([pair], BundleRules()).fitting(many, dict.fromkeys(many, 1), NOW)
    assert sorted(uses[0].units) == ["V19", "V20"]
    assert len({tuple(sorted(use.units)) for use in uses}) == len(uses) == 19 + 18 + 17
