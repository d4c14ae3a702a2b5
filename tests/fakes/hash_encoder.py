"""A sentence model for fast tests: words hashed into a vector, so that shared words mean nearness."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from catalog.search.encoders import EmbeddingModel, Vectors
from catalog.search.words import tokens


class HashEncoder:
    """Deterministic, of length 1, and it counts what it was asked to embed."""

    dimension = 64

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in tokens(text) or ["nothing"]:
                digest = hashlib.sha256(word.encode()).digest()
                rows[row, digest[0] % self.dimension] += 1.0 if digest[1] % 2 else -1.0
                rows[row, digest[2] % self.dimension] += 0.5
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return (rows / np.maximum(norms, 1e-9)).astype(np.float32)


def hash_model(encoder: HashEncoder, name: str = "hash") -> EmbeddingModel:
    """The encoder as a model for bulk work."""
    return EmbeddingModel(name, lambda: encoder)
