"""Offers by conversation: made after the answer, with a way out, taken at their word."""

from dataclasses import replace

import pytest

from actions.conversation import (
    accepting,
    adding,
    companions,
    finding,
    offering,
    people,
    reasons,
    reductions,
    refining,
    shop_questions,
    turns,
)
from actions.conversation.model import Reply
from actions.conversation.offering import refuses_plainly, rest_after_refusal
from actions.selling.model import Scope
from actions.speech.messages import ChoiceKind
from tests.fakes.shop_world import World
from tests.unit.conversation.test_cart import play, said


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def offered(world: World) -> World:
    play(world, adding.add, "add the aero 2 tent", "add_to_cart")
    assert world.memory.offer_open
    return world


def test_the_answer_comes_first_and_the_offer_second(world: World) -> None:
    reply = play(world, adding.add, "add the aero 2 tent", "add_to_cart")
    assert [bool(message.offer_id) for message in reply.messages] == [False, True]
    assert (reply.decision, reply.reason) == ("pitch", "fits_cart")


def test_the_offer_shows_counts_working_and_three_answers(world: World) -> None:
    offer = play(world, adding.add, "add the aero 2 tent", "add_to_cart").messages[1]
    assert "41 of the 312" in offer.text
    assert "£189.00 + Aero 2 footprint £29.00 = £218.00; together £196.20, so you save £21.80" in offer.text
    assert [choice.kind for choice in offer.choices] == [ChoiceKind.ACCEPT, ChoiceKind.DECLINE, ChoiceKind.WHY]


def test_yes_adds_it_at_the_quoted_price(offered: World) -> None:
    reply = play(offered, accepting.affirm, "yes please", "affirm")
    assert offered.shop.lines == {"AERO-2": 1, "FOOT-AERO-2": 1}
    assert "£196.20" in said(reply)
    assert reply.settled is not None
    assert not reply.memory.offer_open


def test_no_adds_nothing(offered: World) -> None:
    reply = play(offered, offering.deny, "no thanks", "deny")
    assert offered.shop.lines == {"AERO-2": 1}
    assert reply.settled is not None
    assert reply.settled.state == "declined"
    assert not reply.memory.offer_open


def test_a_refusal_that_asks_something_is_answered(offered: World) -> None:
    reply = play(offered, offering.deny, "no thanks, what is the return policy?", "deny")
    assert offered.desk.declines == 1
    assert "30 days" in said(reply)


def test_a_plain_refusal_counts_even_when_the_question_was_heard_first(offered: World) -> None:
    text = "no thanks, what is the return policy?"
    reply = play(offered, shop_questions.shop_question, text, "ask_returns_policy")
    assert offered.desk.declines == 1
    assert "30 days" in said(reply)


def test_a_correction_is_no_refusal(offered: World) -> None:
    play(offered, refining.refine, "no, I meant the blue one", "refine_search")
    assert offered.desk.declines == 0


def test_an_offer_left_open_stays_open_beside_a_question(offered: World) -> None:
    play(offered, shop_questions.shop_question, "what is the return policy", "ask_returns_policy")
    assert offered.memory.offer_open


def test_yes_without_anything_open_is_met_politely(world: World) -> None:
    assert "nothing waiting" in said(play(world, accepting.affirm, "yes", "affirm"))


def test_no_without_anything_open_is_fine(world: World) -> None:
    assert "All right" in said(play(world, offering.deny, "no", "deny"))


def test_why_tells_the_counts_and_keeps_yes_and_no(offered: World) -> None:
    reply = play(offered, reasons.why, "why this?", "why_offer")
    assert "41" in said(reply)
    assert "312" in said(reply)
    kinds = [choice.kind for choice in reply.messages[0].choices]
    assert ChoiceKind.DECLINE in kinds
    assert ChoiceKind.STOP_OFFERS in kinds


def test_why_without_an_offer_says_so(world: World) -> None:
    assert "haven’t suggested anything" in said(play(world, reasons.why, "why", "why_offer"))


def test_what_is_in_the_bundle(offered: World) -> None:
    text = said(play(offered, reductions.bundle_contents, "what is in it", "bundle_contents"))
    assert "Aero 2 tent" in text
    assert "(in your cart already)" in text


def test_discounts_are_those_that_exist(world: World) -> None:
    text = said(play(world, reductions.discount, "any discount?", "ask_discount"))
    assert "One product is on sale" in text
    assert "same for everyone" in text


def test_what_goes_with_it_offers_on_request(world: World) -> None:
    reply = play(world, companions.goes_with, "what goes with the aero 2 tent", "goes_with")
    assert reply.messages[0].offer_id


