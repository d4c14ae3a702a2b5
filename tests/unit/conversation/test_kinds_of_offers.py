"""Every kind of offer from end to end: the real desk decides, the words say it, a yes does it."""

import pytest

from actions.conversation import accepting, adding, carting, comparing, finding, offering, people, reasons, reductions
from actions.conversation.confusion import unclear
from actions.speech.messages import ChoiceKind
from catalog.domain.offer_rules import SegmentRules
from tests.fakes.offer_scenes import EVERY_KIND, play_scene, play_set
from tests.fakes.small_shop import BUNDLES, fresh_database
from tests.fakes.talking_shop import Talk, of_kind, offer_in
from tests.unit.conversation.test_cart import said


@pytest.fixture
def database(tmp_path):
    return fresh_database(tmp_path)


def _yes(talk: Talk, message, number: int = 0):
    return talk.tap(accepting.affirm, of_kind(message, ChoiceKind.ACCEPT)[number])


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_each_kind_is_offered_after_the_answer_or_as_the_answer_to_a_question(database, kind):
    _, reply = play_scene(kind, database)
    offer, message = offer_in(reply)
    assert offer.kind == kind
    assert message is reply.messages[-1]
    # The first message introduces the assistant; good, better and best are the answer themselves.
    answers = [one for one in reply.messages[:-1] if one.text]
    assert kind == "tiers" or not answers[-1].offer_id


@pytest.mark.parametrize(
    ("kind", "taken", "says"),
    [
        ("complement", "1 SHEET 40.00, 1 PEGS 12.00", "Added: Storm pegs."),
        ("bundle", "1 SHEET 36.00, 1 PEGS 10.80", "£5.20 saved"),
        ("upgrade", "1 STOVE-PRO 70.00", "rather than the Trail stove"),
        ("add_on", "1 TENT 200.00, 1 PEGS 12.00", "Added: Storm pegs."),
        ("free_shipping", "1 SHEET 40.00, 1 PEGS 12.00", "Delivery is free."),
        ("reorder", "1 GAS 8.00", "Added: Gas cartridge."),
    ],
)
def test_a_yes_puts_it_in_the_cart_at_the_price_that_was_said(database, kind, taken, says):
    talk, reply = play_scene(kind, database)
    answer = _yes(talk, offer_in(reply)[1])
    assert talk.cart() == taken
    assert says in said(answer)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_no_changes_nothing(database, kind):
    talk, reply = play_scene(kind, database)
    before = (talk.cart(), talk.plans)
    answer = talk.tap(offering.deny, of_kind(offer_in(reply)[1], ChoiceKind.DECLINE)[0])
    assert (talk.cart(), talk.plans) == before
    assert answer.settled.state == "declined"


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_second_tap_on_the_same_yes_changes_nothing_more(database, kind):
    talk, reply = play_scene(kind, database)
    message = offer_in(reply)[1]
    _yes(talk, message)
    before = (talk.cart(), talk.plans)
    answer = _yes(talk, message)
    assert (talk.cart(), talk.plans) == before
    assert "once" in said(answer)


def test_a_set_that_saves_more_than_it_adds_makes_the_cart_cheaper_in_words_too(database):
    talk, reply = play_set(database)
    _, message = offer_in(reply)
    assert "Your cart gets £13.20 cheaper." in message.text
    assert "-" not in message.text.replace("thank-you", "")
    _yes(talk, message)
    assert str(talk.shop.cart(talk.shopper, talk.now).total) == "226.80"


def test_an_upgrade_says_what_is_better_what_is_worse_and_the_difference(database):
    text = offer_in(play_scene("upgrade", database)[1])[1].text
    for part in ("weight 280 g rather than 420 g", "twice as long: 200 against 100 uses", "46 rather than 40"):
        assert part in text
    assert "£70.00, £10.00 more than the Trail stove" in text


def test_both_costs_of_a_plan_have_a_button_of_the_same_weight(database):
    _, message = offer_in(play_scene("service_plan", database)[1])
    assert [choice.title for choice in of_kind(message, ChoiceKind.ACCEPT)] == ["Monthly, £2.50", "Yearly, £24.00"]
    assert "£2.50 a month or £24.00 a year; nothing of it is due today" in message.text


def test_a_plan_is_dropped_by_words_and_the_product_stays(database):
    talk, reply = play_scene("service_plan", database)
    _yes(talk, offer_in(reply)[1])
    answer = talk.say(carting.remove, "remove the care plan", "remove_from_cart")
    assert (talk.plans, talk.cart()) == ([], "1 TENT 200.00")
    assert "no plan for the Aero 2 tent" in said(answer)


