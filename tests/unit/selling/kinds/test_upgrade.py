"""A better one of the same thing: while the shopper looks, inside the shop's range, with gains and losses said."""

from dataclasses import replace

import pytest

from actions.selling.facts import Gain
from actions.selling.kinds.plugin import Proposal
from actions.selling.kinds.upgrade import Upgrade
from actions.selling.model import Claim, Evidence
from catalog.domain.offer_rules import OfferRules, RankingRules
from tests.fakes.offer_facts import SHEET, TENT, companion, gbp, in_cart, rules, situation, thing
from tests.fakes.offer_goods import Better, Catalogue, Changed, look, product

KIND = Upgrade()
SHOP = rules(OfferRules(upgrade_from_percent=10, upgrade_to_percent=25))
LOOKING = situation("looking", cart=(), subjects=(TENT,))
ROOMIER = Gain("capacity", "2 people", "3 people", 150)
HEAVIER = Gain("weight", "2 kg", "3 kg", 150)
CHANGES = [
    Changed("capacity", 2.0, 3.0, "2 people", "3 people"),
    Changed("", 2.0, 3.0, "2 kg", "3 kg", unit="kg"),
    Changed("warranty_years", 0.0, 3.0, "none", "3"),
]
BETTER = Better(product("TENT-3", "230.00"), tuple(CHANGES), tuple(CHANGES[::-1]))


def upgrade(price: str = "230.00", **values):
    facts = {"evidence": Evidence("upgrade", "TENT"), "gains": (ROOMIER,), "losses": (HEAVIER,), **values}
    return companion(thing("TENT-3", price, kind="Tents", group_id="aero-3"), kind="upgrade", **facts)


def found(goods, *about, cart=()):
    return list(KIND.find(look("looking", goods, cart, about, limits=SHOP)))


def test_a_better_one_is_proposed_with_two_gains_and_one_loss():
    goods = Catalogue(better={"TENT": (BETTER,)})
    assert found(goods, product("TENT")) == [
        Proposal(
            "upgrade",
            ("TENT-3",),
            0.05,
            Evidence("upgrade", "TENT"),
            gains=(ROOMIER, Gain("kg", "2 kg", "3 kg", 150)),
            losses=(Gain("warranty_years", "none", "3", 0),),
        )
    ]
    assert goods.asked == [("upgrades", "TENT", 3, (10, 25))]


@pytest.mark.parametrize(
    ("before", "after", "ratio"),
    [(2.0, 3.0, 150), (3.0, 2.0, 67), (1.0, 9.0, 900), (0.0, 3.0, 0), (-1.0, 3.0, 0), (0.5, 1.0, 200)],
)
def test_the_ratio_is_a_whole_percentage_where_there_is_one(before, after, ratio):
    one = Better(BETTER.product, (Changed("capacity", before, after),))
    assert found(Catalogue(better={"TENT": (one,)}), product("TENT"))[0].gains[0].ratio == ratio


def test_what_is_in_the_cart_is_not_doubted():
    goods = Catalogue(better={"TENT": (BETTER,), "LAMP": (Better(product("LAMP-2")),)})
    both = (product("TENT"), product("LAMP"))
    assert [one.product_ids for one in found(goods, *both, cart=("TENT",))] == [("LAMP-2",)]
    assert goods.asked == [("upgrades", "LAMP", 3, (10, 25))]


def test_every_better_one_is_proposed():
    two = (BETTER, replace(BETTER, product=product("TENT-4", "240.00")))
    proposals = found(Catalogue(better={"TENT": two}), product("TENT"))
    assert [one.product_ids for one in proposals] == [("TENT-3",), ("TENT-4",)]


def test_a_better_one_of_two_things_is_proposed_once_for_the_first():
    goods = Catalogue(better={"TENT": (BETTER,), "TENT-RED": (BETTER,)})
    assert [one.evidence.anchor_id for one in found(goods, product("TENT"), product("TENT-RED"))] == ["TENT"]


@pytest.mark.parametrize(
    ("price", "said"),
    [
        ("219.99", "outside_price_band"),
        ("220.00", ""),
        ("250.00", ""),
        ("250.01", "outside_price_band"),
    ],
)
def test_it_costs_so_much_more_as_the_shop_says(price, said):
    assert KIND.suits(upgrade(price), LOOKING, SHOP) == said


def test_it_is_not_for_what_nobody_looks_at():
    other = situation("looking", cart=(), subjects=(SHEET,))
    assert KIND.suits(upgrade(), other, SHOP) == "not_for_this"
    assert KIND.suits(upgrade(), replace(other, subjects=(SHEET, TENT)), SHOP) == ""


def test_nor_for_what_is_in_the_cart_or_a_variant_of_it():
    assert KIND.suits(upgrade(), situation("looking"), SHOP) == "not_for_this"
    red = situation("looking", cart=in_cart(thing("TENT-RED", "200.00", group_id="aero")))
    assert KIND.suits(upgrade(), red, SHOP) == "not_for_this"
    assert KIND.suits(upgrade(), situation("looking", cart=in_cart(SHEET)), SHOP) == ""


def test_things_without_a_group_are_no_variants_of_each_other():
    alone = replace(TENT, group_id="")
    told = situation("looking", cart=in_cart(SHEET), subjects=(alone,))
    assert KIND.suits(upgrade(), told, SHOP) == ""


def test_it_must_be_better_by_something():
    assert KIND.suits(upgrade(gains=()), LOOKING, SHOP) == "not_for_this"


def test_a_fifth_of_its_margin_counts():
    assert KIND.contribution(upgrade(), 0, SHOP) == 2300
    assert KIND.contribution(upgrade("220.06"), 0, SHOP) == 2200
    assert KIND.contribution(upgrade("220.10"), 0, SHOP) == 2201
    assert KIND.contribution(upgrade(), 100, SHOP) == 2280
    unknown = replace(upgrade(), products=(replace(TENT, cost=None),))
    assert KIND.contribution(unknown, 0, rules(ranking=RankingRules(unknown_margin=30))) == 1200


def test_what_is_better_then_what_it_costs_more_then_what_is_worse():
    assert KIND.claims(upgrade(), 0, LOOKING, SHOP) == (
        Claim("better", "TENT-3", "TENT", (), ("capacity", "2 people", "3 people")),
        Claim("dearer", "TENT-3", "TENT", money=gbp("30.00")),
        Claim("worse", "TENT-3", "TENT", (), ("weight", "2 kg", "3 kg")),
    )


def test_where_the_other_is_not_looked_at_there_is_nothing_to_say():
    assert KIND.claims(upgrade(), 0, situation("looking", subjects=(SHEET,)), SHOP) == ()


def test_it_speaks_while_the_shopper_looks_or_compares():
    assert KIND.moments == {"looking", "comparing"}
    assert KIND.reason(LOOKING) == "better_one"


def test_what_is_compared_already_is_no_news():
    both = situation("comparing", cart=(), subjects=(TENT, upgrade().products[0]))
    assert KIND.suits(upgrade(), both, SHOP) == "not_for_this"
