"""`worth-it`, reason by reason: what the gate refuses, what just passes beside it, and who is named as the cause."""

from dataclasses import replace

import pytest

from actions.selling.eligibility import Gate, Ineligible, Traits
from actions.selling.facts import Memory, PlanFacts
from catalog.domain.money import Money
from catalog.domain.offer_rules import BundleRules, OfferRules
from tests.fakes.offer_facts import PEGS, SHEET, TENT, companion, gbp, in_cart, rules, situation, thing

RED_TENT = thing("TENT-RED", "200.00", kind="Tents", group_id="aero")
GAS = thing("GAS", "8.00", kind="Fuel", consumable=True)
LIKE_AN_UPGRADE = Traits(own_price=True, alike_welcome=True)
MONTHLY = (PlanFacts("month", gbp("2.50")),)


def refusal(product=PEGS, traits=Traits(), told=None, moment="after_add", limits=None, **facts):  # noqa: B008
    """What the gate says of a product beside the tent."""
    where = told if told is not None else situation(moment)
    return Gate(where, limits or rules()).refusal(companion(product, **facts), traits)


def remembering(**values):
    return situation(memory=Memory(**values))


def test_what_is_new_buyable_and_fitting_passes():
    assert refusal() is None


def test_a_refused_kind_of_offer_is_not_made_again():
    assert refusal(told=remembering(declined_offers=("complement",))) == Ineligible("declined_before", "complement")
    assert refusal(told=remembering(declined_offers=("coupon",))) is None


def test_what_is_like_something_refused_is_refused_too():
    assert refusal(declined_like="PEGS-ALU") == Ineligible("declined_before", "PEGS-ALU")


def test_what_was_refused_is_not_offered():
    assert refusal(told=remembering(declined=("PEGS",))) == Ineligible("declined_before", "PEGS")
    assert refusal(told=remembering(declined=("SHEET",))) is None


def test_nor_anything_of_a_refused_kind():
    assert refusal(told=remembering(declined_kinds=("Pegs",))) == Ineligible("declined_before", "Pegs")
    assert refusal(told=remembering(declined_kinds=("Tents",))) is None


def test_what_was_sent_back_is_not_offered_again_in_any_variant():
    wide = thing("PEGS-WIDE", group_id="pegs")
    assert refusal(told=remembering(returned=("PEGS",))) == Ineligible("returned_before", "PEGS")
    told = remembering(returned=("PEGS",), returned_groups=("pegs",))
    assert refusal(wide, told=told) == Ineligible("returned_before", "PEGS-WIDE")
    assert refusal(thing("LAMP", group_id="lamps"), told=told) is None


def test_not_even_where_it_runs_out():
    told = remembering(returned=("GAS",))
    assert refusal(GAS, told=told) == Ineligible("returned_before", "GAS")


def test_what_is_in_the_cart_is_not_offered():
    assert refusal(TENT) == Ineligible("in_cart", "TENT")


def test_nor_what_is_looked_at():
    assert refusal(told=situation(cart=(), subjects=(PEGS, TENT))) == Ineligible("in_cart", "PEGS")


def test_an_upgrade_may_be_what_is_looked_at_but_not_what_is_in_the_cart():
    looking = situation(cart=(), subjects=(TENT,))
    assert refusal(RED_TENT, LIKE_AN_UPGRADE, looking) is None
    assert refusal(TENT, LIKE_AN_UPGRADE, looking) is None
    assert refusal(TENT, LIKE_AN_UPGRADE) == Ineligible("in_cart", "TENT")
    assert refusal(RED_TENT, LIKE_AN_UPGRADE) == Ineligible("variant_in_cart", "TENT")


def test_a_variant_of_what_is_in_the_cart_is_refused_because_of_it():
    assert refusal(RED_TENT) == Ineligible("variant_in_cart", "TENT")


def test_the_variant_that_came_first_is_the_one_named():
    told = situation(cart=in_cart(TENT, thing("TENT-BLUE", "200.00", group_id="aero")))
    assert refusal(RED_TENT, told=told) == Ineligible("variant_in_cart", "TENT")


def test_things_without_a_group_are_no_variants_of_each_other():
    assert refusal(told=situation(cart=in_cart(TENT, SHEET))) is None
    assert refusal(traits=LIKE_AN_UPGRADE, told=situation(cart=in_cart(TENT, SHEET))) is None


