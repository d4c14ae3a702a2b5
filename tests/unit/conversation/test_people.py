"""People and trouble: orders, privacy, a human, and words that make no sense."""

import pytest

from actions.conversation import accepting, confusion, ordering, people, privacy, shop_questions
from actions.shop.model import CartPlan
from tests.fakes.shop_world import NOW, World, gbp
from tests.unit.conversation.test_cart import play, said


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def ordered(world: World) -> World:
    world.shop.lines = {"LAMP-NEW": 2}
    world.shop.place_order("secret-token", {}, NOW)
    return world


def test_the_newest_order_is_told_when_no_number_is_said(ordered: World) -> None:
    text = said(play(ordered, ordering.order_status, "where is my order", "order_status"))
    assert "TG-1042" in text
    assert "2 × Wick head torch" in text


def test_the_plans_of_an_order_are_told_with_it(world: World) -> None:
    world.shop.lines = {"AERO-2": 1}
    world.shop.plans = (CartPlan("AERO-2", "Tent care plan", "year", gbp("24.00")),)
    world.shop.place_order("secret-token", {}, NOW)
    text = said(play(world, ordering.order_status, "where is my order", "order_status"))
    assert "Tent care plan for the Aero 2 tent (green): £24.00 a year, from delivery" in text
    world.shop.cancel("TG-1042", "s1", NOW)
    assert "care plan" not in said(play(world, ordering.order_status, "where is my order", "order_status"))


def test_an_order_of_someone_else_is_not_found(ordered: World) -> None:
    assert "can’t find" in said(play(ordered, ordering.order_status, "where is order TG-9999", "order_status"))


def test_cancelling_needs_a_yes(ordered: World) -> None:
    play(ordered, ordering.cancel_order, "cancel my order", "cancel_order")
    assert ordered.shop.placed[0].status == "placed"
    reply = play(ordered, accepting.affirm, "yes", "affirm")
    assert ordered.shop.placed[0].status == "cancelled"
    assert "is cancelled" in said(reply)


def test_returning_needs_a_yes_and_offers_nothing(ordered: World) -> None:
    reply = play(ordered, ordering.return_order, "I want to send it back", "return_order")
    assert reply.reason == "return"
    play(ordered, accepting.affirm, "yes", "affirm")
    assert ordered.shop.placed[0].status == "return_requested"


def test_reordering_puts_the_lines_back(ordered: World) -> None:
    play(ordered, ordering.reorder, "same again", "reorder")
    assert ordered.shop.lines == {}
    play(ordered, accepting.affirm, "yes", "affirm")
    assert ordered.shop.lines == {"LAMP-NEW": 2}


def test_an_answer_of_the_faq_names_its_page(world: World) -> None:
    text = said(play(world, shop_questions.shop_question, "what is the return policy", "ask_returns_policy"))
    assert text.startswith("From our page on returns: Send it back within 30 days")


def test_what_the_faq_does_not_know_goes_to_a_person(world: World) -> None:
    reply = play(world, shop_questions.shop_question, "xyzzy", "ask_warranty")
    assert "rather not guess" in said(reply)
    assert "people@testgate.example" in said(reply)


def test_a_human_is_one_phrase_away(world: World) -> None:
    reply = play(world, people.human, "let me talk to a human", "talk_to_human")
    assert reply.handover
    assert "people@testgate.example" in said(reply)


def test_forgetting_needs_a_yes(world: World) -> None:
    play(world, privacy.ask_forget, "forget me", "privacy_forget")
    assert world.personal_data.erased == []
    play(world, accepting.affirm, "yes", "affirm")
    assert world.personal_data.erased == ["s1"]


def test_what_is_known_is_counted(world: World) -> None:
    assert "2 messages" in said(play(world, privacy.what_is_known, "what do you know about me", "privacy_what"))


def test_the_first_misunderstanding_asks_and_the_second_offers_a_person(world: World) -> None:
    first = play(world, confusion.unclear, "zzz qqq", "nlu_fallback")
    assert len(first.messages[0].choices) == 3
    second = play(world, confusion.unclear, "qqq zzz", "nlu_fallback")
    assert [choice.intent for choice in second.messages[0].choices] == ["talk_to_human"]


def test_emoji_alone_are_met_with_a_question(world: World) -> None:
    assert "can’t read" in said(play(world, confusion.unclear, "🏕️🏕️🔥", "nlu_fallback"))


def test_a_product_named_in_an_unclear_sentence_is_shown(world: World) -> None:
    reply = play(world, confusion.unclear, "wick head torch", "nlu_fallback")
    assert "LAMP-NEW" in [card.product_id for card in reply.messages[0].cards]


def test_a_hundred_thousand_characters_are_cut(world: World) -> None:
    reply = play(world, confusion.unclear, "zq " * 33_000, "nlu_fallback")
    assert reply.messages
