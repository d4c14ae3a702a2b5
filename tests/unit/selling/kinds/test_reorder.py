"""Ordering again what runs out: when it is due, and what is said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.selling.kinds.plugin import Proposal
from actions.selling.kinds.reorder import Reorder
from actions.selling.model import Claim, Evidence
from tests.fakes.offer_facts import NOW, PEGS, companion, rules, situation, thing
from tests.fakes.offer_goods import Again, Catalogue, bought, look, product

KIND = Reorder()
RUNS_OUT = {"consumable": "yes", "lifetime_days": "50"}
GAS = product("GAS", "8.00", attributes=RUNS_OUT)
AGAIN = Again("GAS", 0.4, 7, NOW - timedelta(days=12, hours=5))


def found(*lines, goods=None, **values):
    return list(KIND.find(look("after_order", goods or Catalogue({"GAS": GAS}), bought=lines, **values)))


def test_what_runs_out_is_proposed_when_it_is_due():
    assert found(bought("GAS", days=45, hours=3)) == [
        Proposal("reorder", ("GAS",), 0.2, Evidence("order", "GAS", together=1, anchor_orders=45))
    ]


@pytest.mark.parametrize(
    ("gone", "due"),
    [
        ({"days": 40, "seconds": -1}, 0),
        ({"days": 40}, 1),
        ({"days": 150}, 1),
        ({"days": 150, "seconds": 1}, 0),
    ],
)
def test_from_four_fifths_of_its_lifetime_to_three_times_of_it(gone, due):
    assert len(found(bought("GAS", **gone))) == due


def test_two_last_twice_as_long():
    assert found(bought("GAS", 2, days=45)) == []
    assert len(found(bought("GAS", 2, days=80))) == 1


@pytest.mark.parametrize(
    "columns",
    [{"consumable": "yes"}, {"consumable": "no", "lifetime_days": "50"}, {"consumable": "yes", "lifetime_days": "0"}],
)
def test_what_is_not_declared_to_run_out_is_not_proposed(columns):
    goods = Catalogue({"GAS": product("GAS", attributes=columns)})
    assert found(bought("GAS", days=45), goods=goods) == []


def test_not_even_at_the_very_moment_of_the_purchase():
    goods = Catalogue({"GAS": product("GAS", attributes={"consumable": "yes"})})
    assert found(bought("GAS"), goods=goods) == []


def test_nor_what_the_shop_has_no_more():
    assert found(bought("GAS", days=45), goods=Catalogue()) == []


def test_the_latest_purchase_of_a_thing_is_the_one_that_counts():
    assert found(bought("GAS", days=1), bought("GAS", days=45)) == []


def test_what_the_order_file_knows_of_a_customer_comes_after():
    goods = Catalogue({"GAS": GAS}, again=(replace(AGAIN, product_id="OIL"), replace(AGAIN, product_id="TEA")))
    proposals = found(bought("GAS", days=45), goods=goods, customer_id="c-7")
    assert proposals[1:] == [
        Proposal("reorder", ("OIL",), 0.4, Evidence("order", "OIL", together=7, anchor_orders=12)),
        Proposal("reorder", ("TEA",), 0.4, Evidence("order", "TEA", together=7, anchor_orders=12)),
    ]
    assert [one.product_ids for one in proposals] == [("GAS",), ("OIL",), ("TEA",)]
    assert goods.asked == [("reorders", ("TENT",), "c-7", 5)]


def test_the_shops_own_orders_know_better():
    goods = Catalogue({"GAS": GAS}, again=(AGAIN,))
    assert found(bought("GAS", days=1), goods=goods, customer_id="c-7") == []


def test_of_a_stranger_the_order_file_knows_nothing():
    goods = Catalogue(again=(AGAIN,))
    assert found(goods=goods) == []
    assert goods.asked == []


@pytest.mark.parametrize(("score", "chance"), [(7.0, 0.95), (0.0, 0.001)])
def test_no_chance_is_certain(score, chance):
    goods = Catalogue(again=(replace(AGAIN, score=score),))
    assert found(goods=goods, customer_id="c-7")[0].chance == chance


def test_a_purchase_that_is_dated_later_than_now_was_today():
    ahead = Catalogue(again=(replace(AGAIN, last_bought=NOW + timedelta(days=2)),))
    assert found(goods=ahead, customer_id="c-7")[0].evidence.anchor_orders == 0


def test_only_what_runs_out_is_offered_and_the_days_are_said():
    again = companion(thing("GAS", consumable=True), evidence=Evidence("order", "GAS", 1, 45))
    assert KIND.suits(again, situation(), rules()) == ""
    assert KIND.suits(companion(PEGS), situation(), rules()) == "not_for_this"
    assert KIND.claims(again, 0, situation(), rules()) == (Claim("bought_last", "GAS", numbers=(45,)),)
    assert KIND.reason(situation("after_order")) == "runs_out"
