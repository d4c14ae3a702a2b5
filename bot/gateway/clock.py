"""The only clock of the project. What the gateway reads here travels with each turn as its `now`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)


class SettableClock:
    """A clock for replays and tests: it stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The moment that was set, in UTC."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Go to a moment, forwards or backwards."""
        self._now = moment.astimezone(UTC)

    def advance(self, span: timedelta) -> None:
        """Let time pass."""
        self._now += span
