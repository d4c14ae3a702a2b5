"""`honest-price`, amount by amount: what a pair, a set, a plan and alternatives cost, and where the floors hold."""

from dataclasses import replace

import pytest

from actions.selling.facts import PlanFacts
from actions.selling.pricing import (
    PriceWorking,
    WorkedLine,
    alternatives_price,
    declared_set,
    lowest_minor,
    lowest_price,
    plain_price,
    plan_price,
    saving_of,
    work_price,
)
from catalog.domain.money import Money, zero
from catalog.domain.offer_rules import BundleRules
from tests.fakes.offer_facts import DEALS, PEGS, SHEET, TENT, gbp, thing

NOTHING = zero("GBP")
FREE = BundleRules(allowed=True, discount_percent=10, min_price_percent=0, min_margin_percent=0)
POLE = thing("POLE", "10.00", cost=gbp("5.00"))
CORD = thing("CORD", "30.00", cost=gbp("5.00"))


def line(product_id, added, price, lowest, discount="0.00", every=""):
    return WorkedLine(product_id, added, gbp(price), gbp(lowest), gbp(discount), every)


def test_a_pair_is_worked_out_line_by_line():
    """Ten percent of 212.00 is 21.20, but the pegs cost 6.00 and must bring 6.30: 5.70 are left to save."""
    assert work_price((TENT,), (PEGS,), DEALS, 10) == PriceWorking(
        percent=10,
        parts=gbp("212.00"),
        saving=gbp("5.70"),
        price=gbp("6.30"),
        lines=(
            line("TENT", False, "200.00", "105.00", "5.38"),
            line("PEGS", True, "12.00", "6.30", "0.32"),
        ),
        segment="",
    )


def test_where_the_floors_leave_room_the_whole_percentage_is_saved():
    assert work_price((POLE,), (CORD,), FREE, 10) == PriceWorking(
        *(10, gbp("40.00"), gbp("4.00"), gbp("26.00")),
        (line("POLE", False, "10.00", "5.00", "1.00"), line("CORD", True, "30.00", "5.00", "3.00")),
    )


def test_the_segment_whose_price_it_is_is_named():
    assert work_price((POLE,), (CORD,), FREE, 10, "loyal").segment == "loyal"
    assert work_price((), (CORD,), FREE, 10, "loyal").segment == ""


def test_halves_of_a_penny_round_up():
    odd = thing("ODD", "30.05", cost=gbp("5.00"))
    assert work_price((POLE,), (odd,), FREE, 10).saving == gbp("4.01")


@pytest.mark.parametrize(
    ("anchors", "rules", "percent"),
    [
        ((), FREE, 10),
        ((POLE,), FREE, 0),
        ((POLE,), FREE, -5),
        ((POLE,), replace(FREE, allowed=False), 10),
        ((replace(POLE, price=Money(1000, "EUR")),), FREE, 10),
        ((POLE,), replace(FREE, max_discount_percent=0), 10),
    ],
    ids=["no anchor", "no percent", "less than none", "not allowed", "another currency", "most is nothing"],
)
def test_where_nothing_is_saved_the_thing_stands_at_todays_price(anchors, rules, percent):
    plain = PriceWorking(0, gbp("30.00"), NOTHING, gbp("30.00"), (line("CORD", True, "30.00", "5.00"),))
    assert work_price(anchors, (CORD,), rules, percent, "loyal") == plain
    assert saving_of(anchors, (CORD,), rules, percent) == 0


def test_one_percent_is_a_saving():
    assert saving_of((POLE,), (CORD,), FREE, 1) == 40


def test_so_is_a_penny():
    working = work_price((thing("A", "0.05", cost=gbp("0.01")),), (thing("B", "0.05", cost=gbp("0.01")),), FREE, 10)
    assert (working.saving, working.price, len(working.lines)) == (gbp("0.01"), gbp("0.04"), 2)


def test_no_set_saves_more_than_the_shops_most():
    capped = replace(FREE, max_discount_percent=5)
    working = work_price((POLE,), (CORD,), capped, 10)
    assert (working.percent, working.saving, working.price) == (5, gbp("2.00"), gbp("28.00"))


def test_what_is_added_pays_for_the_saving_though_the_anchor_has_room():
    bare = thing("BARE", "30.00", cost=gbp("29.00"))
    assert work_price((TENT,), (bare,), FREE, 10).saving == gbp("1.00")
    assert work_price((TENT,), (replace(bare, cost=gbp("30.00")),), FREE, 10).saving == NOTHING


def test_of_the_anchor_only_its_part_is_shown_and_its_floor_holds_too():
    tight = thing("TIGHT", "10.00", cost=gbp("9.75"))
    lines = work_price((tight,), (CORD,), FREE, 10).lines
    assert [one.discount for one in lines] == [gbp("0.25"), gbp("3.75")]


