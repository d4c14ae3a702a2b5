"""The gateway's side of the Rasa channel (`bot.nlu.channel`): one turn in, one result out."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from actions.turn import TurnResult

TURN_SECONDS = 15.0


class RasaSilent(Exception):
    """Rasa gave no usable answer. `reason`: "unreachable" | "timeout" | "refused" | "nothing_said" |
    "not_understood" (an answer in another form)."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        super().__init__(f"{reason}: {detail}" if detail else reason)


@dataclass(frozen=True)
class Utterance:
    """What goes to Rasa: free text, or an intent with entities that a button stands for; never both."""

    sender: str
    text: str = ""
    intent: str = ""
    entities: dict[str, str] = field(default_factory=dict)

    def to_json(self, metadata: dict[str, Any]) -> dict[str, Any]:
        """The channel's request body."""
        if self.intent:
            return {"sender": self.sender, "intent": self.intent, "entities": self.entities, "metadata": metadata}
        return {"sender": self.sender, "text": self.text, "metadata": metadata}


class RasaClient:
    """Speaks to one Rasa server over HTTP. Own one per application; close it."""

    def __init__(self, url: str, token: str, turn_seconds: float = TURN_SECONDS) -> None:
        self._url, self._headers = url.rstrip("/"), {"Authorization": f"Bearer {token}"}
        self._timeout = aiohttp.ClientTimeout(total=turn_seconds, connect=5)
        self._http: aiohttp.ClientSession | None = None

    def _session(self) -> aiohttp.ClientSession:
        # Made on first use: a client session belongs to the event loop that runs then.
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=self._timeout, headers=self._headers)
        return self._http

    async def close(self) -> None:
        """Let the connections go."""
        if self._http is not None:
            await self._http.close()
            self._http = None

    async def turn(self, utterance: Utterance, metadata: dict[str, Any]) -> TurnResult:
        """Play one turn. Raises RasaSilent with the reason when there is nothing to show the shopper."""
        address = f"{self._url}/webhooks/pairwell/turn"
        try:
            async with self._session().post(address, json=utterance.to_json(metadata)) as response:
                if response.status != 200:
                    raise RasaSilent("refused", f"status {response.status}")
                body = await response.json()
        except TimeoutError:
            raise RasaSilent("timeout") from None
        except (aiohttp.ClientError, json.JSONDecodeError) as error:
            raise RasaSilent("unreachable", type(error).__name__) from error
        return self._result(body)

    @staticmethod
    def _result(body: Any) -> TurnResult:
        results = body.get("results") if isinstance(body, dict) else None
        if not results:
            raise RasaSilent("nothing_said")
        try:
            result = TurnResult.from_json(results[0])
        except (KeyError, TypeError, ValueError) as error:
            raise RasaSilent("not_understood", repr(error)) from error
        if not result.messages:
            raise RasaSilent("nothing_said")
        return result

    async def is_ready(self) -> bool:
        """Whether Rasa is up with a model loaded."""
        return await answers_ok(self._session(), f"{self._url}/webhooks/pairwell/ready")


async def answers_ok(http: aiohttp.ClientSession, address: str) -> bool:
    """Whether an address answers 200 within two seconds."""
    try:
        async with asyncio.timeout(2), http.get(address) as response:
            return response.status == 200
    except (TimeoutError, aiohttp.ClientError, OSError):
        return False
