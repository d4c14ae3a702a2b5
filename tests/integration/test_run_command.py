"""`pairwell run` as a user has it: one command starts all, Ctrl-C ends all."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from actions.settings import REPOSITORY
from bot.replay.stage import throw_away
from bot.supervisor.ports import free_port
from tests.servers import RunningShop

pytestmark = [pytest.mark.integration, pytest.mark.timeout(400)]


def test_run_serves_the_page_and_leaves_nothing_behind(running_shop: RunningShop, tmp_path: Path):
    home, port = tmp_path / "home", free_port()
    throw_away(running_shop.settings, home)
    said = tmp_path / "said.txt"
    command = [sys.executable, "-m", "bot.cli.main", "run", "--port", str(port)]
    with said.open("w") as output:
        run = subprocess.Popen(
            command, cwd=REPOSITORY, stderr=output, env={**os.environ, "PAIRWELL_HOME": str(home), "COLUMNS": "200"}
        )
    try:
        give_up = time.monotonic() + 240
        while "Ctrl-C" not in said.read_text():
            assert run.poll() is None, said.read_text()
            assert time.monotonic() < give_up, said.read_text()
            time.sleep(0.2)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
            assert b"pairwell-chat" in page.read()
        children = psutil.Process(run.pid).children(recursive=True)
        assert len(children) >= 3
    finally:
        run.send_signal(signal.SIGINT)
        assert run.wait(30) == 0
    assert not [child for child in children if child.is_running()]
    text = said.read_text()
    assert re.search(rf"shop page +http://127\.0\.0\.1:{port}/", text)
    assert str(home / "logs") in text
    assert "Traceback" not in text
    assert {file.name for file in (home / "logs").iterdir()} == {"rasa.jsonl", "actions.jsonl", "gateway.jsonl"}
