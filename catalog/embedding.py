"""Vectors of products and other texts: only what is new is embedded, and nothing of it twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from catalog.domain.product import Product
from catalog.search.encoders import EmbeddingModel, HalfVectors, Progress, Vectors
from catalog.search.index_files import Hashes
from catalog.search.partial_vectors import DIGEST, Digest, PartialVectors
from catalog.search.vectors import VectorIndex

# Texts handed to the model at once: enough to use all cores, few enough for a lively progress bar, and what is lost
# of an interrupted build.
_CHUNK = 256
_COPIED = 50_000


def embed_texts(model: EmbeddingModel, task: str, texts: Sequence[str], progress: Progress) -> Vectors:
    """One row per text."""
    progress.start(task, len(texts))
    encoder = model.load()
    rows = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    for chunk in _by_length(texts):
        rows[chunk] = encoder.encode([texts[number] for number in chunk])
        progress.advance(len(chunk))
    return rows


def _by_length(texts: Sequence[str]) -> Iterator[list[int]]:
    """Numbers of texts in chunks of like length, since padding costs as much as words."""
    order = sorted(range(len(texts)), key=lambda number: (len(texts[number]), texts[number]))
    for begin in range(0, len(order), _CHUNK):
        yield order[begin : begin + _CHUNK]


def content_hashes(products: Sequence[Product]) -> Hashes:
    """One row of bytes a product."""
    joined = b"".join(bytes.fromhex(product.content_hash()) for product in products)
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(products), DIGEST)


class KnownVectors:
    """The vectors of the version before, by content hash."""

    def __init__(self, folder: Path, hashes: Hashes) -> None:
        self._index = VectorIndex(folder)
        self._rows = {digest.tobytes(): row for row, digest in enumerate(hashes)}
        self.dimension = self._index.dimension

    def fill(self, target: HalfVectors, digests: Sequence[Digest]) -> list[int]:
        """Write the vectors that are known into `target`; the places of those that are not."""
        known = [place for place, digest in enumerate(digests) if digest in self._rows]
        for first in range(0, len(known), _COPIED):
            places = known[first : first + _COPIED]
            rows = np.array([self._rows[digests[place]] for place in places], dtype=np.int64)
            target[places] = self._index.vectors(rows)
        return [place for place, digest in enumerate(digests) if digest not in self._rows]


def product_vectors(
    products: Sequence[Product],
    hashes: Hashes,
    known: KnownVectors | None,
    partial: PartialVectors,
    model: EmbeddingModel,
    progress: Progress,
) -> HalfVectors:
    """Vectors of all products, in half precision. Texts that are in `known` or in `partial`, or that several products
    share, are not embedded again; what is embedded goes into `partial` at once."""
    digests = [digest.tobytes() for digest in hashes]
    if known is not None:
        vectors = np.zeros((len(products), known.dimension), dtype=np.float16)
        missing = known.fill(vectors, digests)
        if not missing:
            return vectors
    encoder = model.load()
    if known is None:
        vectors, missing = np.zeros((len(products), encoder.dimension), dtype=np.float16), list(range(len(products)))
    fresh = dict(partial.read(encoder.dimension))
    texts = {digests[place]: products[place].embedding_text() for place in missing if digests[place] not in fresh}
    waiting = list(texts)
    progress.start("Embedding products", len(waiting))
    for chunk in _by_length(list(texts.values())):
        some = [waiting[number] for number in chunk]
        rows = encoder.encode([texts[digest] for digest in some]).astype(np.float16)
        partial.keep(some, rows)
        fresh.update(zip(some, rows, strict=True))
        progress.advance(len(chunk))
    for place in missing:
        vectors[place] = fresh[digests[place]]
    return vectors
