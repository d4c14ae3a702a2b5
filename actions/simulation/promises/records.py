"""Checks of `on-the-record`, `open-identity` and `yours-to-delete`, from the ledger's bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from actions.selling.ledger import OldRecord, rebuild
from actions.simulation.witness import Market, Past, Seen

_SECRETS = ("cost", "floor", "lowest")


def on_the_record(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """Every decision has one row that says what was decided, with the right hash, and decides the same again."""
    decision = seen.decision
    if decision is None or decision.action == "none":
        return
    with market.stage.books.reading() as book:
        rows = book.ledger_rows(decision.id)
    if len(rows) != 1:
        yield f"decision {decision.id} has {len(rows)} rows"
        return
    row = rows[0]
    offered = decision.offer.id if decision.offer else ""
    if (row.action, row.reason, row.offer_id) != (decision.action, decision.reason, offered):
        yield f"{decision.id} was {decision.action}: {decision.reason}, its row says {row.action}: {row.reason}"
    if hashlib.sha256(row.record.encode()).hexdigest() != row.record_hash:
        yield f"the hash of {row.id} is not that of its record"
    try:
        if rebuild(row.record) != row.record:
            yield f"deciding {row.id} anew gives another record"
    except (OldRecord, ValueError) as error:
        yield f"{row.id} cannot be rebuilt: {error}"
    if seen.told_again is not None and seen.told_again != decision:
        yield f"the same turn told twice was decided twice: {decision.id} and {seen.told_again.id}"


def open_identity(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """ "Why this?" gets the offer that was meant, with the ledger's own reason and evidence, and no costs."""
    reasons = seen.reasons
    if reasons is None:
        return
    here = [one.offer for one in past.made if one.offer and one.turn.conversation_id == seen.turn.conversation_id]
    if reasons.offer is None:
        if here:
            yield f"why: nothing was told of {here[-1].id}"
        return
    meant = seen.move.offer_id or (here[-1].id if here else "")
    if reasons.offer.id != meant:
        yield f"why: told of {reasons.offer.id}, meant was {meant}"
    with market.stage.books.reading() as book:
        rows = book.ledger_rows(reasons.offer.id)
    if not rows:
        yield f"why: the ledger knows nothing of {reasons.offer.id}"
        return
    record = json.loads(rows[0].record)
    choice = record["choice"]
    if reasons.details.get("reason") != choice["reason"]:
        yield f"why: said {reasons.details.get('reason')}, the ledger says {choice['reason']}"
    chosen = [
        one
        for one in record["inputs"]["candidates"]
        if one["kind"] == choice["kind"] and [product["id"] for product in one["products"]] == choice["chosen"]
    ]
    told = reasons.evidence
    known = {} if told is None else {name: getattr(told, name) for name in told.__dataclass_fields__}
    if not chosen or chosen[0]["evidence"] != known:
        yield f"why: the evidence told for {reasons.offer.id} is not the ledger's"
    if _tells(reasons.details, _SECRETS):
        yield "why: tells what the shop pays"


def _tells(value: Any, secrets: tuple[str, ...]) -> bool:
    if isinstance(value, dict):
        return any(key in secrets or _tells(item, secrets) for key, item in value.items())
    return isinstance(value, list | tuple) and any(_tells(item, secrets) for item in value)


def every_row_is_there(past: Past, market: Market) -> Iterator[str]:
    """At the end of a conversation: as many rows as decisions, the same ones (promise `on-the-record`)."""
    with market.stage.books.reading() as book:
        for chat, decided in past.decisions.items():
            rows = [row.id for row in book.ledger_rows(chat)]
            if sorted(rows) != sorted(set(decided)):
                yield f"{len(set(decided))} decisions were made, the ledger holds {len(rows)}"


def yours_to_delete(past: Past, market: Market, now: datetime) -> Iterator[str]:
    """After erasing, nothing of the shopper is left: their id stands nowhere, nothing is remembered or told."""
    stage, shopper_id = market.stage, past.shopper_id
    stage.erase(shopper_id, now)
    yield from (f"{shopper_id} is still found in {place}" for place in stage.traces(shopper_id))
    with stage.books.reading() as book:
        for chat in past.conversations:
            if book.ledger_rows(chat) or book.latest_offer(chat) is not None:
                yield f"the book still tells of {chat}"
        if book.cart(shopper_id, now).lines or book.bought(shopper_id):
            yield f"the book still knows what {shopper_id} bought"
