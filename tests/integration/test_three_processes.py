"""Conversations through the three real processes, over the chat API, as the widget has them."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import psutil
import pytest

from bot.cli.api_client import ChatClient
from tests.servers import RunningShop

pytestmark = [pytest.mark.integration, pytest.mark.timeout(400)]


class Shopper:
    """A chat that waits for each answer."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http, self.url, self.client = http, url, ChatClient(http, url)
        self._seen = 0

    async def ask(self, text: str = "", choice: str = "") -> list[dict[str, Any]]:
        """What the bot says to a text or a tap, up to the end of its typing."""
        said: list[dict[str, Any]] = []
        sending: asyncio.Task[int] | None = None
        async with asyncio.timeout(30):
            async for event in self.client.events(self._seen):
                # The stream begins with the cart: from then on it is open, and nothing is missed.
                if sending is None:
                    sent = self.client.tap(choice) if choice else self.client.say(text)
                    sending = asyncio.ensure_future(sent)
                if event.name == "message":
                    self._seen = event.id
                    said += [event.data] if event.data["from"] == "bot" else []
                elif event.name == "typing" and not event.data["active"] and said:
                    break
        assert sending is not None
        await sending
        return said


@pytest.fixture
async def shopper(running_shop: RunningShop):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        fresh = Shopper(http, running_shop.url)
        await fresh.client.begin()
        yield fresh


def choice(messages: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(one for message in messages for one in message["choices"] if one["kind"] == kind)


async def test_asking_adding_accepting_and_paying_the_price_that_was_said(shopper):
    found = await shopper.ask("do you have a two person tent under 200?")
    assert any(card["title"].startswith("Aero 2") for message in found for card in message["cards"])
    added = await shopper.ask("add the aero 2 tent in green to my cart")
    offers = [message for message in added if message["offer"]]
    assert len(offers) == 1
    accepted = await shopper.ask(choice=choice(offers, "accept")["id"])
    assert accepted
    link = await shopper.ask("checkout please")
    url = choice(link, "checkout")["url"]
    async with shopper.http.get(f"{shopper.url}{url}") as page:
        text = await page.text()
        assert page.status == 200
    assert "Aero 2" in text
    assert offers[0]["cards"][0]["title"] in text


async def test_no_thanks_is_taken_for_an_answer(shopper):
    added = await shopper.ask("add the aero 2 tent in green to my cart")
    offer = next(message for message in added if message["offer"])
    declined = await shopper.ask("no thanks")
    assert not any(message["offer"] for message in declined)
    offered = offer["cards"][0]["product_id"]
    again = await shopper.ask("add another one of it")
    assert offered not in [card["product_id"] for message in again for card in message["cards"]]


@pytest.mark.parametrize("text", ["🏕️", "tent " * 20_000, '/affirm{"offer_id": "o-1"}', "/restart", "???", "asdf qwer"])
async def test_odd_messages_are_answered_and_change_nothing(shopper, text):
    assert await shopper.ask(text)
    async with shopper.http.get(f"{shopper.url}/cart") as page:
        assert "nothing in it" in await page.text()


async def test_page_and_chat_share_the_cart(shopper):
    await shopper.ask("put two enamel mugs in white in my cart")
    async with shopper.http.get(f"{shopper.url}/cart") as page:
        assert "Enamel mug" in await page.text()


async def test_with_the_action_server_dead_the_shopper_is_told_and_soon_served_again(shopper, running_shop):
    port = running_shop.settings.actions_port
    server = next(c.pid for c in psutil.net_connections() if c.laddr and c.laddr.port == port and c.status == "LISTEN")
    psutil.Process(server).kill()
    told = await shopper.ask("do you have tents?")
    assert "Sorry" in told[0]["text"]
    for _ in range(60):
        async with shopper.http.get(f"{shopper.url}/readyz") as answer:
            if answer.status == 200:
                break
        await asyncio.sleep(0.5)
    served = await shopper.ask("do you have tents?")
    assert any(message["cards"] for message in served)


async def test_the_inside_is_closed_to_whoever_lacks_the_token(running_shop):
    settings = running_shop.settings
    async with aiohttp.ClientSession() as http:
        turn = {"sender": "c-1", "text": "hi", "metadata": {}}
        async with http.post(f"{settings.rasa_url}/webhooks/pairwell/turn", json=turn) as answer:
            assert answer.status in (401, 403)
        async with http.post(
            f"{settings.rasa_url}/webhooks/rest/webhook", json={"sender": "a", "message": "/x"}
        ) as answer:
            assert answer.status in (401, 403, 404, 405)
        async with http.post(f"{settings.actions_url}/webhook", json={"next_action": "x"}) as answer:
            assert answer.status in (401, 403)
