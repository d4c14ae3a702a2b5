"""One decision: what is offered, why nothing is, and what is told of everything that was considered."""

from dataclasses import replace

import pytest

from actions.selling.decision import Choice, Verdict, chosen_of, decide, fitting
from actions.selling.facts import Memory, PressureState
from actions.selling.model import Claim, Evidence
from actions.selling.pricing import plain_price, work_price
from catalog.domain.offer_rules import BundleRules, CouponRules, RankingRules, SegmentRules
from tests.fakes.offer_facts import DEALS, PEGS, SHEET, TENT, companion, gbp, in_cart, rules, situation, thing

LOOSE = rules()
BY_ORDERS = Evidence("orders", "TENT", 41, 312)
UNSURE = Evidence("orders", "TENT", 2, 90, 1.1)
SET = companion(SHEET, 0.06, "bundle", evidence=Evidence("set", "TENT", note="s1"), anchor_ids=("TENT",), percent=10)


def with_fit(least_fit: int, **values):
    ranking = RankingRules(fit=0, novelty=0, stock=0, priority=0, segment=0, least_fit=least_fit)
    return rules(ranking=ranking, **values)


def test_a_pitch_says_what_at_which_price_and_why():
    choice = decide(situation(), [companion()], rules(bundles=DEALS))
    assert choice == Choice(
        action="pitch",
        reason="fits_cart",
        verdicts=(Verdict("complement", ("PEGS",), 0.3, 9.0),),
        kind="complement",
        chosen=("PEGS",),
        price=work_price((TENT,), (PEGS,), DEALS, 10),
        claims=(Claim("orders", anchor_id="TENT", numbers=(41, 312)),),
        propensity=1.0,
    )


def test_without_a_deal_it_is_at_todays_price():
    choice = decide(situation(), [companion()], LOOSE)
    assert choice.price == plain_price((PEGS,), BundleRules(), "GBP")
    assert choice.verdicts[0].value == 180.0


def test_the_saving_comes_off_what_is_earned():
    """The pegs earn 6.00 and the saving is 5.70 of it: 0.30 at a chance of 0.3."""
    assert decide(situation(), [companion()], rules(bundles=DEALS)).verdicts[0].value == 9.0


def test_an_opportunity_that_was_passed_on_purpose_judges_nothing():
    assert decide(situation("held_back", held_back="complaint"), [companion()], LOOSE) == Choice("silent", "complaint")


def test_where_nothing_is_known_or_nothing_fits_it_is_silent():
    assert decide(situation(), [], LOOSE) == Choice("silent", "nothing_known")
    refused = Verdict("complement", ("TENT",), 0.3, 0.0, "in_cart", "TENT")
    assert decide(situation(), [companion(TENT)], LOOSE) == Choice("silent", "nothing_fits", (refused,))


def test_under_pressure_it_is_silent_and_tells_what_it_would_have_offered():
    choice = decide(situation(pressure=PressureState(stopped=True)), [companion()], LOOSE)
    assert choice == Choice("silent", "stopped", (Verdict("complement", ("PEGS",), 0.3, 180.0),))


def test_the_best_by_value_is_offered_and_the_refused_come_last():
    found = [companion(TENT), companion(), companion(SHEET)]
    choice = decide(situation(), found, LOOSE)
    assert [(v.product_ids, v.value, v.refused) for v in choice.verdicts] == [
        (("SHEET",), 600.0, ""),
        (("PEGS",), 180.0, ""),
        (("TENT",), 0.0, "in_cart"),
    ]
    assert choice.chosen == ("SHEET",)


def test_a_faded_no_lowers_the_chance_that_is_told():
    told = situation(memory=Memory(faded=(("PEGS", 0.5),)))
    assert decide(told, [companion()], LOOSE).verdicts[0].chance == 0.15


def test_a_refused_one_is_told_with_its_own_chance():
    told = situation(memory=Memory(faded=(("PEGS", 0.5),), owned=("PEGS",)))
    assert decide(told, [companion()], LOOSE).verdicts[0] == Verdict("complement", ("PEGS",), 0.3, 0.0, "owned", "PEGS")


def test_whom_it_does_not_suit_it_is_not_offered():
    absent = replace(SET, anchor_ids=("LAMP",))
    assert decide(situation(), [absent], LOOSE).verdicts[0].refused == "not_for_this"


def test_the_gate_is_asked_before_the_kind():
    absent = replace(SET, anchor_ids=("LAMP",), unfit_with="TENT")
    assert decide(situation(), [absent], LOOSE).verdicts[0].refused == "incompatible"


