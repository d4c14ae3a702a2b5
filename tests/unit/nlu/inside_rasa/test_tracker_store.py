"""The bounded store keeps what Rasa's own keeps, and loads a bounded part of it with the same state."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

from bot.nlu.tracker_store import BoundedTrackerStore

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def domain():
    return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture
def stores(domain, tmp_path):
    return (
        BoundedTrackerStore(domain=domain, db=str(tmp_path / "bounded.db")),
        SQLTrackerStore(domain=domain, db=str(tmp_path / "own.db")),
    )


def turn(number):
    events = [
        UserUttered(f"message {number}", {"name": "find_product", "confidence": 0.9}, []),
        ActionExecuted("action_find"),
        BotUttered(None, {"custom": {"pairwell": {"messages": []}}}),
        SlotSet("shown_products", [f"P{number}"]),
    ]
    if number == 2:
        events.append(SlotSet("mood", "hurried"))
    if number % 2:
        events.append(SlotSet("offer_open", number % 4 == 1))
    return [*events, ActionExecuted("action_listen")]


def converse(store, turns, sender="c1"):
    async def run():
        for number in turns:
            tracker = await store.get_or_create_tracker(sender)
            for event in turn(number):
                tracker.update(event, store.domain)
            await store.save(tracker)
        return await store.retrieve(sender)

    return asyncio.run(run())


def stored_events(store, sender="c1"):
    tracker = asyncio.run(store.retrieve_full_tracker(sender))
    return [{key: value for key, value in event.as_dict().items() if key != "timestamp"} for event in tracker.events]


@pytest.mark.parametrize("turns", [1, 3, 12, 60])
def test_the_state_after_any_number_of_turns_is_rasas_own(stores, turns):
    bounded, own = (converse(store, range(turns)) for store in stores)
    assert bounded.current_slot_values() == own.current_slot_values()
    assert bounded.latest_message.text == own.latest_message.text
    assert bounded.latest_action_name == own.latest_action_name
    recent = [event.type_name for event in bounded.events][-6:]
    assert recent == [event.type_name for event in own.events][-6:]


def test_every_event_is_kept_once_and_in_order(stores):
    for store in stores:
        converse(store, range(25))
    bounded, own = (stored_events(store) for store in stores)
    assert bounded == own


def test_what_a_turn_loads_does_not_grow(stores):
    bounded, _ = stores
    early = converse(bounded, range(12))
    late = converse(bounded, range(12, 150))
    assert len(late.events) <= len(early.events) + 2
    assert late.slots["mood"].value == "hurried"


def test_conversations_do_not_mix(stores):
    bounded, _ = stores
    converse(bounded, range(3), "c1")
    other = converse(bounded, range(5, 6), "c2")
    assert other.latest_message.text == "message 5"
    assert other.slots["mood"].value is None
    assert asyncio.run(bounded.retrieve("nobody")) is None


def test_a_tracker_from_elsewhere_is_not_stored_twice(stores, domain):
    bounded, _ = stores
    tracker = converse(bounded, range(2))
    count = len(stored_events(bounded))
    copy = tracker.copy()
    asyncio.run(bounded.save(copy))
    assert len(stored_events(bounded)) == count
