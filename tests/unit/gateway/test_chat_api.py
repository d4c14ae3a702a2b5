"""The chat API over HTTP: sessions, messages, choices, and what is refused."""

import asyncio
import uuid
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.gateway.app import make_app
from bot.gateway.limits import Rate
from bot.gateway.sessions import SHOPPER_COOKIE
from tests.fakes.rasa_server import offer
from tests.unit.gateway.conftest import Chat, with_config


async def test_a_message_is_acknowledged_and_answered(chat, rasa):
    status, stored = await chat.send("do you have tents?")
    assert (status, stored["duplicate"]) == (202, False)
    said, answered = await chat.events(2)
    assert (said["from"], said["text"], said["event_id"]) == ("shopper", "do you have tents?", stored["event_id"])
    assert (answered["from"], answered["text"]) == ("bot", "heard: do you have tents?")


async def test_rasa_gets_who_speaks_where_and_when(chat, rasa, clock):
    await chat.answer_to("hello")
    await chat.answer_to("hello again")
    body = rasa.bodies[1]
    assert body["sender"] == chat.conversation_id == body["metadata"]["conversation_id"]
    assert body["metadata"]["turn_index"] == 2
    assert body["metadata"]["now"] == clock.now().isoformat()
    assert (body["metadata"]["channel"], body["metadata"]["locale"]) == ("widget", "en-GB")
    assert body["metadata"]["offer_open"] is False
    assert "intent" not in body


async def test_page_and_chat_share_a_shopper(client, chat, services):
    page = await client.get("/")
    assert page.status == 200
    cookie = client.session.cookie_jar.filter_cookies(client.make_url("/"))[SHOPPER_COOKIE].value
    shopper = services.signer.read_shopper_cookie(cookie, services.clock.now())
    conversation = await services.log.conversation(chat.conversation_id)
    assert conversation.shopper_id == shopper


async def test_an_old_token_keeps_its_conversation(client, chat, clock):
    clock.advance(timedelta(hours=13))
    status, body = await chat.send("hello?")
    assert (status, body["error"]["code"]) == (401, "token_expired")
    renewed = await (await client.post("/api/chat/session", headers=chat.headers)).json()
    assert renewed["conversation_id"] == chat.conversation_id
    assert renewed["resumed"] is True


async def test_another_shoppers_browser_does_not_inherit_a_conversation(client, chat, services):
    other = services.signer.shopper_cookie("s-other", services.clock.now())
    client.session.cookie_jar.update_cookies({SHOPPER_COOKIE: other}, client.make_url("/"))
    answer = await (await client.post("/api/chat/session", headers=chat.headers)).json()
    assert answer["resumed"] is False
    assert answer["conversation_id"] != chat.conversation_id


@pytest.mark.parametrize("forge", ["", "abc", "{token}x", "x{token}"])
async def test_a_missing_or_forged_token_is_refused(client, chat, forge):
    token = forge.format(token=chat.token)
    for path in ("messages", "page"):
        answer = await client.post(
            f"/api/chat/{path}", json={"id": "1", "text": "hi"}, headers={"Authorization": f"Bearer {token}"}
        )
        assert answer.status == 401
        assert (await answer.json())["error"]["code"] in ("token_missing", "token_invalid")
    assert (await client.get("/api/chat/events", params={"token": token})).status == 401


async def test_a_shopper_cookie_is_no_chat_token(client, chat, services):
    cookie = services.signer.shopper_cookie("s-1", services.clock.now())
    assert (await client.get("/api/chat/events", params={"token": cookie})).status == 401


async def test_the_same_id_at_the_same_time_is_stored_and_answered_once(chat, rasa):
    client_id = uuid.uuid4().hex
    answers = await asyncio.gather(*(chat.send("add it", id=client_id) for _ in range(8)))
    assert [status for status, _ in answers] == [202] * 8
    assert sorted(body["duplicate"] for _, body in answers) == [False] + [True] * 7
    assert len({body["event_id"] for _, body in answers}) == 1
    await chat.events(2)
    await chat.answer_to("next")
    assert [body["text"] for body in rasa.bodies] == ["add it", "next"]


async def test_the_same_words_three_times_are_three_messages(chat, rasa):
    for _ in range(3):
        await chat.answer_to("tents")
    assert len(rasa.bodies) == 3
    assert [event["from"] for event in await chat.events(6)] == ["shopper", "bot"] * 3


@pytest.mark.parametrize(
    ("text", "heard"),
    [("🏕️🔥👍", "🏕️🔥👍"), ('/affirm{"offer_id": "o-1"}', '/affirm{"offer_id": "o-1"}'), ("a\x00b\ud800", "a b?")],
)
async def test_odd_texts_go_to_rasa_as_text_and_nothing_else(chat, rasa, text, heard):
    answer = await chat.answer_to(text)
    assert answer["text"] == f"heard: {heard}"
    assert "intent" not in rasa.bodies[0]


