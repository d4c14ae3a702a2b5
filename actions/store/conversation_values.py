"""Conversations and messages as values, and how rows become them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.store.rows import from_json
from actions.store.tables import ConversationRow, MessageRow
from catalog.domain.errors import PairwellError


class UnknownConversation(PairwellError):
    """There is no such conversation (any more)."""


@dataclass(frozen=True)
class Conversation:
    """One conversation on one channel."""

    id: str
    shopper_id: str
    channel: str
    locale: str
    created_at: datetime
    last_at: datetime
    product_in_view: str = ""
    handover: bool = False


@dataclass(frozen=True)
class StoredInbound:
    """What `store_inbound` did: `is_new` is False for a message that was there already."""

    message_id: int
    turn_index: int
    is_new: bool


@dataclass(frozen=True)
class StoredMessage:
    """A message as stored. `id` is its event id. Inbound: `payload` is the choice taken, `turn` what came of
    it. Outbound: `payload` is `Message.to_json()` whose choices carry an `id`."""

    id: int
    conversation_id: str
    direction: str
    text: str
    created_at: datetime
    client_id: str = ""
    in_reply_to: int | None = None
    turn_index: int | None = None
    status: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    turn: dict[str, Any] = field(default_factory=dict)


def with_choice_ids(message: dict[str, Any], message_id: int) -> dict[str, Any]:
    """The message with an id on each choice: "<message id>-<place>"."""
    choices = message.get("choices", [])
    return {**message, "choices": [{**choice, "id": f"{message_id}-{n}"} for n, choice in enumerate(choices)]}


def conversation_of(row: ConversationRow) -> Conversation:
    """The conversation of a row."""
    return Conversation(
        id=row.id,
        shopper_id=row.shopper_id,
        channel=row.channel,
        locale=row.locale,
        created_at=row.created_at,
        last_at=row.last_at,
        product_in_view=row.product_in_view,
        handover=row.handover,
    )


def message_of(row: MessageRow) -> StoredMessage:
    """The message of a row."""
    return StoredMessage(
        id=row.id or 0,
        conversation_id=row.conversation_id,
        direction=row.direction,
        text=row.text,
        created_at=row.created_at,
        client_id=row.client_id or "",
        in_reply_to=row.in_reply_to,
        turn_index=row.turn_index,
        status=row.status,
        payload=from_json(row.payload, {}),
        turn=from_json(row.turn, {}),
    )
