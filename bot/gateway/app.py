"""The application: routes and what holds for all of them. Everything it works with is handed in."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiohttp import web

from bot.gateway import checkout_pages, files, health, openapi, pages
from bot.gateway.chat_api import ChatApi
from bot.gateway.errors import ApiError
from bot.gateway.event_stream import events
from bot.gateway.middleware import add_safety_headers, errors_for, same_origin
from bot.gateway.page_frame import problem_page, set_up_templates
from bot.gateway.services import SERVICES, Services


async def webhook_off(request: web.Request) -> web.StreamResponse:
    """A channel without its settings is off."""
    raise ApiError(404, "channel_off", "this channel is not set up")


async def _run_inbox(app: web.Application) -> AsyncIterator[None]:
    services = app[SERVICES]
    services.inbox.wake_all(await services.log.waiting_conversations())
    yield
    await services.inbox.close()
    await services.rasa.close()


async def _end_streams(app: web.Application) -> None:
    app[SERVICES].bus.close()


def make_app(services: Services) -> web.Application:
    """The gateway, ready to be run. It takes up unanswered messages when it starts."""
    app = web.Application(
        client_max_size=services.config.body_bytes,
        middlewares=[errors_for(problem_page), same_origin],
    )
    app[SERVICES] = services
    set_up_templates(app)
    app.add_routes(
        [
            *ChatApi(services).routes(),
            web.get("/api/chat/events", events),
            *openapi.routes(),
            *health.routes(),
            *pages.routes(),
            *checkout_pages.routes(),
            *files.routes(),
            web.route("*", "/webhooks/{channel}", webhook_off),
        ]
    )
    app.cleanup_ctx.append(_run_inbox)
    app.on_response_prepare.append(add_safety_headers)
    app.on_shutdown.append(_end_streams)
    return app
