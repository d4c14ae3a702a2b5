"""One Rasa server and one action server for a measurement, and the processor time that they have used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil

from actions.settings import REPOSITORY, Settings
from bot.gateway.clock import SystemClock
from bot.replay.stage import throw_away
from bot.supervisor import prepare
from bot.supervisor.children import RASA_PYTHON, child_environment
from catalog.feed.shop import ShopFolder

DEFAULT_PIPELINE = REPOSITORY / "tests" / "bench" / "default_pipeline"
_READY_WITHIN = 120.0


@dataclass(frozen=True)
class Rasa:
    """How one of the two Rasa servers is started and spoken to."""

    command: tuple[str, ...]
    ready_path: str
    # (conversation, text, metadata) → (path, body)
    request: Callable[[str, str, Mapping[str, Any]], tuple[str, dict[str, Any]]]
    # answer → the custom payloads
    results: Callable[[Any], list[Any]]
    ours: bool


def ours(model: Path) -> Rasa:
    """Our Rasa: own pipeline, channel, tracker store and patch."""
    return Rasa(
        ("-m", "bot.nlu.server", "--model", str(model), "--port"),
        "/webhooks/pairwell/ready",
        lambda sender, text, metadata: (
            "/webhooks/pairwell/turn",
            {"sender": sender, "text": text, "metadata": metadata},
        ),
        lambda answer: list(answer["results"]),
        ours=True,
    )


def default(model: Path) -> Rasa:
    """Rasa as `rasa init` leaves it: default pipeline and policies, REST channel, SQL tracker store."""
    files = ("--endpoints", "endpoints.yml", "--credentials", "credentials.yml")
    located = tuple(str(DEFAULT_PIPELINE / part) if part.endswith(".yml") else part for part in files)
    return Rasa(
        ("-m", "rasa", "run", "--interface", "127.0.0.1", "--model", str(model), *located, "--port"),
        "/webhooks/rest/",
        lambda sender, text, metadata: (
            "/webhooks/rest/webhook",
            {"sender": sender, "message": text, "metadata": metadata},
        ),
        lambda answer: [message["custom"] for message in answer if "custom" in message],
        ours=False,
    )


@dataclass(frozen=True)
class Spent:
    """Processor seconds of the two processes."""

    actions: float = 0.0
    rasa: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.actions + other.actions, self.rasa + other.rasa)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.actions - other.actions, self.rasa - other.rasa)

    @property
    def total(self) -> float:
        """Both together."""
        return self.actions + self.rasa


class Pair:
    """A running Rasa with its action server."""

    def __init__(self, rasa: Rasa, port: int, token: str, processes: list[subprocess.Popen[bytes]]) -> None:
        self._rasa, self._port, self._token, self._processes = rasa, port, token, processes

    def turn(self, sender: str, text: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
        """Say `text`; the one result. Raises RuntimeError where there is not exactly one."""
        path, body = self._rasa.request(sender, text, metadata)
        status, answer = self.request("POST", path, json.dumps(body))
        results = self._rasa.results(answer) if status == 200 else []
        if len(results) != 1:
            raise RuntimeError(f"{text!r} got status {status} and {len(results)} results: {answer}")
        result: dict[str, Any] = results[0]["pairwell"]
        return result

    def request(self, method: str, path: str, body: str | None = None) -> tuple[int, Any]:
        """One HTTP request to Rasa."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or "null")
        finally:
            connection.close()

    def processor_seconds(self) -> Spent:
        """User and system time of both processes and their children so far."""
        return Spent(*(_seconds(process) for process in self._processes))


def _seconds(process: subprocess.Popen[bytes]) -> float:
    parent = psutil.Process(process.pid)
    members = (parent, *parent.children(recursive=True))
    return sum(times.user + times.system for times in (member.cpu_times() for member in members))


@contextmanager
def running(rasa: Rasa, settings: Settings, folder: ShopFolder, encoder: Path, home: Path) -> Iterator[Pair]:
    """Start both on a home of their own; stop them when the block ends."""
    own = throw_away(settings, home)
    own = replace(own, internal_token="bench-token")
    prepare.load(own, folder, SystemClock().now())
    extra = {
        "PAIRWELL_ACTIONS_URL": own.actions_url,
        "PAIRWELL_TRACKER_DB": str(home / "tracker.db"),
        "PAIRWELL_ENCODER": str(encoder),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "2",
    }
    environment = child_environment(own, os.environ, extra)
    # One thread for each process is our supervisor's doing, not Rasa's default.
    rasa_environment = {name: value for name, value in environment.items() if rasa.ours or name != "OMP_NUM_THREADS"}
    actions_command = [sys.executable, "-m", "actions.server"]
    rasa_command = [str(RASA_PYTHON), *rasa.command, str(own.rasa_port)]
    with (home / "servers.log").open("wb") as log:
        processes = [
            subprocess.Popen(command, cwd=REPOSITORY, env=variables, stdout=log, stderr=log)
            for command, variables in ((actions_command, environment), (rasa_command, rasa_environment))
        ]
        pair = Pair(rasa, own.rasa_port, own.internal_token, processes)
        try:
            _wait(pair, rasa.ready_path, own, processes)
            yield pair
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(30)


def _wait(pair: Pair, path: str, settings: Settings, processes: list[subprocess.Popen[bytes]]) -> None:
    actions = Pair(pair._rasa, settings.actions_port, settings.internal_token, processes)
    deadline = time.monotonic() + _READY_WITHIN
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes):
            raise RuntimeError("a server ended before it was ready; see servers.log")
        with suppress(OSError, ValueError):
            if pair.request("GET", path)[0] == 200 and actions.request("GET", "/health")[0] == 200:
                return
        time.sleep(0.5)
    raise RuntimeError("the servers were not ready in time")
