"""Vectors of an index that is being built: each lot is kept as soon as it is worked out, so that a build that was
interrupted goes on where it was."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

import numpy as np

from catalog.search.encoders import HalfVectors

DIGEST = 16
Digest = bytes


class PartialVectors:
    """An append-only file under `folder` for one model: records of a text's content hash (16 bytes), its vector in
    half precision and a checksum. What a killed process left half-written is passed over."""

    def __init__(self, folder: Path, model: str) -> None:
        self._path = folder / f".partial-{hashlib.sha256(model.encode()).hexdigest()[:16]}"

    def read(self, dimension: int) -> dict[Digest, HalfVectors]:
        """Content hash -> float16 vector of all whole records."""
        record = _record(dimension)
        if not self._path.is_file():
            return {}
        raw = self._path.read_bytes()
        whole = len(raw) // record.itemsize
        records = np.frombuffer(raw, dtype=record, count=whole)
        return {
            bytes(entry["digest"].tobytes()): entry["vector"]
            for entry in records
            if int(entry["check"]) == _check(entry["digest"].tobytes(), entry["vector"])
        }

    def keep(self, digests: list[Digest], vectors: HalfVectors) -> None:
        """Append some vectors, one to a digest, and hand them to the disk."""
        records = np.zeros(len(digests), dtype=_record(vectors.shape[1]))
        for row, digest in enumerate(digests):
            records[row] = (np.void(digest), vectors[row], _check(digest, vectors[row]))
        with self._path.open("ab") as file:
            # A half-written record of an earlier run would shift all that follow it.
            file.truncate(file.tell() // records.itemsize * records.itemsize)
            file.write(records.tobytes())

    def remove(self) -> None:
        """Forget all: the index is built."""
        self._path.unlink(missing_ok=True)


def _record(dimension: int) -> np.dtype[np.void]:
    return np.dtype([("digest", f"V{DIGEST}"), ("vector", "<f2", (dimension,)), ("check", "<u4")])


def _check(digest: Digest, vector: HalfVectors) -> int:
    return zlib.crc32(vector.tobytes(), zlib.crc32(digest))
