"""The supervisor with tiny children that die, hang, shout and have children of their own."""

import asyncio
import json
import os
import socket
import sys
import time
from pathlib import Path

import psutil
import pytest

from bot.supervisor.errors import SupervisorError
from bot.supervisor.ports import ensure_free, free_port
from bot.supervisor.process import ProcessSpec
from bot.supervisor.supervisor import RestartPolicy, Supervisor

QUICK = RestartPolicy(first_wait=0.02, longest_wait=0.05, deaths=3, within=20)


def child(tmp_path: Path, name: str, code: str, **options: object) -> ProcessSpec:
    """A Python child that is ready once it has written the file `<name>.ready`."""
    ready = tmp_path / f"{name}.ready"

    async def is_ready() -> bool:
        return ready.exists()

    script = f"import os, sys, time, pathlib, subprocess\nready = pathlib.Path({str(ready)!r})\n{code}"
    return ProcessSpec(
        name=name,
        command=(sys.executable, "-u", "-c", script),
        is_ready=is_ready,
        folder=tmp_path,
        environment={"PATH": os.environ["PATH"]},
        **{"ready_within": 10.0, "stop_within": 2.0, **options},
    )


def entries(tmp_path: Path, name: str) -> list[dict]:
    return [json.loads(line) for line in (tmp_path / "logs" / f"{name}.jsonl").read_text().splitlines()]


async def test_all_are_ready_when_start_returns_and_gone_after_stop(tmp_path):
    said: list[str] = []
    both = [child(tmp_path, name, "ready.touch(); time.sleep(60)") for name in ("rasa", "actions")]
    supervisor = Supervisor(both, tmp_path / "logs", said.append)
    await supervisor.start()
    pids = [supervisor.pid("rasa"), supervisor.pid("actions")]
    assert all(psutil.pid_exists(pid) for pid in pids)
    await supervisor.stop()
    assert not any(psutil.pid_exists(pid) for pid in pids)
    assert said == []


async def test_one_that_dies_is_started_again(tmp_path):
    said: list[str] = []
    supervisor = Supervisor(
        [child(tmp_path, "actions", "ready.touch(); time.sleep(60)")], tmp_path / "logs", said.append, QUICK
    )
    await supervisor.start()
    first = supervisor.pid("actions")
    os.kill(first, 9)
    for _ in range(200):
        await asyncio.sleep(0.02)
        if "actions is back" in said:
            break
    assert supervisor.pid("actions") != first
    assert any("status -9" in line for line in said)
    await supervisor.stop()


async def test_one_that_keeps_dying_is_given_up_with_its_last_words(tmp_path):
    code = "ready.touch(); print('no disk left'); time.sleep(.05); sys.exit(3)"
    supervisor = Supervisor([child(tmp_path, "rasa", code)], tmp_path / "logs", lambda line: None, QUICK)
    await supervisor.start()
    with pytest.raises(SupervisorError, match=r"(?s)rasa died 4 times.*no disk left"):
        await asyncio.wait_for(supervisor.until_failure(), 15)
    await supervisor.stop()


async def test_a_child_that_ends_before_it_is_ready_is_an_error_that_shows_why_and_leaves_nothing_running(tmp_path):
    good = child(tmp_path, "rasa", "ready.touch(); time.sleep(60)")
    bad = child(tmp_path, "actions", "print('no such table: cart'); sys.exit(1)")
    supervisor = Supervisor([good, bad], tmp_path / "logs", lambda line: None)
    with pytest.raises(SupervisorError, match=r"(?s)actions ended with status 1.*no such table"):
        await supervisor.start()
    assert not psutil.pid_exists(supervisor.pid("rasa"))


async def test_a_child_that_never_gets_ready_is_an_error(tmp_path):
    slow = child(tmp_path, "rasa", "print('still loading'); time.sleep(60)", ready_within=0.5)
    supervisor = Supervisor([slow], tmp_path / "logs", lambda line: None)
    with pytest.raises(SupervisorError, match=r"(?s)not ready after.*still loading"):
        await supervisor.start()


async def test_grandchildren_and_those_that_ignore_the_signal_are_stopped_too(tmp_path):
    code = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "grandchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "pathlib.Path('grandchild').write_text(str(grandchild.pid)); ready.touch(); time.sleep(60)"
    )
    supervisor = Supervisor([child(tmp_path, "rasa", code, stop_within=0.3)], tmp_path / "logs", lambda line: None)
    await supervisor.start()
    grandchild = int((tmp_path / "grandchild").read_text())
    began = time.monotonic()
    await supervisor.stop()
    assert time.monotonic() - began < 5
    await asyncio.sleep(0.1)
    assert not psutil.pid_exists(grandchild) or psutil.Process(grandchild).status() == psutil.STATUS_ZOMBIE


async def test_every_line_in_the_log_is_json_whatever_the_child_prints(tmp_path):
    code = (
        "print('plain words'); print('{\"event\": \"structured\"}'); print('{broken'); print('€ ü')\n"
        "ready.touch(); time.sleep(60)"
    )
    supervisor = Supervisor([child(tmp_path, "rasa", code)], tmp_path / "logs", lambda line: None)
    await supervisor.start()
    await supervisor.stop()
    written = entries(tmp_path, "rasa")
    assert [entry["event"] for entry in written] == ["started", "plain words", "structured", "{broken", "€ ü"]
    assert {entry["process"] for entry in written} == {"rasa"}


async def test_a_missing_programme_says_what_to_run(tmp_path):
    async def never() -> bool:
        return False

    spec = ProcessSpec("rasa", (str(tmp_path / "nothing"),), never, tmp_path)
    with pytest.raises(SupervisorError, match="make setup"):
        await Supervisor([spec], tmp_path / "logs", lambda line: None).start()


def test_a_port_in_use_is_named_with_its_setting():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SupervisorError, match=f"PAIRWELL_PORT.*{port}"):
            ensure_free("127.0.0.1", port, "PAIRWELL_PORT")
    ensure_free("127.0.0.1", free_port(), "PAIRWELL_PORT")
