"""`pairwell run`."""

from __future__ import annotations

import asyncio
import time

from bot.cli.frame import PortOption, ShopOption, environment, errors, guarded, settings_for
from bot.cli.progress import Bars
from bot.cli.running import serve, with_ports
from bot.gateway.clock import SystemClock
from bot.supervisor.prepare import prepare


@guarded
def run(shop: ShopOption = None, port: PortOption = None) -> None:
    """Start the shop: its page, the chat and what stands behind them. Ctrl-C stops all of it."""
    began = time.monotonic()
    settings = with_ports(settings_for(shop, port))
    console = errors()
    with Bars(console) as bars:
        prepared = prepare(settings, environment(), bars, bars.say, SystemClock().now())

    def say(line: str) -> None:
        console.print(line, highlight=False, markup=False)

    def when_ready() -> None:
        say(f"ready after {time.monotonic() - began:.0f} s")
        say(f"  shop page   {settings.address}/")
        say(f"  on loopback Rasa {settings.rasa_port}, action server {settings.actions_port}")
        say(f"  logs        {settings.logs}")
        say("  Ctrl-C stops it")

    say("starting Rasa, the action server and the gateway")
    asyncio.run(serve(settings, environment(), prepared, say, when_ready))
