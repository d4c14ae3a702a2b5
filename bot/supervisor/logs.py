"""One log file per process, a JSON object on each line, whatever the process itself prints."""

from __future__ import annotations

import json
import logging
from collections import deque
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FILE_BYTES = 10_000_000
_FILES_KEPT = 3
_TAIL_LINES = 25


class ProcessLog:
    """Writes a child's lines to `<folder>/<name>.jsonl` and remembers the last ones for error messages."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{name}.jsonl"
        self._name = name
        self._tail: deque[str] = deque(maxlen=_TAIL_LINES)
        self._handler = RotatingFileHandler(
            self.path, maxBytes=_FILE_BYTES, backupCount=_FILES_KEPT, encoding="utf-8", delay=True
        )

    def write(self, line: str) -> None:
        """One line of the child's output."""
        text = line.rstrip()
        if not text:
            return
        self._tail.append(text)
        self._emit(as_entry(text, self._name, datetime.now(UTC)))

    def started(self, pid: int) -> None:
        """That the process was started, by the supervisor's own word: a child may have nothing to say."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._emit({"timestamp": now, "process": self._name, "event": "started", "pid": pid})

    def _emit(self, entry: dict[str, object]) -> None:
        message = json.dumps(entry, ensure_ascii=False)
        self._handler.emit(logging.LogRecord(self._name, logging.INFO, "", 0, message, None, None))

    def tail(self) -> str:
        """The child's last words, indented."""
        return "\n".join(f"    {line}" for line in self._tail) or "    (it printed nothing)"

    def close(self) -> None:
        """Let the file go."""
        self._handler.close()


def as_entry(line: str, process: str, now: datetime) -> dict[str, object]:
    """The line as a log entry: a JSON object stays as it is, anything else is wrapped."""
    if line.startswith("{"):
        try:
            entry = json.loads(line)
        except ValueError:
            entry = None
        if isinstance(entry, dict):
            return {**entry, "process": process}
    return {"timestamp": now.isoformat(timespec="milliseconds"), "process": process, "event": line}
