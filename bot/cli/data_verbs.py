"""`pairwell ledger`, `export` and `erase`: what is on record, for people who may ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from actions.selling.ledger import CheckedRow, ledger_report
from actions.settings import Settings
from actions.store.database import Database, migrate, open_database
from actions.store.offer_book import SqlOfferBooks
from actions.store.shopper_data import ShopperData
from bot.cli.frame import FAILED, ShopOption, errors, guarded, settings_for
from bot.gateway.tracker import erase_tracker

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document a line instead of a table.")]


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    migrate(settings.database_url)
    with closing(open_database(settings.database_url)) as database:
        yield database


def _nothing(text: str) -> typer.Exit:
    errors().print(f"pairwell: {text}", highlight=False, markup=False)
    return typer.Exit(FAILED)


@guarded
def ledger(
    wanted: Annotated[str, typer.Argument(metavar="OFFER_OR_CONVERSATION", help="The id of either, or of a decision.")],
    shop: ShopOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a decision's record, decide anew from it, and compare the two byte by byte."""
    with _database(settings_for(shop)) as database:
        rows = ledger_report(SqlOfferBooks(database), wanted)
    if not rows:
        raise _nothing(f"the ledger holds nothing of {wanted}; give the id of an offer, a decision or a conversation")
    for row in rows:
        _print_json(row) if as_json else _print_table(row)
    if not all(row.untouched and row.rebuilt for row in rows):
        raise _nothing("a record was changed after it was written, or cannot be rebuilt: see above")


def _print_json(checked: CheckedRow) -> None:
    row = checked.row
    print(
        json.dumps(
            {
                "id": row.id,
                "conversation_id": row.conversation_id,
                "created_at": row.created_at.isoformat(),
                "action": row.action,
                "reason": row.reason,
                "offer_id": row.offer_id,
                "untouched": checked.untouched,
                "rebuilt": checked.rebuilt,
                "fault": checked.fault,
                "record": checked.record,
            },
            ensure_ascii=False,
        )
    )


def _print_table(checked: CheckedRow) -> None:
    row = checked.row
    table = Table(title=f"decision {row.id}", show_header=False, title_justify="left")
    table.add_row("conversation", row.conversation_id)
    table.add_row("when", f"{row.created_at:%Y-%m-%d %H:%M:%S} UTC, {row.moment}")
    table.add_row("decided", f"{row.action}: {row.reason}")
    table.add_row("offer", row.offer_id or "none")
    table.add_row("bytes as written", "yes" if checked.untouched else "NO")
    table.add_row("decided anew", "the same" if checked.rebuilt else f"NOT THE SAME: {checked.fault}")
    table.add_row("record", json.dumps(checked.record, indent=2, ensure_ascii=False))
    Console().print(table)


ShopperArgument = Annotated[str, typer.Argument(metavar="SHOPPER", help="The shopper's id.")]


@guarded
def export(shopper: ShopperArgument, shop: ShopOption = None) -> None:
    """Print everything that is kept about a shopper, as JSON."""
    with _database(settings_for(shop)) as database:
        found = ShopperData(database).export(shopper)
    if not found:
        raise _nothing(f"there is no shopper {shopper}")
    print(json.dumps(found, ensure_ascii=False, indent=2))


@guarded
def erase(shopper: ShopperArgument, shop: ShopOption = None) -> None:
    """Erase a shopper from every store; orders stay for the books, without the person."""
    settings = settings_for(shop)
    with _database(settings) as database:
        data = ShopperData(database)
        conversations = [row["id"] for row in data.export(shopper).get("conversation", [])]
        if not data.export(shopper):
            raise _nothing(f"there is no shopper {shopper}")
        gone = data.erase(shopper, datetime.now(UTC))
    gone["tracker events"] = erase_tracker(settings.tracker, conversations)
    print(json.dumps({"shopper": shopper, "erased": gone}))