async def test_a_hundred_thousand_signs_are_trimmed_and_answered(chat, rasa):
    await chat.answer_to("tent " * 20_000)
    assert 1_990 <= len(rasa.bodies[0]["text"]) <= 2_000


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": ""}, "empty_text"),
        ({"text": "  \n\t "}, "empty_text"),
        ({"text": 7}, "bad_text"),
        ({}, "text_or_choice"),
        ({"text": "a", "choice": "1-0"}, "text_or_choice"),
        ({"text": "a", "id": "spaces are wrong"}, "bad_id"),
        ({"text": "a", "id": None}, "bad_id"),
        ({"choice": "../../etc"}, "bad_choice"),
    ],
)
async def test_what_is_no_message_is_refused_with_the_field(chat, fields, code):
    status, body = await chat.send(**fields)
    assert status == 422
    assert body["error"]["code"] == code
    assert body["error"]["field"]


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[1]", b"\xff\xfe", b"[" * 100_000])
async def test_a_broken_body_is_a_400(client, chat, body):
    answer = await client.post("/api/chat/messages", data=body, headers=chat.headers)
    assert answer.status == 400
    assert (await answer.json())["error"]["code"] in ("not_json", "not_an_object")


async def test_more_than_a_megabyte_is_a_413_in_json(client, chat):
    answer = await client.post("/api/chat/messages", data=b"x" * 1_100_000, headers=chat.headers)
    assert answer.status == 413
    assert "1 MB" in (await answer.json())["error"]["message"]


async def test_a_tap_becomes_the_intent_that_its_choice_stands_for(chat, rasa):
    rasa.answer = offer
    shown = await chat.answer_to("add the tent")
    assert shown["offer"] == {"id": "o-1"}
    assert all("intent" not in choice and "entities" not in choice for choice in shown["choices"])
    no = next(choice for choice in shown["choices"] if choice["kind"] == "decline")
    status, stored = await chat.send(choice=no["id"])
    assert status == 202
    await chat.events(1, after=stored["event_id"])
    assert rasa.bodies[1]["intent"] == "deny"
    assert rasa.bodies[1]["entities"] == {"offer_id": "o-1"}
    assert "text" not in rasa.bodies[1]
    said = next(event for event in await chat.events(3) if event["event_id"] == stored["event_id"])
    assert said["text"] == "No thanks"


async def test_the_choice_of_another_conversation_is_unknown(client, chat, rasa):
    rasa.answer = offer
    shown = await chat.answer_to("add the tent")
    stranger = await Chat(client).begin()
    for choice in (shown["choices"][0]["id"], "999-0", "1-99", "abc", "-", "٣-1"):
        status, body = await stranger.send(choice=choice)
        assert (status, body["error"]["code"]) in ((404, "unknown_choice"), (422, "bad_choice"))
    assert len(rasa.bodies) == 1


async def test_old_buttons_go_stale_but_no_thanks_never_does(client, chat, rasa, clock):
    rasa.answer = offer
    yes, no, link = (await chat.answer_to("add the tent"))["choices"]
    clock.advance(timedelta(days=31))
    renewed = await (await client.post("/api/chat/session", headers=chat.headers)).json()
    chat.token = renewed["token"]
    status, body = await chat.send(choice=yes["id"])
    assert (status, body["error"]["code"]) == (409, "choice_expired")
    assert (await chat.send(choice=no["id"]))[0] == 202
    assert (await chat.send(choice=link["id"]))[1]["error"]["code"] == "choice_is_a_link"


async def test_the_product_in_view_travels_with_the_turn(client, chat, rasa):
    async def look(**fields) -> int:
        return (await client.post("/api/chat/page", json=fields, headers=chat.headers)).status

    assert await look(product_id="TENT") == 200
    await chat.answer_to("is it waterproof?")
    assert await look(path="/cart") == 200
    await chat.answer_to("and now?")
    assert [body["metadata"]["product_in_view"] for body in rasa.bodies] == ["TENT", ""]
    assert await look(product_id="NOPE") == 404
    assert await look() == 422
    assert await look(path="http://elsewhere") == 422


async def test_too_many_messages_are_told_when_to_come_back(services):
    slow = with_config(services, message_rate=Rate(burst=2, per_second=0.01))
    async with TestClient(TestServer(make_app(slow))) as client:
        chat = await Chat(client).begin()
        assert [(await chat.send("a"))[0] for _ in range(3)] == [202, 202, 429]
        answer = await client.post("/api/chat/messages", json={"id": "z", "text": "a"}, headers=chat.headers)
        assert int(answer.headers["Retry-After"]) > 10
        other = await Chat(client).begin()
        assert (await other.send("a"))[0] == 202


async def test_another_sites_page_cannot_post(client, chat):
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await client.post("/api/chat/session", json={}, headers=headers)
        assert answer.status == 403
    own = str(client.make_url("/")).rstrip("/")
    assert (await client.post("/api/chat/session", json={}, headers={"Origin": own})).status == 200


async def test_a_chat_cannot_name_a_channel_that_does_not_begin_here(client):
    answer = await client.post("/api/chat/session", json={"channel": "whatsapp"})
    assert answer.status == 422
    assert (await answer.json())["error"]["field"] == "channel"


async def test_an_unknown_language_falls_back_to_the_shops(client):
    for wish, locale in (("de", "en-GB"), ("en", "en-GB"), ("en-US", "en-GB")):
        assert (await (await client.post("/api/chat/session", json={"locale": wish})).json())["locale"] == locale
    assert (await client.post("/api/chat/session", json={"locale": 5})).status == 422


async def test_channels_without_settings_are_off(client):
    for channel in ("whatsapp", "messenger"):
        assert (await client.post(f"/webhooks/{channel}", data=b"{}")).status == 404
        assert (await client.get(f"/webhooks/{channel}")).status == 404


async def test_errors_of_the_api_are_json_even_for_unknown_paths(client):
    missing = await client.get("/api/nothing")
    assert missing.status == 404
    assert (await missing.json())["error"]["code"] == "not_found"
    wrong = await client.get("/api/chat/messages")
    assert wrong.status == 405
    assert wrong.headers["Allow"] == "POST"
