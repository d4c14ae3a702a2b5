"""What a shopper shows by their words: hesitation, a mind to the price, a present; and what is none of these."""

import pytest

from actions.context import TurnContext
from actions.conversation.model import Memory, Request
from actions.conversation.signals import asks_cheaper, heard, hesitates, is_for_a_gift
from tests.fakes.shop_world import NOW


@pytest.mark.parametrize(
    "text",
    [
        *("hmm", "hmmm…", "not sure", "I'm not really sure", "I’m not sure", "can't decide", "I can’t make up my mind"),
        *("let me think", "don't know which", "I dunno which one", "torn between the two", "it's a tough choice"),
        *("I need to think", "undecided", "it's hard to choose"),
    ],
)
def test_words_that_hesitate(text):
    assert hesitates(text)


@pytest.mark.parametrize(
    "text",
    [
        *("I'm sure", "sure", "for sure", "are you sure?", "make sure it fits", "hmm-hmm brand tents", "I think so"),
        *("which one is lighter?", "I decided on the green one", "a thinking cap", ""),
        "I would like a tent for two people and I am not sure about the colour but it has to be under 200 pounds",
    ],
)
def test_words_that_do_not(text):
    assert not hesitates(text)


@pytest.mark.parametrize(
    "text",
    [
        *("something cheaper", "the cheapest one", "any discount?", "that's too expensive", "too pricey for me"),
        *("I'm on a tight budget", "can't afford that", "a bit dear", "any money off"),
    ],
)
def test_words_that_mind_the_price(text):
    assert asks_cheaper(text)


@pytest.mark.parametrize(
    "text",
    [
        *("how much is it?", "that's not too expensive", "it isn't too dear", "no discount needed", "oh dear"),
        *("I don't need a discount", "dear team", "a good price", ""),
    ],
)
def test_words_that_do_not_mind_it(text):
    assert not asks_cheaper(text)


@pytest.mark.parametrize(
    "text",
    [
        *("it's a present", "I need a gift for my sister", "for my dad's birthday", "something for Christmas", "gifts"),
        "a wedding anniversary is coming up",
    ],
)
def test_words_that_tell_of_a_present(text):
    assert is_for_a_gift(text)


@pytest.mark.parametrize(
    "text",
    [
        *("do you take gift cards?", "I have a gift voucher", "I have enough at present", "it's not a present"),
        *("not a gift, it's for me", "the presentation", ""),
    ],
)
def test_words_that_tell_of_none(text):
    assert not is_for_a_gift(text)


def _says(text: str, memory: Memory, intent: str = "ask_product") -> Request:
    turn = TurnContext("c1", "s1", "widget", "en", NOW, "t1", 2, text, mood=memory.mood)
    return heard(Request(turn, memory, intent))


def test_what_was_heard_stays_for_the_conversation():
    memory = _says("it's a present, and not too dear please: anything cheaper?", Memory()).memory
    later = _says("does it come in red?", memory)
    assert (later.turn.gift, later.turn.asked_cheaper) == (True, True)


def test_asking_for_a_discount_in_any_words_minds_the_price():
    assert _says("could you do something there?", Memory(), "ask_discount").turn.asked_cheaper


def test_who_decides_is_undecided_no_more_and_may_be_helped_anew():
    undecided = _says("hmm", Memory(helped=True)).memory
    assert (undecided.mood, undecided.helped) == ("undecided", True)
    decided = _says("add the second one", undecided, "add_to_cart")
    assert (decided.turn.mood, decided.turn.helped) == ("undecided", True)
    assert (decided.memory.mood, decided.memory.helped) == ("calm", False)


@pytest.mark.parametrize("mood", ["upset", "hurried"])
def test_who_is_upset_or_in_a_hurry_stays_so(mood):
    assert _says("hmm, not sure", Memory(mood=mood)).turn.mood == mood
