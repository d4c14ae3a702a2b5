"""The ONNX encoder gives what sentence-transformers gives, for every kind of text."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from catalog.encoder.bulk import BulkEncoder
from catalog.encoder.export import EncoderUnsupported, ensure_encoder
from catalog.encoder.onnx_encoder import EncoderMissing, OnnxEncoder
from catalog.encoder.reference import load_reference

TEXTS = [
    "a two person tent under 200",
    "no thanks",
    "",
    "   ",
    "😀😀 🏕️",
    "ＦＵＬＬ width, naïve café, straße",
    "帐篷",
    "/affirm{}",
    "waterproof " * 400,
    "x" * 100_000,
    "Something light for the summer, not too dear, and it has to fit the Aero 2. " * 12,
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def encoder(home: Path) -> OnnxEncoder:
    return OnnxEncoder(ensure_encoder(home))


def test_onnx_and_sentence_transformers_agree_on_every_text(encoder: OnnxEncoder) -> None:
    reference = load_reference().encode(TEXTS)
    ours = encoder.encode(TEXTS)
    assert ours.dtype == np.float32
    assert ours.shape == (len(TEXTS), 384)
    cosines = (reference * ours).sum(axis=1)
    assert cosines.min() >= 0.9999, dict(zip((text[:20] for text in TEXTS), cosines, strict=True))


@pytest.mark.parametrize("short", [False, True], ids=["whole numbers", "short numbers"])
def test_the_bulk_encoder_and_sentence_transformers_agree_on_every_text(short: bool) -> None:
    reference = load_reference()
    bulk = BulkEncoder(reference, workers=2, short=short)
    cosines = (reference.encode(TEXTS) * bulk.encode(TEXTS)).sum(axis=1)
    assert cosines.min() >= 0.9999, dict(zip((text[:20] for text in TEXTS), cosines, strict=True))
    assert bulk.encode([]).shape == (0, 384)


def test_a_text_alone_and_in_a_batch_of_others_embed_alike(encoder: OnnxEncoder) -> None:
    together = encoder.encode(TEXTS)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-4


def test_no_texts_give_no_rows(encoder: OnnxEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_the_encoder_is_written_once(home: Path, encoder: OnnxEncoder) -> None:
    first = ensure_encoder(home)
    written = (first / "model.onnx").stat().st_mtime_ns
    assert ensure_encoder(home) == first
    assert (first / "model.onnx").stat().st_mtime_ns == written
    assert [path.name for path in (home / "models").iterdir()] == [first.name]


def test_a_folder_without_an_encoder_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match="pairwell train"):
        OnnxEncoder(tmp_path)


def test_a_model_of_another_kind_is_refused_by_name(tmp_path: Path) -> None:
    for name in ("tokenizer.json", "sentence_bert_config.json", "model.safetensors"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "roberta"}))
    with pytest.raises(EncoderUnsupported, match="roberta"):
        ensure_encoder(tmp_path / "home", str(tmp_path))
