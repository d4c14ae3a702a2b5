"""Index versions on disk: written whole, checked, swapped by one pointer file.

<home>/index/current          the name of the version in use
<home>/index/<version>/       meta.json, ids.txt, hashes.npy, vectors.faiss, coarse.faiss (many products), faq.npy,
                              learned/, what complements/evidence_files.py writes, and what
                              complements/ranking/ranker_files.py writes into ranking/
<home>/index/.partial-*       vectors of a build that is under way, or was interrupted (see partial_vectors)
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.domain.errors import IndexUnusable

FORMAT = 3
FAQ, LEARNED, RANKER = "faq.npy", "learned", "ranking"
_META, _IDS, _HASHES = "meta.json", "ids.txt", "hashes.npy"
_NEW = ".new-"
# A file so large is read through only where its time of change is not the one noted when it was written: a gigabyte
# takes seconds to read.
_LARGE = 64 * 2**20
Hashes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class IndexMeta:
    """What a version was made from. `hashes` are the products' content hashes in the rows' order, 16 bytes each;
    `texts_key` is of all that was learned from the products (`learned.texts_key`), `ranker_code` of the code that
    learned the ranker. `files`: path within the version -> size, time of change in nanoseconds, SHA-256."""

    model: str
    dimension: int
    product_ids: Sequence[str]
    hashes: Hashes
    faq_key: str
    counts_key: str
    texts_key: str
    ranker_code: str
    format: int = FORMAT
    files: dict[str, tuple[int, int, str]] = field(default_factory=dict)


def index_folder(home: Path) -> Path:
    """Where the versions of a shop lie."""
    return home / "index"


def current_version(home: Path) -> str | None:
    """The version that the pointer names; None before the first build, or where the pointer is damaged."""
    pointer = index_folder(home) / "current"
    try:
        named = pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return named if named and named.isalnum() else None


def usable_version(home: Path) -> tuple[str, IndexMeta]:
    """The current version, or the last good one where it is damaged. Raises IndexUnusable when there is none."""
    refused: list[str] = []
    for version in _versions(home):
        try:
            return version, read_meta(home, version)
        except IndexUnusable as error:
            refused.append(str(error))
    reason = "; ".join(refused) or "there is none yet"
    raise IndexUnusable(f"{index_folder(home)}: no usable index ({reason}); run `pairwell index`")


def _versions(home: Path) -> Iterator[str]:
    """The current version first, then the others, newest first."""
    current = current_version(home)
    if current:
        yield current
    folder = index_folder(home)
    found = [path for path in folder.iterdir() if (path / _META).is_file()] if folder.is_dir() else []
    for path in sorted(found, key=lambda path: (-path.stat().st_mtime, path.name)):
        if path.name != current and not path.name.startswith("."):
            yield path.name


def read_meta(home: Path, version: str) -> IndexMeta:
    """The version's description, once every file is found to be as it was written. Raises IndexUnusable."""
    folder = index_folder(home) / version
    try:
        described: dict[str, Any] = json.loads((folder / _META).read_text(encoding="utf-8"))
        found = described.get("format")
        if found != FORMAT:
            raise IndexUnusable(f"{folder}: written in format {found}, this program reads {FORMAT}")
        for name, (size, changed, digest) in described["files"].items():
            if not _is_whole(folder / name, size, changed, digest):
                raise IndexUnusable(f"{folder / name}: is missing or damaged")
        ids = (folder / _IDS).read_text(encoding="utf-8")
        return IndexMeta(
            product_ids=ids.split("\n") if ids else [], hashes=np.load(folder / _HASHES, mmap_mode="r"), **described
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexUnusable(f"{folder / _META}: cannot be read ({error})") from None


def _is_whole(path: Path, size: int, changed: int, digest: str) -> bool:
    if not path.is_file():
        return False
    found = path.stat()
    if found.st_size != size:
        return False
    return (size > _LARGE and found.st_mtime_ns == changed) or file_digest(path) == digest


def file_digest(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def only_builder(home: Path) -> Iterator[None]:
    """Waits until no other process builds the index under `home`, and clears away what a killed one left."""
    folder = index_folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for left in folder.glob(f"{_NEW}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(handle)


class NewVersion:
    """A version in the making: write into `folder`, then `publish`. Left unpublished, nothing remains."""

    def __init__(self, home: Path) -> None:
        self._root = index_folder(home)
        self.folder = Path(tempfile.mkdtemp(prefix=_NEW, dir=self._root))

    def __enter__(self) -> NewVersion:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def publish(self, version: str, meta: IndexMeta) -> None:
        """Describe the files, move them into place and turn the pointer. The version before it is kept."""
        previous = current_version(self._root.parent)
        (self.folder / _IDS).write_text("\n".join(meta.product_ids), encoding="utf-8")
        np.save(self.folder / _HASHES, meta.hashes)
        described = {field.name: getattr(meta, field.name) for field in fields(meta)}
        del described["product_ids"], described["hashes"]
        described["files"] = {name: _described(path) for name, path in _files(self.folder)}
        (self.folder / _META).write_text(json.dumps(described), encoding="utf-8")
        _flush(self.folder / _META)
        target = self._root / version
        if target.exists():
            shutil.rmtree(target)
        self.folder.rename(target)
        _point(self._root, version)
        for path in self._root.iterdir():
            if path.is_dir() and path.name not in (version, previous) and not path.name.startswith("."):
                shutil.rmtree(path, ignore_errors=True)


def _files(folder: Path) -> list[tuple[str, Path]]:
    return [(path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file()]


def _described(path: Path) -> tuple[int, int, str]:
    _flush(path)
    found = path.stat()
    return found.st_size, found.st_mtime_ns, file_digest(path)


def _flush(path: Path) -> None:
    """See to it that a file outlives a power cut: it must be whole before anything points to it."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _point(root: Path, version: str) -> None:
    pointer = root / f".current-{os.getpid()}"
    pointer.write_text(version, encoding="utf-8")
    _flush(pointer)
    pointer.replace(root / "current")
