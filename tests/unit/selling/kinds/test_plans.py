"""Care plans and repeated deliveries: for what is in the cart, with both costs said and none chosen before."""

from dataclasses import replace

import pytest

from actions.selling.facts import PlanFacts
from actions.selling.kinds.plans import ServicePlan, Subscription, costs_claim, monthly_cost, yearly_cost
from actions.selling.kinds.plugin import Proposal
from actions.selling.model import Claim, Evidence
from actions.selling.pricing import plan_price
from catalog.domain.money import Money
from catalog.domain.offer_rules import RankingRules
from tests.fakes.offer_facts import DEALS, TENT, companion, gbp, in_cart, rules, situation, thing
from tests.fakes.offer_goods import look, product

CARE, DELIVERY = ServicePlan(), Subscription()
SHOP = rules(bundles=DEALS, ranking=RankingRules(unknown_margin=30))
MONTHLY, YEARLY = PlanFacts("month", gbp("2.50")), PlanFacts("year", gbp("25.00"))
GAS = thing("GAS", "8.00", consumable=True)
COLUMNS = {"service_plan": "Tent care", "service_plan_monthly": "2.50", "service_plan_yearly": "25.00"}
EVERY = {"subscription_days": "30", "subscription_price": "7.20"}
CARED = companion(TENT, kind="service_plan", plans=(MONTHLY, YEARLY), title="Tent care")
DELIVERED = companion(GAS, kind="subscription", plans=(PlanFacts("days:30", gbp("7.20")),))


def cared(columns=COLUMNS, cart=("TENT",)):
    return list(CARE.find(look(cart=cart, about=[product("TENT", "200.00", attributes=columns)])))


def delivered(columns=EVERY, cart=("GAS",), price="8.00", **values):
    return list(DELIVERY.find(look(cart=cart, about=[product("GAS", price, attributes=columns, **values)])))


def test_a_product_with_both_prices_has_a_care_plan():
    assert cared() == [
        Proposal("service_plan", ("TENT",), 0.04, Evidence("plan", "TENT"), title="Tent care", plans=(MONTHLY, YEARLY))
    ]


@pytest.mark.parametrize("lacking", ["service_plan_monthly", "service_plan_yearly"])
def test_with_one_price_alone_it_has_none(lacking):
    assert cared({name: text for name, text in COLUMNS.items() if name != lacking}) == []


def test_a_plan_without_words_is_found_and_has_nothing_to_say():
    bare = {name: text for name, text in COLUMNS.items() if name != "service_plan"}
    assert [one.title for one in cared(bare)] == [""]
    assert CARE.claims(replace(CARED, title=""), 0, situation(), SHOP) == ()


def test_only_what_is_in_the_cart_is_cared_for_or_delivered():
    assert cared(cart=("PEGS",)) == []
    assert delivered(cart=("PEGS",)) == []


def test_something_that_runs_out_may_come_again_by_itself():
    assert delivered() == [
        Proposal("subscription", ("GAS",), 0.04, Evidence("plan", "GAS"), plans=(PlanFacts("days:30", gbp("7.20")),))
    ]


@pytest.mark.parametrize(
    ("days", "price", "found"),
    [
        ("0", "7.20", 0),
        ("1", "7.20", 1),
        ("365", "7.20", 1),
        ("366", "7.20", 0),
        ("30", "", 0),
        ("", "7.20", 0),
        ("30", "8.00", 1),
        ("30", "8.01", 0),
    ],
)
def test_at_most_once_a_day_at_least_once_a_year_and_never_dearer_than_in_the_shop(days, price, found):
    assert len(delivered({"subscription_days": days, "subscription_price": price})) == found


def test_todays_price_is_the_one_that_counts():
    assert delivered(sale_price=gbp("7.00")) == []


@pytest.mark.parametrize("kind", [CARE, DELIVERY])
def test_it_is_for_what_is_in_the_cart_without_a_plan(kind):
    there = situation(cart=(*in_cart(GAS), *in_cart(TENT)))
    planned = situation(cart=(*in_cart(GAS), *in_cart(TENT, planned=True)))
    assert kind.suits(CARED, there, SHOP) == ""
    assert kind.suits(CARED, planned, SHOP) == "not_for_this"
    assert kind.suits(DELIVERED, planned, SHOP) == ""
    assert kind.suits(CARED, situation(cart=in_cart(GAS)), SHOP) == "not_for_this"


def test_each_way_to_pay_is_a_line():
    assert CARE.price(CARED, situation(), SHOP) == plan_price(TENT, (MONTHLY, YEARLY), DEALS)
    assert DELIVERY.price(DELIVERED, situation(), SHOP) == plan_price(GAS, DELIVERED.plans, DEALS)


def test_it_earns_the_declared_share_of_a_year():
    assert CARE.contribution(CARED, 0, SHOP) == 750
    assert DELIVERY.contribution(DELIVERED, 0, SHOP) == 2592
    odd = replace(CARED, plans=(PlanFacts("year", gbp("0.99")),))
    assert CARE.contribution(odd, 0, SHOP) == 29


@pytest.mark.parametrize(
    ("every", "yearly", "monthly"),
    [
        ("month", "96.00", "8.00"),
        ("year", "8.00", "0.67"),
        ("days:30", "96.00", "8.00"),
        ("days:365", "8.00", "0.67"),
        ("days:183", "8.00", "0.67"),
        ("days:182", "16.00", "1.33"),
        ("days:1", "2920.00", "243.33"),
    ],
)
def test_a_year_has_365_days_and_a_month_is_a_twelfth_of_it(every, yearly, monthly):
    plan = PlanFacts(every, gbp("8.00"))
    assert (yearly_cost(plan), monthly_cost(plan)) == (gbp(yearly), gbp(monthly))


def test_halves_of_a_penny_round_up_in_the_month():
    assert monthly_cost(PlanFacts("year", Money(6, "GBP"))) == Money(1, "GBP")
    assert monthly_cost(PlanFacts("year", Money(5, "GBP"))) == Money(0, "GBP")


def test_both_costs_are_said_the_first_by_the_month_the_last_by_the_year():
    assert costs_claim(CARED) == Claim("plan_costs", "TENT", numbers=(250, 2500))
    assert costs_claim(DELIVERED) == Claim("plan_costs", "GAS", numbers=(720, 8640))


def test_what_a_care_plan_covers_is_said_in_the_shops_own_words():
    assert CARE.claims(CARED, 0, situation(), SHOP) == (
        Claim("covers", "TENT", texts=("Tent care",)),
        Claim("plan_costs", "TENT", numbers=(250, 2500)),
    )


def test_of_a_delivery_it_is_said_how_often_and_what_each_one_saves():
    assert DELIVERY.claims(DELIVERED, 0, situation(), SHOP) == (
        Claim("comes_every", "GAS", numbers=(30,), money=gbp("0.80")),
        Claim("plan_costs", "GAS", numbers=(720, 8640)),
    )


def test_why_they_are_offered():
    assert CARE.reason(situation()) == "has_a_plan"
    assert DELIVERY.reason(situation()) == "runs_out"


def test_a_care_plan_is_chosen_by_the_shopper_and_one_no_is_a_no_to_all():
    assert (CARE.choose_one, DELIVERY.choose_one) == (True, False)
    assert (CARE.one_no_for_all, DELIVERY.one_no_for_all) == (True, True)
