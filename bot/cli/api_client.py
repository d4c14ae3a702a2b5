"""A chat client of the gateway's own API, for the terminal and for replays."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp

from catalog.domain.errors import PairwellError


class ChatFailed(PairwellError):
    """The gateway refused something, or cannot be reached."""


@dataclass(frozen=True)
class ReceivedEvent:
    """One server-sent event; `id` is 0 for passing ones."""

    name: str
    data: dict[str, Any]
    id: int


class ChatClient:
    """One shopper's chat. `http` carries the shopper's cookie."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url.rstrip("/")
        self.token, self.conversation_id = "", ""

    async def begin(self, locale: str = "", channel: str = "") -> None:
        """Begin a conversation, or go on with it when the token ran out. Raises ChatFailed."""
        wishes = {name: value for name, value in (("locale", locale), ("channel", channel)) if value}
        session = await self._post("session", wishes)
        self.token, self.conversation_id = session["token"], session["conversation_id"]

    async def say(self, text: str) -> int:
        """Send a text; its event id. Raises ChatFailed."""
        return await self._message({"text": text})

    async def tap(self, choice_id: str) -> int:
        """Tap a choice; the event id of what that said. Raises ChatFailed."""
        return await self._message({"choice": choice_id})

    async def view(self, product_id: str) -> None:
        """Look at a product's page. Raises ChatFailed."""
        await self._post("page", {"product_id": product_id})

    async def _message(self, fields: dict[str, str]) -> int:
        stored = await self._post("messages", {"id": uuid.uuid4().hex, **fields})
        return int(stored["event_id"])

    async def _post(self, name: str, body: dict[str, str]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        address = f"{self._url}/api/chat/{name}"
        try:
            async with self._http.post(address, json=body, headers=headers) as response:
                answer: dict[str, Any] = await response.json()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise ChatFailed(f"{address}: {type(error).__name__}; is the gateway running there?") from error
        if "error" in answer:
            raise ChatFailed(f"{answer['error']['code']}: {answer['error']['message']}")
        return answer

    async def events(self, after: int = 0) -> AsyncIterator[ReceivedEvent]:
        """The conversation's events since `after`, for as long as the connection holds."""
        query = {"token": self.token, "after": str(after)}
        timeout = aiohttp.ClientTimeout(total=None, sock_read=60)
        async with self._http.get(f"{self._url}/api/chat/events", params=query, timeout=timeout) as response:
            fields: dict[str, str] = {}
            async for raw in response.content:
                line = raw.decode().rstrip("\r\n")
                if not line and "event" in fields:
                    yield ReceivedEvent(fields["event"], json.loads(fields["data"]), int(fields.get("id", "0")))
                    fields = {}
                elif line and not line.startswith(":"):
                    key, _, value = line.partition(": ")
                    fields[key] = value
