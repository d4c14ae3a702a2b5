"""Personal data of one shopper: all of it out, or all of it gone (promise `yours-to-delete`).

Every table that names a shopper is named here; a test fails when a new one is forgotten. Orders are kept
for the shop's books, without the person: no name, no address, under nobody's id.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, col, delete, select, update

from actions.store.database import Database
from actions.store.rows import from_json
from actions.store.tables import (
    CartLineRow,
    CartPlanRow,
    CartQuoteRow,
    CheckoutRow,
    ConversationRow,
    CouponRow,
    DecisionRow,
    DeclineRow,
    MessageRow,
    OfferPreferenceRow,
    OfferRow,
    OrderLineRow,
    OrderPlanRow,
    OrderRow,
    ShopperRow,
)

ERASED_SHOPPER = "erased"
# In the order of deletion: what refers to a row goes before the row.
_ERASED: tuple[type[SQLModel], ...] = (
    CartLineRow,
    CartPlanRow,
    CartQuoteRow,
    CouponRow,
    CheckoutRow,
    OfferRow,
    DecisionRow,
    DeclineRow,
    OfferPreferenceRow,
)
_EXPORTED: tuple[type[SQLModel], ...] = (*_ERASED, ConversationRow, OrderRow)


class ShopperData:
    """What is kept about one shopper. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def export(self, shopper_id: str) -> dict[str, Any]:
        """Everything that is kept about a shopper, by table, JSON-ready; times as ISO 8601 in UTC.

        {} for somebody unknown. What the ledger knows of the shop's costs is left out.
        """
        with self._database.read() as session:
            shopper = session.get(ShopperRow, shopper_id)
            if shopper is None:
                return {}
            found = {"shopper": [_record(shopper)]}
            found.update({_name(table): _records(session, table, _owned(table, shopper_id)) for table in _EXPORTED})
            found["message"] = _records(session, MessageRow, _in_their_chats(shopper_id))
            for table in (OrderLineRow, OrderPlanRow):
                found[_name(table)] = _records(session, table, _in_their_orders(table, shopper_id))
            return found

    def erase(self, shopper_id: str, now: datetime) -> dict[str, int]:
        """Erase a shopper from every table; gives how many rows went (or lost their person), by table.

        Orders stay without the person. A message that is just being answered ("forget me") stays as a bare
        row without its text, with its conversation, so that the answer can still be delivered.
        """
        with self._database.write() as session:
            gone = {_name(table): _delete(session, table, _owned(table, shopper_id)) for table in _ERASED}
            gone["orders"] = _make_anonymous(session, shopper_id)
            gone.update(_erase_chats(session, shopper_id))
            return gone


def _erase_chats(session: Session, shopper_id: str) -> dict[str, int]:
    being_answered = col(MessageRow.status).in_(("received", "processing"))
    theirs = _in_their_chats(shopper_id)
    # Replies refer to what they answer: they go first.
    messages = _delete(session, MessageRow, theirs & (col(MessageRow.direction) == "out"))
    messages += _delete(session, MessageRow, theirs & ~being_answered)
    bare = {"text": "", "payload": "", "turn": ""}
    session.exec(update(MessageRow).where(theirs).values(**bare))
    chats = _owned(ConversationRow, shopper_id)
    empty = ~col(ConversationRow.id).in_(select(MessageRow.conversation_id))
    conversations = _delete(session, ConversationRow, chats & empty)
    session.exec(update(ConversationRow).where(chats).values(product_in_view="", handover=False))
    nowhere = ~col(ShopperRow.id).in_(select(ConversationRow.shopper_id))
    people = _delete(session, ShopperRow, (col(ShopperRow.id) == shopper_id) & nowhere)
    return {"message": messages, "conversation": conversations, "shopper": people}


def _make_anonymous(session: Session, shopper_id: str) -> int:
    change = update(OrderRow).where(col(OrderRow.shopper_id) == shopper_id)
    return int(session.exec(change.values(shopper_id=ERASED_SHOPPER, details="{}")).rowcount)


def _delete(session: Session, table: type[SQLModel], wanted: ColumnElement[bool]) -> int:
    return int(session.exec(delete(table).where(wanted)).rowcount)


def _name(table: type[SQLModel]) -> str:
    return str(table.__tablename__)


def _records(session: Session, table: type[Any], wanted: ColumnElement[bool]) -> list[dict[str, Any]]:
    return [_record(row) for row in session.exec(select(table).where(wanted))]


def _owned(table: type[Any], shopper_id: str) -> ColumnElement[bool]:
    return col(table.shopper_id) == shopper_id


def _in_their_chats(shopper_id: str) -> ColumnElement[bool]:
    chats = select(ConversationRow.id).where(col(ConversationRow.shopper_id) == shopper_id)
    return col(MessageRow.conversation_id).in_(chats)


def _in_their_orders(table: type[Any], shopper_id: str) -> ColumnElement[bool]:
    orders = select(OrderRow.id).where(col(OrderRow.shopper_id) == shopper_id)
    return col(table.order_id).in_(orders)


def _record(row: SQLModel) -> dict[str, Any]:
    """A row, JSON-ready; a ledger record without the shop's costs and floors, and without the secret link."""
    record = {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.model_dump().items()
    }
    if isinstance(row, DecisionRow):
        record["record"] = _without_costs(from_json(row.record))
    if isinstance(row, CheckoutRow):
        del record["token"]
    return record


def _without_costs(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_costs(item) for key, item in value.items() if key not in ("cost", "floor", "lowest")}
    if isinstance(value, list):
        return [_without_costs(item) for item in value]
    return value
