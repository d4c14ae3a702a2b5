"""`pairwell replay`."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.frame import ShopOption, environment, errors, guarded, settings_for, written_whole
from bot.cli.progress import Bars
from bot.logs import log_as_json
from bot.replay.player import Player
from bot.replay.script import Script, read_script
from bot.replay.stage import stage
from bot.supervisor import prepare
from bot.supervisor.prepare import Prepared
from catalog.feed.shop import ShopFolder, read_shop

ScriptsArgument = Annotated[list[Path], typer.Argument(metavar="SCRIPT…", help="Scripts, YAML.")]
OutOption = Annotated[Path, typer.Option("--out", metavar="FILE", help="JSON lines to write, one a turn.")]


@guarded
def replay(scripts: ScriptsArgument, out_file: OutOption, shop: ShopOption = None) -> None:
    """Play scripted conversations through the real servers and write what happened."""
    # The gateway runs in this process here: only what is wrong with it should stand between the bars.
    log_as_json(logging.WARNING, sys.stderr)
    # All are read first: a broken one should not show after minutes of playing.
    plays = [read_script(path) for path in scripts]
    settings = settings_for(shop)
    with Bars(errors()) as bars:
        folder = read_shop(settings.shop)
        encoder = prepare.encoder(settings)
        prepare.index(settings, folder, bars)
        prepared = Prepared(prepare.train(settings, environment(), encoder, bars.say), encoder)
        with written_whole(out_file) as partial:
            failed = asyncio.run(_replay(plays, folder, prepared, partial, shop, bars))
    errors().print(f"{len(plays)} scripts played into {out_file}, {failed} turns with an error", highlight=False)


async def _replay(
    plays: list[Script], folder: ShopFolder, prepared: Prepared, out: Path, shop: Path | None, bars: Bars
) -> int:
    """Play all into `out`; how many turns had an error. Raises SupervisorError."""
    failed = 0
    async with stage(settings_for(shop), environment(), prepared, folder, bars.say) as running:
        player = Player(running)
        bars.start("scripts", len(plays))
        try:
            with out.open("w", encoding="utf-8") as file:
                for script in plays:
                    async for line in player.play(script):
                        failed += "error" in line
                        file.write(json.dumps(line, ensure_ascii=False) + "\n")
                    bars.advance(1)
        finally:
            await player.close()
    return failed
