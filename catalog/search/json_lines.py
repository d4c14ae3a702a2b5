"""Reading and writing files of JSON lines; a bad line is named by file and line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from catalog.domain.errors import Fault, FeedFaults


def read_json_lines(path: Path, required: dict[str, type]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line, object) of each line that is not blank. `required`: field -> type.

    Raises FeedFaults at the first line that is not such an object, or where the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FeedFaults([Fault(str(path), None, None, f"cannot be read: {error}", "name a UTF-8 file")]) from None
    for line, written in enumerate(text.splitlines(), start=1):
        if written.strip():
            yield line, _checked(path, line, written, required)


def _checked(path: Path, line: int, written: str, required: dict[str, type]) -> dict[str, Any]:
    try:
        record = json.loads(written)
    except ValueError as error:
        raise FeedFaults([Fault(str(path), line, None, f"this is not JSON: {error}", "one object a line")]) from None
    if not isinstance(record, dict):
        raise FeedFaults([Fault(str(path), line, None, "this is not an object", "one {...} a line")])
    for field, kind in required.items():
        if not isinstance(record.get(field), kind):
            wanted = {"str": "a text", "list": "a list"}.get(kind.__name__, kind.__name__)
            raise FeedFaults([Fault(str(path), line, field, f"{field!r} should be {wanted}", "add it")])
    return record


def write_json_lines(path: Path, records: Iterable[dict[str, Any]]) -> int:
    """Write one object a line, replacing the file only when all are there; returns how many."""
    partial = path.with_name(path.name + ".partial")
    count = 0
    try:
        with partial.open("w", encoding="utf-8") as file:
            for record in records:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
                count += 1
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return count
