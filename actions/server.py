"""The action server: `python -m actions.server`. rasa-sdk's executor behind a small aiohttp application.

It listens on loopback only and answers to whoever knows the internal token. Its error bodies never repeat
the request.
"""

from __future__ import annotations

import asyncio
import gc
import hmac
import logging
import os
import sys
from collections.abc import Callable

import structlog
import uvloop
from aiohttp import web
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions.bootstrap import AssistantKeeper
from actions.handlers.base import AssistantSource
from actions.handlers.register import every_action
from actions.settings import load_settings
from catalog.domain.errors import PairwellError

# A tracker with its events; Rasa's own limit is far below.
LARGEST_BODY = 8 * 1024 * 1024
ACTIONS_KEY = web.AppKey("actions", ActionExecutor)
TOKEN_KEY = web.AppKey("token", str)
READY_KEY = web.AppKey("ready", asyncio.Event)
WARMING_KEY: web.AppKey[asyncio.Task[None]] = web.AppKey("warming", asyncio.Task)
log = structlog.get_logger("pairwell.actions")


def make_app(assistants: AssistantSource, token: str, warm_up: Callable[[], object] | None = None) -> web.Application:
    """The application. `warm_up` runs in a thread at the start; until it is through, /health says 503."""
    executor = ActionExecutor()
    for action in every_action(assistants):
        executor.register_action(action)
    app = web.Application(client_max_size=LARGEST_BODY)
    app[ACTIONS_KEY], app[TOKEN_KEY], app[READY_KEY] = executor, token, asyncio.Event()
    app.router.add_post("/webhook", webhook)
    app.router.add_get("/health", health)

    async def starting(app: web.Application) -> None:
        async def warm() -> None:
            try:
                if warm_up is not None:
                    await asyncio.to_thread(warm_up)
                # The shop, the models and the libraries stay for good: the collector need not visit them each turn.
                gc.collect()
                gc.freeze()
                app[READY_KEY].set()
                log.info("ready", actions=len(executor.actions))
            except Exception as error:
                log.exception("cannot start", error=str(error))
                raise

        app[WARMING_KEY] = asyncio.create_task(warm())

    app.on_startup.append(starting)
    return app


async def webhook(request: web.Request) -> web.Response:
    """Run one action of rasa-sdk's webhook format."""
    given = request.query.get("token", "").encode()
    if not hmac.compare_digest(given, request.app[TOKEN_KEY].encode()):
        return _error(403, "forbidden", "the token is missing or wrong")
    try:
        call = await request.json()
    except ValueError:
        return _error(400, "not_json", "the body is no JSON document")
    if not isinstance(call, dict) or not isinstance(call.get("tracker"), dict):
        return _error(400, "no_action_call", "the body is no action call: it has no tracker")
    try:
        result = await request.app[ACTIONS_KEY].run(call)
    except ActionNotFoundException:
        return _error(404, "unknown_action", "there is no such action; is domain.yml newer than the server?")
    except ActionExecutionRejection:
        return _error(400, "rejected", "the action does not apply here")
    except Exception:
        log.exception("action call failed")
        return _error(500, "action_failed", "the action failed; the server's log says why")
    return web.json_response(result.model_dump() if result else {})


async def health(request: web.Request) -> web.Response:
    """200 once the shop is open, 503 before."""
    ready = request.app[READY_KEY].is_set()
    return web.json_response({"status": "ready" if ready else "starting"}, status=200 if ready else 503)


def _error(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": message}}, status=status)


def configure_logs() -> None:
    """JSON lines on standard output, for structlog and for the standard library's loggers alike."""
    logging.basicConfig(stream=sys.stdout, level=logging.WARNING, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


def main() -> int:
    """Serve until stopped. Exit code 1 with one clear line when the settings or the shop are not fit."""
    configure_logs()
    try:
        settings = load_settings(os.environ)
        if not settings.internal_token:
            raise PairwellError("PAIRWELL_INTERNAL_TOKEN: missing; the supervisor sets it for all three processes")
        keeper = AssistantKeeper(settings)
    except PairwellError as error:
        log.error("cannot start", error=str(error))
        return 1
    app = make_app(keeper, settings.internal_token, warm_up=keeper)
    loop = uvloop.new_event_loop()
    web.run_app(app, host="127.0.0.1", port=settings.actions_port, print=None, access_log=None, loop=loop)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
