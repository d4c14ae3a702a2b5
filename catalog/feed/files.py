"""Finding and decoding the files of a shop folder: UTF-8, plain or gzip."""

from __future__ import annotations

import codecs
import gzip
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog.feed.faults import Findings

_GZIP = b"\x1f\x8b"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def find(folder: Path, stem: str, endings: tuple[str, ...], findings: Findings) -> Path | None:
    """The one file `stem`.`ending` (or .gz of it) of the folder; None where there is none.

    Two candidates are a fault: which one counts must not depend on chance.
    """
    candidates = [folder / f"{stem}.{ending}{packed}" for ending in endings for packed in ("", ".gz")]
    present = [path for path in candidates if path.is_file()]
    if len(present) > 1:
        names = " and ".join(path.name for path in present)
        findings.fault(present[1].name, None, None, f"{names} both exist", "keep one of them")
    return present[0] if present else None


def read_text(path: Path, findings: Findings) -> str:
    """The file's text without byte order mark. Faults: unreadable, empty, not gzip, not UTF-8 (each line)."""
    try:
        raw = path.read_bytes()
        if raw[:2] == _GZIP:
            raw = gzip.decompress(raw)
        elif path.suffix == ".gz":
            findings.fault(path.name, None, None, "is named .gz but is not gzip", "drop the ending or pack it")
    except (OSError, EOFError, zlib.error) as error:
        findings.fault(path.name, None, None, f"cannot be read: {error}", "export the file again")
        return ""
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        findings.fault(path.name, None, None, "the file is empty", "export it again, with a header line")
        return ""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_with_faults(path.name, raw, findings)


@contextmanager
def plain_file(path: Path, findings: Findings) -> Iterator[Path | None]:
    """The file itself, or its content unpacked into a temporary file; for files that need not fit in memory.

    None, with a fault, where it is unreadable or empty.
    """
    with tempfile.TemporaryDirectory(prefix="pairwell-") as folder:
        plain = path
        try:
            with path.open("rb") as file:
                packed = file.read(2) == _GZIP
            if packed:
                plain = Path(folder) / path.stem
                with gzip.open(path) as source, plain.open("wb") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
            elif path.suffix == ".gz":
                findings.fault(path.name, None, None, "is named .gz but is not gzip", "drop the ending or pack it")
            empty = _is_blank(plain)
        except (OSError, EOFError, zlib.error) as error:
            findings.fault(path.name, None, None, f"cannot be read: {error}", "export the file again")
            yield None
            return
        if empty:
            findings.fault(path.name, None, None, "the file is empty", "export it again, with a header line")
        yield None if empty else plain


def _is_blank(path: Path) -> bool:
    with path.open("rb") as file:
        first = file.read(1 << 16).removeprefix(codecs.BOM_UTF8)
        return not first.strip() and all(not piece.strip() for piece in iter(lambda: file.read(1 << 16), b""))


def name_undecodable(name: str, lines: Iterable[bytes], findings: Findings) -> None:
    """Name each line that is not UTF-8."""
    for number, line in enumerate(lines, start=1):
        if number == 1 and line[:2] in _UTF_16:
            findings.fault(name, 1, None, "the file is UTF-16", "save it as UTF-8")
            return
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = line[error.start]
            near = line[max(0, error.start - 15) : error.start].decode("utf-8", errors="ignore")
            message = f"byte 0x{byte:02X} after {near!r} is not UTF-8"
            findings.fault(name, number, None, message, "save the file as UTF-8")


def _decode_with_faults(name: str, raw: bytes, findings: Findings) -> str:
    """Name each line that is not UTF-8, then read on with marks in place, so that other faults show too."""
    name_undecodable(name, raw.split(b"\n"), findings)
    if raw[:2] in _UTF_16:
        return raw.decode("utf-16", errors="replace")
    return raw.decode("utf-8-sig", errors="replace")