def test_where_nothing_true_can_be_said_nothing_is_offered():
    verdict = decide(situation(), [companion(evidence=UNSURE)], LOOSE).verdicts[0]
    assert verdict == Verdict("complement", ("PEGS",), 0.3, 0.0, "nothing_to_say")


def test_what_goes_far_less_well_than_the_best_of_its_kind_is_not_offered_for_what_it_earns():
    found = [companion(chance=0.4), companion(SHEET, chance=0.09)]
    weaker = decide(situation(), found, with_fit(25)).verdicts[1]
    assert weaker == Verdict("complement", ("SHEET",), 0.09, 180.0, "weaker_fit")


def test_exactly_the_least_share_of_the_best_is_enough():
    found = [companion(chance=0.4), companion(SHEET, chance=0.1)]
    assert decide(situation(), found, with_fit(25)).verdicts[1].refused == ""
    assert decide(situation(), found, with_fit(26)).verdicts[1].refused == "weaker_fit"
    assert decide(situation(), found, with_fit(0)).verdicts[1].refused == ""


def test_the_least_share_is_taken_to_the_percent():
    found = [companion(chance=0.9), companion(SHEET, chance=0.449)]
    assert decide(situation(), found, with_fit(50)).verdicts[1].refused == "weaker_fit"
    assert decide(situation(), found, with_fit(49)).verdicts[1].refused == ""


def test_only_what_may_be_offered_counts_as_the_best():
    found = [companion(TENT, chance=0.9), companion(SHEET, chance=0.1)]
    assert decide(situation(), found, with_fit(25)).action == "pitch"


def test_all_that_goes_with_the_cart_is_compared_whatever_kind_it_is():
    found = [companion(chance=0.9), companion(SHEET, 0.1, "bundle", evidence=BY_ORDERS, anchor_ids=("TENT",))]
    choice = decide(situation(), found, with_fit(25, bundles=DEALS))
    assert [(v.kind, v.refused) for v in choice.verdicts] == [("complement", ""), ("bundle", "weaker_fit")]


@pytest.mark.parametrize("source", ["orders", "compatibility", "attributes"])
def test_wherever_it_is_known_from(source):
    known = Evidence(source, "TENT", 41, 312, 6.2)
    found = [companion(chance=0.9), companion(SHEET, 0.1, evidence=known)]
    assert [v.refused for v in decide(situation(), found, with_fit(25)).verdicts] == ["", "weaker_fit"]


def test_what_is_on_another_scale_is_not_compared():
    found = [companion(chance=0.9), replace(SET, chance=0.1)]
    assert [v.refused for v in decide(situation(), found, with_fit(25)).verdicts] == ["", ""]


def test_of_two_worth_the_same_the_surer_comes_first_then_the_kinds_place_then_the_ids():
    dear, cheap = thing("A", "20.00", cost=gbp("8.00")), thing("B", "20.00", cost=gbp("14.00"))
    found = [companion(cheap, 0.6), companion(dear, 0.3)]
    assert [v.product_ids for v in decide(situation(), found, LOOSE).verdicts] == [("B",), ("A",)]
    add_on = companion(thing("A", "1.00"), 0.3, "add_on")
    alike = [companion(thing("C", "1.00")), companion(thing("B", "1.00")), add_on]
    for order in (alike, alike[::-1]):
        verdicts = decide(situation(), order, LOOSE).verdicts
        assert [v.product_ids for v in verdicts] == [("B",), ("C",), ("A",)]


def test_refused_ones_stand_in_an_order_of_their_own():
    found = [companion(TENT, 0.2), companion(thing("ZELT", "900.00"), 0.4), companion(thing("DEAR", "900.00"), 0.2)]
    for order in (found, found[::-1]):
        verdicts = decide(situation(), order, LOOSE).verdicts
        assert [v.product_ids for v in verdicts] == [("ZELT",), ("DEAR",), ("TENT",)]


def test_who_hesitates_gets_help_before_a_discount():
    hesitating = situation(mood="undecided")
    assert decide(hesitating, [companion()], rules(bundles=DEALS)).verdicts[0].refused == "help_first"
    assert decide(replace(hesitating, helped=True), [companion()], rules(bundles=DEALS)).action == "pitch"
    assert decide(hesitating, [companion()], LOOSE).action == "pitch"