def test_what_was_offered_and_left_unanswered_is_not_offered_again():
    assert refusal(told=remembering(offered=("PEGS",))) == Ineligible("offered_before", "PEGS")


@pytest.mark.parametrize("moment", ["on_request", "choosing"])
def test_unless_somebody_asks(moment):
    assert refusal(told=situation(moment, memory=Memory(offered=("PEGS",)))) is None


def test_what_is_owned_is_not_offered_nor_a_variant_of_it():
    assert refusal(told=remembering(owned=("PEGS",))) == Ineligible("owned", "PEGS")
    wide = thing("PEGS-WIDE", group_id="pegs")
    assert refusal(wide, told=remembering(owned_groups=("pegs",))) == Ineligible("owned", "PEGS-WIDE")
    assert refusal(told=remembering(owned=("SHEET",), owned_groups=("lamps",))) is None


def test_unless_it_runs_out():
    assert refusal(GAS, told=remembering(owned=("GAS",))) is None
    assert refusal(replace(GAS, group_id="gas"), told=remembering(owned_groups=("gas",))) is None


def test_a_look_alike_of_something_in_the_cart_is_refused_because_of_it():
    assert refusal(look_alike_of="TENT") == Ineligible("look_alike", "TENT")


def test_an_upgrade_may_look_like_what_is_looked_at_but_not_like_what_is_in_the_cart():
    looking = situation(cart=in_cart(SHEET), subjects=(TENT,))
    assert refusal(traits=LIKE_AN_UPGRADE, told=looking, look_alike_of="TENT") is None
    assert refusal(told=looking, look_alike_of="TENT") == Ineligible("look_alike", "TENT")
    assert refusal(traits=LIKE_AN_UPGRADE, told=looking, look_alike_of="SHEET") == Ineligible("look_alike", "SHEET")


def test_what_is_declared_not_to_fit_is_refused_because_of_what_it_does_not_fit():
    assert refusal(unfit_with="TENT") == Ineligible("incompatible", "TENT")


def test_what_would_complete_a_set_of_the_merchants_is_left_to_the_set():
    assert refusal(completes="first-night") == Ineligible("cheaper_promotion", "first-night")


def test_what_is_sold_out_is_not_offered():
    assert refusal(replace(PEGS, in_stock=False)) == Ineligible("out_of_stock", "PEGS")


def test_what_has_a_least_age_is_never_suggested():
    assert refusal(replace(PEGS, min_age=1)) == Ineligible("age_restricted", "PEGS")


def test_what_is_sold_in_some_countries_is_offered_only_there():
    only_here = replace(PEGS, regions=("GB", "IE"))
    assert refusal(only_here, told=situation(region="IE")) is None
    assert refusal(only_here, told=situation(region="FR")) == Ineligible("region_restricted", "PEGS")
    assert refusal(only_here, told=situation(region="")) == Ineligible("region_restricted", "PEGS")
    assert refusal(told=situation(region="FR")) is None


def test_what_has_no_price_in_the_currency_of_the_cart_is_refused():
    free = thing("PEGS", "0.00", cost=None)
    assert refusal(free) == Ineligible("no_price", "PEGS")
    assert refusal(thing("PEGS", "0.01", cost=None)) is None
    assert refusal(replace(PEGS, price=Money(1200, "EUR"), cost=None)) == Ineligible("no_price", "PEGS")


def test_a_thing_may_cost_as_much_as_the_dearest_beside_it_and_no_penny_more():
    assert refusal(thing("TARP", "200.00")) is None
    assert refusal(thing("TARP", "200.01")) == Ineligible("outside_price_band", "TENT")


def test_the_band_is_a_share_that_the_shop_sets():
    tenth = rules(OfferRules(price_band_percent=10))
    assert refusal(thing("TARP", "20.00"), limits=tenth) is None
    assert refusal(thing("TARP", "20.01"), limits=tenth) == Ineligible("outside_price_band", "TENT")


def test_the_dearest_thing_counts_whether_it_is_in_the_cart_or_looked_at():
    looking = situation(cart=in_cart(PEGS), subjects=(TENT,))
    assert refusal(SHEET, told=looking) is None
    assert refusal(thing("TARP", "200.01"), told=looking) == Ineligible("outside_price_band", "TENT")


