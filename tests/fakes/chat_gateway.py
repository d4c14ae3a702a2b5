"""The real gateway over the demo shop's products, with a Rasa that follows a script: what the widget's browser
tests talk to. It runs in a thread of its own, because Playwright's synchronous calls hold the test's thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Self, TypeVar

from aiohttp import web

from actions.settings import REPOSITORY
from actions.speech.messages import Card, Choice, ChoiceKind, Message
from actions.store.database import migrate, open_database
from actions.store.shop_data import load_shop
from actions.turn import TurnResult
from bot.gateway.app import make_app
from bot.gateway.bootstrap import PAGES, WIDGET, make_services
from bot.gateway.clock import SystemClock
from bot.gateway.limits import Rate
from bot.gateway.services import GatewayConfig
from catalog.domain.product import Product
from catalog.feed import read_shop
from tests.fakes.rasa_server import TOKEN, FakeRasa

DEMO = REPOSITORY / "data" / "demo"
TENT, OTHER_TENT, PEGS = "TENT-AERO-2", "TENT-PEBBLE-2-BLUE", "PEG-VEE"
PLENTY = Rate(burst=1000, per_second=1000)
Result = TypeVar("Result")


class Script:
    """Finds two tents, offers one more thing after an add, takes yes and no; repeats all else."""

    def __init__(self, products: dict[str, Product]) -> None:
        self.products = products

    def __call__(self, body: dict[str, Any]) -> TurnResult:
        """The result of one turn, as the action server would give it."""
        intent, text = body.get("intent", ""), body.get("text", "")
        if "tent" in text:
            return TurnResult((self._found(),))
        if intent == "add_to_cart" or text.startswith("add"):
            return TurnResult((Message("The tent is in your cart."), self._offer()), decision="pitch", cart=_cart(1))
        if intent == "affirm":
            return TurnResult((Message("Added, at the bundle price."),), cart=_cart(2))
        if intent == "deny":
            return TurnResult((Message("All right, nothing more."),), cart=_cart(1))
        if intent == "why_offer":
            return TurnResult((Message("41 of 312 buyers took both.", self._answers(ask_why=False)),))
        return TurnResult((Message(f"You said: {text or intent}"),))

    def _found(self) -> Message:
        ids = (TENT, OTHER_TENT)
        add = tuple(
            Choice(f"Add {self.products[one].title}", ChoiceKind.OTHER, "add_to_cart", {"product_id": one})
            for one in ids
        )
        return Message("Here is what fits best:", add, tuple(self._card(one) for one in ids))

    def _offer(self) -> Message:
        text = (
            "41 of 312 buyers of this tent took both. Tent £189.00 + pegs £12.50 = £201.50; "
            "together £200.25, you save £1.25. Add them for £11.25?"
        )
        return Message(text, self._answers(ask_why=True), (self._card(PEGS),), offer_id="o-1")

    @staticmethod
    def _answers(ask_why: bool) -> tuple[Choice, ...]:
        offer = {"offer_id": "o-1"}
        last = (
            Choice("Why this?", ChoiceKind.WHY, "why_offer", offer)
            if ask_why
            else Choice("Stop suggesting things", ChoiceKind.STOP_OFFERS, "stop_offers")
        )
        return (
            Choice("Yes, add it", ChoiceKind.ACCEPT, "affirm", offer),
            Choice("No thanks", ChoiceKind.DECLINE, "deny", offer),
            last,
        )

    def _card(self, product_id: str) -> Card:
        product = self.products[product_id]
        url = f"/product/{product_id}"
        return Card(product_id, product.title, product.current_price, None, product.image_link, url)


def _cart(count: int) -> dict[str, Any]:
    line = {"product_id": TENT, "title": "tent", "quantity": count, "unit_price": "1.00", "discount": "0.00"}
    return {"lines": [{**line, "total": "1.00"}], "total": "1.00", "currency": "GBP"}


class ChatGateway:
    """Use as a context manager; `url` is where it listens, `rasa.bodies` what the script was asked."""

    def __init__(self, home: Path) -> None:
        self._home, self.url = home, ""
        shop = read_shop(DEMO)
        self.products = {product.id: product for product in shop.products}
        self.rasa = FakeRasa(answer=Script(self.products))
        self._database_url = f"sqlite:///{home / 'shop.db'}"
        migrate(self._database_url)
        load_shop(open_database(self._database_url), shop, SystemClock().now())
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._call(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _call(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _start(self) -> None:
        self._rasa_server = self.rasa.server()
        await self._rasa_server.start_server()
        services = make_services(
            config=GatewayConfig(
                templates=PAGES, static=WIDGET, images=DEMO / "images", message_rate=PLENTY, session_rate=PLENTY
            ),
            database=open_database(self._database_url),
            clock=SystemClock(),
            secret_key="k9" * 20,
            rasa_url=str(self._rasa_server.make_url("")).rstrip("/"),
            actions_url="http://127.0.0.1:9",
            internal_token=TOKEN,
            search=lambda query, limit: [TENT],
        )
        self._runner = web.AppRunner(make_app(services), shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def _stop(self) -> None:
        await self._runner.cleanup()
        await self._rasa_server.close()
