"""Keeps a set of processes running: starts them, waits until ready, restarts one that dies, stops them all."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.supervisor.errors import SupervisorError
from bot.supervisor.logs import ProcessLog
from bot.supervisor.process import Child, ProcessSpec


@dataclass(frozen=True)
class RestartPolicy:
    """After a death: wait `first_wait` seconds, doubled each time up to `longest_wait`; more than `deaths`
    deaths within `within` seconds are a fault that restarting does not mend."""

    first_wait: float = 0.5
    longest_wait: float = 10.0
    deaths: int = 5
    within: float = 60.0


class Supervisor:
    """Runs `specs` side by side. `say` gets one line for people when something happens to a process."""

    def __init__(
        self,
        specs: Sequence[ProcessSpec],
        logs: Path,
        say: Callable[[str], None],
        policy: RestartPolicy | None = None,
    ) -> None:
        self._specs, self._say = tuple(specs), say
        self._policy = policy or RestartPolicy()
        self._logs = {spec.name: ProcessLog(logs, spec.name) for spec in specs}
        self._children: dict[str, Child] = {}
        self._watching: list[asyncio.Task[None]] = []

    def pid(self, name: str) -> int:
        """The process id of a running child."""
        return self._children[name].pid

    async def start(self) -> None:
        """Start all at once and wait until all are ready. On failure nothing is left running.

        Raises SupervisorError.
        """
        starting = [asyncio.create_task(self._start_one(spec)) for spec in self._specs]
        try:
            await asyncio.gather(*starting)
        except BaseException:
            for task in starting:
                task.cancel()
            await asyncio.gather(*starting, return_exceptions=True)
            await self.stop()
            raise
        self._watching = [asyncio.create_task(self._watch(spec)) for spec in self._specs]

    async def _start_one(self, spec: ProcessSpec) -> None:
        child = Child(spec, self._logs[spec.name])
        self._children[spec.name] = child
        await child.start()
        await child.until_ready()

    async def _watch(self, spec: ProcessSpec) -> None:
        """Restart one process whenever it ends. Raises SupervisorError when that does not help."""
        loop = asyncio.get_running_loop()
        deaths: deque[float] = deque()
        wait = self._policy.first_wait
        while True:
            status = await self._children[spec.name].wait()
            now = loop.time()
            deaths.append(now)
            while deaths and now - deaths[0] > self._policy.within:
                deaths.popleft()
            if len(deaths) > self._policy.deaths:
                raise SupervisorError(
                    f"{spec.name} died {len(deaths)} times within {self._policy.within:.0f} s (last status {status}); "
                    f"its last words ({self._logs[spec.name].path}):\n{self._logs[spec.name].tail()}"
                )
            wait = self._policy.first_wait if len(deaths) == 1 else min(wait * 2, self._policy.longest_wait)
            self._say(f"{spec.name} ended with status {status}; starting it again in {wait:.1f} s")
            await self._children[spec.name].stop()
            await asyncio.sleep(wait)
            try:
                await self._start_one(spec)
                self._say(f"{spec.name} is back")
            except SupervisorError as failure:
                self._logs[spec.name].write(str(failure))
                await self._children[spec.name].stop()

    async def until_failure(self) -> None:
        """Keep going; ends only by raising SupervisorError when a process keeps dying."""
        await asyncio.gather(*self._watching)

    async def stop(self) -> None:
        """Stop all, children of children included."""
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        self._watching = []
        await asyncio.gather(*(child.stop() for child in self._children.values()))
        for log in self._logs.values():
            log.close()
