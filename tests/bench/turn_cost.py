"""What a turn costs: our Rasa against Rasa's default pipeline, in one run, same action server, same words.

Each conversation is a new shopper's: a search, an add with its offer, a decline. Both sides must answer with the same
actions, or the comparison says so. The second figure is our turn at message 300 against message 10 of one conversation.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console

from actions.settings import REPOSITORY, Settings, load_settings
from bot.cli.progress import Bars
from bot.nlu.train import TRAINING_FOLDERS
from bot.supervisor import prepare
from bot.supervisor.children import RASA_PYTHON
from catalog.feed.shop import ShopFolder, read_shop
from tests.bench.servers import DEFAULT_PIPELINE, Pair, Spent, default, ours, running

SCRIPT = ("do you have a two person tent under 200?", "add the first one to my cart", "no thanks")
CONVERSATIONS = 40
WARM_UP = 3
WORST_RATIO = 1 / 3
WORST_GROWTH = 1.3


class Side:
    """One of the two: what its turns have cost so far, what was understood, and how many offers were made."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._spent, self._turns, self.offers = Spent(), 0, 0
        self.intents: tuple[str, ...] = ()

    def converse(self, sender: str, counted: bool) -> None:
        """Play the script once, as a new shopper."""
        before = self._pair.processor_seconds()
        results = _converse(self._pair, sender)
        if counted:
            self._spent += self._pair.processor_seconds() - before
            self._turns += len(results)
            self.offers += sum(1 for result in results if result["decision"] == "pitch")
            self.intents = tuple(str(result["understood"].get("intent")) for result in results)

    @property
    def milliseconds(self) -> float:
        """Processor time of the mean turn."""
        return 1000 * self._spent.total / self._turns

    def __str__(self) -> str:
        rasa, actions = 1000 * self._spent.rasa / self._turns, 1000 * self._spent.actions / self._turns
        return f"{self.milliseconds:.1f} ms (Rasa {rasa:.1f}, actions {actions:.1f}), {self.offers} offers"


def compare(one: Pair, other: Pair) -> tuple[Side, Side]:
    """Both sides on the same script, in turns, so that both meet the same moods of the machine."""
    sides = Side(one), Side(other)
    for number in range(-WARM_UP, CONVERSATIONS):
        for side in sides:
            side.converse(f"c{number}", counted=number >= 0)
    return sides


def _converse(pair: Pair, sender: str) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    for index, text in enumerate(SCRIPT, start=1):
        offer_open = bool(results) and results[-1]["decision"] == "pitch"
        results.append(pair.turn(sender, text, _metadata(sender, index, offer_open)))
    return results


def _metadata(sender: str, index: int, offer_open: bool = False) -> dict[str, Any]:
    return {
        "conversation_id": sender,
        "shopper_id": f"shopper-{sender}",
        "channel": "widget",
        "locale": "en",
        "now": f"2026-03-02T10:{index // 60 % 60:02d}:{index % 60:02d}+00:00",
        "turn_id": f"{sender}-{index}",
        "turn_index": index,
        "product_in_view": "",
        "offer_open": offer_open,
    }


def growth(pair: Pair) -> tuple[float, float]:
    """Milliseconds of processor time of our turn around message 10 and around message 300 of one conversation."""
    spent = {}
    before = 0.0
    for index in range(1, 316):
        if index in (6, 286):
            before = pair.processor_seconds().total
        pair.turn("long", "show me warm sleeping bags", _metadata("long", index))
        if index in (15, 315):
            spent[index] = 1000 * (pair.processor_seconds().total - before) / (10 if index == 15 else 30)
    return spent[15], spent[315]


def train_default(models: Path) -> Path:
    """The default pipeline's model on our data, trained (4 minutes) unless it is there."""
    digest = hashlib.sha256()
    sources = [DEFAULT_PIPELINE / "config.yml", DEFAULT_PIPELINE / "context.py", REPOSITORY / "domain.yml"]
    for folder in TRAINING_FOLDERS:
        sources += sorted((REPOSITORY / folder).rglob("*.yml"))
    for source in sources:
        digest.update(source.read_bytes())
    model = models / f"default-pipeline-{digest.hexdigest()[:12]}.tar.gz"
    if model.is_file():
        return model
    print("bench: training Rasa's default pipeline for comparison (4 minutes)", flush=True)
    arguments = [
        "--config",
        str(DEFAULT_PIPELINE / "config.yml"),
        "--domain",
        "domain.yml",
        "--data",
        *TRAINING_FOLDERS,
    ]
    target = ["--out", str(models), "--fixed-model-name", model.name, "--force"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "RASA_TELEMETRY_ENABLED": "false"}
    done = subprocess.run(
        [str(RASA_PYTHON), "-m", "rasa", "train", *arguments, *target],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the default pipeline could not be trained:\n{done.stderr[-3000:]}")
    return model


def run(settings: Settings, folder: ShopFolder) -> int:
    """Measure, print, and say by the exit code whether the figures hold."""
    encoder = prepare.encoder(settings)
    with Bars(Console(stderr=True)) as bars:
        prepare.index(settings, folder, bars)
    our_model = prepare.train(settings, os.environ, encoder, print)
    default_model = train_default(settings.models)
    with tempfile.TemporaryDirectory(prefix="pairwell-bench-") as temporary:
        home = Path(temporary)
        with (
            running(ours(our_model), settings, folder, encoder, home / "ours") as ours_running,
            running(default(default_model), settings, folder, encoder, home / "default") as default_running,
        ):
            our_side, default_side = compare(ours_running, default_running)
            early, late = growth(ours_running)
    ratio = our_side.milliseconds / default_side.milliseconds
    print(f"processor time of a turn, default pipeline: {default_side}")
    print(f"processor time of a turn, ours:             {our_side}")
    print(f"turn_cost_ratio {ratio:.3f} (at most {WORST_RATIO:.3f})")
    print(f"our turn at message 10: {early:.1f} ms, at message 300: {late:.1f} ms")
    print(f"turn_growth_ratio {late / early:.3f} (at most {WORST_GROWTH:.3f})")
    if our_side.intents != default_side.intents:
        print("note: the two sides understood the script differently, so the turns are not quite the same")
    return 0 if ratio <= WORST_RATIO and late / early <= WORST_GROWTH else 1


def main() -> int:
    """Measure on the configured shop."""
    settings = load_settings(os.environ)
    return run(settings, read_shop(settings.shop))


if __name__ == "__main__":
    sys.exit(main())
