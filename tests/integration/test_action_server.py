"""The action server over real HTTP: who may call it, what it answers, and that nothing of a request leaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from actions.server import LARGEST_BODY, make_app
from actions.settings import REPOSITORY
from actions.turn import TurnResult
from tests.fakes.shop_world import World
from tests.unit.handlers.test_actions import METADATA, user

TOKEN = "a-token-between-processes"


def call(action: str, text: str, intent: str, slots: dict[str, Any] | None = None) -> dict[str, Any]:
    """An action call as Rasa 3.6 posts it."""
    event = user(text, intent)
    return {
        "next_action": action,
        "sender_id": "c1",
        "version": "3.6.21",
        "domain": {"actions": [action]},
        "tracker": {
            "sender_id": "c1",
            "slots": slots or {},
            "latest_message": {**event["parse_data"], "metadata": METADATA},
            "events": [event],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": None,
        },
    }


@pytest.fixture
async def client() -> AsyncIterator[TestClient[Any, Any]]:
    world = World()
    async with TestClient(TestServer(make_app(lambda: world.assistant, TOKEN))) as client:
        yield client


async def post(client: TestClient[Any, Any], body: dict[str, Any], token: str = TOKEN) -> tuple[int, dict[str, Any]]:
    response = await client.post("/webhook", params={"token": token}, json=body)
    return response.status, await response.json()


async def test_an_action_answers_with_one_result_and_its_slots(client: TestClient[Any, Any]) -> None:
    status, answer = await post(client, call("action_cart_add", "add the aero 2 tent", "add_to_cart"))
    assert status == 200
    assert len(answer["responses"]) == 1
    result = TurnResult.from_json(answer["responses"][0]["custom"])
    assert result.decision == "pitch"
    assert {"event": "slot", "timestamp": None, "name": "offer_open", "value": True} in answer["events"]


@pytest.mark.parametrize("token", ["", "wrong", "töken"])
async def test_a_wrong_token_is_refused(client: TestClient[Any, Any], token: str) -> None:
    status, answer = await post(client, call("action_greet", "hi", "greet"), token)
    assert (status, answer["error"]["code"]) == (403, "forbidden")


async def test_an_unknown_action_is_named_as_such_without_the_request(client: TestClient[Any, Any]) -> None:
    status, answer = await post(client, call("action_nonsense", "my card is 4111", "greet"))
    assert (status, answer["error"]["code"]) == (404, "unknown_action")
    assert "4111" not in json.dumps(answer)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"next_action": "action_greet"}', b"\xff\xfe"])
async def test_a_broken_body_is_refused_clearly(client: TestClient[Any, Any], body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    response = await client.post("/webhook", params={"token": TOKEN}, data=body, headers=headers)
    assert response.status == 400
    assert (await response.json())["error"]["message"]


async def test_a_long_tracker_is_taken(client: TestClient[Any, Any]) -> None:
    body = call("action_greet", "hi", "greet")
    body["tracker"]["events"] = [user("x" * 10_000, "greet") for _ in range(200)]
    assert len(json.dumps(body)) < LARGEST_BODY
    status, _ = await post(client, body)
    assert status == 200


def test_without_its_token_the_server_says_what_is_missing_and_ends() -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "actions.server"]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "PAIRWELL_INTERNAL_TOKEN" in json.loads(done.stdout.splitlines()[-1])["error"]


async def test_health_is_ready_only_after_the_shop_is_open() -> None:
    import threading

    may_open = threading.Event()
    world = World()
    app = make_app(lambda: world.assistant, TOKEN, warm_up=lambda: may_open.wait(10))
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/health")).status == 503
        may_open.set()
        for _ in range(100):
            response = await client.get("/health")
            if response.status == 200:
                break
        assert response.status == 200
