"""What every page of the shop shares: the frame's context, the shopper's cookie, forms that are safe."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.gateway.chat_api import set_shopper_cookie, shopper_of_cookie
from bot.gateway.errors import ApiError
from bot.gateway.services import SERVICES
from bot.gateway.sessions import new_shopper_id

_TEXT_LIMIT = 2_000
_SHOPPER = web.RequestKey("shopper", str)


def set_up_templates(app: web.Application) -> None:
    """Let the application draw the shop's pages."""
    loader = jinja2.FileSystemLoader(app[SERVICES].config.templates)
    aiohttp_jinja2.setup(app, loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def shopper_of(request: web.Request) -> str:
    """The request's shopper; a new one where the browser brought none (`show` hands out the cookie)."""
    if _SHOPPER not in request:
        request[_SHOPPER] = shopper_of_cookie(request) or new_shopper_id()
    return request[_SHOPPER]


async def show(request: web.Request, template: str, status: int = 200, **context: Any) -> web.Response:
    """A page inside the shop's frame."""
    services = request.app[SERVICES]
    shopper_id = shopper_of(request)
    shelf = await services.shelf()
    cart = await asyncio.to_thread(services.peek_cart, shopper_id, services.clock.now())
    frame = {
        "shop": shelf.config,
        "cart_count": sum(line.quantity for line in cart.lines),
        "csrf": services.signer.form_token(shopper_id),
    }
    response = aiohttp_jinja2.render_template(template, request, {**frame, **context}, status=status)
    set_shopper_cookie(request, response, shopper_id)
    return response


async def problem_page(request: web.Request, status: int, title: str, message: str) -> web.Response:
    """What could not be shown."""
    return await show(request, "problem.html.j2", status, title=title, message=message)


async def form_of(request: web.Request) -> dict[str, str]:
    """The fields of a form that our own page sent. Refuses one without that page's token (403)."""
    fields = {name: str(value)[:_TEXT_LIMIT].strip() for name, value in (await request.post()).items()}
    if not request.app[SERVICES].signer.is_form_token(fields.get("csrf", ""), shopper_of_cookie(request) or ""):
        raise ApiError(403, "form_outdated", "the form is outdated; reload the page and send it again")
    return fields
