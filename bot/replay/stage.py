"""The servers of a replay: real Rasa and action server over a throw-away home, and a gateway whose clock we set."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from aiohttp import web

from actions.settings import Settings
from actions.store.database import open_database
from bot.gateway.app import make_app
from bot.gateway.bootstrap import config_of, make_services
from bot.gateway.clock import SettableClock
from bot.gateway.limits import Rate
from bot.gateway.page_search import CatalogueSearch
from bot.gateway.services import GatewayConfig, Services
from bot.replay.script import CHANNELS, DEFAULT_START
from bot.supervisor import prepare
from bot.supervisor.children import actions_spec, rasa_spec, with_internal_addresses
from bot.supervisor.ports import free_port
from bot.supervisor.prepare import Prepared
from bot.supervisor.supervisor import Supervisor
from catalog.feed.shop import ShopFolder

_UNLIMITED = Rate(burst=1e9, per_second=1e9)


@dataclass(frozen=True)
class Stage:
    """Running servers that a script can be played on."""

    url: str
    services: Services
    clock: SettableClock


def throw_away(settings: Settings, home: Path) -> Settings:
    """The same settings with a home of their own that borrows the trained model and the index."""
    borrowed = replace(settings, home=home, database_url="", rasa_port=0, actions_port=0, internal_token="")
    borrowed = replace(borrowed, database_url=f"sqlite:///{borrowed.shop_home / 'pairwell.db'}", port=free_port())
    borrowed.shop_home.mkdir(parents=True)
    borrowed.models.symlink_to(settings.models, target_is_directory=True)
    # All that lies beside the databases belongs to the catalogue, and is only read.
    for entry in settings.shop_home.iterdir():
        if entry.is_dir():
            (borrowed.shop_home / entry.name).symlink_to(entry, target_is_directory=True)
    return with_internal_addresses(borrowed)


@asynccontextmanager
async def stage(
    settings: Settings,
    inherited: Mapping[str, str],
    prepared: Prepared,
    folder: ShopFolder,
    say: Callable[[str], None],
) -> AsyncIterator[Stage]:
    """Start everything, and stop and delete it when the block ends. Raises SupervisorError."""
    with tempfile.TemporaryDirectory(prefix="pairwell-replay-") as home:
        own = throw_away(settings, Path(home))
        # By the clock of the plays: what they buy was loaded before they begin.
        prepare.load(own, folder, DEFAULT_START)
        specs = [rasa_spec(own, inherited, prepared.model, prepared.encoder), actions_spec(own, inherited)]
        supervisor = Supervisor(specs, own.logs, say)
        await supervisor.start()
        try:
            async with _gateway(own) as running:
                yield running
        finally:
            await supervisor.stop()


def _config(settings: Settings) -> GatewayConfig:
    return replace(
        config_of(settings),
        session_channels=frozenset(CHANNELS),
        message_rate=_UNLIMITED,
        session_rate=_UNLIMITED,
    )


@asynccontextmanager
async def _gateway(settings: Settings) -> AsyncIterator[Stage]:
    database = open_database(settings.database_url)
    clock = SettableClock(DEFAULT_START)
    services = make_services(
        config=_config(settings),
        database=database,
        clock=clock,
        secret_key=settings.secret_key,
        rasa_url=settings.rasa_url,
        actions_url=settings.actions_url,
        internal_token=settings.internal_token,
        search=CatalogueSearch(settings, database),
        tracker=settings.tracker,
    )
    runner = web.AppRunner(make_app(services), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", settings.port).start()
        yield Stage(f"http://127.0.0.1:{settings.port}", services, clock)
    finally:
        await runner.cleanup()
        database.close()
