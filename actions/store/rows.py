"""Small helpers that every repository shares: JSON in one form, shoppers made on first sight."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from actions.store.tables import ShopperRow

_HELD = select(ShopperRow.id).where(col(ShopperRow.id) == bindparam("shopper")).with_for_update()


def to_json(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces; equal values give equal bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def from_json(text: str, empty: Any = None) -> Any:
    """Read what `to_json` wrote; `empty` for the empty string."""
    return json.loads(text) if text else empty


def hold_shopper(session: Session, shopper_id: str, now: datetime) -> None:
    """Make the shopper where new, and keep other transactions of the same shopper waiting.

    SQLite has one writer anyway; on PostgreSQL the row lock makes use cases of one shopper run in order.
    """
    found = session.exec(_HELD, params={"shopper": shopper_id}).first()
    if found is None:
        session.add(ShopperRow(id=shopper_id, created_at=now))
        session.flush()