def test_what_is_on_sale_bears_no_part_unless_the_shop_declares_it():
    reduced = replace(POLE, on_sale=True)
    assert [one.discount for one in work_price((reduced,), (CORD,), FREE, 10).lines] == [NOTHING, gbp("4.00")]
    assert work_price((POLE,), (replace(CORD, on_sale=True),), FREE, 10).saving == NOTHING
    stacked = replace(FREE, stack_with_sale=True)
    assert work_price((POLE,), (replace(CORD, on_sale=True),), stacked, 10).saving == gbp("4.00")


def test_a_thing_sold_below_its_floor_has_no_room_and_eats_up_no_others():
    below = thing("BELOW", "10.00", cost=gbp("15.00"))
    assert saving_of((POLE,), (below, CORD), replace(FREE, max_discount_percent=100), 90) == 2500


def test_two_added_things_share_the_room():
    assert work_price((POLE,), (CORD, SHEET), FREE, 10) == PriceWorking(
        *(10, gbp("80.00"), gbp("8.00"), gbp("62.00")),
        (
            line("POLE", False, "10.00", "5.00", "1.00"),
            line("CORD", True, "30.00", "5.00", "3.00"),
            line("SHEET", True, "40.00", "20.00", "4.00"),
        ),
    )


def test_a_set_of_the_merchants_saves_on_all_its_parts():
    """Thirty percent of 212.00, and the room of the tent counts: that is more than the pegs cost."""
    working = declared_set((TENT,), (PEGS,), DEALS, 30)
    assert (working.percent, working.saving, working.price) == (30, gbp("63.60"), gbp("-51.60"))
    assert [one.discount for one in working.lines] == [gbp("60.00"), gbp("3.60")]


def test_it_holds_though_the_assistant_may_make_no_bundles_of_its_own():
    assert declared_set((POLE,), (CORD,), replace(FREE, allowed=False), 10).saving == gbp("4.00")
    assert declared_set((), (POLE, CORD), replace(FREE, allowed=False), 10).saving == gbp("4.00")


def test_a_set_without_a_saving_is_plain():
    assert declared_set((POLE,), (CORD,), FREE, 0) == plain_price((CORD,), FREE, "GBP")


def test_even_a_set_keeps_to_the_floors_and_the_shops_most():
    assert declared_set((TENT,), (PEGS,), DEALS, 90).saving == gbp("63.60")
    assert declared_set((TENT,), (PEGS,), replace(DEALS, max_discount_percent=90), 90).saving == gbp("100.70")


def test_things_at_todays_prices():
    assert plain_price((CORD, POLE), FREE, "GBP") == PriceWorking(
        *(0, gbp("40.00"), NOTHING, gbp("40.00")),
        (line("CORD", True, "30.00", "5.00"), line("POLE", True, "10.00", "5.00")),
    )


def test_nothing_costs_nothing_in_the_currency_of_the_cart():
    assert plain_price((), FREE, "EUR") == PriceWorking(0, zero("EUR"), zero("EUR"), zero("EUR"), ())


def test_of_alternatives_the_first_is_the_price():
    assert alternatives_price((POLE, CORD), FREE) == PriceWorking(
        *(0, gbp("10.00"), NOTHING, gbp("10.00")),
        (line("POLE", True, "10.00", "5.00"), line("CORD", True, "30.00", "5.00")),
    )


def test_a_plan_has_one_line_for_each_way_to_pay():
    plans = (PlanFacts("month", gbp("2.50")), PlanFacts("year", gbp("25.00")))
    assert plan_price(TENT, plans, FREE) == PriceWorking(
        *(0, gbp("2.50"), NOTHING, gbp("2.50")),
        (
            line("TENT", True, "2.50", "2.50", every="month"),
            line("TENT", True, "25.00", "25.00", every="year"),
        ),
    )


@pytest.mark.parametrize(
    ("cost", "floor", "lowest"),
    [
        ("6.00", None, "6.30"),
        ("6.01", None, "6.32"),
        (None, "7.00", "7.00"),
        ("6.00", "7.00", "7.00"),
        ("6.00", "6.00", "6.30"),
        (None, None, "9.60"),
    ],
)
def test_the_floor_is_the_highest_that_the_shop_told_rounded_up(cost, floor, lowest):
    product = replace(PEGS, cost=gbp(cost) if cost else None, floor=gbp(floor) if floor else None)
    rules = BundleRules(min_margin_percent=5, min_price_percent=80)
    assert lowest_price(product, rules) == gbp(lowest)
    assert lowest_minor(product, rules) == gbp(lowest).minor


def test_a_share_of_todays_price_rounds_up_too():
    odd = replace(PEGS, price=gbp("0.99"), cost=None)
    assert lowest_minor(odd, BundleRules(min_price_percent=80)) == 80
