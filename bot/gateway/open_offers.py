"""Whether an offer awaits a conversation's answer: Rasa reads a bare "no" in that light."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select

from actions.store.database import Database
from actions.store.tables import OfferRow


def has_open_offer(database: Database, conversation_id: str, now: datetime) -> bool:
    """Whether an open offer of this conversation has not run out at `now`."""
    wanted = select(OfferRow.id).where(
        col(OfferRow.conversation_id) == conversation_id,
        col(OfferRow.state) == "open",
        col(OfferRow.expires_at) > now,
    )
    with database.read() as session:
        return session.exec(wanted).first() is not None