def test_a_repeated_delivery_says_both_costs_and_is_dropped_by_words(database):
    talk, reply = play_scene("subscription", database)
    _, message = offer_in(reply)
    assert "£7.60 each time, which comes to £3.80 a month or £45.60 a year" in message.text
    _yes(talk, message)
    assert talk.plans == [("GAS", "days:60", "7.60")]
    talk.say(unclear, "cancel the subscription", "cancel_order")
    assert (talk.plans, talk.cart()) == ([], "1 GAS 8.00")


def test_dropping_a_plan_that_is_not_there_leaves_the_words_what_they_were(database):
    talk = Talk(database)
    talk.put("PEGS")
    talk.say(carting.remove, "remove the storm pegs from the plan", "remove_from_cart")
    assert talk.cart() == ""


def test_a_coupon_that_was_taken_counts_by_itself_in_the_next_cart(database):
    talk, reply = play_scene("coupon", database)
    answer = _yes(talk, offer_in(reply)[1])
    assert "until 1 May 2026" in said(answer)
    talk.put("LAMP")
    assert talk.cart() == "1 LAMP 33.25"


def test_the_price_of_a_segment_is_said_to_be_one(database):
    segments = SegmentRules(prices=(("gift_buyer", 5),))
    talk = Talk(database, bundles=BUNDLES, segments=segments)
    reply = talk.say(adding.add, "add the groundsheet, it is a present", "add_to_cart")
    offer, message = offer_in(reply)
    assert offer.segment == "gift_buyer"
    assert "those who buy a present" in message.text


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("complement", "41 of the 312"),
        ("bundle", "41 of the 312"),
        ("upgrade", "You were looking at the Trail stove"),
        ("tiers", "You asked which one to get"),
        ("add_on", "costs little beside"),
        ("free_shipping", "near the gap to free delivery"),
        ("service_plan", "The shop has a plan for the Aero 2 tent"),
        ("subscription", "gets used up"),
        ("coupon", "every order of £10.00 or more"),
        ("reorder", "55 days ago"),
    ],
)
def test_why_this_gets_the_true_reason_of_each_kind(database, kind, reason):
    talk, reply = play_scene(kind, database)
    answer = talk.tap(reasons.why, of_kind(offer_in(reply)[1], ChoiceKind.WHY)[0])
    assert reason in said(answer)
    kinds = [choice.kind for choice in answer.messages[0].choices]
    assert kinds.count(ChoiceKind.DECLINE) == 1


def test_why_a_set_names_whose_it_is(database):
    talk, _ = play_set(database)
    assert "put “First night” together itself" in said(talk.say(reasons.why, "why this?", "why_offer"))


def test_who_hesitates_is_shown_ways_of_being_helped(database):
    talk = Talk(database, without=("upgrade",))
    talk.say(finding.find, "stoves", "find_product")
    helped = talk.say(unclear, "hmm, can't decide", "nlu_fallback")
    assert [choice.intent for choice in helped.messages[-1].choices] == ["compare_products", "ask_recommendation"]
    talk.say(comparing.compare, "compare them", "compare_products")
    assert "Take your time" not in said(talk.say(unclear, "not sure", "nlu_fallback"))


def test_a_deal_is_no_answer_to_a_hesitation_until_help_was_given(database):
    talk = Talk(database, bundles=BUNDLES)
    talk.say(unclear, "hmm, not sure", "nlu_fallback")
    assert talk.say(adding.add, "add the groundsheet", "add_to_cart").decision == "silent"


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_hesitating_at_an_offer_is_no_yes_and_leaves_it_open(database, kind):
    talk, _ = play_scene(kind, database)
    before = (talk.cart(), talk.plans)
    answer = talk.say(unclear, "hmm, not sure", "nlu_fallback")
    assert (talk.cart(), talk.plans) == before
    assert "Take your time" in said(answer)
    assert talk.memory.offer_open


def test_after_help_a_deal_may_be_offered(database):
    talk = Talk(database, bundles=BUNDLES, without=("upgrade",))
    talk.say(finding.find, "stoves", "find_product")
    talk.say(unclear, "hmm, not sure", "nlu_fallback")
    talk.say(comparing.compare, "compare them", "compare_products")
    assert talk.say(adding.add, "add the groundsheet", "add_to_cart").decision == "pitch"


def test_what_is_in_it_tells_plans_and_coupons_too(database):
    talk, _ = play_scene("service_plan", database)
    text = said(talk.say(reductions.bundle_contents, "what's in it?", "bundle_contents"))
    assert "yearly seam check" in text
    assert "£24.00 a year" in text


def test_any_discount_tells_sets_and_the_coupon_after_an_order(database):
    talk, _ = play_set(database)
    text = said(talk.say(reductions.discount, "any discount?", "ask_discount"))
    assert "“First night”" in text
    assert "After an order of £10.00 or more" in text


def test_thanks_long_after_an_order_is_only_thanks(database):
    talk = Talk(database)
    talk.put("LAMP")
    talk.order()
    assert talk.say(people.thanks, "thanks", "thanks", wait={"hours": 2}).decision == "none"
