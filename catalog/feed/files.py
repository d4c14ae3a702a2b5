"""Finding and decoding the files of a shop folder: UTF-8, plain or gzip."""

from __future__ import annotations

import codecs
import gzip
import zlib
from pathlib import Path

from catalog.feed.faults import Findings


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
        if raw[:2] == b"\x1f\x8b":
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


def _decode_with_faults(name: str, raw: bytes, findings: Findings) -> str:
    """Name each line that is not UTF-8, then read on with marks in place, so that other faults show too."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        findings.fault(name, 1, None, "the file is UTF-16", "save it as UTF-8")
        return raw.decode("utf-16", errors="replace")
    for number, line in enumerate(raw.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = line[error.start]
            near = line[max(0, error.start - 15) : error.start].decode("utf-8", errors="ignore")
            findings.fault(
                name, number, None, f"byte 0x{byte:02X} after {near!r} is not UTF-8", "save the file as UTF-8"
            )
    return raw.decode("utf-8-sig", errors="replace")
