"""What happens in a conversation, told to whoever watches it: open event streams, and the replay.

Lasting events (messages) live in the database and are read from there; the bus only says "look again" for
them. Passing events (typing, the cart) travel through the bus itself and are gone when nobody watches.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

_QUEUE_LIMIT = 100


@dataclass(frozen=True)
class Event:
    """`name` "stored" means: there are new messages in the database. Others are sent on as they are."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)


STORED = Event("stored")


class EventBus:
    """Delivers events to the watchers of a topic, inside one process and one event loop."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[asyncio.Queue[Event | None]]] = defaultdict(set)

    @contextmanager
    def watch(self, *topics: str) -> Iterator[asyncio.Queue[Event | None]]:
        """A queue of the topics' events until the block ends; None in it means that the server is closing."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue(_QUEUE_LIMIT)
        for topic in topics:
            self._watchers[topic].add(queue)
        try:
            yield queue
        finally:
            for topic in topics:
                self._watchers[topic].discard(queue)
                if not self._watchers[topic]:
                    del self._watchers[topic]

    def publish(self, topic: str, event: Event) -> None:
        """Tell everybody who watches. A watcher that does not keep up loses passing events only."""
        for queue in tuple(self._watchers.get(topic, ())):
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(event)

    def close(self) -> None:
        """Ask every watcher to end."""
        for queues in tuple(self._watchers.values()):
            for queue in queues:
                if queue.full():
                    queue.get_nowait()
                queue.put_nowait(None)


def conversation_topic(conversation_id: str) -> str:
    """The topic of one conversation's messages."""
    return f"conversation:{conversation_id}"


def shopper_topic(shopper_id: str) -> str:
    """The topic of a shopper's cart, which all their conversations share."""
    return f"shopper:{shopper_id}"