def test_of_two_as_dear_one_is_named_always_the_same():
    told = situation(cart=in_cart(TENT, thing("ZELT", "200.00")))
    assert refusal(thing("TARP", "201.00"), told=told) == Ineligible("outside_price_band", "ZELT")


def test_where_nothing_is_there_to_compare_with_no_price_is_too_high():
    assert refusal(thing("TARP", "999.00"), told=situation(cart=(), subjects=())) is None


def test_beside_a_free_thing_anything_with_a_price_is_too_dear():
    gift = thing("GIFT", "0.00", cost=None)
    told = situation(cart=in_cart(gift), subjects=())
    assert refusal(told=told) == Ineligible("outside_price_band", "GIFT")


def test_a_kind_with_a_price_range_of_its_own_is_not_held_to_the_band():
    assert refusal(thing("TARP", "250.00"), Traits(own_price=True)) is None
    assert refusal(thing("TARP", "250.00"), Traits(alike_welcome=True)) is not None


def test_below_its_floor_nothing_is_offered_and_at_its_floor_it_is():
    floor = gbp("12.00")
    assert refusal(thing("PEGS", "12.00", cost=None, floor=floor)) is None
    assert refusal(thing("PEGS", "11.99", cost=None, floor=floor)) == Ineligible("below_margin", "PEGS")


def test_the_least_margin_is_the_shops():
    bare = thing("PEGS", "10.00", cost=gbp("10.00"))
    assert refusal(bare, limits=rules(bundles=BundleRules(min_margin_percent=0))) is None
    assert refusal(bare, limits=rules(bundles=BundleRules(min_margin_percent=1))) == Ineligible("below_margin", "PEGS")


def test_of_a_set_every_part_must_pass():
    both = replace(companion(), products=(SHEET, replace(PEGS, in_stock=False)))
    assert Gate(situation(), rules()).refusal(both, Traits()) == Ineligible("out_of_stock", "PEGS")


def test_a_plan_is_about_the_very_thing_in_the_cart():
    assert refusal(TENT, plans=MONTHLY) is None
    assert refusal(TENT, plans=MONTHLY, look_alike_of="TENT", unfit_with="TENT", completes="first-night") is None


def test_a_plan_of_something_refused_or_unbuyable_is_refused_all_the_same():
    assert refusal(TENT, told=remembering(declined=("TENT",)), plans=MONTHLY) == Ineligible("declined_before", "TENT")
    assert refusal(replace(TENT, in_stock=False), plans=MONTHLY) == Ineligible("out_of_stock", "TENT")


def test_a_plan_is_not_held_to_the_band():
    dear = thing("ZELT", "400.00")
    assert refusal(dear, plans=MONTHLY) is None


def test_a_coupon_has_no_products_to_refuse():
    nothing = replace(companion(kind="coupon"), products=())
    assert Gate(situation(), rules()).refusal(nothing, Traits()) is None


@pytest.mark.parametrize(
    ("facts", "product", "reason"),
    [
        ({"declined": ("SHEET",), "declined_offers": ("complement",)}, SHEET, "declined_before"),
        ({"declined": ("TENT",), "returned": ("TENT",)}, TENT, "declined_before"),
        ({"returned": ("TENT",), "offered": ("TENT",)}, TENT, "returned_before"),
        ({"offered": ("PEGS",), "owned": ("PEGS",)}, replace(PEGS, in_stock=False), "offered_before"),
        ({"owned": ("PEGS",)}, replace(PEGS, in_stock=False, min_age=18), "owned"),
    ],
)
def test_the_first_reason_in_the_declared_order_is_the_one_that_is_told(facts, product, reason):
    assert refusal(product, told=remembering(**facts)).reason == reason


def test_reasons_against_the_thing_go_before_reasons_beside_it():
    assert refusal(replace(PEGS, in_stock=False), look_alike_of="TENT").reason == "out_of_stock"
    assert refusal(look_alike_of="TENT", unfit_with="TENT").reason == "look_alike"
    assert refusal(unfit_with="TENT", completes="first-night").reason == "incompatible"
