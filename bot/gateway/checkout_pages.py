"""Checkout and confirmation. A demonstration: an address is asked for, no payment is taken."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from aiohttp import web

from actions.shop.model import CartRefused, Order
from bot.gateway.cart_event import cart_event
from bot.gateway.events import Event, shopper_topic
from bot.gateway.page_context import cart_notice, checkout_page, order_page
from bot.gateway.page_frame import form_of, shopper_of, show
from bot.gateway.services import SERVICES

# One @ with something on both sides and a dot after it; whether it exists only a letter to it can show.
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_FIELDS = {"name": 200, "email": 200, "address": 1_000}


def faults_of(values: dict[str, str]) -> dict[str, str]:
    """What is wrong with the address form: field to sentence; empty when it is fine."""
    faults = {}
    if not values["name"]:
        faults["name"] = "Please give a name."
    if not _EMAIL.fullmatch(values["email"]):
        faults["email"] = "Please give an e-mail address, like ann@example.org."
    if len(values["address"]) < 5:
        faults["address"] = "Please give an address to send it to."
    return faults


async def _order_of(request: web.Request, token: str) -> Order | None:
    try:
        return await asyncio.to_thread(request.app[SERVICES].order_of_checkout, token)
    except CartRefused:
        raise web.HTTPNotFound from None


async def _show_checkout(
    request: web.Request, values: dict[str, str], errors: dict[str, str], status: int = 200
) -> web.Response:
    services, token = request.app[SERVICES], request.match_info["token"]
    try:
        held = await asyncio.to_thread(services.shop.cart_of_checkout, token, services.clock.now())
    except CartRefused:
        raise web.HTTPNotFound from None
    if not held.lines:
        raise web.HTTPSeeOther("/cart")
    context: dict[str, Any] = checkout_page(held, await services.shelf(), token)
    notice = cart_notice(held)
    return await show(request, "checkout.html.j2", status, values=values, errors=errors, notice=notice, **context)


async def checkout(request: web.Request) -> web.Response:
    """GET /checkout/{token}: the order form; after the order, its confirmation."""
    placed = await _order_of(request, request.match_info["token"])
    if placed is not None:
        return await _show_order(request, placed)
    return await _show_checkout(request, {}, {})


async def place(request: web.Request) -> web.StreamResponse:
    """POST /checkout/{token}: place the order, once."""
    services, token = request.app[SERVICES], request.match_info["token"]
    fields = await form_of(request)
    values = {name: fields.get(name, "")[:limit] for name, limit in _FIELDS.items()}
    faults = faults_of(values)
    if faults and await _order_of(request, token) is None:
        return await _show_checkout(request, values, faults, status=422)
    try:
        order = await asyncio.to_thread(services.shop.place_order, token, values, services.clock.now())
    except CartRefused as refusal:
        if refusal.reason == "unknown_checkout":
            raise web.HTTPNotFound from None
        # The total is another than the one shown: show today's, and ask again.
        return await _show_checkout(request, values, {}, status=409)
    services.bus.publish(shopper_topic(order.shopper_id), Event("cart", await cart_event(services, order.shopper_id)))
    # A link that was opened in another browser shows its order under the link itself.
    own = order.shopper_id == shopper_of(request)
    raise web.HTTPSeeOther(f"/order/{order.number}" if own else f"/checkout/{token}")


async def order(request: web.Request) -> web.Response:
    """GET /order/{number}: one of the shopper's own orders."""
    services = request.app[SERVICES]
    found = await asyncio.to_thread(services.shop.order, request.match_info["number"], shopper_of(request))
    if found is None:
        raise web.HTTPNotFound
    return await _show_order(request, found)


async def _show_order(request: web.Request, placed: Order) -> web.Response:
    return await show(request, "order.html.j2", order=order_page(placed, await request.app[SERVICES].shelf()))


def routes() -> list[web.RouteDef]:
    """Where they are."""
    return [
        web.get("/checkout/{token}", checkout),
        web.post("/checkout/{token}", place),
        web.get("/order/{number}", order),
    ]
