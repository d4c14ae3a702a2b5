"""Sentence embeddings on one CPU thread through ONNX Runtime: 4 ms for a query, no torch.

Used by the action server for queries and by Rasa's featurizer alike, so Python 3.10 syntax and only numpy,
onnxruntime and tokenizers. `catalog.encoder.export` writes the folder that this reads.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.domain.errors import PairwellError

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
META_FILE = "meta.json"

# Padded texts cost as much as long ones, so a batch holds texts of like length.
_BATCH = 32
# The tokenizer works on the whole text before it truncates: a message of 100,000 characters must not cost that.
# 256 word pieces never need more than this.
_LONGEST_TEXT = 4000


class EncoderMissing(PairwellError):
    """The folder does not hold a written encoder; the message says how to get one."""


class OnnxEncoder:
    """`encode(texts)` gives one L2-normalised float32 row of `dimension` numbers per text.

    Safe to share between threads. Raises EncoderMissing when the folder is not an encoder.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        import tokenizers

        meta = read_meta(folder)
        self.dimension = int(meta["dimension"])
        self.fingerprint = str(meta["fingerprint"])
        options = onnxruntime.SessionOptions()
        # One query uses one core: the other belongs to the next shopper.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: Any = tokenizers.Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        # The packaged file pads everything to 128 tokens, which makes a short query five times dearer.
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(int(meta["max_tokens"]))

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Embeddings of `texts`, shape (len(texts), dimension), float32, each of length 1."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch([text[:_LONGEST_TEXT] for text in texts])]
        by_length = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        for start in range(0, len(by_length), _BATCH):
            batch = by_length[start : start + _BATCH]
            rows[batch] = self._embed([tokens[index] for index in batch])
        return rows

    def _embed(self, tokens: list[list[int]]) -> npt.NDArray[np.float32]:
        longest = max(len(ids) for ids in tokens)
        ids = np.zeros((len(tokens), longest), dtype=np.int64)
        mask = np.zeros((len(tokens), longest), dtype=np.float32)
        for row, piece in enumerate(tokens):
            ids[row, : len(piece)] = piece
            mask[row, : len(piece)] = 1.0
        hidden: npt.NDArray[np.float32] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        pooled = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        norms = np.linalg.norm(pooled, axis=1, keepdims=True)
        normalised: npt.NDArray[np.float32] = (pooled / np.maximum(norms, 1e-12)).astype(np.float32)
        return normalised


def read_meta(folder: Path) -> dict[str, Any]:
    """What the encoder in `folder` is: {"dimension", "max_tokens", "fingerprint", "source"}."""
    path = folder / META_FILE
    if not path.is_file() or not (folder / MODEL_FILE).is_file():
        raise EncoderMissing(f"{folder}: no sentence encoder here; `pairwell train` writes one")
    meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return meta
