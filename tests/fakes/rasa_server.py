"""A stand-in for Rasa with our channel: real HTTP, the same protocol, and behaviour that a test sets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from actions.speech.messages import Choice, ChoiceKind, Message
from actions.turn import TurnResult

TOKEN = "internal-token-of-the-tests"


def echo(body: dict[str, Any]) -> TurnResult:
    """Says back what it was told."""
    heard = body.get("text") or f"{body['intent']} {body.get('entities')}"
    return TurnResult(messages=(Message(f"heard: {heard}"),), understood={"intent": body.get("intent", "echo")})


def offer(body: dict[str, Any]) -> TurnResult:
    """Makes an offer with its two answers and a link."""
    choices = (
        Choice("Yes, add it", ChoiceKind.ACCEPT, "affirm", {"offer_id": "o-1"}),
        Choice("No thanks", ChoiceKind.DECLINE, "deny", {"offer_id": "o-1"}),
        Choice("Check out", ChoiceKind.CHECKOUT, "", {}, "/checkout/x"),
    )
    return TurnResult(messages=(Message("Pegs go with it.", choices, offer_id="o-1"),), decision="pitch")


@dataclass
class FakeRasa:
    """Answers turns with `answer`, after `delay` seconds; keeps every body it got. `status` other than 200
    refuses, `silent` answers with an empty list as Rasa does when an action failed."""

    answer: Callable[[dict[str, Any]], TurnResult] = echo
    delay: float = 0.0
    status: int = 200
    silent: bool = False
    garbled: bool = False
    bodies: list[dict[str, Any]] = field(default_factory=list)
    at_once: dict[str, int] = field(default_factory=dict)
    most_at_once: int = 0
    most_in_one: int = 0

    async def turn(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == f"Bearer {TOKEN}"
        body = await request.json()
        self.bodies.append(body)
        sender = body["sender"]
        self.at_once[sender] = self.at_once.get(sender, 0) + 1
        self.most_in_one = max(self.most_in_one, self.at_once[sender])
        self.most_at_once = max(self.most_at_once, sum(self.at_once.values()))
        await asyncio.sleep(self.delay)
        self.at_once[sender] -= 1
        if self.status != 200:
            return web.json_response({"error": "no"}, status=self.status)
        if self.garbled:
            return web.json_response({"results": [{"text": "utter_something"}]})
        return web.json_response({"results": [] if self.silent else [self.answer(body).to_json()]})

    async def ready(self, request: web.Request) -> web.Response:
        return web.json_response({"ready": True})

    def server(self) -> TestServer:
        app = web.Application()
        app.router.add_post("/webhooks/pairwell/turn", self.turn)
        app.router.add_get("/webhooks/pairwell/ready", self.ready)
        return TestServer(app)
