"""The training data is varied, consistent, and apart from what tests it; a stale model is noticed."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.nlu.train import fingerprint, main, model_file

ROOT = Path(__file__).resolve().parents[3]


def training_examples() -> list[tuple[str, str]]:
    examples = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in entry["examples"].splitlines() if "intent" in entry else ():
                text = re.sub(r"\[([^\]]*)\]\([a-z_]+\)", r"\1", line.strip().removeprefix("- "))
                examples.append((text.strip().lower(), entry["intent"]))
    return examples


def held_out() -> list[tuple[str, str, bool]]:
    content = yaml.safe_load((ROOT / "tests/nlu/held_out.yml").read_text(encoding="utf-8"))
    opened = content.pop("open")
    cases = [(text, intent, False) for intent, texts in content.items() for text in texts]
    return cases + [(text, intent, True) for intent, texts in opened.items() for text in texts]


def test_every_intent_has_twenty_examples_or_more() -> None:
    counts = Counter(intent for _, intent in training_examples())
    assert min(counts.values()) >= 20, counts.most_common()[-3:]


def test_no_example_stands_twice() -> None:
    counts = Counter(text for text, _ in training_examples())
    assert [text for text, count in counts.items() if count > 1] == []


def test_the_held_out_utterances_are_not_among_the_training_examples() -> None:
    known = {text for text, _ in training_examples()}
    shared = [text for text, _, _ in held_out() if text.lower() in known]
    assert shared == []
    assert len(held_out()) >= 250


@pytest.fixture
def project(tmp_path: Path) -> tuple[Path, Path]:
    """A copy of what shapes the model, and an encoder's card."""
    for name in ("config.yml", "domain.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for folder in ("data/nlu", "data/rules", "data/stories", "bot/nlu"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    encoder = tmp_path / "encoder"
    encoder.mkdir()
    (encoder / "model.onnx").touch()
    (encoder / "meta.json").write_text(json.dumps({"fingerprint": "a"}))
    return tmp_path, encoder


@pytest.mark.parametrize(
    "changed", ["config.yml", "domain.yml", "data/nlu/offers.yml", "bot/nlu/featurizer.py", "data/rules/turns.yml"]
)
def test_what_shapes_the_model_makes_it_stale(project: tuple[Path, Path], changed: str) -> None:
    root, encoder = project
    before = fingerprint(encoder, root)
    with (root / changed).open("a") as stream:
        stream.write("\n# changed\n")
    assert fingerprint(encoder, root) != before


def test_another_encoder_makes_it_stale_and_another_test_does_not(project: tuple[Path, Path]) -> None:
    root, encoder = project
    before = model_file(Path("out"), encoder, root)
    (root / "bot/nlu/parse.py").write_text("")
    assert model_file(Path("out"), encoder, root) == before
    (encoder / "meta.json").write_text(json.dumps({"fingerprint": "b"}))
    assert model_file(Path("out"), encoder, root) != before


def test_training_without_an_encoder_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PAIRWELL_ENCODER", raising=False)
    assert main(["--out", str(tmp_path)]) == 2
    assert "PAIRWELL_ENCODER" in capsys.readouterr().err
