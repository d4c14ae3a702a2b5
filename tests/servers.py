"""The three real processes over the demo shop, started once for all tests that need them.

The trained model and the index are those of PAIRWELL_HOME (made or brought up to date first); the databases are
new and go with the tests.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from actions.settings import Settings, load_settings, with_secret_key
from bot.cli.progress import Bars
from bot.cli.running import three_processes
from bot.gateway.clock import SystemClock
from bot.replay.stage import throw_away
from bot.supervisor import prepare
from bot.supervisor.prepare import Prepared
from catalog.feed.shop import read_shop


@dataclass(frozen=True)
class RunningShop:
    """Where the shop is served, and the throw-away settings it runs with."""

    url: str
    settings: Settings


class _Background:
    """Runs the processes from a loop of its own: tests hold their thread, or have their own loop."""

    def __init__(self, settings: Settings, prepared: Prepared) -> None:
        self._settings, self._prepared = settings, prepared
        self._ready, self._stop = threading.Event(), asyncio.Event()
        self._failure: BaseException | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Return when all three are ready; raise what hindered them."""
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Stop them, and wait until they are gone."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(30)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        except BaseException as failure:
            self._failure = failure
        finally:
            self._ready.set()
            self._loop.close()

    async def _serve(self) -> None:
        async with three_processes(self._settings, os.environ, self._prepared, print):
            self._ready.set()
            await self._stop.wait()


@pytest.fixture(scope="session")
def running_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """The demo shop, served by Rasa, action server and gateway."""
    lasting = with_secret_key(load_settings(os.environ))
    folder = read_shop(lasting.shop)
    encoder = prepare.encoder(lasting)
    with Bars(Console(stderr=True)) as bars:
        prepare.index(lasting, folder, bars)
        prepared = Prepared(prepare.train(lasting, os.environ, encoder, bars.say), encoder)
    own = throw_away(lasting, Path(tmp_path_factory.mktemp("home")))
    prepare.load(own, folder, SystemClock().now())
    servers = _Background(own, prepared)
    servers.start()
    yield RunningShop(f"http://127.0.0.1:{own.port}", own)
    servers.stop()
