"""One child process: started in its own group, its output logged, stopped with all that it started."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.supervisor.errors import SupervisorError
from bot.supervisor.logs import ProcessLog

_POLL_SECONDS = 0.1
_LINE_BYTES = 1_000_000


@dataclass(frozen=True)
class ProcessSpec:
    """How to start a process and how to see that it is ready. `ready_within` is in seconds."""

    name: str
    command: tuple[str, ...]
    is_ready: Callable[[], Awaitable[bool]]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    ready_within: float = 60.0
    stop_within: float = 8.0


class Child:
    """A running process of a spec. Not restartable: a restart makes a new Child."""

    def __init__(self, spec: ProcessSpec, log: ProcessLog) -> None:
        self.spec, self.log = spec, log
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """Its process id, which is its group's as well."""
        assert self._process is not None, "start() comes first"
        return self._process.pid

    async def start(self) -> None:
        """Start it. Raises SupervisorError when there is no such programme."""
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self.spec.command,
                cwd=self.spec.folder,
                env=dict(self.spec.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                limit=_LINE_BYTES,
                # A group of its own: Ctrl-C in the terminal reaches only us, and we can stop its children too.
                start_new_session=True,
            )
        except OSError as error:
            raise SupervisorError(
                f"{self.spec.name}: cannot start {self.spec.command[0]} ({error.strerror}); run `make setup`"
            ) from None
        self.log.started(self.pid)
        self._reading = asyncio.create_task(self._read_output())

    async def _read_output(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        while True:
            try:
                line = await self._process.stdout.readline()
            except ValueError:  # a line beyond all measure: skipped, the stream goes on
                continue
            if not line:
                return
            self.log.write(line.decode("utf-8", "replace"))

    async def wait(self) -> int:
        """Until it ends; its exit status."""
        assert self._process is not None
        return await self._process.wait()

    async def until_ready(self) -> None:
        """Until its probe says yes. Raises SupervisorError with its last words when it ends or takes too long."""
        assert self._process is not None
        give_up = asyncio.get_running_loop().time() + self.spec.ready_within
        while not await self.spec.is_ready():
            if self._process.returncode is not None:
                await self._last_words()
                raise SupervisorError(
                    f"{self.spec.name} ended with status {self._process.returncode} before it was ready; "
                    f"its last words ({self.log.path}):\n{self.log.tail()}"
                )
            if asyncio.get_running_loop().time() > give_up:
                raise SupervisorError(
                    f"{self.spec.name} was not ready after {self.spec.ready_within:.0f} s; "
                    f"its last words ({self.log.path}):\n{self.log.tail()}"
                )
            await asyncio.sleep(_POLL_SECONDS)

    async def _last_words(self) -> None:
        if self._reading is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._reading), 1)

    async def stop(self) -> None:
        """Ask it and all that it started to end, and make them after `stop_within` seconds."""
        if self._process is None:
            return
        self._signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), self.spec.stop_within)
        except TimeoutError:
            self.log.write(f"did not end within {self.spec.stop_within:.0f} s: killed")
        # Grandchildren that outlived it are in its group still.
        self._signal(signal.SIGKILL)
        await self._process.wait()
        await self._last_words()
        if self._reading is not None:
            self._reading.cancel()

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)
