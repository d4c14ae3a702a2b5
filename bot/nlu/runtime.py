"""The sentence encoder of this process: named once by the bootstrap, loaded when the first message needs it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Optional

from catalog.encoder.onnx_encoder import EncoderMissing, OnnxEncoder

_folder: Optional[Path] = None


def use_encoder(folder: Path) -> None:
    """Say which encoder folder this process embeds with. Called by the bootstraps of bot.nlu only."""
    global _folder
    _folder = folder


def encoder() -> OnnxEncoder:
    """The encoder of this process. Raises EncoderMissing where no bootstrap named its folder."""
    if _folder is None:
        raise EncoderMissing("no sentence encoder named: start through `python -m bot.nlu.server` or bot.nlu.train")
    return _load(_folder)


@lru_cache(maxsize=1)
def _load(folder: Path) -> OnnxEncoder:
    return OnnxEncoder(folder)
