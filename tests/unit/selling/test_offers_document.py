"""docs/offers.md: each worked example is computed again, and its figures stand in its section."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from actions.selling.facts import CandidateFacts, Gain, PlanFacts
from actions.selling.kinds import KINDS
from actions.selling.kinds.plans import monthly_cost, yearly_cost
from actions.selling.model import Evidence
from actions.shop.coupons import unit_savings
from actions.shop.model import Coupon
from catalog.domain.money import Money
from tests.fakes.offer_facts import DEALS, NOW, companion, gbp, in_cart, rules, situation, thing
from tests.fakes.offer_goods import Catalogue, bought, look, product

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "offers.md").read_text()
TENT = thing("TENT", "200.00", cost=gbp("110.00"))
SHEET = thing("SHEET", "40.00", cost=gbp("22.00"), floor=gbp("30.00"))
PEGS = thing("PEGS", "12.00", cost=gbp("6.00"))
GAS = thing("GAS", "8.00", cost=gbp("5.00"), consumable=True)


def section(kind: str) -> str:
    return re.split(r"^## ", TEXT.split(f"## `{kind}`", 1)[1], flags=re.M)[0]


def stands(kind: str, *figures: object) -> None:
    text = section(kind)
    assert [str(figure) for figure in figures if str(figure) not in text] == []


def test_complement():
    look, allowed = situation(cart=in_cart(TENT)), rules(bundles=DEALS)
    working = KINDS["complement"].price(companion(PEGS), look, allowed)
    tent, pegs = working.lines
    stands("complement", working.parts, working.saving, working.price, pegs.lowest, tent.discount, pegs.discount)
    stands("complement", gbp("212.00").share(10, 100))
    assert KINDS["complement"].contribution(companion(PEGS), working.saving.minor, allowed) == 30


def test_bundle():
    look, allowed = situation(cart=in_cart(TENT, SHEET)), rules(bundles=DEALS)
    whole = Evidence("set", "TENT", note="SET")
    candidate = CandidateFacts("bundle", (PEGS,), 0.1, whole, ("TENT", "SHEET"), "First night", "camping", 10)
    working = KINDS["bundle"].price(candidate, look, allowed)
    assert str(working.price) == "-13.20"
    stands("bundle", working.parts, working.saving, *(line.discount for line in working.lines))
    stands("bundle", working.parts - working.saving, str(working.price).removeprefix("-"))


def test_upgrade():
    seen, better = thing("OLD", "99.00"), thing("NEW", "119.00")
    look = situation("looking", cart=(), subjects=(seen,))
    candidate = CandidateFacts(
        "upgrade", (better,), 0.05, Evidence("upgrade", "OLD"), gains=(Gain("weight_g", "2900 g", "1900 g"),)
    )
    assert KINDS["upgrade"].suits(candidate, look, rules()) == ""
    dearer = next(c for c in KINDS["upgrade"].claims(candidate, 0, look, rules()) if c.about == "dearer")
    stands("upgrade", dearer.money, seen.price, better.price)
    too_dear = replace(candidate, products=(thing("NEW", "125.00"),))
    assert KINDS["upgrade"].suits(too_dear, look, rules()) == "outside_price_band"


def test_tiers():
    three = tuple(thing(f"T{price}", f"{price}.00") for price in (99, 189, 329))
    candidate = CandidateFacts("tiers", three, 0.3, Evidence("tiers", "T99"))
    (gap,) = KINDS["tiers"].claims(candidate, 0, situation("choosing"), rules())
    stands("tiers", gap.money, *(one.price for one in three))


def test_add_on():
    look = situation("checkout", cart=in_cart(TENT))
    assert KINDS["add_on"].suits(companion(PEGS, kind="add_on"), look, rules()) == ""
    assert KINDS["add_on"].suits(companion(SHEET, kind="add_on"), look, rules()) == "outside_price_band"
    stands("add_on", gbp("200.00").share(15, 100), PEGS.price, SHEET.price)


def test_free_shipping():
    look, kind = situation("cart_shown", cart=in_cart(thing("STOVE", "66.00"))), KINDS["free_shipping"]
    allowed = rules(free_from="75.00")
    assert kind.suits(companion(PEGS, kind="free_shipping"), look, allowed) == ""
    assert kind.suits(companion(GAS, kind="free_shipping"), look, allowed) == "outside_price_band"
    assert kind.suits(companion(SHEET, kind="free_shipping"), look, allowed) == "outside_price_band"
    gap = kind.claims(companion(PEGS, kind="free_shipping"), 0, look, allowed)[0]
    stands("free_shipping", gap.money, "12 %", allowed.shipping.cost)


def test_service_plan():
    plans = (PlanFacts("month", gbp("2.50")), PlanFacts("year", gbp("24.00")))
    candidate = CandidateFacts("service_plan", (TENT,), 0.04, Evidence("plan", "TENT"), title="Care", plans=plans)
    earned = KINDS["service_plan"].contribution(candidate, 0, rules())
    stands("service_plan", plans[0].price, plans[1].price, f"0.04 × {earned} = {0.04 * earned}")


def test_subscription():
    plan = PlanFacts("days:60", gbp("7.60"))
    stands("subscription", plan.price, yearly_cost(plan), monthly_cost(plan), GAS.price - plan.price)


def test_coupon():
    given = Coupon("c-1", 5, NOW, NOW, NOW + timedelta(days=30))
    off = unit_savings(given, {"A": product("A", "60.00", cost=gbp("30.00"))}, rules().bundles)
    stands("coupon", gbp("84.00"), Money(off["A"], "GBP"))


@pytest.mark.parametrize(("quantity", "first", "last"), [(1, 48, 180), (2, 96, 360)])
def test_reorder(quantity, first, last):
    gas = product("GAS", "8.00", attributes={"consumable": "yes", "lifetime_days": "60"})

    def is_due(days: int) -> bool:
        again = look("after_order", Catalogue({"GAS": gas}), bought=(bought("GAS", quantity, days=days),))
        return bool(KINDS["reorder"].find(again))

    assert [is_due(day) for day in (first - 1, first, last, last + 1)] == [False, True, True, False]
    stands("reorder", f"day {first}" if quantity == 1 else f"days {first} to {last}")
