"""Whether the gateway lives, whether all of it can work, and its figures."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.gateway.services import SERVICES

_CHECK_SECONDS = 3.0


async def healthz(request: web.Request) -> web.Response:
    """GET /healthz: this process answers."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """GET /readyz: 200 when Rasa, the action server and the database work, else 503 naming what does not."""
    checks = request.app[SERVICES].checks
    results = await asyncio.gather(*(_passes(check) for check in checks.values()))
    answer = dict(zip(checks, results, strict=True))
    ready = all(results)
    return web.json_response(
        {"status": "ready" if ready else "not_ready", "checks": answer}, status=200 if ready else 503
    )


async def _passes(check: Callable[[], Awaitable[bool]]) -> bool:
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            return bool(await check())
    except Exception:
        return False


async def metrics(request: web.Request) -> web.Response:
    """GET /metrics: Prometheus' text form."""
    return web.Response(
        body=request.app[SERVICES].metrics.exposition(),
        headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"},
    )


def routes() -> list[web.RouteDef]:
    """Where they are."""
    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)]
