"""What the gateway's request handlers work with, made once by `bootstrap` and handed to the application."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aiohttp import web

from actions.shop.model import Cart, Order, Shop
from bot.gateway.clock import Clock
from bot.gateway.events import EventBus
from bot.gateway.inbox import Inbox
from bot.gateway.limits import Rate
from bot.gateway.message_log import MessageLog
from bot.gateway.metrics import Metrics
from bot.gateway.rasa_client import RasaClient
from bot.gateway.sessions import Signer
from bot.gateway.storefront import Shelf, Storefront
from bot.gateway.wording import Wording


@dataclass(frozen=True)
class GatewayConfig:
    """What differs between the real gateway, a replay and a test."""

    templates: Path
    static: Path
    images: Path
    # Channels that a chat session may name; a replay adds the others.
    session_channels: frozenset[str] = frozenset({"widget"})
    message_rate: Rate = field(default_factory=lambda: Rate(burst=20, per_second=0.5))
    session_rate: Rate = field(default_factory=lambda: Rate(burst=60, per_second=1))
    body_bytes: int = 1_000_000
    heartbeat_seconds: float = 15.0


@dataclass(frozen=True)
class Services:
    """The gateway's parts. `checks` are asked by /readyz, by name."""

    config: GatewayConfig
    clock: Clock
    signer: Signer
    log: MessageLog
    bus: EventBus
    inbox: Inbox
    rasa: RasaClient
    shop: Shop
    # A look at the cart that leaves what changed in it to be told where the shopper reads it.
    peek_cart: Callable[[str, datetime], Cart]
    order_of_checkout: Callable[[str], Order | None]
    storefront: Storefront
    wording: Wording
    metrics: Metrics
    checks: dict[str, Callable[[], Awaitable[bool]]]

    async def shelf(self) -> Shelf:
        """The shop that is loaded now. Raises NoShopLoaded."""
        return await asyncio.to_thread(self.storefront.shelf)


SERVICES = web.AppKey("services", Services)
