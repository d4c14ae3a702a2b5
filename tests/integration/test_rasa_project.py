"""The Rasa project as a whole: it validates, trains, understands, and answers turns over its channel.

Everything of Rasa's runs in its own environment, as a subprocess; the action server is a fake one.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from actions.settings import REPOSITORY, load_settings
from tests.fakes.action_server import FakeActionServer

PYTHON = REPOSITORY / ".venv-rasa" / "bin" / "python"
TOKEN = "test-token"
# Measured when written: .957; on the last 152 of them, written after the training data was closed, .91.
INTENT_ACCURACY = 0.93
REFUSALS = {"decline", "later", "stop_offers"}

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not PYTHON.exists(), reason="no .venv-rasa here; run `make setup`"),
]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    from catalog.encoder.export import ensure_encoder

    folder = tmp_path_factory.mktemp("rasa")
    return {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "PAIRWELL_INTERNAL_TOKEN": TOKEN,
        "PAIRWELL_TRACKER_DB": str(folder / "tracker.db"),
        "PAIRWELL_ENCODER": str(ensure_encoder(load_settings(os.environ).home)),
    }


def rasa(environment: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(PYTHON), *(str(argument) for argument in arguments)]
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def model(environment: dict[str, str]) -> Path:
    done = rasa(environment, "-m", "bot.nlu.train", "--out", load_settings(os.environ).models)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return Path(done.stdout.splitlines()[-1])


def test_a_second_training_finds_the_model_up_to_date(environment: dict[str, str], model: Path) -> None:
    started = time.monotonic()
    done = rasa(environment, "-m", "bot.nlu.train", "--out", model.parent)
    assert "up to date" in done.stdout
    assert Path(done.stdout.splitlines()[-1]) == model
    assert time.monotonic() - started < 5


def test_the_project_validates_without_a_warning(environment: dict[str, str]) -> None:
    data = ["data/nlu", "data/rules", "data/stories"]
    quiet = {**environment, "RASA_TELEMETRY_ENABLED": "false"}
    done = rasa(quiet, "-m", "rasa", "data", "validate", "--fail-on-warnings", "--data", *data)
    assert done.returncode == 0, done.stderr[-3000:]


def test_what_runs_inside_rasa_passes_its_own_tests(environment: dict[str, str]) -> None:
    folder = REPOSITORY / "tests" / "unit" / "nlu" / "inside_rasa"
    done = rasa(environment, "-m", "pytest", "-c", folder / "pytest.ini", folder)
    assert done.returncode == 0, done.stdout[-3000:]


def held_out() -> list[dict[str, Any]]:
    content = yaml.safe_load((REPOSITORY / "tests/nlu/held_out.yml").read_text(encoding="utf-8"))
    opened = content.pop("open")
    return [
        {"id": f"{intent}-{number}", "text": text, "open_offer": offer_open, "wanted": intent}
        for offer_open, by_intent in ((False, content), (True, opened))
        for intent, texts in by_intent.items()
        for number, text in enumerate(texts)
    ]


def understand(
    environment: dict[str, str], model: Path, folder: Path, lines: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    done = rasa(environment, "-m", "bot.nlu.parse", "--model", model, "--in", source, "--out", target)
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_unseen_utterances_are_understood(environment: dict[str, str], model: Path, tmp_path: Path) -> None:
    cases = held_out()
    results = understand(environment, model, tmp_path, cases)
    wrong = [
        (case["text"], case["wanted"], result["intent"])
        for case, result in zip(cases, results, strict=True)
        if case["wanted"] != result["intent"]
    ]
    assert 1 - len(wrong) / len(cases) >= INTENT_ACCURACY, wrong
    accepted = [case["text"] for case, result in zip(cases, results, strict=True)
                if case["open_offer"] and case["wanted"] in {"deny", "not_now", "stop_offers"}
                and result["act"] == "accept"]  # fmt: skip
    assert accepted == []


def test_real_answers_to_offers_are_understood(environment: dict[str, str], model: Path, tmp_path: Path) -> None:
    source = REPOSITORY.parent / "shared" / "data" / "offer_replies" / "train_dev.jsonl.gz"
    if not source.exists():
        pytest.skip("the offer replies (DSTC8) are not on this machine")
    import gzip

    with gzip.open(source, "rt", encoding="utf-8") as stream:
        replies = [json.loads(line) for line in stream][::12]
    lines = [{"id": n, "text": reply["user_reply"], "open_offer": True} for n, reply in enumerate(replies)]
    results = understand(environment, model, tmp_path, lines)
    counts: Counter[str] = Counter()
    for reply, result in zip(replies, results, strict=True):
        kind = "refused" if result["act"] in REFUSALS else result["act"]
        counts[f"{reply['label']}:{kind}"] += 1
    refusals = sum(count for name, count in counts.items() if name.startswith("NEGATE"))
    acceptances = len(replies) - refusals
    # They answer offers of rooms, tables and rides, so many say more than this shop can understand.
    assert counts["NEGATE_INTENT:refused"] / refusals >= 0.93, counts
    assert counts["AFFIRM_INTENT:accept"] / acceptances >= 0.8, counts
    assert counts["NEGATE_INTENT:accept"] / refusals <= 0.005, counts


def test_a_bad_line_is_named_and_nothing_is_written(environment: dict[str, str], model: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "hi"}\n{"id": 2}\n')
    arguments = ("-m", "bot.nlu.parse", "--model", model, "--in", source, "--out", tmp_path / "out.jsonl")
    done = rasa(environment, *arguments)
    assert done.returncode == 2
    assert f"{source}:2:" in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


class Channel:
    """The gateway's side of the channel."""

    def __init__(self, port: int) -> None:
        self._port = port

    def request(self, method: str, path: str, body: str | None = None, token: str = TOKEN) -> tuple[int, Any]:
        from http.client import HTTPConnection

        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.request(method, f"/webhooks/pairwell/{path}", body, {"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, json.loads(content)

    def turn(self, sender: str = "c1", offer_open: bool = False, **body: Any) -> dict[str, Any]:
        metadata = {"now": "2026-03-02T10:00:00+00:00", "offer_open": offer_open}
        status, answer = self.request("POST", "turn", json.dumps({"sender": sender, "metadata": metadata, **body}))
        assert status == 200, answer
        assert len(answer["results"]) == 1
        result: dict[str, Any] = answer["results"][0]["pairwell"]
        return result


@pytest.fixture(scope="module")
def actions() -> Iterator[FakeActionServer]:
    server = FakeActionServer(TOKEN)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture(scope="module")
def channel(environment: dict[str, str], model: Path, actions: FakeActionServer) -> Iterator[Channel]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = {**environment, "PAIRWELL_ACTIONS_URL": f"http://127.0.0.1:{actions.server_port}"}
    command = [str(PYTHON), "-m", "bot.nlu.server", "--port", str(port), "--model", str(model)]
    server = subprocess.Popen(command, cwd=REPOSITORY, env=variables, stdout=subprocess.DEVNULL)
    channel, deadline = Channel(port), time.monotonic() + 90
    try:
        while True:
            assert server.poll() is None, "Rasa ended before it was ready"
            assert time.monotonic() < deadline, "Rasa was not ready in time"
            try:
                if channel.request("GET", "ready")[0] == 200:
                    break
            except OSError:
                pass
            time.sleep(0.3)
        yield channel
    finally:
        server.terminate()
        server.wait(30)


def test_a_turn_runs_one_action_with_text_entities_and_context(channel: Channel) -> None:
    result = channel.turn(text="do you have a two person tent under 200?")
    assert result["action"] == "action_find"
    assert result["latest"]["metadata"]["now"] == "2026-03-02T10:00:00+00:00"
    assert {"product", "price"} <= {entity["entity"] for entity in result["latest"]["entities"]}


def test_a_button_carries_its_entities(channel: Channel) -> None:
    result = channel.turn(intent="affirm", entities={"offer_id": "O1"}, offer_open=True)
    assert result["action"] == "action_affirm"
    assert [(e["entity"], e["value"]) for e in result["latest"]["entities"]] == [("offer_id", "O1")]


@pytest.mark.parametrize(
    ("text", "offer_open", "action"),
    [
        ('/affirm{"offer_id":"O1"}', True, "action_unclear"),
        ("", True, "action_unclear"),
        ("😀😀", True, "action_unclear"),
        ("no thanks", True, "action_deny"),
        ("no problem, add it", True, "action_affirm"),
        ("no, I meant the blue one", True, "action_refine"),
        ("no need for topping, add two lemonades", True, "action_cart_add"),
        ("please stop suggesting things", True, "action_stop_offers"),
    ],
)
def test_answers_to_an_offer(channel: Channel, text: str, offer_open: bool, action: str) -> None:
    assert channel.turn(text=text, offer_open=offer_open)["action"] == action


def test_a_message_of_100000_characters_is_answered_quickly(channel: Channel) -> None:
    started = time.monotonic()
    assert channel.turn(text="tent " * 20_000)["action"]
    assert time.monotonic() - started < 5


def test_what_is_posted_to_the_action_server_stays_bounded(channel: Channel) -> None:
    sizes = [channel.turn("long", text="show me tents")["posted_bytes"] for _ in range(40)]
    assert max(sizes[20:]) <= 1.2 * max(sizes[8:16])


def test_slots_live_on_beyond_what_a_turn_loads(channel: Channel) -> None:
    channel.turn("slots", text="first of all show me lamps")
    for _ in range(12):
        last = channel.turn("slots", text="hello")
    assert last["slots"]["last_query"] == "first of all show me lamps"


@pytest.mark.parametrize("body", ["{", "[]", '{"sender": "c"}', '{"sender": "c", "text": "a", "intent": "greet"}'])
def test_a_malformed_request_is_refused(channel: Channel, body: str) -> None:
    assert channel.request("POST", "turn", body)[0] == 400


@pytest.mark.parametrize(("method", "path"), [("POST", "turn"), ("GET", "ready")])
def test_a_wrong_token_is_refused(channel: Channel, method: str, path: str) -> None:
    assert channel.request(method, path, "{}" if method == "POST" else None, token="guess")[0] == 401
