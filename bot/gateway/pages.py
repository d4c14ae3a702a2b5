"""The demo shop's pages: grid, product and cart. (The order's pages stand in checkout_pages.py.)"""

from __future__ import annotations

import asyncio
from math import ceil
from typing import Any

from aiohttp import web

from actions.shop.model import Cart, CartRefused
from bot.gateway.cart_event import cart_event
from bot.gateway.events import Event, shopper_topic
from bot.gateway.page_context import cart_notice, cart_page, product_page, product_tile
from bot.gateway.page_frame import form_of, shopper_of, show
from bot.gateway.services import SERVICES

PER_PAGE = 24
_QUERY_LIMIT = 200

_REFUSALS = {
    "unknown_product": "The shop has no such product any more.",
    "out_of_stock": "This is out of stock at the moment.",
    "not_in_cart": "This is not in your cart any more.",
    "bad_quantity": "Between 1 and 99 of one product can be ordered.",
    "cart_full": "The cart holds no further products; take something out first.",
}


def _page_number(text: str, pages: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    return min(max(number, 1), max(pages, 1))


async def grid(request: web.Request) -> web.Response:
    """GET /: all products, those of a kind, or those that a search finds."""
    services = request.app[SERVICES]
    shelf = await services.shelf()
    query, kind = request.query.get("q", "").strip()[:_QUERY_LIMIT], request.query.get("kind", "")
    found = list(shelf.faces)
    if query:
        found = await asyncio.to_thread(services.storefront.find, query)
    if kind:
        found = [product for product in found if product.kind == kind]
    pages = ceil(len(found) / PER_PAGE)
    page = _page_number(request.query.get("page", ""), pages)
    now = services.clock.now()
    shown = [product.at(now) for product in found[(page - 1) * PER_PAGE : page * PER_PAGE]]
    return await show(
        request,
        "grid.html.j2",
        products=[product_tile(product, shelf.config.locale) for product in shown],
        kinds=shelf.kinds,
        kind=kind,
        query=query,
        page=page,
        pages=pages,
        found=len(found),
    )


async def product(request: web.Request) -> web.Response:
    """GET /product/{id}."""
    services = request.app[SERVICES]
    shelf = await services.shelf()
    found = shelf.by_id.get(request.match_info["id"])
    if found is None:
        raise web.HTTPNotFound
    wanted = found.at(services.clock.now())
    return await show(request, "product.html.j2", product=product_page(wanted, shelf), product_id=wanted.id)


async def cart(request: web.Request) -> web.Response:
    """GET /cart."""
    services = request.app[SERVICES]
    held = await asyncio.to_thread(services.shop.cart, shopper_of(request), services.clock.now())
    return await _show_cart(request, held, cart_notice(held))


async def _show_cart(request: web.Request, held: Cart, notice: str, status: int = 200) -> web.Response:
    services = request.app[SERVICES]
    checkout_url = ""
    if held.lines:
        token = await asyncio.to_thread(services.shop.checkout_token, held.shopper_id, services.clock.now())
        checkout_url = f"/checkout/{token}"
    context: dict[str, Any] = cart_page(held, await services.shelf())
    return await show(request, "cart.html.j2", status, notice=notice, checkout_url=checkout_url, **context)


def _quantity(text: str) -> int:
    # -1 is refused by the shop in its own words, as every other wrong number is.
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else -1


async def _change(request: web.Request, verb: str) -> web.StreamResponse:
    """One change of the cart from a form, then the cart's page (or why it was not changed)."""
    services = request.app[SERVICES]
    fields = await form_of(request)
    shopper_id, now = shopper_of(request), services.clock.now()
    product_id, quantity = fields.get("product_id", ""), _quantity(fields.get("quantity", "1"))
    change = services.shop.add if verb == "add" else services.shop.set_quantity
    try:
        if quantity < (1 if verb != "remove" else 0):
            raise CartRefused("bad_quantity", product_id)
        await asyncio.to_thread(change, shopper_id, product_id, 0 if verb == "remove" else quantity, now)
    except CartRefused as refusal:
        held = await asyncio.to_thread(services.peek_cart, shopper_id, now)
        return await _show_cart(request, held, _REFUSALS.get(refusal.reason, "That did not work."), status=409)
    services.bus.publish(shopper_topic(shopper_id), Event("cart", await cart_event(services, shopper_id)))
    raise web.HTTPSeeOther("/cart")


async def cart_add(request: web.Request) -> web.StreamResponse:
    """POST /cart/add."""
    return await _change(request, "add")


async def cart_set(request: web.Request) -> web.StreamResponse:
    """POST /cart/set."""
    return await _change(request, "set")


async def cart_remove(request: web.Request) -> web.StreamResponse:
    """POST /cart/remove."""
    return await _change(request, "remove")


async def plan_remove(request: web.Request) -> web.StreamResponse:
    """POST /cart/plan/remove: a product without its plan."""
    services = request.app[SERVICES]
    fields = await form_of(request)
    shopper_id, product_id, sort = shopper_of(request), fields.get("product_id", ""), fields.get("sort", "")
    await asyncio.to_thread(services.shop.drop_plan, shopper_id, product_id, services.clock.now(), sort)
    services.bus.publish(shopper_topic(shopper_id), Event("cart", await cart_event(services, shopper_id)))
    raise web.HTTPSeeOther("/cart")


def routes() -> list[web.RouteDef]:
    """Where they are."""
    return [
        web.get("/", grid),
        web.get("/product/{id}", product),
        web.get("/cart", cart),
        web.post("/cart/add", cart_add),
        web.post("/cart/set", cart_set),
        web.post("/cart/remove", cart_remove),
        web.post("/cart/plan/remove", plan_remove),
    ]
