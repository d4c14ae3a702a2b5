"""Who works on which conversation: one worker per conversation, in order; conversations side by side.

The database is the queue. A worker takes the next unanswered message of its conversation until there is
none, so nothing that was acknowledged is lost when the process ends: at the next start the same is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import structlog

logger = structlog.get_logger(__name__)

_AT_ONCE = 16
_TRIES = 5
_FIRST_WAIT = 0.5


class Inbox:
    """`play_next(conversation_id)` answers the next waiting message and says whether there was one."""

    def __init__(self, play_next: Callable[[str], Awaitable[bool]], first_wait: float = _FIRST_WAIT) -> None:
        self._play_next, self._first_wait = play_next, first_wait
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._slots = asyncio.Semaphore(_AT_ONCE)

    def wake(self, conversation_id: str) -> None:
        """A message waits in this conversation."""
        self._woken.add(conversation_id)
        if conversation_id not in self._workers:
            self._workers[conversation_id] = asyncio.create_task(self._work(conversation_id))

    def wake_all(self, conversation_ids: Iterable[str]) -> None:
        """Take up what an earlier process left unanswered."""
        for conversation_id in conversation_ids:
            self.wake(conversation_id)

    async def _work(self, conversation_id: str) -> None:
        try:
            # No await stands between the last look at `_woken` and leaving `_workers`: no call is missed.
            while conversation_id in self._woken:
                self._woken.discard(conversation_id)
                await self._empty(conversation_id)
        finally:
            del self._workers[conversation_id]

    async def _empty(self, conversation_id: str) -> None:
        """Play until nothing waits. A fault of the database is waited out for a while; the message stays."""
        tries = 0
        while True:
            try:
                async with self._slots:
                    if not await self._play_next(conversation_id):
                        return
                tries = 0
            except Exception:
                tries += 1
                logger.exception("turn_not_stored", conversation_id=conversation_id, tries=tries)
                if tries >= _TRIES:
                    return
                await asyncio.sleep(self._first_wait * 2 ** (tries - 1))

    async def close(self, within: float = 5.0) -> None:
        """Let the turns at work end, for at most `within` seconds; what is left stays for the next start."""
        workers = list(self._workers.values())
        if not workers:
            return
        _, late = await asyncio.wait(workers, timeout=within)
        for worker in late:
            worker.cancel()
        await asyncio.gather(*late, return_exceptions=True)
