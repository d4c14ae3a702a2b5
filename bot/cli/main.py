"""The command `pairwell`: one verb, one module."""

from __future__ import annotations

import typer

from bot.cli import data_verbs, run, shop_verbs
from bot.cli.chat import chat
from bot.cli.frame import settings_help
from bot.cli.language_verbs import recommend, search, understand
from bot.cli.replay import replay
from bot.cli.simulate import simulate_shoppers

app = typer.Typer(
    name="pairwell",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A shop assistant in a chat that offers one thing that truly goes with the cart, and takes no for an answer.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong use.",
)

app.command("run", epilog=settings_help())(run.run)
app.command("chat")(chat)
app.command("load")(shop_verbs.load)
app.command("index")(shop_verbs.index)
app.command("train")(shop_verbs.train)
app.command("replay")(replay)
app.command("understand")(understand)
app.command("search")(search)
app.command("recommend")(recommend)
app.command("simulate")(simulate_shoppers)
app.command("ledger")(data_verbs.ledger)
app.command("export")(data_verbs.export)
app.command("erase")(data_verbs.erase)


if __name__ == "__main__":
    app()
