"""How far an order file was read, so that only what was appended since is read again."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from catalog.feed.faults import Findings
from catalog.feed.files import plain_file
from catalog.feed.orders import OrderLines, no_lines, read_plain

_PIECE = 1 << 20


@dataclass(frozen=True)
class OrdersMark:
    """The first `size` bytes of an unpacked order file, which end with a line: how many lines, and their SHA-256."""

    size: int
    lines: int
    digest: str


@dataclass(frozen=True)
class NewLines:
    """What an order file holds beyond a mark. `resumed` is False where it had to be read from its begin."""

    lines: OrderLines
    mark: OrdersMark | None
    resumed: bool


def read_new_orders(
    path: Path, known_ids: frozenset[str] | None, mark: OrdersMark | None, findings: Findings
) -> NewLines:
    """The lines after `mark` where the file begins as it did then, else all of them; faults as `read_orders`.

    The new mark is None where the last line is not finished: it could still change, so nothing can resume there.
    """
    with plain_file(path, findings) as plain:
        if plain is None:
            return NewLines(no_lines(), None, False)
        resumed = mark is not None and _mark(plain, mark.size) == mark
        if mark is None or not resumed:
            return NewLines(read_plain(path.name, plain, known_ids, findings), _mark(plain), False)
        with tempfile.TemporaryDirectory(prefix="pairwell-") as folder:
            rest = Path(folder) / "orders.csv"
            _write_rest(plain, mark, rest)
            lines = read_plain(path.name, rest, known_ids, findings, first_line=mark.lines + 1)
        return NewLines(lines, _mark(plain), True)


def _mark(plain: Path, size: int | None = None) -> OrdersMark | None:
    """The mark of the first `size` bytes, of all by default; None where nothing can resume there."""
    with plain.open("rb") as file:
        if file.readline().count(b'"') % 2:
            return None  # a header of several lines, which `_write_rest` would tear
    left = plain.stat().st_size if size is None else size
    digest, lines, read, last = hashlib.sha256(), 0, 0, b""
    with plain.open("rb") as file:
        while left > read and (piece := file.read(min(_PIECE, left - read))):
            digest.update(piece)
            lines += piece.count(b"\n")
            read, last = read + len(piece), piece[-1:]
    return OrdersMark(read, lines, digest.hexdigest()) if last == b"\n" else None


def _write_rest(plain: Path, mark: OrdersMark, target: Path) -> None:
    """The header and all after the mark."""
    with plain.open("rb") as source, target.open("wb") as rest:
        rest.write(source.readline())
        source.seek(mark.size, io.SEEK_SET)
        shutil.copyfileobj(source, rest, _PIECE)
