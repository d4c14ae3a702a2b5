"""GET /api/openapi.json: the description of the chat API, kept as openapi.yaml beside this file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web

_FILE = Path(__file__).with_name("openapi.yaml")


@cache
def description() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    document: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return document


async def serve(request: web.Request) -> web.Response:
    """The document as JSON."""
    return web.json_response(description())


def routes() -> list[web.RouteDef]:
    """Where it is."""
    return [web.get("/api/openapi.json", serve)]
