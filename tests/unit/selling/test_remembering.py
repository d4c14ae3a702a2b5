"""What is remembered of a shopper, and for how long: a no fades by halves, and what is left of several adds up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.selling.facts import Memory
from actions.selling.goods import Bought
from actions.selling.model import Evidence, Offer, OfferState, QuoteLine, Scope
from actions.selling.pressure import History, PastDecline, PastOffer
from actions.selling.remembering import memory_of
from catalog.domain.money import zero
from catalog.domain.offer_rules import OfferRules
from catalog.domain.product import Product
from tests.fakes.offer_facts import NOW, gbp

RULES = OfferRules(item_half_life_days=60, kind_half_life_days=30)
NOTHING = zero("GBP")


def no(scope=Scope.ITEM, conversation="long ago", products=("PEGS",), kinds=("Pegs",), offer="", percent=-1, **ago):
    return PastDecline(conversation, 3, NOW - timedelta(**ago), scope, products, kinds, offer, percent)


def remembered(*declines: PastDecline, rules: OfferRules = RULES) -> Memory:
    return memory_of(History(declines=declines), "c1", NOW, rules)


def made(product_id="PEGS", conversation="c1", kind="complement", note="", **ago) -> PastOffer:
    """An offer of one thing that goes with the tent."""
    at = NOW - timedelta(**ago)
    lines = (
        QuoteLine("TENT", 1, gbp("200.00"), NOTHING, added=False),
        QuoteLine(product_id, 1, gbp("12.00"), NOTHING),
    )
    offer = Offer(
        *("o-1", conversation, "s1", kind, OfferState.EXPIRED, lines, gbp("12.00"), NOTHING, ""),
        *(at, at + timedelta(days=1), Evidence("orders", "TENT", note=note)),
    )
    return PastOffer(offer, 3, False)


def bought(product_id="PEGS", returned=False) -> Bought:
    return Bought(product_id, 1, NOW - timedelta(days=9), "TO-1001", gbp("12.00"), returned=returned)


def test_of_nobody_nothing_is_remembered():
    assert remembered() == Memory()


def test_in_its_own_conversation_a_no_holds_for_ever():
    assert remembered(no(conversation="c1", days=3000)).declined == ("PEGS",)
    assert remembered(no(conversation="c1", days=90)).faded == ()


def test_in_its_own_session_a_no_holds_in_every_conversation():
    here = no(conversation="another tab", minutes=5)
    assert remembered(here).declined == ("PEGS",)
    assert remembered(here).faded == ()


def test_a_no_of_before_the_session_fades():
    assert remembered(no(days=1)).declined == ("PEGS",)
    assert remembered(no(days=61)).declined == ()


def test_up_to_its_half_life_a_no_forbids_and_from_then_on_it_only_lowers_the_chance():
    assert remembered(no(days=59, hours=23)).declined == ("PEGS",)
    assert remembered(no(days=59, hours=23)).faded == ()
    assert remembered(no(days=60)).declined == ()
    assert remembered(no(days=60)).faded == (("PEGS", 0.5),)


def test_the_half_life_is_the_shops():
    a_day = OfferRules(item_half_life_days=1, kind_half_life_days=1)
    assert remembered(no(hours=23), rules=a_day).declined == ("PEGS",)
    assert remembered(no(hours=24), rules=a_day).faded == (("PEGS", 0.5),)


def test_what_is_left_halves_with_every_half_life():
    assert remembered(no(days=120)).faded == (("PEGS", 0.25),)
    assert remembered(no(days=90)).faded == (("PEGS", 0.353553),)


def test_below_a_hundredth_nothing_is_left():
    a_day = OfferRules(item_half_life_days=1)
    assert remembered(no(days=6), rules=a_day).faded == (("PEGS", 0.015625),)
    assert remembered(no(days=7), rules=a_day).faded == ()


def test_what_is_left_of_several_refusals_adds_up():
    twice = remembered(no(days=60), no(days=120))
    assert (twice.declined, twice.faded) == (("PEGS",), ())
    assert remembered(no(days=120), no(days=180)).faded == (("PEGS", 0.375),)


def test_each_thing_has_its_own_sum():
    two = remembered(no(days=60), no(days=120, products=("SHEET", "LAMP")))
    assert two.faded == (("LAMP", 0.25), ("PEGS", 0.5), ("SHEET", 0.25))


def test_a_no_to_one_thing_says_nothing_of_its_kind():
    memory = remembered(no(days=1), no(conversation="c1", days=1))
    assert (memory.declined_kinds, memory.faded_kinds) == ((), ())


def test_a_no_to_a_kind_covers_it_and_fades_by_a_half_life_of_its_own():
    assert remembered(no(Scope.KIND, days=29, hours=23)).declined_kinds == ("Pegs",)
    assert remembered(no(Scope.KIND, days=30)).declined_kinds == ()
    assert remembered(no(Scope.KIND, days=30)).faded_kinds == (("Pegs", 0.5),)
    assert remembered(no(Scope.KIND, days=30)).declined == ("PEGS",)


def test_in_the_conversation_a_no_to_a_kind_holds_for_ever():
    assert remembered(no(Scope.KIND, "c1", days=300)).declined_kinds == ("Pegs",)


def test_a_no_to_everything_names_what_was_offered():
    memory = remembered(no(Scope.EVERYTHING, "c1", days=1))
    assert (memory.declined, memory.declined_kinds) == (("PEGS",), ())


def test_a_kind_of_offer_is_refused_for_the_session_and_the_conversation_only():
    here, session, before = (no(offer=k, conversation=c, **t) for k, c, t in [
        ("coupon", "c1", {"days": 9}), ("subscription", "tab", {"minutes": 5}), ("service_plan", "old", {"days": 1}),
    ])  # fmt: skip
    assert remembered(here, session, before, no(conversation="c1", days=1)).declined_offers == (
        "coupon",
        "subscription",
    )


def test_the_smallest_refused_saving_counts():
    memory = remembered(
        no(conversation="c1", percent=10, minutes=9),
        no(conversation="c1", percent=5, minutes=8),
        no(conversation="c1", minutes=7),
        no(conversation="old", percent=1, days=9),
    )
    assert memory.declined_percent == 5
    assert remembered(no(conversation="c1", percent=0, minutes=1)).declined_percent == 0
    assert remembered(no(conversation="c1", minutes=1)).declined_percent == -1


def test_names_are_sorted_and_stand_once():
    memory = remembered(
        no(conversation="c1", products=("SHEET", "LAMP"), minutes=2),
        no(conversation="c1", products=("LAMP",), minutes=1),
    )
    assert memory.declined == ("LAMP", "SHEET")


def test_what_was_offered_here_or_in_this_session_is_remembered_without_its_anchor():
    history = History(offers=(
        made("SHEET", days=9), made("PEGS", "another tab", minutes=5), made("LAMP", "long ago", days=9),
    ))  # fmt: skip
    assert memory_of(history, "c1", NOW, RULES).offered == ("PEGS", "SHEET")


def test_an_offer_at_the_very_beginning_of_the_session_belongs_to_it():
    history = History(offers=(made("PEGS", "another tab", minutes=5),))
    assert memory_of(history, "c1", NOW, RULES).offered == ("PEGS",)


def test_and_so_does_a_no():
    assert remembered(no(conversation="tab", offer="coupon", minutes=5)).declined_offers == ("coupon",)


def test_however_long_the_session_lasts_a_no_of_it_does_not_fade():
    busy = tuple(NOW - timedelta(hours=5 * n) for n in range(7))
    history = History(declines=(no(conversation="tab", hours=30),), active_at=busy)
    memory = memory_of(history, "c1", NOW, OfferRules(item_half_life_days=1))
    assert (memory.declined, memory.faded) == (("PEGS",), ())


def test_a_longer_silence_ends_the_session():
    history = History(declines=(no(conversation="tab", offer="coupon", minutes=10),))
    shorter = replace(RULES, session_gap_minutes=9)
    assert memory_of(history, "c1", NOW, RULES).declined_offers == ("coupon",)
    assert memory_of(history, "c1", NOW, shorter).declined_offers == ()


WIDE = Product("PEGS-WIDE", "Wide pegs", gbp("14.00"), group_id="pegs", product_type="Camping > Pegs")
SOLO = Product("LAMP", "Lantern", gbp("35.00"), product_type="Camping > Lamps")


def owning(*lines: Bought, history: History | None = None, products=(WIDE, SOLO)) -> Memory:
    known = {product.id: product for product in products}
    return memory_of(history or History(), "c1", NOW, RULES, lines, known)


def test_what_was_bought_is_owned_with_its_variants_and_kind():
    memory = owning(bought("PEGS-WIDE"), bought("LAMP"))
    assert memory.owned == ("LAMP", "PEGS-WIDE")
    assert memory.owned_groups == ("pegs",)
    assert memory.owned_kinds == ("Lamps", "Pegs")
    assert (memory.returned, memory.returned_groups) == ((), ())


def test_what_was_sent_back_is_not_owned():
    memory = owning(bought("PEGS-WIDE", returned=True), bought("LAMP", returned=True))
    assert (memory.owned, memory.owned_groups, memory.owned_kinds) == ((), (), ())
    assert (memory.returned, memory.returned_groups) == (("LAMP", "PEGS-WIDE"), ("pegs",))


def test_what_the_shop_sells_no_more_counts_by_id_alone():
    memory = owning(bought("PEGS-WIDE"), bought("LAMP", returned=True), products=())
    assert (memory.owned, memory.owned_groups, memory.owned_kinds) == (("PEGS-WIDE",), (), ())
    assert (memory.returned, memory.returned_groups) == (("LAMP",), ())


def test_without_any_products_known_it_is_the_same():
    assert memory_of(History(), "c1", NOW, RULES, [bought("PEGS-WIDE")]).owned == ("PEGS-WIDE",)


def test_past_orders_told_by_the_history_count_as_well():
    history = History(owned=("STOVE",), returned=("GAS",))
    memory = owning(bought("LAMP"), bought("PEGS-WIDE", returned=True), history=history)
    assert memory.owned == ("LAMP", "STOVE")
    assert memory.returned == ("GAS", "PEGS-WIDE")


def test_an_order_is_thanked_for_once():
    history = History(offers=(made(kind="coupon", note="TO-1001", days=9), made(note="fits the Aero", days=9)))
    assert memory_of(history, "c1", NOW, RULES).thanked == ("TO-1001",)


@pytest.mark.parametrize("scope", list(Scope))
def test_every_scope_refuses_the_thing_itself(scope):
    assert remembered(no(scope, "c1", minutes=1)).declined == ("PEGS",)
