"""Messages are stored before they are acknowledged: nothing is lost, nothing is doubled."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.store.conversations import Conversations, UnknownConversation

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
REPLY = {
    "text": "It is in stock.",
    "choices": [
        {"title": "Add", "kind": "other", "intent": "add_to_cart", "entities": {"product_id": "T1"}, "url": ""},
        {"title": "No thanks", "kind": "decline", "intent": "deny", "entities": {}, "url": ""},
    ],
    "cards": [],
    "offer_id": "",
}


@pytest.fixture
def conversations(database) -> Conversations:
    return Conversations(database)


@pytest.fixture
def chat(conversations) -> str:
    return conversations.open_conversation(None, "widget", "en", NOW).id


def test_a_new_visitor_becomes_a_shopper_with_a_conversation(conversations):
    opened = conversations.open_conversation(None, "widget", "en", NOW)
    assert conversations.conversation(opened.id) == opened
    assert conversations.conversations_of(opened.shopper_id) == [opened]


def test_one_shopper_may_have_conversations_on_two_channels(conversations):
    first = conversations.open_conversation(None, "widget", "en", NOW)
    second = conversations.open_conversation(first.shopper_id, "whatsapp", "en", NOW + timedelta(hours=1))
    assert conversations.conversations_of(first.shopper_id) == [second, first]


def test_the_same_message_sent_twice_is_stored_once(conversations, chat):
    first = conversations.store_inbound(chat, "m1", "a tent", None, NOW)
    again = conversations.store_inbound(chat, "m1", "a tent", None, NOW)
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.message_id, again.turn_index) == (first.message_id, 1)


def test_turns_are_counted_from_one_in_each_conversation(conversations, chat):
    other = conversations.open_conversation(None, "widget", "en", NOW).id
    conversations.store_inbound(other, "m1", "hello", None, NOW)
    stored = [conversations.store_inbound(chat, f"m{n}", "hello", None, NOW) for n in (1, 2, 3)]
    assert [message.turn_index for message in stored] == [1, 2, 3]


def test_a_message_to_nowhere_is_refused(conversations):
    with pytest.raises(UnknownConversation):
        conversations.store_inbound("c-gone", "m1", "hello", None, NOW)


def test_replies_are_stored_with_the_message_they_answer_and_only_once(conversations, chat):
    inbound = conversations.store_inbound(chat, "m1", "a tent", None, NOW).message_id
    stored = conversations.store_replies(inbound, [REPLY], {"decision": "none"}, NOW)
    again = conversations.store_replies(inbound, [REPLY, REPLY], {"decision": "pitch"}, NOW)
    assert again == stored
    assert [message.text for message in conversations.messages_after(chat)] == ["a tent", "It is in stock."]
    assert conversations.message(inbound).turn == {"decision": "none"}
    assert conversations.unanswered() == []


def test_a_reader_resumes_after_the_last_event_it_saw(conversations, chat):
    inbound = conversations.store_inbound(chat, "m1", "a tent", None, NOW).message_id
    reply = conversations.store_replies(inbound, [REPLY], {}, NOW)[0]
    assert [message.id for message in conversations.messages_after(chat, inbound)] == [reply.id]
    assert conversations.messages_after(chat, reply.id) == []


def test_what_was_not_answered_before_a_restart_is_taken_up_in_order(conversations, chat):
    ids = [conversations.store_inbound(chat, f"m{n}", "hello", None, NOW).message_id for n in range(3)]
    conversations.mark_processing(ids[0])
    conversations.store_replies(ids[1], [REPLY], {}, NOW)
    assert [message.id for message in conversations.unanswered()] == [ids[0], ids[2]]


def test_a_choice_is_found_only_in_its_own_conversation(conversations, chat):
    inbound = conversations.store_inbound(chat, "m1", "a tent", None, NOW).message_id
    reply = conversations.store_replies(inbound, [REPLY], {}, NOW)[0]
    choice_id = reply.payload["choices"][1]["id"]
    found = conversations.find_choice(chat, choice_id)
    assert found is not None
    assert found["intent"] == "deny"
    other = conversations.open_conversation(None, "widget", "en", NOW).id
    assert conversations.find_choice(other, choice_id) is None


@pytest.mark.parametrize("choice_id", ["", "7-0", "x-1", "-", "1-99", "9" * 40 + "-0", "²-0"])
def test_a_made_up_choice_is_not_found(conversations, chat, choice_id):
    inbound = conversations.store_inbound(chat, "m1", "a tent", None, NOW).message_id
    conversations.store_replies(inbound, [REPLY], {}, NOW)
    assert conversations.find_choice(chat, choice_id) is None


def test_what_is_known_of_a_conversation_can_change(conversations, chat):
    conversations.set_product_in_view(chat, "T1")
    conversations.set_locale(chat, "de")
    conversations.set_handover(chat, True)
    now = conversations.conversation(chat)
    assert (now.product_in_view, now.locale, now.handover) == ("T1", "de", True)
