"""Offers, the ledger of decisions, declines, and who wants no offers."""

from datetime import datetime

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from actions.store.tables.times import UtcDateTime

_OPEN = text("state = 'open'")


class OfferRow(SQLModel, table=True):
    """A quote put before a shopper. `lines`, `evidence` and `details` (claims, title, alternatives, …) are JSON;
    `moment` and `channel` say when and where it was made.

    The partial unique index keeps the promise "one open offer at a time" even against two processes.
    """

    __tablename__ = "offer"
    __table_args__ = (Index("uq_offer_open", "shopper_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),)

    id: str = Field(primary_key=True)
    decision_id: str = Field(index=True)
    conversation_id: str = Field(index=True)
    shopper_id: str = Field(foreign_key="shopper.id", index=True)
    kind: str
    state: str
    asked_for: bool = False
    turn_index: int
    currency: str
    price_minor: int
    saving_minor: int
    lines: str = Field(sa_type=Text)
    evidence: str = Field(sa_type=Text)
    details: str = Field(default="{}", sa_type=Text)
    moment: str = ""
    channel: str = ""
    cart_hash: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DecisionRow(SQLModel, table=True):
    """One decision of the ledger, silence included. Only ever added; `record` is canonical JSON."""

    __tablename__ = "decision"

    id: str = Field(primary_key=True)
    conversation_id: str = Field(index=True)
    shopper_id: str = Field(foreign_key="shopper.id", index=True)
    turn_index: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    moment: str
    action: str
    reason: str
    offer_id: str | None = Field(default=None, index=True)
    record: str = Field(sa_type=Text)
    record_hash: str


class DeclineRow(SQLModel, table=True):
    """One "no", and how far it reaches. `product_ids` and `kinds` (of products) are JSON lists; `offer_kind` is set
    where all offers of that kind are meant, `percent` is the saving that was refused, -1 for none."""

    __tablename__ = "decline"

    id: int | None = Field(default=None, primary_key=True)
    shopper_id: str = Field(foreign_key="shopper.id", index=True)
    conversation_id: str = Field(index=True)
    offer_id: str | None = None
    scope: str
    product_ids: str = Field(sa_type=Text)
    kinds: str = Field(sa_type=Text)
    offer_kind: str = ""
    percent: int = -1
    turn_index: int
    created_at: datetime = Field(sa_type=UtcDateTime)


class OfferPreferenceRow(SQLModel, table=True):
    """Whether a shopper has said "stop suggesting things", on every channel of theirs."""

    __tablename__ = "offer_preference"

    shopper_id: str = Field(foreign_key="shopper.id", primary_key=True)
    stopped: bool
    changed_at: datetime = Field(sa_type=UtcDateTime)
