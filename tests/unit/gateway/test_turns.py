"""Order, resumption, and the gateway's own words when Rasa is silent."""

import asyncio

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import create_engine, text

from actions.speech.messages import Message
from actions.store.conversations import Conversations
from actions.store.shop_data import load_shop
from actions.store.shopper_data import ShopperData
from actions.turn import TurnResult
from bot.gateway.app import make_app
from bot.gateway.inbox import Inbox
from tests.unit.gateway.conftest import START, Chat, SmallShop


async def test_one_conversation_is_answered_in_order_one_at_a_time(chat, rasa):
    rasa.delay = 0.02
    for number in range(6):
        assert (await chat.send(f"m{number}"))[0] == 202
    events = await chat.events(12)
    assert [event["text"] for event in events if event["from"] == "bot"] == [f"heard: m{n}" for n in range(6)]
    assert rasa.most_in_one == 1


async def test_conversations_are_answered_side_by_side(client, rasa):
    rasa.delay = 0.2
    chats = [await Chat(client).begin() for _ in range(4)]
    await asyncio.gather(*(chat.answer_to("hello") for chat in chats))
    assert rasa.most_at_once >= 3
    assert rasa.most_in_one == 1


async def test_messages_left_unanswered_by_an_earlier_process_are_answered_at_the_next_start(services, database, rasa):
    conversations = Conversations(database)
    conversation = conversations.open_conversation(None, "widget", "en-GB", START)
    first = conversations.store_inbound(conversation.id, "a", "one", None, START)
    conversations.mark_processing(first.message_id)
    conversations.store_inbound(conversation.id, "b", "two", None, START)
    async with TestClient(TestServer(make_app(services))):
        for _ in range(100):
            if not conversations.unanswered():
                break
            await asyncio.sleep(0.02)
    assert [body["text"] for body in rasa.bodies] == ["one", "two"]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"silent": True}, "nothing_said"),
        ({"status": 500}, "refused"),
        ({"delay": 5.0}, "timeout"),
        ({"garbled": True}, "not_understood"),
        ({"answer": lambda body: TurnResult(messages=())}, "nothing_said"),
    ],
)
async def test_the_gateway_answers_in_the_bots_place_and_says_so_in_the_record(
    client, chat, rasa, services, fault, reason
):
    for name, value in fault.items():
        setattr(rasa, name, value)
    status, stored = await chat.send("hello")
    assert status == 202
    answer = (await chat.events(1, after=stored["event_id"]))[0]
    assert "Sorry" in answer["text"]
    kept = await services.log.message(stored["event_id"])
    assert kept.turn["failure"] == reason
    assert kept.status == "answered"
    assert f'pairwell_failures_total{{reason="{reason}"}} 1.0' in await (await client.get("/metrics")).text()


async def test_with_rasa_down_the_shopper_still_gets_an_answer(chat, rasa, services):
    services.rasa._url = "http://127.0.0.1:9"
    assert "Sorry" in (await chat.answer_to("hello"))["text"]


async def test_an_answer_to_forget_me_is_shown_though_nothing_is_kept(client, chat, rasa, database, services):
    gone = asyncio.Event()

    def erase(body):
        with database.write() as session:
            session.connection().exec_driver_sql("DELETE FROM message")
            session.connection().exec_driver_sql("DELETE FROM conversation")
        gone.set()
        return TurnResult(messages=())

    rasa.answer = lambda body: erase(body) and TurnResult(messages=(Message("Forgotten."),))
    listening = asyncio.create_task(chat.events(2))
    await asyncio.sleep(0.1)
    await chat.send("forget me")
    events = await listening
    assert events[-1]["text"] == "Forgotten."
    assert events[-1]["event_id"] is None
    status, body = await chat.send("still there?")
    assert (status, body["error"]["code"]) == (401, "conversation_gone")
    assert await chat.begin()


async def test_forget_me_reaches_rasas_memory_too(chat, rasa, database, services, tmp_path):
    memory = create_engine(f"sqlite:///{tmp_path / 'tracker.db'}")
    other = Conversations(database).open_conversation(None, "widget", "en-GB", START)
    with memory.begin() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT)"))
        rows = [{"id": chat.conversation_id}, {"id": "c-their-older-chat"}, {"id": other.id}]
        connection.execute(text("INSERT INTO events (sender_id) VALUES (:id)"), rows)

    def forget(body):
        shopper = Conversations(database).conversation(chat.conversation_id).shopper_id
        ShopperData(database).erase(shopper, START)
        return TurnResult(messages=(Message("Forgotten."),))

    rasa.answer = forget
    assert (await chat.answer_to("forget me"))["text"] == "Forgotten."

    def remembered() -> list[str]:
        with memory.begin() as connection:
            return list(connection.execute(text("SELECT sender_id FROM events")).scalars())

    # The answer can be read a moment before the memory is cleared.
    for _ in range(100):
        if remembered() == [other.id]:
            break
        await asyncio.sleep(0.02)
    assert remembered() == [other.id]


async def test_a_database_that_fails_for_a_moment_loses_no_message():
    answered, failures = [], [OSError("disk"), OSError("disk")]
    waiting = ["one", "two"]

    async def play_next(conversation_id: str) -> bool:
        if not waiting:
            return False
        if failures:
            raise failures.pop()
        answered.append(waiting.pop(0))
        return True

    inbox = Inbox(play_next, first_wait=0.01)
    inbox.wake("c-1")
    await inbox.close(within=2)
    assert answered == ["one", "two"]


async def test_a_message_that_arrives_while_the_last_one_is_finishing_is_not_overlooked():
    waiting, answered = ["one"], []

    async def play_next(conversation_id: str) -> bool:
        if not waiting:
            if len(answered) == 1:
                waiting.append("two")
                inbox.wake("c-1")
            return False
        answered.append(waiting.pop(0))
        return True

    inbox = Inbox(play_next)
    inbox.wake("c-1")
    await inbox.close(within=2)
    assert answered == ["one", "two"]


async def test_a_newly_loaded_shop_shows_without_a_restart(client, database):
    from dataclasses import replace

    assert "Aero 2 tent" in await (await client.get("/product/TENT")).text()
    renamed = tuple(replace(product, title=product.title.replace("Aero", "Zephyr")) for product in SmallShop().products)
    load_shop(database, SmallShop(products=renamed), START)
    assert "Zephyr 2 tent" in await (await client.get("/product/TENT")).text()
