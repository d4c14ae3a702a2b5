"""One thing that goes with the cart: what is found, what it is paired with, and what the pair costs."""

from dataclasses import replace

import pytest

from actions.selling.kinds import KINDS, PLACES, kinds_at
from actions.selling.kinds.complement import Complement
from actions.selling.kinds.plugin import (
    Kind,
    Proposal,
    bounded,
    bundle_percent,
    evidence_of,
    in_cart,
    margin_of,
)
from actions.selling.model import Claim, Evidence
from actions.selling.pricing import plain_price, work_price
from catalog.domain.offer_rules import RankingRules, SegmentRules
from tests.fakes.offer_facts import COUNTED, DEALS, PEGS, SHEET, TENT, companion, gbp, rules, situation
from tests.fakes.offer_facts import in_cart as carrying
from tests.fakes.offer_goods import Catalogue, Goes, look, product

KIND = Complement()
SHOP = rules(bundles=DEALS)
GOES = (Goes("PEGS", 0.3, COUNTED), Goes("SHEET", 0.1, replace(COUNTED, anchor_id="STOVE")))


def price(candidate=None, told=None, limits=SHOP):
    return KIND.price(candidate or companion(), told or situation(), limits)


def test_it_speaks_where_something_was_added_asked_for_or_ordered():
    assert KIND.moments == {"after_add", "on_request", "after_order", "follow_up"}


def test_what_goes_with_the_cart_is_proposed_with_its_counts():
    goods = Catalogue(goes=GOES)
    assert KIND.find(look(goods=goods, customer_id="c-7")) == [
        Proposal("complement", ("PEGS",), 0.3, COUNTED, ("TENT",)),
        Proposal("complement", ("SHEET",), 0.1, replace(COUNTED, anchor_id="STOVE"), ("STOVE",)),
    ]
    assert goods.asked == [("complements", ("TENT",), 30, "c-7")]


def test_what_it_is_about_comes_before_the_rest_of_the_cart():
    goods = Catalogue(goes=GOES)
    KIND.find(look(goods=goods, cart=("TENT", "STOVE"), about=[product("STOVE")]))
    assert goods.asked[0][1] == ("STOVE", "TENT")


def test_who_asks_about_one_thing_is_told_of_that_alone():
    goods = Catalogue(goes=GOES)
    KIND.find(look("on_request", goods, cart=("TENT",), about=[product("STOVE")]))
    assert goods.asked[0][1] == ("STOVE",)


def test_where_there_is_nothing_to_go_with_nothing_is_asked():
    goods = Catalogue(goes=GOES)
    assert KIND.find(look(goods=goods, cart=())) == []
    assert goods.asked == []


def test_the_catalogue_is_asked_once_whatever_kinds_want_to_know():
    goods = Catalogue(goes=GOES)
    one_look = look("checkout", goods)
    first, second = one_look.companions("complement"), one_look.companions("add_on")
    assert [(one.kind, one.anchor_ids) for one in first] == [("complement", ("TENT",)), ("complement", ("STOVE",))]
    assert [(one.kind, one.anchor_ids) for one in second] == [("add_on", ()), ("add_on", ())]
    assert len(goods.asked) == 1


@pytest.mark.parametrize(
    ("told", "kept"), [(0.0, 0.001), (0.001, 0.001), (0.5, 0.5), (0.95, 0.95), (3.0, 0.95), (-1.0, 0.001)]
)
def test_no_chance_is_certain_and_none_is_nothing(told, kept):
    assert bounded(told) == kept
    assert KIND.find(look(goods=Catalogue(goes=(Goes("PEGS", told, COUNTED),))))[0].chance == kept


def test_the_catalogues_evidence_is_kept_whole():
    whole = Evidence("orders", "TENT", 41, 312, 6.2, "for the Aero", 4.0)
    assert evidence_of(whole) == whole


def test_the_pair_is_a_bundle_at_the_shops_percentage():
    assert price() == work_price((TENT,), (PEGS,), DEALS, 10)
    assert KIND.saving(companion(), situation(), SHOP) == 570
    assert KIND.percent(companion(), situation(), SHOP) == 10
    assert KIND.name_of(price()) == "bundle"


def test_without_a_saving_it_is_no_bundle():
    plain = plain_price((PEGS,), DEALS, "GBP")
    assert price(limits=rules()) == plain
    assert KIND.saving(companion(), situation(), rules()) == 0
    assert KIND.name_of(plain) == "complement"


def test_a_penny_makes_a_bundle():
    penny = replace(plain_price((PEGS,), DEALS, "GBP"), saving=gbp("0.01"))
    assert KIND.name_of(penny) == "bundle"


def test_it_pairs_with_what_the_reason_names_and_with_nothing_else():
    told = situation(cart=carrying(TENT, SHEET), subjects=(SHEET,))
    assert [line.product_id for line in price(told=told).lines] == ["TENT", "PEGS"]
    alone = plain_price((PEGS,), DEALS, "GBP")
    for anchor_id in ("STOVE", ""):
        elsewhere = companion(evidence=replace(COUNTED, anchor_id=anchor_id))
        assert price(elsewhere, told) == alone
        assert KIND.saving(elsewhere, told, SHOP) == 0


