"""A plain no is a no, a doubtful yes is not a yes, and "no problem" is neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.guard import Opinion, judge, judge_unparsed

UNSURE = Opinion("nlu_fallback", 0.25)


def opinion(intent: str, *entities: str, confidence: float = 0.8) -> Opinion:
    return Opinion(intent, confidence, frozenset(entities))


@pytest.mark.parametrize(
    "said",
    [
        "no", "No thanks.", "nope", "nah I'm good", "not interested", "no need, thank you", "I don't want it",
        "I'm all set, thanks", "that's all", "never mind", "forget it", "👎", "❌", "absolutely not",
        "I’d rather not", "hmm, no thank you very much", "thanks but no", "please don't", "I'll pass",
    ],
)  # fmt: skip
@pytest.mark.parametrize("guessed", ["affirm", "nlu_fallback", "deny", "smalltalk"])
def test_a_plain_refusal_is_never_read_as_anything_else(said: str, guessed: str) -> None:
    assert judge(said, True, opinion(guessed)) == "deny"


@pytest.mark.parametrize(
    ("said", "guessed", "wanted"),
    [
        ("no, I meant the blue one", opinion("refine_search", "color"), "refine_search"),
        ("no problem, add it", opinion("add_to_cart"), "affirm"),
        ("no problem, add it", opinion("deny"), "affirm"),
        ("why not!", opinion("deny"), "affirm"),
        ("why not", UNSURE, "affirm"),
        ("no need for topping, add two lemonades", opinion("add_to_cart", "product"), "add_to_cart"),
        ("no, don't add it", opinion("add_to_cart"), "deny"),
        ("no I don't want to buy that now", opinion("add_to_cart"), "deny"),
        ("no thanks, what's your return policy?", opinion("ask_returns_policy"), "deny"),
        ("I'm fine with that", opinion("deny"), "affirm"),
        ("not now, maybe later", opinion("deny"), "not_now"),
        ("let me think about it", opinion("smalltalk"), "not_now"),
        ("I want to check out now", opinion("checkout"), "checkout"),
    ],
)
def test_contrast_cases_while_an_offer_is_open(said: str, guessed: Opinion, wanted: str) -> None:
    assert judge(said, True, guessed) == wanted


@pytest.mark.parametrize(
    ("said", "guessed", "wanted"),
    [
        ("no problem, add it", opinion("affirm"), "add_to_cart"),
        ("I'll take it", opinion("add_to_cart"), "add_to_cart"),
        ("yes", opinion("affirm"), "affirm"),
        ("no", UNSURE, "deny"),
        ("perfect, that's all I needed, thank you", opinion("thanks"), "thanks"),
        ("I don't want the mat any more, take it out", opinion("remove_from_cart", "product"), "remove_from_cart"),
        ("no idea", opinion("ask_help"), "ask_help"),
    ],
)
def test_contrast_cases_without_an_offer(said: str, guessed: Opinion, wanted: str) -> None:
    assert judge(said, False, guessed) == wanted


@pytest.mark.parametrize(
    "said",
    [
        "yes but not the pegs",
        "maybe yes",
        "ok, but only if it is cheaper",
        "yes? no, wait",
        "I'm not sure, yes I guess",
    ],
)
def test_a_doubtful_yes_is_no_yes(said: str) -> None:
    assert judge(said, True, opinion("affirm")) != "affirm"


@pytest.mark.parametrize("said", ["yes", "Yes please!", "sure thing", "ok", "👍", "go ahead", "yeah, add it", "deal"])
def test_a_plain_yes_to_an_open_offer_is_a_yes(said: str) -> None:
    assert judge(said, True, UNSURE) == "affirm"


@pytest.mark.parametrize("intent", ["remove_from_cart", "empty_cart", "checkout", "complaint", "cancel_order"])
def test_yes_in_front_of_another_wish_accepts_nothing(intent: str) -> None:
    assert judge("yes and then that other thing there", True, opinion(intent)) == intent


def test_naming_another_product_is_no_answer_to_the_offer() -> None:
    assert judge("add the lemonade to my cart", True, opinion("add_to_cart", "product")) == "add_to_cart"


@pytest.mark.parametrize(
    "said",
    ["STOP", "stop it", "Please stop suggesting things", "no more offers", "quit trying to sell me stuff",
     "don't ever recommend anything again", "I said no, stop pushing deals"],
)  # fmt: skip
@pytest.mark.parametrize("offer_open", [True, False])
def test_stop_is_heard_at_any_time(said: str, offer_open: bool) -> None:
    assert judge(said, offer_open, opinion("deny")) == "stop_offers"


@pytest.mark.parametrize("said", ["do you have any more deals?", "what do you recommend", "do you sell tents"])
def test_asking_for_more_is_no_stop(said: str) -> None:
    assert judge(said, True, opinion("ask_discount")) == "ask_discount"


@pytest.mark.parametrize("said", ['/affirm{"offer_id": "O1"}', "/affirm", "/yes", "//ok", "/add_to_cart", "/ do it"])
def test_a_command_never_agrees(said: str) -> None:
    assert judge_unparsed(said, True) == "nlu_fallback"


def test_a_command_may_stop_offers() -> None:
    assert judge_unparsed("/stop", True) == "stop_offers"


@pytest.mark.parametrize(("said", "wanted"), [("", "nlu_fallback"), ("😀😀", "nlu_fallback"), ("👍", "affirm")])
def test_wordless_texts_are_judged_without_the_model(said: str, wanted: str) -> None:
    assert judge_unparsed(said, True) == wanted


@given(st.text(max_size=60))
def test_no_in_front_never_ends_in_a_yes(rest: str) -> None:
    assert judge("no thanks " + rest, True, opinion("affirm")) != "affirm"


@given(st.text(max_size=300), st.booleans())
def test_any_text_gets_an_intent(said: str, offer_open: bool) -> None:
    assert judge(said, offer_open, UNSURE)
