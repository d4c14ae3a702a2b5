"""A gateway over a real SQLite file and a fake Rasa, on real sockets."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from actions.store.database import Database, migrate, open_database
from actions.store.shop_data import load_shop
from bot.gateway.app import make_app
from bot.gateway.bootstrap import PAGES, WIDGET, make_services
from bot.gateway.clock import SettableClock
from bot.gateway.limits import Rate
from bot.gateway.services import GatewayConfig, Services
from catalog.domain.money import Money
from catalog.domain.product import Availability, Product
from catalog.domain.shop import Shipping, ShopConfig, ShopDocuments
from tests.fakes.rasa_server import TOKEN, FakeRasa

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
PLENTY = Rate(burst=1000, per_second=1000)


def pounds(text: str) -> Money:
    return Money.parse(text, "GBP")


TENTS = "Camping > Tents"
PRODUCTS = (
    Product("TENT", "Aero 2 tent", pounds("189.00"), group_id="AERO", color="Green", product_type=TENTS),
    Product("TENT-RED", "Aero 2 tent red", pounds("189.00"), group_id="AERO", color="Red", product_type=TENTS),
    Product("PEGS", "Tent pegs", pounds("12.00"), sale_price=pounds("9.50"), product_type="Camping > Pegs"),
    Product("GONE", "Old lamp", pounds("5.00"), availability=Availability.OUT_OF_STOCK),
    Product("XSS", "<script>alert(1)</script>", pounds("1.00"), description="<b>bold</b>"),
)
SHIPPING = Shipping(cost=pounds("4.95"), free_from=pounds("200"))
DOCUMENTS = ShopDocuments(ShopConfig(name="Small Shop", shipping=SHIPPING))


@dataclass(frozen=True)
class SmallShop:
    documents: ShopDocuments = DOCUMENTS
    products: tuple[Product, ...] = PRODUCTS
    orders_path: Path | None = None


class Chat:
    """A shopper's browser, as far as the chat goes."""

    def __init__(self, client: TestClient) -> None:
        self.client, self.token, self.conversation_id = client, "", ""

    async def begin(self, **body: Any) -> Chat:
        answer = await self.client.post("/api/chat/session", json=body)
        session = await answer.json()
        assert answer.status == 200, session
        self.token, self.conversation_id = session["token"], session["conversation_id"]
        return self

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def send(self, text: str | None = None, **fields: Any) -> tuple[int, dict[str, Any]]:
        body = {"id": uuid.uuid4().hex, **({"text": text} if text is not None else {}), **fields}
        answer = await self.client.post("/api/chat/messages", json=body, headers=self.headers)
        return answer.status, await answer.json()

    async def events(self, until: int, after: int | None = None, header: int | None = None) -> list[dict[str, Any]]:
        """The first `until` message events of the stream, each with its `event_id`."""
        query = {"token": self.token, **({"after": str(after)} if after is not None else {})}
        headers = {"Last-Event-ID": str(header)} if header is not None else {}
        found: list[dict[str, Any]] = []
        async with asyncio.timeout(5), self.client.get("/api/chat/events", params=query, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            while len(found) < until:
                event = await next_event(answer)
                if event["name"] == "message":
                    found.append({**event["data"], "event_id": event["id"]})
        return found

    async def answer_to(self, text: str) -> dict[str, Any]:
        """Send a text and wait for what the bot says to it."""
        status, stored = await self.send(text)
        assert status == 202
        return (await self.events(1, after=stored["event_id"]))[0]


async def next_event(answer: aiohttp.ClientResponse) -> dict[str, Any]:
    fields: dict[str, str] = {}
    while True:
        line = (await answer.content.readline()).decode().rstrip("\n")
        if line.startswith(":") or line.startswith("retry"):
            continue
        if not line and "event" in fields:
            number = int(fields["id"]) if "id" in fields else None
            return {"name": fields["event"], "data": json.loads(fields["data"]), "id": number}
        if line:
            key, _, value = line.partition(": ")
            fields[key] = value
        elif answer.content.at_eof():
            raise EOFError("the stream ended")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    migrate(url)
    opened = open_database(url)
    load_shop(opened, SmallShop(), START)
    return opened


@pytest.fixture
async def rasa() -> AsyncIterator[FakeRasa]:
    fake = FakeRasa()
    server = fake.server()
    await server.start_server()
    fake.url = str(server.make_url("")).rstrip("/")  # type: ignore[attr-defined]
    yield fake
    await server.close()


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(START)


@pytest.fixture
def config(tmp_path: Path) -> GatewayConfig:
    images = tmp_path / "images"
    images.mkdir()
    (images / "tent.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "secret.svg").write_text("not a picture of the shop")
    return GatewayConfig(
        templates=PAGES, static=WIDGET, images=images, message_rate=PLENTY, session_rate=PLENTY, heartbeat_seconds=0.2
    )


@pytest.fixture
def services(database, rasa, clock, config, tmp_path) -> Services:
    return make_services(
        config=config,
        database=database,
        clock=clock,
        secret_key="k9" * 20,
        rasa_url=rasa.url,
        actions_url="http://127.0.0.1:9",
        internal_token=TOKEN,
        search=lambda query, limit: ["PEGS"] if "peg" in query else [],
        tracker=tmp_path / "tracker.db",
        turn_seconds=0.6,
    )


@pytest.fixture
async def client(services) -> AsyncIterator[TestClient]:
    async with TestClient(TestServer(make_app(services))) as running:
        yield running


@pytest.fixture
async def chat(client) -> Chat:
    return await Chat(client).begin()


def with_config(services: Services, **changes: Any) -> Services:
    return replace(services, config=replace(services.config, **changes))
