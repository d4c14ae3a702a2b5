"""The action server as an endpoint whose connection stays open from turn to turn.

Rasa opens a session and a connection for each action and closes both after it.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, Optional, Type

import aiohttp
from rasa.utils.endpoints import EndpointConfig


class OpenEndpoint(EndpointConfig):
    """An endpoint like any other, with one client session that lives as long as its loop."""

    _kept: Optional[aiohttp.ClientSession] = None

    @classmethod
    def like(cls, endpoint: EndpointConfig) -> OpenEndpoint:
        """The same endpoint, kept open."""
        kept_open = cls()
        kept_open.__dict__.update(endpoint.__dict__)
        return kept_open

    def session(self) -> Any:
        """The open session, as a context that leaves it open."""
        if self._kept is None or self._kept.closed:
            self._kept = super().session()
        return _Lent(self._kept)

    async def close(self) -> None:
        """Close the connection, at the end of the process."""
        if self._kept is not None:
            await self._kept.close()


class _Lent:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._session

    async def __aexit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        """The owner closes it."""
