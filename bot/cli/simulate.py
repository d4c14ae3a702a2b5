"""`pairwell simulate`: shoppers who do not exist, against the offer engine that does."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from actions.simulation.opening import open_simulated_shop
from actions.simulation.running import SimulatedShop, simulate
from actions.simulation.tally import Tally
from actions.simulation.telling import told
from bot.cli.frame import FAILED, ShopOption, errors, guarded, settings_for, written_whole
from bot.cli.pressure_tables import tables
from bot.cli.progress import Bars
from bot.supervisor import prepare
from catalog.feed.shop import read_shop

_SHOWN = 20


@guarded
def simulate_shoppers(
    conversations: Annotated[
        int, typer.Option("--conversations", metavar="N", min=1, help="How many conversations to play.")
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="The same seed plays the same conversations.")] = 0,
    shop: ShopOption = None,
    only: Annotated[
        int | None, typer.Option("--only", metavar="NUMBER", min=0, help="Play this one, and tell it turn by turn.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures to a file, too.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes to play in (default: one a processor).")
    ] = None,
) -> None:
    """Let simulated shoppers talk to the real offer engine, and check every promise at every turn.

    Prints what offers earned and what they cost in patience; the last line counts conversations, decisions and
    violations. Ends with 1 where a promise was not kept. Nothing is written to the shop's database.
    """
    opened = _open(shop)
    if only is not None:
        _tell(opened, only, seed)
        return
    with Bars(errors()) as bars:
        bars.start("Playing conversations", conversations)
        tally = simulate(opened, conversations, seed, workers or len(os.sched_getaffinity(0)), bars.advance)
    _report(tally, json_file)


def _open(shop: Path | None) -> SimulatedShop:
    settings = settings_for(shop)
    folder = read_shop(settings.shop)
    prepare.encoder(settings)
    with Bars(errors()) as bars:
        prepare.index(settings, folder, bars)
    return open_simulated_shop(settings.shop_home, folder.documents, folder.products)


def _tell(shop: SimulatedShop, number: int, seed: int) -> None:
    """One conversation turn by turn; its violations last."""
    played = shop.play(number, seed)
    for line in told(played):
        print(line)
    decisions = sum(seen.decision is not None for seen in played.turns)
    print(_last_line(1, decisions, len(played.violations)))
    if played.violations:
        raise typer.Exit(FAILED)


def _report(tally: Tally, json_file: Path | None) -> None:
    console = Console()
    for table in tables(tally):
        console.print(table)
    for one in tally.violations[:_SHOWN]:
        errors().print(f"pairwell: {one}; play it with --only {one.number}", highlight=False, markup=False)
    whole, violations = tally.whole, sum(tally.broken.values())
    if json_file is not None:
        with written_whole(json_file) as partial:
            partial.write_text(json.dumps(tally.to_json(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(_last_line(whole.conversations, whole.decisions, violations))
    if violations:
        raise typer.Exit(FAILED)


def _last_line(conversations: int, decisions: int, violations: int) -> str:
    return f"{conversations} conversations, {decisions} decisions, {violations} violations"
