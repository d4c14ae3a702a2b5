"""The deal behind an offer: its ids, what it rests on in the cart, and how one of several is taken."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.context import TurnContext
from actions.selling.deal import alternative, coupon_of, deal_hash, decision_id, make_offer, offer_id_of, quote_lines
from actions.selling.decision import Choice, decide
from actions.selling.facts import Gain, PlanFacts
from actions.selling.model import Claim, Evidence, Offer, OfferState, QuoteLine
from actions.selling.pricing import alternatives_price, plan_price, work_price
from actions.shop.model import Cart, CartLine, Coupon
from catalog.domain.money import Money, zero
from catalog.domain.offer_rules import BundleRules
from catalog.domain.product import Availability, Product
from tests.fakes.offer_book import offer
from tests.fakes.offer_facts import DEALS, NOW, PEGS, SHEET, TENT, companion, gbp, rules, situation

NOTHING = zero("GBP")
TURN = TurnContext("c1", "s1", "widget", "en", NOW, "t9", 9)
SHOP = {i: Product(i, i, gbp(p)) for i, p in [("TENT", "200.00"), ("PEGS", "12.00"), ("SHEET", "40.00")]}
PAIR = (QuoteLine("TENT", 1, gbp("200.00"), gbp("5.38"), added=False), QuoteLine("PEGS", 1, gbp("12.00"), gbp("0.32")))
MONTHLY, YEARLY = PlanFacts("month", gbp("2.50")), PlanFacts("year", gbp("25.00"))


def cart(*lines: tuple[str, int], quoted: str = "", currency: str = "GBP") -> Cart:
    nothing = Money(0, currency)
    return Cart("s1", currency, tuple(
        CartLine(i, i, quantity, nothing, nothing, "o-0" if i == quoted else "") for i, quantity in lines
    ))  # fmt: skip


def fingerprint(held: Cart, lines=PAIR, shop=None, replaces="") -> str:
    return deal_hash(lines, held, SHOP if shop is None else shop, replaces)


HERE = fingerprint(cart(("TENT", 1)))


def test_the_same_turn_told_twice_is_one_decision():
    assert decision_id(TURN, "after_add", ["TENT"]) == decision_id(replace(TURN, text="…"), "after_add", ("TENT",))


@pytest.mark.parametrize(
    "other",
    [
        (replace(TURN, shopper_id="s2"), "after_add", ["TENT"]),
        (replace(TURN, conversation_id="c2"), "after_add", ["TENT"]),
        (replace(TURN, turn_id="t10"), "after_add", ["TENT"]),
        (TURN, "on_request", ["TENT"]),
        (TURN, "after_add", ["PEGS"]),
        (TURN, "after_add", ["TENT", "PEGS"]),
    ],
)
def test_anything_else_is_another(other):
    assert decision_id(*other) != decision_id(TURN, "after_add", ["TENT"])


def test_ids_keep_their_form_from_one_version_to_the_next():
    told = b'["s1", "c1", "t9", "after_add", "TENT"]'
    assert decision_id(TURN, "after_add", ["TENT"]) == "d-" + hashlib.sha256(told).hexdigest()[:20]
    assert offer_id_of("d-12ab") == "o-12ab"
    assert offer_id_of("d-12d-") == "o-12d-"


def test_a_quote_has_one_of_each_product():
    assert quote_lines(work_price((TENT,), (PEGS,), DEALS, 10)) == PAIR
    assert quote_lines(plan_price(TENT, [MONTHLY], DEALS)) == (
        QuoteLine("TENT", 1, gbp("2.50"), NOTHING, True, "month"),
    )


def test_a_fingerprint_keeps_its_form_from_one_version_to_the_next():
    facts = b'["GBP", [["TENT", false, true, false, true], ["PEGS", true, 0, false, true]]]'
    assert hashlib.sha256(facts).hexdigest()[:32] == HERE


def test_without_anything_to_replace_nothing_more_counts():
    assert deal_hash(PAIR, cart(("TENT", 1)), SHOP) == HERE


def test_other_things_in_the_cart_and_more_of_the_anchor_do_not_touch_the_deal():
    assert fingerprint(cart(("SHEET", 2), ("TENT", 1))) == HERE
    assert fingerprint(cart(("TENT", 3))) == HERE


@pytest.mark.parametrize(
    ("held", "shop"),
    [
        (cart(), SHOP),
        (cart(("TENT", 1), ("PEGS", 1)), SHOP),
        (cart(("TENT", 1), quoted="TENT"), SHOP),
        (cart(("TENT", 1), currency="EUR"), SHOP),
        (cart(("TENT", 1)), {"TENT": SHOP["TENT"]}),
        (cart(("TENT", 1)), {**SHOP, "PEGS": replace(SHOP["PEGS"], availability=Availability.OUT_OF_STOCK)}),
        (cart(("TENT", 1)), {**SHOP, "TENT": replace(SHOP["TENT"], availability=Availability.OUT_OF_STOCK)}),
    ],
    ids=["anchor gone", "added already", "in a deal", "currency", "gone from the shop", "sold out", "anchor sold out"],
)
def test_what_the_deal_rests_on_does(held, shop):
    assert fingerprint(held, shop=shop) != HERE


def test_how_many_of_what_is_added_are_there_already_counts():
    one, two = cart(("TENT", 1), ("PEGS", 1)), cart(("TENT", 1), ("PEGS", 2))
    assert fingerprint(one) != fingerprint(two)


def test_that_what_is_added_is_in_another_deal_does_not_count():
    one = cart(("TENT", 1), ("PEGS", 1))
    assert fingerprint(one) == fingerprint(cart(("TENT", 1), ("PEGS", 1), quoted="PEGS"))


def test_a_plan_rests_on_its_product_being_there_however_many():
    plan = (QuoteLine("TENT", 1, gbp("2.50"), NOTHING, True, "month"),)
    assert fingerprint(cart(("TENT", 1)), plan) == fingerprint(cart(("TENT", 2)), plan)
    assert fingerprint(cart(("TENT", 1)), plan) != fingerprint(cart(), plan)


def test_an_upgrade_rests_on_the_other_not_being_in_the_cart():
    upgrade = (QuoteLine("PEGS", 1, gbp("12.00"), NOTHING),)
    without = fingerprint(cart(), upgrade, replaces="SHEET")
    assert without == fingerprint(cart(("TENT", 1)), upgrade, replaces="SHEET")
    assert without != fingerprint(cart(("SHEET", 1)), upgrade, replaces="SHEET")
    assert without != fingerprint(cart(), upgrade)
    assert without != fingerprint(cart(), upgrade, replaces="TENT")
    assert fingerprint(cart(("SHEET", 1)), upgrade, replaces="SHEET") == (
        fingerprint(cart(("SHEET", 2)), upgrade, replaces="SHEET")
    )


def test_the_open_offer_of_a_pitch():
    choice = decide(situation(), [companion()], rules(bundles=DEALS))
    offer = make_offer(TURN, "d-12", choice, companion(title="Storm pegs"), cart(("TENT", 1)), SHOP, 90)
    assert offer == Offer(
        id="o-12",
        conversation_id="c1",
        shopper_id="s1",
        kind="bundle",
        state=OfferState.OPEN,
        lines=PAIR,
        price=gbp("6.30"),
        saving=gbp("5.70"),
        cart_hash=HERE,
        created_at=NOW,
        expires_at=NOW + timedelta(minutes=90),
        evidence=companion().evidence,
        claims=(Claim("orders", anchor_id="TENT", numbers=(41, 312)),),
        choose_one=False,
        replaces="",
        percent=10,
        title="Storm pegs",
        shown=("PEGS",),
        segment="",
    )


def pitched(candidate, working, products=SHOP, held=cart(("TENT", 1))) -> Offer:  # noqa: B008
    choice = Choice("pitch", "fits_cart", (), candidate.kind, candidate.product_ids, working)
    return make_offer(TURN, "d-12", choice, candidate, held, products, 90)


def test_an_upgrade_names_what_it_would_be_instead_of():
    better = companion(SHEET, kind="upgrade", gains=(Gain("capacity", "2", "3"),), evidence=Evidence("upgrade", "PEGS"))
    offer = pitched(better, alternatives_price((SHEET,), DEALS))
    assert offer.replaces == "PEGS"
    assert offer.cart_hash == fingerprint(cart(("TENT", 1)), offer.lines, replaces="PEGS")


def test_the_declared_percentage_of_a_candidate_goes_before_that_of_the_price():
    assert pitched(companion(percent=15), work_price((TENT,), (PEGS,), DEALS, 10)).percent == 15


def test_the_segment_whose_price_it_is_stays_with_the_offer():
    assert pitched(companion(), work_price((TENT,), (PEGS,), DEALS, 10, "loyal")).segment == "loyal"


def test_one_way_alone_leaves_nothing_to_choose():
    both = companion(TENT, kind="service_plan", plans=(MONTHLY, YEARLY))
    assert pitched(both, plan_price(TENT, both.plans, DEALS)).choose_one
    assert not pitched(both, plan_price(TENT, both.plans[:1], DEALS)).choose_one
    assert not pitched(companion(), work_price((TENT,), (PEGS,), DEALS, 10)).choose_one


def of_alternatives() -> Offer:
    three = replace(companion(kind="tiers"), products=(PEGS, SHEET, TENT))
    return pitched(three, alternatives_price(three.products, BundleRules()))


def test_the_chosen_one_of_several_stands_alone_at_its_own_price():
    sheet = alternative(of_alternatives(), "SHEET")
    assert sheet == replace(
        of_alternatives(),
        lines=(QuoteLine("SHEET", 1, gbp("40.00"), NOTHING),),
        price=gbp("40.00"),
        saving=NOTHING,
        choose_one=False,
    )


@pytest.mark.parametrize("named", ["", "LAMP", "month"])
def test_what_names_none_of_them_is_no_choice(named):
    assert alternative(of_alternatives(), named) is None


def test_a_plan_is_chosen_by_how_it_is_paid_and_not_by_its_product():
    both = companion(TENT, kind="service_plan", plans=(MONTHLY, YEARLY))
    offer = pitched(both, plan_price(TENT, both.plans, DEALS))
    assert alternative(offer, "year").price == gbp("25.00")
    assert alternative(offer, "month").lines == (QuoteLine("TENT", 1, gbp("2.50"), NOTHING, True, "month"),)
    assert alternative(offer, "TENT") is None


def test_nothing_saved_is_nothing_in_the_offers_own_currency():
    euros = replace(of_alternatives(), price=Money(1, "EUR"))
    assert alternative(euros, "SHEET").saving == zero("EUR")


def test_a_coupon_is_valid_for_the_days_that_were_said():
    said = replace(offer(), claims=(Claim("thanks", numbers=(5, 30)),), percent=5)
    given = coupon_of(said, TURN.now)
    assert given == Coupon("o-1", 5, TURN.now, TURN.now, TURN.now + timedelta(days=30))
