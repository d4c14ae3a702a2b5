"""Choosing one of several by a button or by words; unclear is no (promise `nothing-by-itself`)."""

import pytest

from actions.conversation import accepting, finding
from actions.conversation.confusion import unclear
from actions.speech.messages import ChoiceKind
from tests.fakes.offer_scenes import play_scene
from tests.fakes.small_shop import fresh_database
from tests.fakes.talking_shop import of_kind, offer_in
from tests.unit.conversation.test_cart import said


@pytest.fixture
def database(tmp_path):
    return fresh_database(tmp_path)


def test_good_better_and_best_have_a_button_each_and_none_is_chosen_before(database):
    talk, reply = play_scene("tiers", database)
    offer, message = offer_in(reply)
    assert [choice.entities["choice"] for choice in of_kind(message, ChoiceKind.ACCEPT)] == list(offer.product_ids)
    assert [card.product_id for card in message.cards] == ["STOVE", "STOVE-PRO", "STOVE-MAX"]
    answer = talk.say(accepting.affirm, "yes", "affirm")
    assert talk.cart() == ""
    assert "which one" in said(answer)
    assert len(of_kind(answer.messages[0], ChoiceKind.ACCEPT)) == 3


@pytest.mark.parametrize(
    ("words", "intent", "taken"),
    [
        ("the second one please", "refine_search", "1 STOVE-PRO 70.00"),
        ("the better one", "refine_search", "1 STOVE-PRO 70.00"),
        ("I'll take the best", "add_to_cart", "1 STOVE-MAX 110.00"),
        ("the cheapest one", "refine_search", "1 STOVE 60.00"),
        ("yes, the gale stove", "affirm", "1 STOVE-PRO 70.00"),
        ("storm stove", "find_product", "1 STOVE-MAX 110.00"),
    ],
)
def test_one_of_them_is_chosen_by_words(database, words, intent, taken):
    talk, _ = play_scene("tiers", database)
    talk.say(accepting.affirm if intent == "affirm" else finding.find, words, intent)
    assert talk.cart() == taken


@pytest.mark.parametrize(
    "words",
    ["the better one is too heavy", "not the second one", "how heavy is the second one?", "a stove", "none of them"],
)
def test_words_that_choose_none_add_none(database, words):
    talk, _ = play_scene("tiers", database)
    talk.say(accepting.affirm, words, "affirm")
    assert talk.cart() == ""


@pytest.mark.parametrize(
    ("words", "intent", "plan"),
    [
        ("monthly", "nlu_fallback", ("TENT", "month", "2.50")),
        ("by the year please", "find_product", ("TENT", "year", "24.00")),
        ("yes, the yearly one", "affirm", ("TENT", "year", "24.00")),
    ],
)
def test_a_care_plan_is_taken_by_the_month_or_by_the_year(database, words, intent, plan):
    talk, _ = play_scene("service_plan", database)
    answer = talk.say(accepting.affirm if intent == "affirm" else unclear, words, intent)
    assert talk.plans == [plan]
    assert "Nothing of it is due today" in said(answer)
    assert str(talk.shop.cart(talk.shopper, talk.now).total) == "200.00"


@pytest.mark.parametrize("words", ["yes", "not monthly", "monthly or yearly?", "by the month or by the year"])
def test_a_yes_that_names_no_way_to_pay_takes_no_plan(database, words):
    talk, _ = play_scene("service_plan", database)
    talk.say(accepting.affirm, words, "affirm")
    assert talk.plans == []
