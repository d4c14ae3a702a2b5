"""Starting everything and keeping it running: what `pairwell run` does, and what `chat` does behind a prompt."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from actions.settings import Settings
from bot.supervisor.children import actions_spec, gateway_spec, rasa_spec, with_internal_addresses
from bot.supervisor.ports import ensure_free, free_port
from bot.supervisor.prepare import Prepared
from bot.supervisor.supervisor import Supervisor


def with_ports(settings: Settings) -> Settings:
    """The settings with every port decided. Raises SupervisorError when one is taken."""
    from dataclasses import replace

    if settings.port == 0:
        settings = replace(settings, port=free_port())
    ensure_free(settings.host, settings.port, "PAIRWELL_PORT")
    return with_internal_addresses(settings)


@asynccontextmanager
async def three_processes(
    settings: Settings, inherited: Mapping[str, str], prepared: Prepared, say: Callable[[str], None]
) -> AsyncIterator[Supervisor]:
    """Rasa, the action server and the gateway, ready to be used inside the block. Raises SupervisorError."""
    specs = [
        rasa_spec(settings, inherited, prepared.model, prepared.encoder),
        actions_spec(settings, inherited),
        gateway_spec(settings, inherited),
    ]
    supervisor = Supervisor(specs, settings.logs, say)
    await supervisor.start()
    try:
        yield supervisor
    finally:
        await supervisor.stop()


@asynccontextmanager
async def until_signal() -> AsyncIterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set, instead of ending the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


async def serve(
    settings: Settings,
    inherited: Mapping[str, str],
    prepared: Prepared,
    say: Callable[[str], None],
    when_ready: Callable[[], None],
) -> None:
    """Run until a signal. Raises SupervisorError when a process cannot be started or keeps dying."""
    async with until_signal() as stop:
        stopping = asyncio.create_task(stop.wait())
        serving = asyncio.create_task(_serve(settings, inherited, prepared, say, when_ready))
        done, _ = await asyncio.wait({stopping, serving}, return_when=asyncio.FIRST_COMPLETED)
        for task in (stopping, serving):
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            # A signal during the start or a failure: either way the children are stopped when this returns.
            await serving
        if stopping in done:
            say("stopped")


async def _serve(
    settings: Settings,
    inherited: Mapping[str, str],
    prepared: Prepared,
    say: Callable[[str], None],
    when_ready: Callable[[], None],
) -> None:
    async with three_processes(settings, inherited, prepared, say) as supervisor:
        when_ready()
        await supervisor.until_failure()
