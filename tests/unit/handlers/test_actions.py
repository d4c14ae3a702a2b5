"""Handlers: a tracker in, exactly one message and the changed slots out, whatever happens."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation.assistant import Assistant
from actions.handlers.base import request_of
from actions.handlers.cart import CartAdd
from actions.handlers.finding import Find
from actions.handlers.register import ACTIONS, every_action
from actions.settings import REPOSITORY
from actions.turn import TurnResult
from tests.fakes.shop_world import NOW, PRODUCTS, FakeCatalogue, World, gbp

METADATA = {
    "conversation_id": "c1",
    "shopper_id": "s1",
    "channel": "widget",
    "locale": "en",
    "now": NOW.isoformat(),
    "turn_id": "7",
    "turn_index": 2,
    "product_in_view": "",
}


def user(text: str, intent: str, entities: list[dict[str, str]] | None = None) -> dict[str, Any]:
    parsed = {"intent": {"name": intent, "confidence": 0.9}, "entities": entities or [], "text": text}
    return {"event": "user", "text": text, "parse_data": parsed}


def tracker(text: str, intent: str, slots: dict[str, Any] | None = None, before: tuple[str, ...] = ()) -> Tracker:
    events = [user(one, intent) for one in before] + [user(text, intent)]
    latest = {**events[-1]["parse_data"], "metadata": METADATA}
    return Tracker("c1", slots or {}, latest, events, False, None, {}, None)


async def run(assistants: Any, action: type, state: Tracker, **options: float) -> tuple[TurnResult, dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    events = await action(assistants, **options).run(dispatcher, state, {})
    assert len(dispatcher.messages) == 1
    return TurnResult.from_json(dispatcher.messages[0]["custom"]), {event["name"]: event["value"] for event in events}


@pytest.fixture
def world() -> World:
    return World()


async def test_a_turn_is_answered_at_the_prices_of_its_own_moment() -> None:
    """The gateway's clock decides, not the moment at which the shop was opened."""
    sale = {"sale_price": gbp("149.00"), "sale_from": NOW, "sale_until": NOW + timedelta(hours=1)}
    world = World(FakeCatalogue([replace(PRODUCTS[0], **sale), *PRODUCTS[1:]]))
    opened = replace(world.assistant, timed=True)
    result, _ = await run(lambda: opened, Find, tracker("aero tents", "find_product"))
    assert [str(card.price) for card in result.messages[0].cards][:1] == ["149.00"]


async def test_an_add_answers_with_cart_offer_and_slots(world: World) -> None:
    result, slots = await run(lambda: world.assistant, CartAdd, tracker("add the aero 2 tent", "add_to_cart"))
    assert result.understood["intent"] == "add_to_cart"
    assert result.cart is not None
    assert result.cart["total"] == "189.00"
    assert result.offer is not None
    assert (result.decision, result.offer["state"]) == ("pitch", "open")
    assert slots["offer_open"] is True
    assert slots["product_in_view"] == "AERO-2"


async def test_slots_that_did_not_change_are_not_set(world: World) -> None:
    _, slots = await run(lambda: world.assistant, CartAdd, tracker("add the aero 2 tent", "add_to_cart"))
    assert "mood" not in slots
    assert "failures" not in slots


async def test_a_failing_shop_gets_an_honest_sentence_and_no_slots(world: World) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the database is gone: secret details")

    world.shop.add = broken  # type: ignore[assignment]
    result, slots = await run(lambda: world.assistant, CartAdd, tracker("add the aero 2 tent", "add_to_cart"))
    assert "something went wrong" in result.messages[0].text
    assert "secret" not in str(result.to_json())
    assert slots == {}


async def test_without_words_the_result_is_empty_so_that_the_gateway_speaks() -> None:
    def nothing() -> Assistant:
        raise RuntimeError("no shop")

    result, _ = await run(nothing, CartAdd, tracker("add it", "add_to_cart"))
    assert result.messages == ()


async def test_a_slow_turn_is_given_up_in_time(world: World) -> None:
    import time

    slow = world.shop.add
    world.shop.add = lambda *values: (time.sleep(0.4), slow(*values))[1]  # type: ignore[assignment]
    state = tracker("add the aero 2 tent", "add_to_cart")
    result, _ = await run(lambda: world.assistant, CartAdd, state, time_limit=0.05)
    assert result.reason == "turn_failed"


def test_repeats_are_counted_directly_before_only() -> None:
    assert request_of(tracker("hi", "greet", before=("hi", "hi"))).repeats == 2
    assert request_of(tracker("hi", "greet", before=("hi", "tents"))).repeats == 0


def test_a_turn_without_metadata_is_an_error_and_not_a_guess() -> None:
    state = tracker("hi", "greet")
    state.latest_message["metadata"] = {}
    with pytest.raises(KeyError):
        request_of(state)


def test_every_action_of_the_domain_is_registered_and_no_other() -> None:
    domain = yaml.safe_load((REPOSITORY / "domain.yml").read_text(encoding="utf-8"))
    registered = [action.action for action in ACTIONS]
    assert sorted(registered) == sorted(domain["actions"])
    assert len(set(registered)) == len(registered)


def test_every_slot_the_memory_writes_is_in_the_domain() -> None:
    from actions.conversation.model import Memory

    domain = yaml.safe_load((REPOSITORY / "domain.yml").read_text(encoding="utf-8"))
    assert set(Memory().to_slots()) <= set(domain["slots"])


def test_actions_hold_nothing_but_their_source() -> None:
    actions = every_action(lambda: None)  # type: ignore[arg-type,return-value]
    assert {tuple(vars(action)) for action in actions} == {("_assistants", "_time_limit")}
