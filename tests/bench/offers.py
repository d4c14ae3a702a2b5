"""What deciding costs, on what simulated shoppers bring before the engine, and whether every promise holds.

The decisions of some hundred conversations on the demo shop are kept and decided again: processor time, the median of
several rounds, beside pydantic reading the same decisions' records. Then conversations are played on all processors.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable

from rich.console import Console

from actions.selling import opportunities
from actions.selling.decision import decide
from actions.selling.ledger import DecisionInputs, read_inputs, write_record
from actions.settings import REPOSITORY, load_settings
from actions.simulation.opening import open_simulated_shop
from actions.simulation.running import SimulatedShop, play_some, simulate
from bot.cli.progress import Bars
from bot.supervisor import prepare
from catalog.feed.shop import read_shop

KEPT_FROM = 300
PLAYED = 3_000
ROUNDS = 7
LEAST_A_SECOND = 20_000
MOST_MINUTES_FOR_100_000 = 10.0
SEED = 4


def main() -> int:
    """Print the figures; 1 where a promise was broken or a bar is not reached."""
    console = Console(highlight=False)
    shop = _demo()
    inputs = _kept_inputs(shop)
    records = [write_record(one, decide(one.situation, one.candidates, one.rules)) for one in inputs]
    deciding = _seconds(lambda: [decide(one.situation, one.candidates, one.rules) for one in inputs])
    reading = _seconds(lambda: [read_inputs(record) for record in records])
    a_second = len(inputs) / deciding
    candidates = sum(len(one.candidates) for one in inputs) / len(inputs)
    console.print(
        f"decisions: {a_second:,.0f} a second on one core ({len(inputs)} kept, {candidates:.1f} candidates each); "
        f"{deciding / reading:.2f} x the time in which pydantic reads their records"
    )
    began = time.monotonic()
    tally = simulate(shop, PLAYED, SEED, len(os.sched_getaffinity(0)), lambda done: None)
    minutes = (time.monotonic() - began) / 60 * 100_000 / PLAYED
    broken = sum(tally.broken.values())
    console.print(f"simulation: {PLAYED} conversations, {tally.whole.decisions} decisions, {broken} violations; ")
    console.print(f"100,000 would take {minutes:.1f} minutes on this machine at this moment")
    fine = a_second >= LEAST_A_SECOND and broken == 0 and minutes <= MOST_MINUTES_FOR_100_000
    return 0 if fine else 1


def _demo() -> SimulatedShop:
    settings = load_settings(dict(os.environ) | {"PAIRWELL_SHOP": str(REPOSITORY / "data" / "demo")})
    folder = read_shop(settings.shop)
    prepare.encoder(settings)
    with Bars(Console(stderr=True)) as bars:
        prepare.index(settings, folder, bars)
    return open_simulated_shop(settings.shop_home, folder.documents, folder.products, SEED)


def _kept_inputs(shop: SimulatedShop) -> list[DecisionInputs]:
    """What the engine was asked while some conversations were played."""
    kept: list[DecisionInputs] = []

    def keeping(situation, candidates, rules):  # type: ignore[no-untyped-def]
        kept.append(DecisionInputs(situation, candidates, rules))
        return decide(situation, candidates, rules)

    opportunities.decide = keeping
    try:
        play_some(shop, range(KEPT_FROM), SEED)
    finally:
        opportunities.decide = decide
    return kept


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of one round, the median of several; the collector waits, it belongs to none of them."""
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(ROUNDS):
            began = time.process_time()
            work()
            times.append(time.process_time() - began)
    finally:
        gc.enable()
    return statistics.median(times)
