"""What must be there before the three processes start: tables, index, loaded shop, sentence encoder, model.

Each step leaves alone what is up to date. The index comes before the load: a running shop goes on serving the
former version until the new one is whole.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from actions.settings import REPOSITORY, Settings
from actions.store.database import migrate, open_database
from actions.store.shop_data import current_version, load_shop
from bot.supervisor.children import RASA_PYTHON, child_environment
from bot.supervisor.errors import SupervisorError
from catalog.encoder.bulk import load_bulk
from catalog.encoder.export import ensure_encoder
from catalog.feed.shop import ShopFolder, read_shop
from catalog.indexing import build_index
from catalog.search.encoders import EmbeddingModel, Progress

Say = Callable[[str], None]


@dataclass(frozen=True)
class Prepared:
    """What the processes are started with."""

    model: Path
    encoder: Path


def load(settings: Settings, folder: ShopFolder, now: datetime) -> tuple[str, bool]:
    """Put a checked shop folder in the place of the loaded shop at `now`; its version, and whether it is a new one."""
    migrate(settings.database_url)
    database = open_database(settings.database_url)
    try:
        before = current_version(database)
        version = load_shop(database, folder, now)
    finally:
        database.close()
    return version, version != before


def index(settings: Settings, folder: ShopFolder, progress: Progress) -> str:
    """Bring the search index and the complements up to date with a checked shop folder; the index's version."""
    # The model is loaded only when a text is new: torch takes seconds.
    model = EmbeddingModel(settings.embedding_model, lambda: load_bulk(settings.embedding_model))
    return build_index(settings.shop_home, folder.products, folder.orders_path, folder.documents, model, progress)


def encoder(settings: Settings) -> Path:
    """The sentence encoder as ONNX, written the first time."""
    return ensure_encoder(settings.home)


def train(settings: Settings, inherited: Mapping[str, str], encoder_folder: Path, say: Say) -> Path:
    """The trained Rasa model, trained in Rasa's own environment where it is stale. Raises SupervisorError."""
    command = [str(RASA_PYTHON), "-m", "bot.nlu.train", "--out", str(settings.models)]
    environment = child_environment(settings, inherited, {"PAIRWELL_ENCODER": str(encoder_folder)})
    try:
        process = subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    except OSError as error:
        raise SupervisorError(f"cannot start {RASA_PYTHON} ({error.strerror}); run `make setup`") from None
    lines: list[str] = []
    with process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip())
            if line.startswith("train: "):
                say(line.removeprefix("train: ").rstrip())
    model = Path(lines[-1]) if lines else Path()
    if process.returncode or not model.is_file():
        tail = "\n".join(f"    {line}" for line in lines[-20:])
        raise SupervisorError(f"the language model could not be trained (status {process.returncode}):\n{tail}")
    return model


def prepare(settings: Settings, inherited: Mapping[str, str], progress: Progress, say: Say, now: datetime) -> Prepared:
    """All of it, in order. Raises FeedFaults for a shop folder that is not fit, SupervisorError for training."""
    folder = read_shop(settings.shop)
    for warning in folder.warnings:
        say(f"note: {warning}")
    encoder_folder = encoder(settings)
    index(settings, folder, progress)
    version, is_new = load(settings, folder, now)
    if is_new:
        say(f"loaded {folder.documents.config.name}: {len(folder.products)} products (version {version})")
    return Prepared(train(settings, inherited, encoder_folder, say), encoder_folder)
