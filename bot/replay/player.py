"""Plays scripts through the gateway's HTTP API, one turn after the other."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

import aiohttp

from actions.store.conversations import StoredMessage
from bot.cli.api_client import ChatClient, ChatFailed
from bot.gateway.events import conversation_topic
from bot.replay.record import answered, blank
from bot.replay.script import Script, Tap, Turn
from bot.replay.stage import Stage

ANSWER_SECONDS = 30.0
_EMPTY_CART = {"lines": [], "total": "0.00", "currency": ""}


class NotVisible(Exception):
    """The tapped choice is not among those shown last."""


class Player:
    """Plays on one stage. A shopper's name is the same shopper in every script."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._browsers: dict[str, aiohttp.ClientSession] = {}

    async def close(self) -> None:
        """Close every shopper's browser."""
        await asyncio.gather(*(browser.close() for browser in self._browsers.values()))

    def _browser(self, shopper: str) -> aiohttp.ClientSession:
        if shopper not in self._browsers:
            # unsafe: cookies of an address without a name (127.0.0.1) are kept too.
            self._browsers[shopper] = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        return self._browsers[shopper]

    async def play(self, script: Script) -> AsyncIterator[dict[str, Any]]:
        """One record per turn. A turn that fails gives an `error`, and the script goes on."""
        self._stage.clock.set(script.start)
        browser = self._browser(script.shopper)
        chat = ChatClient(browser, self._stage.url)
        await chat.begin(script.locale, script.channel)
        performance = _Performance(self._stage, browser, chat, script)
        for number, turn in enumerate(script.turns, start=1):
            yield await performance.turn(number, turn)


class _Performance:
    """One script as it is being played."""

    def __init__(self, stage: Stage, browser: aiohttp.ClientSession, chat: ChatClient, script: Script) -> None:
        self._stage, self._browser, self._chat, self._script = stage, browser, chat, script
        self._visible: list[dict[str, Any]] = []

    async def turn(self, number: int, turn: Turn) -> dict[str, Any]:
        line = blank(self._script, number, turn, await self._cart())
        try:
            return await self._play(line, turn)
        except (ChatFailed, NotVisible) as failure:
            return {**line, "error": str(failure)}
        except TimeoutError:
            return {**line, "error": f"no answer within {ANSWER_SECONDS:.0f} s"}

    async def _play(self, line: dict[str, Any], turn: Turn) -> dict[str, Any]:
        if turn.wait is not None:
            self._stage.clock.advance(turn.wait)
            # A page that was left open renews its session by itself.
            await self._chat.begin()
            return {**line, "cart": await self._cart()}
        if turn.view is not None:
            await self._chat.view(turn.view)
            return line
        if turn.tap is not None:
            choice = find_choice(turn.tap, self._visible)
            if choice["url"]:
                return await self._open(line, choice["url"])
        began = time.perf_counter()
        inbound, replies = await self._answer(turn, choice["id"] if turn.tap is not None else "")
        self._visible = [choice for reply in replies for choice in reply.payload.get("choices", [])]
        return answered(line, inbound, replies, (time.perf_counter() - began) * 1000)

    async def _answer(self, turn: Turn, choice_id: str) -> tuple[StoredMessage, Sequence[StoredMessage]]:
        log, bus = self._stage.services.log, self._stage.services.bus
        with bus.watch(conversation_topic(self._chat.conversation_id)) as queue:
            event_id = await (self._chat.tap(choice_id) if choice_id else self._chat.say(turn.say or ""))
            async with asyncio.timeout(ANSWER_SECONDS):
                while True:
                    inbound = await log.message(event_id)
                    if inbound is None:
                        raise ChatFailed("the conversation was erased in this turn")
                    if inbound.status == "answered":
                        return inbound, await log.replies(event_id)
                    await queue.get()

    async def _open(self, line: dict[str, Any], url: str) -> dict[str, Any]:
        """A link is opened, as a browser does; nothing is said."""
        async with self._browser.get(f"{self._stage.url}{url}") as page:
            if page.status != 200:
                raise ChatFailed(f"the link {url} answers {page.status}")
        return line

    async def _cart(self) -> dict[str, Any]:
        services = self._stage.services
        conversation = await services.log.conversation(self._chat.conversation_id)
        if conversation is None:
            return _EMPTY_CART
        cart = await asyncio.to_thread(services.peek_cart, conversation.shopper_id, self._stage.clock.now())
        return cart.to_contract()


def find_choice(tap: Tap, visible: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The visible choice that a tap means. Raises NotVisible, saying what is visible."""
    for number, choice in enumerate(visible):
        by_title = tap.title and choice["title"].casefold().startswith(tap.title.casefold())
        if by_title or (tap.kind and choice["kind"] == tap.kind) or tap.number == number:
            return choice
    shown = ", ".join(repr(choice["title"]) for choice in visible) or "none"
    wanted = tap.title or tap.kind or f"number {tap.number}"
    raise NotVisible(f"no visible choice is {wanted!r}; visible: {shown}")