def test_a_penny_is_a_discount_too():
    penny = companion(thing("A", "0.05", cost=gbp("0.01")), evidence=Evidence("orders", "B", 41, 312, 6.2))
    told = situation(cart=in_cart(thing("B", "0.05", cost=gbp("0.01"))), subjects=(), mood="undecided")
    assert decide(told, [penny], rules(bundles=DEALS)).verdicts[0].refused == "help_first"


def test_the_percentage_of_the_segment_is_the_one_that_counts():
    told = situation(segment="loyal", memory=Memory(declined_percent=5))
    declared = rules(bundles=DEALS, segments=SegmentRules(prices=(("loyal", 5),)))
    assert decide(told, [companion()], declared).action == "pitch"
    assert decide(replace(told, segment="new"), [companion()], declared).verdicts[0].refused == "no_haggling"


def test_what_is_said_may_depend_on_the_cart():
    told = situation("cart_shown", cart=in_cart(TENT), cart_total=gbp("200.00"))
    near = rules(free_from="210.00")
    choice = decide(told, [companion(kind="free_shipping")], near)
    assert (choice.action, choice.claims[0]) == ("pitch", Claim("closes_gap", "PEGS", money=gbp("10.00")))


def test_a_no_never_brings_a_greater_saving():
    def after_refusing(percent):
        told = situation(memory=Memory(declined_percent=percent))
        return decide(told, [companion()], rules(bundles=DEALS)).verdicts[0].refused

    assert [after_refusing(p) for p in (-1, 0, 9, 10, 11)] == ["", "no_haggling", "no_haggling", "", ""]


def test_a_coupon_is_a_saving_too():
    thanks = companion(kind="coupon", percent=10, evidence=Evidence("shop", "", note="TO-1001"))
    thanks = replace(thanks, products=())
    told = situation("after_order", memory=Memory(declined_percent=5))
    shop = replace(LOOSE, selling=replace(LOOSE.selling, thank_you=CouponRules(percent=10)))
    assert decide(told, [thanks], shop).verdicts[0].refused == "no_haggling"
    assert decide(situation("after_order"), [thanks], shop).action == "pitch"


def test_something_at_todays_price_may_follow_a_refused_saving():
    told = situation(memory=Memory(declined_percent=5))
    assert decide(told, [companion()], LOOSE).action == "pitch"


def test_a_question_is_answered_with_what_passed_the_gate_though_nothing_is_offered():
    found = [
        companion(SHEET, chance=0.09),
        companion(chance=0.4),
        companion(TENT),
        companion(thing("LAMP", "35.00"), evidence=UNSURE),
        SET,
    ]
    choice = decide(situation("on_request"), found, with_fit(25))
    assert fitting(choice) == ("PEGS", "SHEET")


@pytest.mark.parametrize(
    ("refused", "told"),
    [("", True), ("weaker_fit", True), ("help_first", True), ("no_haggling", True), ("owned", False)],
)
def test_only_refusals_that_are_not_about_the_thing_leave_it_fitting(refused, told):
    choice = Choice("silent", "stopped", (Verdict("complement", ("PEGS",), 0.3, 1.0, refused),))
    assert fitting(choice) == (("PEGS",) if told else ())


def test_the_candidate_behind_a_pitch_is_told_by_kind_and_products():
    plain, upgrade = companion(SHEET), companion(kind="upgrade")
    choice = decide(situation(), [upgrade, plain, companion()], LOOSE)
    assert chosen_of(choice, [upgrade, companion(), plain]) == plain
    assert chosen_of(replace(choice, chosen=("PEGS",)), [upgrade, companion()]) == companion()


def test_no_more_bundles_refuses_every_saving_and_no_plain_thing():
    told = situation(memory=Memory(declined_offers=("bundle",)))
    choice = decide(told, [companion()], rules(bundles=DEALS))
    assert choice.verdicts == (Verdict("complement", ("PEGS",), 0.3, 0.0, "declined_before", "bundle"),)
    assert decide(told, [companion()], LOOSE).action == "pitch"
    assert decide(situation(memory=Memory(declined_offers=("upgrade",))), [companion()], rules(bundles=DEALS)).price


def test_a_penny_saved_is_refused_too_after_no_more_bundles():
    penny = companion(thing("A", "0.05", cost=gbp("0.01")), evidence=Evidence("orders", "B", 41, 312, 6.2))
    told = situation(
        cart=in_cart(thing("B", "0.05", cost=gbp("0.01"))), subjects=(), memory=Memory(declined_offers=("bundle",))
    )
    assert decide(told, [penny], rules(bundles=DEALS)).verdicts[0].refused == "declined_before"
