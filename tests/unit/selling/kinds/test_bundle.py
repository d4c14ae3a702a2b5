"""Sets: the merchant's own at their declared saving, and learned ones at the shop's; never one without a saving."""

from dataclasses import replace

import pytest

from actions.selling.kinds.bundle import Bundle
from actions.selling.kinds.plugin import Proposal
from actions.selling.model import Claim, Evidence
from actions.selling.pricing import declared_set, plain_price, work_price
from catalog.domain.offer_rules import OfferRules, SegmentRules
from catalog.domain.shop import MerchantBundle
from tests.fakes.offer_facts import DEALS, PEGS, SHEET, TENT, companion, gbp, rules, situation
from tests.fakes.offer_facts import in_cart as carrying
from tests.fakes.offer_goods import Catalogue, Whole, look, product

KIND = Bundle()
SHOP = rules(bundles=DEALS)
NIGHT = MerchantBundle("night", "First night out", ("TENT", "SHEET"), 15, "camping")
SHOP_HAS = {
    i: product(i, group_id="sheets" if i == "SHEET" else "") for i in (*"ABCD", "TENT", "SHEET", "LAMP", "STOVE")
}
LEARNED = Whole(("TENT",), ("PEGS", "SHEET"), 30, 312)
DECLARED = companion(
    SHEET, 0.06, "bundle", evidence=Evidence("set", "TENT", note="night"),
    anchor_ids=("TENT",), title="First night out", theme="camping", percent=15,
)  # fmt: skip
COUNTED = replace(
    companion(kind="bundle", evidence=Evidence("orders", "TENT", 30, 312), anchor_ids=("TENT",)), products=(PEGS, SHEET)
)


def found(goods: Catalogue, cart=("TENT",), limits=SHOP) -> list[Proposal]:
    return list(KIND.find(look(goods=goods, cart=cart, limits=limits)))


def test_a_set_of_the_merchants_is_proposed_with_what_is_missing():
    assert found(Catalogue(SHOP_HAS, sets=(NIGHT,))) == [
        Proposal(
            kind="bundle",
            product_ids=("SHEET",),
            chance=0.06,
            evidence=Evidence("set", "TENT", note="night"),
            anchor_ids=("TENT",),
            title="First night out",
            theme="camping",
            percent=15,
        )
    ]


def test_the_more_is_missing_the_less_likely_is_a_yes():
    big = replace(NIGHT, product_ids=("TENT", "SHEET", "LAMP", "STOVE"))
    assert [one.chance for one in found(Catalogue(SHOP_HAS, sets=(big,)))] == [0.02]


def test_up_to_three_parts_may_be_missing_and_one_must_be():
    parts = ("TENT", "A", "B", "C", "D")
    missing = [len(one.product_ids) for n in range(1, 6) for one in found(
        Catalogue(SHOP_HAS, sets=(replace(NIGHT, product_ids=parts[:n]),))
    )]  # fmt: skip
    assert missing == [1, 2, 3]


def test_its_parts_in_the_cart_are_its_anchors_in_the_sets_order():
    whole = replace(NIGHT, product_ids=("TENT", "SHEET", "LAMP"))
    proposal = found(Catalogue(SHOP_HAS, sets=(whole,)), cart=("LAMP", "TENT"))[0]
    assert (proposal.anchor_ids, proposal.evidence.anchor_id, proposal.product_ids) == (
        ("TENT", "LAMP"), "TENT", ("SHEET",),
    )  # fmt: skip


def test_a_missing_part_that_could_be_any_variant_is_the_shoppers_to_choose():
    by_group = replace(NIGHT, product_ids=("TENT", "sheets"))
    assert found(Catalogue(SHOP_HAS, sets=(by_group,))) == []


def test_a_learned_set_is_proposed_with_its_counts():
    goods = Catalogue(learned=(LEARNED,))
    assert found(goods) == [
        Proposal("bundle", ("PEGS", "SHEET"), 30 / 312, Evidence("orders", "TENT", 30, 312), ("TENT",))
    ]
    assert goods.asked == [("bundles_for", ("TENT",))]


@pytest.mark.parametrize(("missing", "proposed"), [(1, 0), (2, 1), (3, 1), (4, 0)])
def test_a_learned_set_lacks_two_or_three_parts(missing, proposed):
    assert len(found(Catalogue(learned=(replace(LEARNED, missing_ids=("A", "B", "C", "D")[:missing]),)))) == proposed


@pytest.mark.parametrize(
    ("orders", "of", "chance"), [(300, 300, 0.95), (0, 300, 0.001), (1, 2, 0.5), (1, 1, 0.95), (0, 0, 0.001)]
)
def test_the_share_of_its_orders_is_the_chance(orders, of, chance):
    assert found(Catalogue(learned=(replace(LEARNED, orders=orders, anchor_orders=of),)))[0].chance == chance


