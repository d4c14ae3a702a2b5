"""What the search needs of a sentence model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from catalog.encoder.export import DEFAULT_MODEL

Vectors = npt.NDArray[np.float32]
HalfVectors = npt.NDArray[np.float16]


class Encoder(Protocol):
    """Turns texts into vectors of length 1; safe to share between threads."""

    @property
    def dimension(self) -> int:
        """Numbers per vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One float32 row per text."""
        ...


@dataclass(frozen=True)
class EmbeddingModel:
    """A model for bulk work. `load` is called only when there is something to embed: it takes seconds.

    Vectors of another `name` are never mixed with this one's.
    """

    name: str
    load: Callable[[], Encoder]


def packaged_model() -> EmbeddingModel:
    """The default model, from its package: no download, no setting."""

    def load() -> Encoder:
        from catalog.encoder.bulk import load_bulk

        return load_bulk()

    return EmbeddingModel(DEFAULT_MODEL, load)


class Progress(Protocol):
    """Told how far a long task is; the command line draws a bar from it."""

    def start(self, task: str, total: int) -> None:
        """A task of `total` steps begins."""
        ...

    def advance(self, steps: int) -> None:
        """So many steps more are done."""
        ...


class NoProgress:
    """Tells nobody."""

    def start(self, task: str, total: int) -> None:
        """Ignore."""

    def advance(self, steps: int) -> None:
        """Ignore."""
