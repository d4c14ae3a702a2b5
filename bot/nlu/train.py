"""Train Rasa's model: `python -m bot.nlu.train --out DIR`, with PAIRWELL_ENCODER set. Skips what is up to date.

The model's file name carries a fingerprint of all that shapes it: config, domain, data, the pipeline's own sources and
the encoder. Rasa's own cache knows nothing of the last two, so it is not used.
Prints what it does and, as the last line, the model's path. Exit codes: 1 failed, 2 wrong use.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from pathlib import Path
from typing import List, Optional

from bot.nlu import quiet, runtime
from catalog.encoder.onnx_encoder import EncoderMissing, read_meta

ROOT = Path(__file__).resolve().parent.parent.parent
TRAINING_FOLDERS = ("data/nlu", "data/rules", "data/stories")
_SOURCES = ("featurizer.py", "guard_component.py")
_RASA = "3.6.21"


def fingerprint(encoder: Path, root: Path = ROOT) -> str:
    """What the model depends on, as a hex digest. Raises EncoderMissing."""
    digest = hashlib.sha256(f"rasa {_RASA} encoder {read_meta(encoder)['fingerprint']}".encode())
    files = [root / "config.yml", root / "domain.yml", *(root / "bot" / "nlu" / name for name in _SOURCES)]
    for folder in TRAINING_FOLDERS:
        files += sorted((root / folder).rglob("*.yml"))
    for file in files:
        digest.update(f"{file.relative_to(root).as_posix()}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def model_file(out: Path, encoder: Path, root: Path = ROOT) -> Path:
    """Where the model of the present project is, or will be, in the folder `out`."""
    return out / f"rasa-{fingerprint(encoder, root)[:12]}.tar.gz"


def train(out: Path, encoder: Path) -> Path:
    """Train unless the model is there already; returns its file. Older models in `out` are removed."""
    model = model_file(out, encoder)
    if model.is_file():
        print(f"train: up to date, {model.name}")
        return model
    print("train: learning the language understanding and the rules (about a minute)", flush=True)
    started = time.monotonic()
    _train(out, encoder, model)
    for old in out.glob("rasa-*.tar.gz"):
        if old != model:
            old.unlink()
    print(f"train: done in {time.monotonic() - started:.0f} s, {model.name}")
    return model


def _train(out: Path, encoder: Path, model: Path) -> None:
    quiet.before_rasa()
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    runtime.use_encoder(encoder)
    import rasa.model_training

    quiet.after_rasa()
    out.mkdir(parents=True, exist_ok=True)
    # Named after this process: another one may be training the same.
    partial = model.with_name(f".{os.getpid()}-{model.name}")
    result = rasa.model_training.train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / folder) for folder in TRAINING_FOLDERS],
        output=str(out),
        fixed_model_name=partial.name,
        force_training=True,
    )
    if result.code or not partial.is_file():
        raise RuntimeError("Rasa did not train; its messages above say why")
    partial.rename(model)


def main(arguments: Optional[List[str]] = None) -> int:
    """Train from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.train", description="train Rasa's model where it is stale")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    options = parser.parse_args(arguments)
    encoder = os.environ.get("PAIRWELL_ENCODER")
    if not encoder:
        print("bot.nlu.train: PAIRWELL_ENCODER is not set; `pairwell train` sets it", file=sys.stderr)
        return 2
    try:
        model = train(options.out.resolve(), Path(encoder).resolve())
    except (EncoderMissing, RuntimeError) as error:
        print(f"bot.nlu.train: {error}", file=sys.stderr)
        return 1
    print(model)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
