"""GET /api/chat/events: server-sent events, with everything since the last one that the client saw."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import web

from bot.gateway.cart_event import cart_event
from bot.gateway.chat_api import authorised, bearer_token
from bot.gateway.errors import ApiError
from bot.gateway.events import STORED, Event, conversation_topic, shopper_topic
from bot.gateway.rendering import message_event
from bot.gateway.services import SERVICES, Services
from bot.gateway.sessions import ChatSession

_RETRY_MS = 2_000


def encode_event(name: str, data: dict[str, Any], event_id: int | None = None) -> bytes:
    """One server-sent event. JSON holds no raw line break, so `data` is one line."""
    lines = [f"id: {event_id}"] if event_id is not None else []
    lines += [f"event: {name}", f"data: {json.dumps(data, ensure_ascii=False)}"]
    return ("\n".join(lines) + "\n\n").encode()


def _seen(request: web.Request) -> int:
    # A reconnecting EventSource repeats its first address, so its header is the newer of the two.
    text = request.headers.get("Last-Event-ID", "") or request.query.get("after", "") or "0"
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise ApiError(422, "bad_event_id", "after: the number of the last event seen", "after")
    return int(text)


async def events(request: web.Request) -> web.StreamResponse:
    """Stream a conversation's events until the client leaves or the server closes."""
    services = request.app[SERVICES]
    session = authorised(request, bearer_token(request) or request.query.get("token", ""))
    seen = _seen(request)
    conversation = await services.log.conversation(session.conversation_id)
    if conversation is None:
        raise ApiError(401, "conversation_gone", "this conversation was deleted; begin a new one")
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream; charset=utf-8",
            "Cache-Control": "no-store",
            # Proxies that gather answers before passing them on would hold the events back.
            "X-Accel-Buffering": "no",
        }
    )
    await response.prepare(request)
    services.metrics.streams.inc()
    try:
        await response.write(f"retry: {_RETRY_MS}\n\n".encode())
        async for piece in _pieces(services, session, conversation.locale, seen):
            await response.write(piece)
    except ConnectionError:
        return response
    finally:
        services.metrics.streams.dec()
    return response


async def _pieces(services: Services, session: ChatSession, locale: str, seen: int) -> AsyncIterator[bytes]:
    topics = (conversation_topic(session.conversation_id), shopper_topic(session.shopper_id))
    # Watching begins before the first look: what is stored in between is announced, not missed.
    with services.bus.watch(*topics) as queue:
        yield encode_event("cart", await cart_event(services, session.shopper_id))
        event: Event | None = STORED
        while event is not None:
            if event is STORED:
                while page := await services.log.after(session.conversation_id, seen):
                    for stored in page:
                        yield encode_event("message", message_event(stored, locale), stored.id)
                        seen = stored.id
            else:
                yield encode_event(event.name, event.data)
            try:
                event = await asyncio.wait_for(queue.get(), services.config.heartbeat_seconds)
            except TimeoutError:
                yield b": still here\n\n"
                # A full queue may have dropped the word of a new message: look again.
                event = STORED