def test_nothing_fitting_is_admitted(world: World) -> None:
    reply = play(world, companions.goes_with, "what goes with the wick head torch", "goes_with")
    assert "vouch" in said(reply)


def test_stop_and_resume(world: World) -> None:
    play(world, offering.stop, "stop suggesting things", "stop_offers")
    assert world.desk.stopped
    play(world, offering.resume, "you may suggest again", "resume_offers")
    assert not world.desk.stopped


def test_after_a_complaint_nothing_is_offered(world: World) -> None:
    reply = play(world, people.complaint, "this is a disgrace", "complaint")
    assert (reply.decision, reply.reason) == ("silent", "complaint")
    reply = play(world, adding.add, "add the aero 2 tent", "add_to_cart")
    assert not any(message.offer_id for message in reply.messages)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("no thanks, what's the return policy?", "what's the return policy?"),
        ("nope. do you have gas though", "do you have gas though"),
        ("I'm good, but when does it arrive", "when does it arrive"),
        ("no thanks", ""),
        ("no thank you", ""),
        ("not today, thanks", ""),
    ],
)
def test_the_rest_of_a_refusal(text: str, rest: str) -> None:
    assert rest_after_refusal(text) == rest


@pytest.mark.parametrize("text", ["no, I meant the blue one", "no problem, add it", "no need for a lid, add two"])
def test_a_no_that_refuses_nothing(text: str) -> None:
    assert not refuses_plainly(text)


def test_first_contact_says_that_it_is_a_bot_once(world: World) -> None:
    world.turns = 0
    first: Reply = play(world, finding.find, "tents", "find_product")
    second = play(world, finding.find, "torches", "find_product")
    assert "a bot" in first.messages[0].text
    assert "bot" not in said(second)


def test_a_greeting_introduces_itself_without_saying_hello_twice(world: World) -> None:
    world.turns = 0
    reply = turns.take_turn(world.assistant, world.request("hi", "greet"), people.greet)
    assert len(reply.messages) == 1
    assert "bot" in said(reply)


def test_a_set_of_the_merchants_is_told_by_its_parts_and_its_price(world: World) -> None:
    text = said(play(world, reductions.bundle_contents, "what bundles are there", "bundle_contents"))
    assert "Weekend set" in text
    assert "One by one that is £218.00; with all of them in your cart you pay £207.10, £10.90 less." in text


def test_a_bare_yes_is_no_yes_to_the_offer_once_other_products_are_shown(offered: World) -> None:
    play(offered, finding.find, "show me head torches", "find_product")
    reply = play(offered, accepting.affirm, "yes", "affirm")
    assert "FOOT-AERO-2" not in offered.shop.lines
    assert "Do you mean the Aero 2 footprint" in said(reply)
    assert ChoiceKind.DECLINE in [choice.kind for choice in reply.messages[0].choices]


def test_the_button_of_the_offer_still_works_then(offered: World) -> None:
    play(offered, finding.find, "show me head torches", "find_product")
    play(offered, accepting.affirm, "", "affirm", offer_id="offer-1")
    assert offered.shop.lines == {"AERO-2": 1, "FOOT-AERO-2": 1}


def test_why_says_the_counts_once(offered: World) -> None:
    assert said(play(offered, reasons.why, "why this?", "why_offer")).count("312") == 1


def test_gibberish_taken_for_a_doubtful_no_is_asked_about_where_nothing_was_offered(world: World) -> None:
    request = replace(world.request("asdf qwer zxcv", "deny"), confidence=0.34)
    reply = turns.take_turn(world.assistant, request, offering.deny)
    assert reply.memory.failures == 1


def test_a_doubtful_no_to_an_offer_is_a_no(offered: World) -> None:
    request = replace(offered.request("mm dunno", "deny"), confidence=0.34)
    assert turns.take_turn(offered.assistant, request, offering.deny).reason == "offer_declined"


def test_what_goes_with_it_is_about_the_variant_in_the_cart(world: World) -> None:
    world.shop.lines["JACKET-L"] = 1
    play(world, companions.goes_with, "what goes with the drizzle jacket?", "goes_with")
    assert world.memory.focus == "JACKET-L"


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        ("no thanks", Scope.ITEM),
        ("no, I have a footprint", Scope.ITEM),
        ("no more bundles please", Scope.KIND),
        ("I don't want any footprints", Scope.KIND),
        ("no care plans", Scope.ITEM),
        ("no, nothing else", Scope.EVERYTHING),
    ],
)
def test_a_no_reaches_as_far_as_its_words(offered: World, words: str, scope: Scope) -> None:
    play(offered, offering.deny, words, "deny")
    assert offered.desk.scopes == [scope]
