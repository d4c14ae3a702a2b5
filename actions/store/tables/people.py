"""Shoppers, their conversations, and every message."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from actions.store.tables.times import UtcDateTime


class ShopperRow(SQLModel, table=True):
    """Somebody who shops; nothing is known of them but this random id."""

    __tablename__ = "shopper"

    id: str = Field(primary_key=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


class ConversationRow(SQLModel, table=True):
    """One conversation on one channel."""

    __tablename__ = "conversation"

    id: str = Field(primary_key=True)
    shopper_id: str = Field(foreign_key="shopper.id", index=True)
    channel: str
    locale: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_at: datetime = Field(sa_type=UtcDateTime)
    product_in_view: str = ""
    handover: bool = False


class MessageRow(SQLModel, table=True):
    """One message; its id is also the id of its server-sent event.

    `direction` "in" | "out". Inbound: `client_id` is the sender's own id (unique in the conversation),
    `turn_index` counts from 1, `status` goes received → processing → answered, `payload` is the choice
    taken (JSON) or empty, `turn` what the turn decided (JSON). Outbound: `in_reply_to` is the inbound
    message's id and `payload` the message (JSON).
    """

    __tablename__ = "message"
    # AUTOINCREMENT: an event id is never used twice, not even after an erasure.
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_id", name="uq_message_client_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", index=True)
    direction: str
    client_id: str | None = None
    in_reply_to: int | None = Field(default=None, foreign_key="message.id", index=True)
    turn_index: int | None = None
    text: str = Field(sa_type=Text)
    payload: str = Field(default="", sa_type=Text)
    turn: str = Field(default="", sa_type=Text)
    status: str = Field(default="", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
