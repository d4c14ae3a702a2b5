"""The `cart` event: how many things are in the cart and what they cost."""

from __future__ import annotations

import asyncio
from typing import Any

from actions.speech.pack import format_money
from bot.gateway.services import Services


async def cart_event(services: Services, shopper_id: str) -> dict[str, Any]:
    """Its data, as the cart is now."""
    config = (await services.shelf()).config
    cart = await asyncio.to_thread(services.peek_cart, shopper_id, services.clock.now())
    return {"count": sum(line.quantity for line in cart.lines), "total": format_money(cart.total, config.locale)}
