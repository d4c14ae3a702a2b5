"""The one place where the gateway is wired together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path

import aiohttp

from actions.settings import REPOSITORY, Settings, load_settings
from actions.shop.model import Cart
from actions.shop.sql_shop import SqlShop
from actions.store import carts
from actions.store.conversations import Conversations
from actions.store.database import Database, open_database
from actions.store.shop_data import current_version
from bot.gateway.clock import Clock, SystemClock
from bot.gateway.events import EventBus
from bot.gateway.inbox import Inbox
from bot.gateway.message_log import MessageLog
from bot.gateway.metrics import Metrics
from bot.gateway.open_offers import has_open_offer
from bot.gateway.page_search import CatalogueSearch
from bot.gateway.rasa_client import TURN_SECONDS, RasaClient, answers_ok
from bot.gateway.services import GatewayConfig, Services
from bot.gateway.sessions import Signer
from bot.gateway.storefront import Search, Storefront
from bot.gateway.tracker import all_conversation_ids, erase_orphans, erase_tracker
from bot.gateway.turns import TurnPlayer
from bot.gateway.wording import Wording

PAGES = REPOSITORY / "bot" / "widget" / "pages"
WIDGET = REPOSITORY / "bot" / "widget" / "dist"


def make_services(
    *,
    config: GatewayConfig,
    database: Database,
    clock: Clock,
    secret_key: str,
    rasa_url: str,
    actions_url: str,
    internal_token: str,
    search: Search,
    tracker: Path | None = None,
    turn_seconds: float = TURN_SECONDS,
) -> Services:
    """All parts of a gateway over a migrated database; opens no connection yet.

    `tracker` is the file of Rasa's tracker store, from which a forgotten shopper is erased; None where it is
    not on this machine.
    """
    shop = SqlShop(database)
    storefront = Storefront(database, search)
    rasa = RasaClient(rasa_url, internal_token, turn_seconds)
    metrics, bus, wording = Metrics(), EventBus(), Wording(storefront)
    log = MessageLog(
        Conversations(database), lambda conversation_id, now: has_open_offer(database, conversation_id, now)
    )

    def forget(conversation_id: str) -> None:
        if tracker is not None:
            erase_tracker(tracker, [conversation_id])
            erase_orphans(tracker, all_conversation_ids(database))

    turns = TurnPlayer(log, rasa, bus, clock, metrics, wording, forget)

    def peek_cart(shopper_id: str, now: datetime) -> Cart:
        with database.read() as session:
            return carts.look(session, shopper_id, now).cart

    async def has_shop() -> bool:
        return await asyncio.to_thread(current_version, database) is not None

    return Services(
        config=config,
        clock=clock,
        signer=Signer(secret_key),
        log=log,
        bus=bus,
        inbox=Inbox(turns.play_next),
        rasa=rasa,
        shop=shop,
        peek_cart=peek_cart,
        order_of_checkout=shop.order_of_checkout,
        storefront=storefront,
        wording=wording,
        metrics=metrics,
        checks={"rasa": rasa.is_ready, "actions": _check(f"{actions_url}/health"), "database": has_shop},
    )


def _check(address: str) -> Callable[[], Awaitable[bool]]:
    async def passes() -> bool:
        async with aiohttp.ClientSession() as http:
            return await answers_ok(http, address)

    return passes


def config_of(settings: Settings) -> GatewayConfig:
    """The gateway's configuration for a shop folder."""
    return GatewayConfig(templates=PAGES, static=WIDGET, images=settings.shop / "images")


def services_of(settings: Settings) -> Services:
    """The parts for these settings, with the machine's clock."""
    database = open_database(settings.database_url)
    return make_services(
        config=config_of(settings),
        database=database,
        clock=SystemClock(),
        secret_key=settings.secret_key,
        rasa_url=settings.rasa_url,
        actions_url=settings.actions_url,
        internal_token=settings.internal_token,
        search=CatalogueSearch(settings, database),
        tracker=settings.tracker,
    )


def bootstrap(environment: Mapping[str, str]) -> tuple[Settings, Services]:
    """Settings from the environment, and everything made from them. Raises SettingsError."""
    settings = load_settings(environment)
    return settings, services_of(settings)
