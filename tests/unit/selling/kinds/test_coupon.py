"""A thank-you coupon: for whom, once for an order, and what is said of it."""

from dataclasses import replace

import pytest

from actions.selling.facts import Memory
from actions.selling.kinds.coupon import Coupon
from actions.selling.kinds.plugin import Proposal
from actions.selling.model import Claim, Evidence
from actions.selling.pricing import plain_price
from catalog.domain.offer_rules import CouponRules
from tests.fakes.offer_facts import companion, gbp, rules, situation
from tests.fakes.offer_goods import bought, look

KIND = Coupon()
THANKS = CouponRules(percent=10, valid_days=30, min_order=gbp("50.00"))
SHOP = rules(thank_you=THANKS)
GIVEN = replace(companion(kind="coupon", evidence=Evidence("shop", "", note="TO-1001"), percent=10), products=())


def found(*orders, thanks=THANKS):
    return list(KIND.find(look("after_order", limits=rules(thank_you=thanks), bought=tuple(orders))))


def test_the_latest_order_is_thanked_for():
    older = bought("PEGS", number="TO-1000", days=2)
    assert found(bought("TENT", days=1), older) == [
        Proposal("coupon", (), 0.3, Evidence("shop", "", note="TO-1001"), percent=10)
    ]


def test_where_the_shop_declares_none_or_nothing_was_ordered_there_is_none():
    assert found(bought("TENT", days=1), thanks=CouponRules()) == []
    assert found() == []


@pytest.mark.parametrize(("total", "thanked"), [("50.00", 1), ("49.99", 0)])
def test_from_the_declared_sum_on(total, thanked):
    assert len(found(bought("TENT", order_total=total, days=1))) == thanked


def test_without_a_declared_sum_every_order_is_enough():
    assert len(found(bought("TENT", order_total="0.01", days=1), thanks=CouponRules(percent=1))) == 1


def test_for_thirty_days():
    assert len(found(bought("TENT", days=30))) == 1
    assert found(bought("TENT", days=30, seconds=1)) == []


def test_once_for_an_order():
    assert KIND.suits(GIVEN, situation("after_order"), SHOP) == ""
    assert KIND.suits(GIVEN, situation("after_order", memory=Memory(thanked=("TO-1000",))), SHOP) == ""
    assert KIND.suits(GIVEN, situation("after_order", memory=Memory(thanked=("TO-1001",))), SHOP) == "offered_before"


def test_it_costs_nothing_and_saves_nothing_yet():
    assert KIND.price(GIVEN, situation(), SHOP) == plain_price((), SHOP.bundles, "GBP")
    assert KIND.saving(GIVEN, situation(), SHOP) == 0
    assert KIND.percent(GIVEN, situation(), SHOP) == 10


def test_whatever_could_help_today_goes_first():
    assert KIND.contribution(GIVEN, 0, SHOP) == 1


def test_how_much_and_for_how_long_is_said():
    assert KIND.claims(GIVEN, 0, situation(), SHOP) == (Claim("thanks", numbers=(10, 30)),)
    assert KIND.reason(situation("after_order")) == "thanks"
    assert KIND.one_no_for_all
