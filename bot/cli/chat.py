"""`pairwell chat`: the same conversation in the terminal, through the same API as the widget's."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack
from typing import Annotated, Any

import aiohttp
import typer
from rich.console import Console

from bot.cli.api_client import ChatClient, ChatFailed
from bot.cli.frame import ShopOption, environment, errors, guarded, settings_for
from bot.cli.progress import Bars
from bot.cli.running import three_processes, with_ports
from bot.gateway.clock import SystemClock
from bot.supervisor.prepare import prepare

UrlOption = Annotated[str, typer.Option("--url", help="A running gateway to talk to, instead of starting one.")]
ANSWER_SECONDS = 30.0


@guarded
def chat(shop: ShopOption = None, url: UrlOption = "") -> None:
    """Talk to the assistant here. A number taps that choice; an empty line or Ctrl-D ends."""
    asyncio.run(_chat(shop, url))


async def _chat(shop: Any, url: str) -> None:
    async with AsyncExitStack() as stack:
        if not url:
            settings = with_ports(settings_for(shop, 0))
            with Bars(errors()) as bars:
                prepared = await asyncio.to_thread(
                    prepare, settings, environment(), bars, bars.say, SystemClock().now()
                )
            say = errors().print
            await stack.enter_async_context(three_processes(settings, environment(), prepared, say))
            url = settings.address
        # A cookie of an address without a name is kept only when the jar is told to.
        http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        await stack.enter_async_context(http)
        client = ChatClient(http, url)
        await client.begin()
        await Terminal(client, Console(highlight=False)).converse()


class Terminal:
    """Prints what the bot says and reads what the shopper types."""

    def __init__(self, client: ChatClient, console: Console) -> None:
        self._client, self._console = client, console
        self._choices: list[dict[str, Any]] = []
        self._answered = asyncio.Event()

    async def converse(self) -> None:
        """Until the input ends. Raises ChatFailed."""
        listening = asyncio.create_task(self._listen())
        try:
            while True:
                line = (await asyncio.to_thread(self._read)).strip()
                if not line:
                    return
                await self._send(line)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    def _read(self) -> str:
        self._console.print("[bold]you>[/bold] ", end="")
        return sys.stdin.readline()

    async def _send(self, line: str) -> None:
        self._answered.clear()
        try:
            number = int(line) - 1 if line.isascii() and line.isdecimal() else -1
            if 0 <= number < len(self._choices):
                choice = self._choices[number]
                if choice["url"]:
                    self._console.print(f"open {choice['url']} in a browser", markup=False)
                    return
                await self._client.tap(choice["id"])
            else:
                await self._client.say(line)
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._answered.wait()
        except TimeoutError:
            self._console.print("(no answer yet)")
        except ChatFailed as failure:
            self._console.print(str(failure), markup=False)

    async def _listen(self) -> None:
        async for event in self._client.events():
            if event.name == "message" and event.data["from"] == "bot":
                self._show(event.data)
            elif event.name == "typing":
                if event.data["active"]:
                    self._choices = []
                else:
                    self._answered.set()

    def _show(self, message: dict[str, Any]) -> None:
        self._console.print(f"bot> {message['text']}", markup=False)
        for card in message["cards"]:
            before = f" (before: {card['compare_at']})" if card["compare_at"] else ""
            self._console.print(f"     · {card['title']}: {card['price']}{before}", markup=False)
        for choice in message["choices"]:
            self._choices.append(choice)
            self._console.print(f"     {len(self._choices)} {choice['title']}", markup=False)
