"""Index versions on disk: written whole, checked by checksum, swapped by one pointer file.

<home>/index/current          the name of the version in use
<home>/index/<version>/       meta.json, vectors.faiss, faq.npy, and what complements/evidence_files.py writes
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from catalog.domain.errors import IndexUnusable

FORMAT = 2
VECTORS, FAQ = "vectors.faiss", "faq.npy"
_META = "meta.json"


@dataclass(frozen=True)
class IndexMeta:
    """What a version was made from. `hashes` are the products' content hashes in the rows' order."""

    model: str
    dimension: int
    product_ids: list[str]
    hashes: list[str]
    faq_key: str
    counts_key: str
    format: int = FORMAT
    files: dict[str, str] = field(default_factory=dict)


def index_folder(home: Path) -> Path:
    """Where the versions of a shop lie."""
    return home / "index"


def current_version(home: Path) -> str | None:
    """The version that the pointer names; None before the first build."""
    pointer = index_folder(home) / "current"
    return pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else None


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
    """The version's description, once every file has passed its checksum. Raises IndexUnusable."""
    folder = index_folder(home) / version
    try:
        meta = IndexMeta(**json.loads((folder / _META).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexUnusable(f"{folder / _META}: cannot be read ({error})") from None
    if meta.format != FORMAT:
        raise IndexUnusable(f"{folder}: written in format {meta.format}, this program reads {FORMAT}")
    for name, digest in meta.files.items():
        if not (folder / name).is_file() or file_digest(folder / name) != digest:
            raise IndexUnusable(f"{folder / name}: is missing or damaged")
    return meta


def file_digest(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class NewVersion:
    """A version in the making: write into `folder`, then `publish`. Left unpublished, nothing remains."""

    def __init__(self, home: Path) -> None:
        self._root = index_folder(home)
        self._root.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix=".new-", dir=self._root))

    def __enter__(self) -> NewVersion:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def publish(self, version: str, meta: IndexMeta) -> None:
        """Describe the files, move them into place and turn the pointer. The version before it is kept."""
        previous = (self._root / "current").read_text().strip() if (self._root / "current").is_file() else ""
        files = {path.name: file_digest(path) for path in sorted(self.folder.iterdir())}
        described = asdict(meta) | {"files": files}
        (self.folder / _META).write_text(json.dumps(described), encoding="utf-8")
        target = self._root / version
        if target.exists():
            shutil.rmtree(target)
        self.folder.rename(target)
        pointer = self._root / f".current-{os.getpid()}"
        pointer.write_text(version, encoding="utf-8")
        pointer.replace(self._root / "current")
        for path in self._root.iterdir():
            if path.is_dir() and path.name not in (version, previous) and not path.name.startswith("."):
                shutil.rmtree(path, ignore_errors=True)
