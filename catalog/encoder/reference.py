"""Sentence embeddings through sentence-transformers: the bulk indexer for any model, and the reference.

Loading takes seconds and 500 MB (torch), so nothing that answers a shopper uses it with the default model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.encoder.export import DEFAULT_MODEL, model_folder


class ReferenceEncoder:
    """The same `encode` as `OnnxEncoder`, for any sentence-transformers model."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.dimension = int(model.get_embedding_dimension())

    def encode(
        self, texts: Sequence[str], batch_size: int = 64, on_batch: Callable[[int], None] | None = None
    ) -> npt.NDArray[np.float32]:
        """Embeddings of `texts`, shape (len(texts), dimension), float32, each of length 1.

        `on_batch(done)` is called after each batch with the number of texts done, for a progress bar.
        """
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        # Longest first, as sentence-transformers sorts: a batch then holds texts of like length.
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        for start in range(0, len(order), batch_size):
            batch = order[start : start + batch_size]
            rows[batch] = self._model.encode(
                [texts[index] for index in batch],
                batch_size=batch_size,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
            if on_batch is not None:
                on_batch(start + len(batch))
        return rows


def load_reference(model_name: str = DEFAULT_MODEL) -> ReferenceEncoder:
    """Load a model by name or folder on the CPU. Other names than the packaged default may be downloaded."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    # Its bar counts the model's weights, for a moment, among our own bars.
    disable_progress_bar()  # type: ignore[no-untyped-call]
    source = str(model_folder(model_name)) if model_name == DEFAULT_MODEL else model_name
    return ReferenceEncoder(SentenceTransformer(source, device="cpu"))
