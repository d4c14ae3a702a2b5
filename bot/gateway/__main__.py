"""`python -m bot.gateway`: the gateway alone, as the supervisor starts it."""

from __future__ import annotations

import os
import sys

import structlog
from aiohttp import web

from bot.gateway.app import make_app
from bot.gateway.bootstrap import bootstrap
from bot.logs import log_as_json
from catalog.domain.errors import PairwellError


def main() -> int:
    """Serve until a signal asks to stop."""
    log_as_json()
    try:
        settings, services = bootstrap(os.environ)
    except PairwellError as error:
        print(error, file=sys.stderr)
        return 2
    structlog.get_logger("pairwell.gateway").info("starting", host=settings.host, port=settings.port)
    web.run_app(
        make_app(services),
        host=settings.host,
        port=settings.port,
        print=None,
        access_log=None,
        shutdown_timeout=3,
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
