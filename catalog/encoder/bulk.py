"""Sentence embeddings of very many texts: the reference model, in half the numbers' width where the processor
multiplies those at once, one batch to a core.

Against the reference each vector keeps a cosine of .9999 (tests/unit/nlu/test_encoder.py); with AMX it is about three
times as fast.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from catalog.encoder.export import DEFAULT_MODEL
from catalog.encoder.reference import ReferenceEncoder, load_reference

_BATCH = 32
_SHORT_MULTIPLY = ("amx_bf16", "avx512_bf16")


class BulkEncoder:
    """The same `encode` as `ReferenceEncoder`. Each of `workers` threads keeps one core busy: cores that share one
    text wait for each other, the more so where other programs run."""

    def __init__(self, reference: ReferenceEncoder, workers: int, *, short: bool) -> None:
        self._reference, self._workers, self._short = reference, workers, short
        self.dimension = reference.dimension

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Embeddings of `texts`, shape (len(texts), dimension), float32, each of length 1."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        # Texts of like length go together: padding costs as much as words.
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        batches = [order[first : first + _BATCH] for first in range(0, len(order), _BATCH)]
        with ThreadPoolExecutor(self._workers) as pool:
            parts = pool.map(lambda batch: self._encode([texts[number] for number in batch]), batches)
            for batch, part in zip(batches, parts, strict=True):
                rows[batch] = part
        return rows

    def _encode(self, texts: list[str]) -> npt.NDArray[np.float32]:
        import torch

        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._short):
            return self._reference.encode(texts, batch_size=_BATCH)


def load_bulk(model_name: str = DEFAULT_MODEL) -> BulkEncoder:
    """Load a model by name or folder for indexing; takes seconds. From then on torch uses one thread a call."""
    import torch

    torch.set_num_threads(1)
    capabilities = torch.cpu.get_capabilities()
    short = any(capabilities.get(name) for name in _SHORT_MULTIPLY)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return BulkEncoder(load_reference(model_name), cores, short=short)