def test_a_shop_without_bundles_still_has_its_own_sets_and_they_come_first():
    goods = Catalogue(SHOP_HAS, sets=(NIGHT,), learned=(LEARNED,))
    assert [one.evidence.source for one in found(goods)] == ["set", "orders"]
    assert [one.evidence.source for one in found(goods, limits=rules())] == ["set"]


def test_all_its_other_parts_must_be_free_in_the_cart():
    assert KIND.suits(DECLARED, situation(), SHOP) == ""
    assert KIND.suits(replace(DECLARED, anchor_ids=("TENT", "LAMP")), situation(), SHOP) == "not_for_this"
    assert KIND.suits(DECLARED, situation(cart=carrying(TENT, in_quote=True)), SHOP) == "not_for_this"


def test_the_merchants_set_costs_what_the_cart_will_charge():
    assert KIND.price(DECLARED, situation(), SHOP) == declared_set((TENT,), (SHEET,), DEALS, 15)
    assert KIND.price(DECLARED, situation(), SHOP).saving == gbp("36.00")
    assert KIND.saving(DECLARED, situation(), SHOP) == 3600
    assert KIND.percent(DECLARED, situation(), SHOP) == 15


def test_even_where_the_assistant_makes_none_of_its_own():
    assert KIND.price(DECLARED, situation(), rules()).saving == gbp("36.00")
    assert KIND.saving(DECLARED, situation(), rules()) == 3600


def test_a_learned_set_costs_the_shops_percentage_less():
    assert KIND.price(COUNTED, situation(), SHOP) == work_price((TENT,), (PEGS, SHEET), DEALS, 10)
    assert KIND.price(COUNTED, situation(), SHOP).saving == gbp("24.70")
    assert KIND.saving(COUNTED, situation(), SHOP) == 2470
    assert KIND.percent(COUNTED, situation(), SHOP) == 10


def test_a_segments_declared_price_is_for_learned_sets_alone():
    loyal = rules(bundles=DEALS, segments=SegmentRules(prices=(("loyal", 5),)))
    told = situation(segment="loyal")
    working = KIND.price(COUNTED, told, loyal)
    assert (working.percent, working.segment, working.saving) == (5, "loyal", gbp("12.60"))
    assert KIND.saving(COUNTED, told, loyal) == 1260
    assert KIND.percent(COUNTED, told, loyal) == 5
    assert KIND.price(DECLARED, told, loyal) == declared_set((TENT,), (SHEET,), DEALS, 15)


def test_without_its_other_parts_there_is_no_saving():
    alone = situation(cart=(), subjects=(TENT,))
    assert KIND.price(COUNTED, alone, SHOP) == plain_price((PEGS, SHEET), DEALS, "GBP")
    assert KIND.saving(COUNTED, alone, SHOP) == 0
    assert KIND.saving(DECLARED, alone, SHOP) == KIND.price(DECLARED, alone, SHOP).saving.minor == 600


def test_the_merchants_set_is_named_with_its_theme():
    made = replace(DECLARED, products=(replace(SHEET, recycled="nylon"),))
    assert KIND.claims(made, 3600, situation(), SHOP) == (
        Claim("set", "", "TENT", (), ("First night out", "camping")),
        Claim("recycled", "SHEET", texts=("nylon",)),
    )


def test_of_a_learned_set_it_is_said_in_how_many_orders_it_was_whole():
    assert KIND.claims(COUNTED, 2470, situation(), SHOP) == (Claim("whole_set", anchor_id="TENT", numbers=(30,)),)


@pytest.mark.parametrize(("orders", "said"), [(5, True), (4, False)])
def test_from_the_shops_least_number_on(orders, said):
    few = replace(COUNTED, evidence=Evidence("orders", "TENT", orders, 312))
    limits = rules(OfferRules(claim_min_together=5), DEALS)
    assert bool(KIND.claims(few, 2470, situation(), limits)) is said
    assert KIND.can_say(few, 2470, situation(), limits) is said


@pytest.mark.parametrize("candidate", [DECLARED, COUNTED])
def test_without_a_saving_it_is_no_bundle(candidate):
    assert KIND.claims(candidate, 0, situation(), SHOP) == ()
    assert KIND.claims(candidate, 1, situation(), SHOP) != ()


def test_it_speaks_where_something_was_added_or_asked_for():
    assert KIND.moments == {"after_add", "on_request"}
    assert KIND.reason(situation("on_request")) == "asked_for"
    assert KIND.name_of(KIND.price(COUNTED, situation(), SHOP)) == "bundle"


def test_a_set_that_saves_nothing_is_not_live():
    assert found(Catalogue(SHOP_HAS, sets=(replace(NIGHT, discount_percent=0),))) == []
