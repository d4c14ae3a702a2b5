"""The merchant's sets against a cart: which count today, what of them is there, and what would complete them."""

from dataclasses import replace

import pytest

from actions.selling.kinds.live_sets import LiveSet, live_sets, names_of
from catalog.domain.shop import MerchantBundle
from tests.fakes.offer_goods import Catalogue, look, product

NIGHT = MerchantBundle("night", "First night", ("TENT", "PEGS"), discount_percent=10)
SHOP = {"TENT": product("TENT", group_id="aero"), "TENT-RED": product("TENT-RED", group_id="aero")}
TODAY = "2026-03-02"


def live(*sets: MerchantBundle, cart=("TENT",)) -> list[LiveSet]:
    return live_sets(Catalogue(SHOP, sets=sets), cart, TODAY)


def test_a_set_is_told_with_what_is_there_and_what_is_missing():
    assert live(NIGHT) == [LiveSet(NIGHT, ("TENT",), ("PEGS",))]
    assert live(NIGHT, cart=("LAMP", "PEGS")) == [LiveSet(NIGHT, ("PEGS",), ("TENT",))]


def test_a_set_of_which_nothing_is_there_is_none():
    assert live(NIGHT, cart=("LAMP",)) == []
    assert live(NIGHT, cart=()) == []


def test_a_set_is_looked_at_once_however_much_of_it_is_there():
    assert live(NIGHT, cart=("PEGS", "TENT")) == [LiveSet(NIGHT, ("TENT", "PEGS"), ())]


@pytest.mark.parametrize(
    "other",
    [
        replace(NIGHT, discount_percent=0),
        replace(NIGHT, valid_from="2026-03-03"),
        replace(NIGHT, valid_until="2026-03-01"),
    ],
    ids=["saves nothing", "not yet", "over"],
)
def test_what_saves_nothing_or_is_not_valid_today_does_not_count(other):
    assert live(other, replace(NIGHT, id="after")) == [LiveSet(replace(NIGHT, id="after"), ("TENT",), ("PEGS",))]


@pytest.mark.parametrize(("begin", "end"), [(TODAY, ""), ("", TODAY), (TODAY, TODAY), ("2026-01-01", "2026-12-31")])
def test_the_first_and_the_last_day_belong_to_it(begin, end):
    assert len(live(replace(NIGHT, valid_from=begin, valid_until=end))) == 1


def test_one_percent_is_a_saving():
    assert len(live(replace(NIGHT, discount_percent=1))) == 1


def test_a_part_named_by_its_group_is_any_variant():
    by_group = replace(NIGHT, product_ids=("aero", "PEGS"))
    assert live(by_group, cart=("TENT-RED",)) == [LiveSet(by_group, ("TENT-RED",), ("PEGS",))]
    assert live(by_group, cart=("LAMP", "TENT", "TENT-RED"))[0].anchor_ids == ("TENT",)
    assert live(by_group, cart=("PEGS",)) == [LiveSet(by_group, ("PEGS",), ("aero",))]


def test_a_set_may_name_a_product_by_its_id_and_by_its_group():
    goods = Catalogue(SHOP)
    assert names_of(goods, "TENT") == {"TENT", "aero"}
    assert names_of(goods, "GONE") == {"GONE"}
    assert names_of(Catalogue({"PEGS": product("PEGS")}), "PEGS") == {"PEGS"}


def test_a_set_is_completed_by_all_that_is_missing():
    one = LiveSet(NIGHT, ("TENT",), ("PEGS", "LAMP"))
    assert one.completed_by(frozenset({"PEGS", "LAMP", "STOVE"}))
    assert not one.completed_by(frozenset({"PEGS"}))
    assert not replace(one, missing=()).completed_by(frozenset({"PEGS"}))


def test_of_a_cart_it_is_told_which_set_something_would_complete():
    by_group = MerchantBundle("pair", "Pair", ("PEGS", "aero"), 10)
    at = look(goods=Catalogue(SHOP, sets=(NIGHT, by_group)), cart=("PEGS",), today=TODAY)
    assert at.completed_by(["TENT"]) == "night"
    assert at.completed_by(["TENT-RED"]) == "pair"
    assert at.completed_by(["LAMP", "TENT-RED"]) == "pair"
    assert at.completed_by(["LAMP"]) == ""
    assert at.completed_by([]) == ""
    assert look(goods=Catalogue(SHOP, sets=(NIGHT,)), cart=("LAMP",)).completed_by(["TENT"]) == ""
