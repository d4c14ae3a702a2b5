"""The event stream: backlog, live, resume, heartbeat, cart and typing."""

import asyncio

from tests.unit.gateway.conftest import Chat, next_event


async def test_a_reconnecting_client_gets_what_it_missed_and_nothing_twice(chat):
    await chat.answer_to("one")
    await chat.answer_to("two")
    everything = await chat.events(4)
    ids = [event["event_id"] for event in everything]
    assert ids == sorted(set(ids))
    for seen in range(3):
        assert await chat.events(3 - seen, after=ids[seen]) == everything[seen + 1 :]
        assert await chat.events(3 - seen, header=ids[seen]) == everything[seen + 1 :]


async def test_the_header_wins_over_the_address(chat):
    await chat.answer_to("one")
    first, second = await chat.events(2)
    assert await chat.events(1, after=0, header=first["event_id"]) == [second]


async def test_live_messages_reach_every_open_stream(chat, rasa):
    rasa.delay = 0.1
    watching = [asyncio.create_task(chat.events(2)) for _ in range(3)]
    await asyncio.sleep(0.1)
    await chat.send("hello")
    streams = await asyncio.gather(*watching)
    assert streams[0] == streams[1] == streams[2]


async def test_nobody_sees_another_conversation(client, chat):
    stranger = await Chat(client).begin()
    await chat.answer_to("my secret")
    await stranger.answer_to("hello")
    assert [event["text"] for event in await stranger.events(2)] == ["hello", "heard: hello"]


async def test_typing_is_shown_while_the_bot_thinks_and_the_line_is_kept_open(client, chat, rasa):
    rasa.delay = 0.1
    async with client.get("/api/chat/events", params={"token": chat.token}) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert stream.headers["Cache-Control"] == "no-store"
        assert "default-src 'self'" in stream.headers["Content-Security-Policy"]
        assert (await next_event(stream))["name"] == "cart"
        heartbeat = b""
        while not heartbeat.startswith(b":"):
            heartbeat = await asyncio.wait_for(stream.content.readline(), 2)
        await chat.send("hello")
        names = [(await next_event(stream))["name"] for _ in range(4)]
    assert names.count("typing") == 2
    assert names.count("message") == 2


async def test_a_bad_event_id_is_refused(client, chat):
    for after in ("x", "-1", "1" * 30, "٣"):
        answer = await client.get("/api/chat/events", params={"token": chat.token, "after": after})
        assert answer.status == 422


async def test_open_streams_end_when_the_server_does(client, chat):
    stream = await client.get("/api/chat/events", params={"token": chat.token})
    await asyncio.wait_for(client.server.close(), 5)
    stream.close()