def test_what_is_in_a_deal_already_earns_no_second_one():
    told = situation(cart=carrying(TENT, in_quote=True))
    assert price(told=told) == plain_price((PEGS,), DEALS, "GBP")
    both = situation(cart=(*carrying(TENT, in_quote=True), *carrying(SHEET)), subjects=(SHEET,))
    assert price(told=both) == plain_price((PEGS,), DEALS, "GBP")


def test_without_anything_at_hand_there_is_no_pair():
    assert price(told=situation(cart=(), subjects=())) == plain_price((PEGS,), DEALS, "GBP")
    assert KIND.saving(companion(), situation(cart=(), subjects=()), SHOP) == 0


def test_a_segment_pays_what_the_shop_declares_for_it_and_it_is_named():
    loyal = rules(bundles=DEALS, segments=SegmentRules(prices=(("loyal", 2),)))
    working = price(told=situation(segment="loyal"), limits=loyal)
    assert (working.saving, working.segment, working.percent) == (gbp("4.24"), "loyal", 2)
    assert KIND.saving(companion(), situation(segment="loyal"), loyal) == 424
    assert KIND.percent(companion(), situation(segment="loyal"), loyal) == 2
    assert price(told=situation(segment="new"), limits=loyal) == price()


@pytest.mark.parametrize(
    ("segment", "told"),
    [("loyal", (15, "loyal")), ("new", (10, "")), ("regular", (10, "")), ("gift_buyer", (0, "gift_buyer"))],
)
def test_a_declared_percentage_is_named_only_where_it_differs(segment, told):
    declared = SegmentRules(prices=(("loyal", 15), ("new", 10), ("gift_buyer", 0)))
    limits = rules(bundles=DEALS, segments=declared)
    assert bundle_percent(situation(segment=segment), limits) == told


def test_what_it_earns_is_the_margin_less_the_whole_saving():
    assert KIND.contribution(companion(), 0, SHOP) == 600
    assert KIND.contribution(companion(), 570, SHOP) == 30
    assert KIND.contribution(replace(companion(), products=(PEGS, SHEET)), 100, SHOP) == 2500


def test_where_the_cost_is_not_told_a_declared_share_of_the_price_counts():
    unknown = replace(PEGS, cost=None)
    assert margin_of(unknown, rules(ranking=RankingRules(unknown_margin=30))) == 360
    assert margin_of(replace(unknown, price=gbp("0.99")), rules(ranking=RankingRules(unknown_margin=50))) == 49
    assert margin_of(PEGS, SHOP) == 600
    assert KIND.contribution(companion(unknown), 60, rules(ranking=RankingRules(unknown_margin=30))) == 300


def test_it_says_why_and_then_what_is_true_of_the_thing():
    made = companion(replace(PEGS, recycled="steel"))
    assert KIND.claims(made, 0, situation(), SHOP) == (
        Claim("orders", anchor_id="TENT", numbers=(41, 312)),
        Claim("recycled", "PEGS", texts=("steel",)),
    )


def test_what_is_true_of_the_thing_alone_is_no_reason():
    unsure = companion(replace(PEGS, recycled="steel"), evidence=Evidence("orders", "TENT", 2, 90, 1.1))
    assert KIND.claims(unsure, 0, situation(), SHOP) == ()


def test_its_reason_tells_a_question_from_a_cart():
    assert KIND.reason(situation()) == "fits_cart"
    assert KIND.reason(situation("on_request")) == "asked_for"


def test_it_suits_everybody():
    assert KIND.suits(companion(), situation(), SHOP) == ""


def test_only_what_is_free_in_the_cart_counts_as_there():
    told = situation(cart=(*carrying(TENT), *carrying(SHEET, in_quote=True)))
    assert in_cart(told, ["TENT"]) == (TENT,)
    assert in_cart(told, ["TENT", "SHEET"]) is None
    assert in_cart(told, ["PEGS"]) is None
    assert in_cart(told, []) == ()


def test_a_kind_must_find_its_own_candidates():
    with pytest.raises(NotImplementedError):
        Kind().find(look())


def test_the_kinds_stand_in_the_order_that_breaks_ties():
    order = ["complement", "bundle", "upgrade", "tiers", "add_on", "free_shipping"]
    assert list(KINDS) == [*order, "service_plan", "subscription", "coupon", "reorder"]
    assert [PLACES[name] for name in KINDS] == list(range(10))


@pytest.mark.parametrize(
    ("moment", "names"),
    [
        ("looking", ["upgrade"]),
        ("comparing", ["upgrade"]),
        ("choosing", ["tiers"]),
        ("on_request", ["complement", "bundle"]),
        ("after_add", ["complement", "bundle", "service_plan", "subscription"]),
        ("cart_shown", ["free_shipping"]),
        ("checkout", ["add_on", "free_shipping", "service_plan", "subscription"]),
        ("after_order", ["complement", "coupon", "reorder"]),
        ("follow_up", ["complement", "coupon", "reorder"]),
        ("held_back", []),
    ],
)
def test_at_each_moment_some_kinds_may_speak(moment, names):
    assert [kind.name for kind in kinds_at(moment, ())] == names


def test_a_shop_may_do_without_a_kind():
    assert [kind.name for kind in kinds_at("on_request", ("complement",))] == ["bundle"]
