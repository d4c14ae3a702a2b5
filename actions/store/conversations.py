"""Conversations and their messages: what the gateway stores before it acknowledges, and after it answers."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from actions.store.conversation_values import (
    Conversation,
    StoredInbound,
    StoredMessage,
    UnknownConversation,
    conversation_of,
    message_of,
    with_choice_ids,
)
from actions.store.database import Database
from actions.store.rows import from_json, hold_shopper, to_json
from actions.store.tables import ConversationRow, MessageRow

__all__ = ["Conversation", "Conversations", "StoredInbound", "StoredMessage", "UnknownConversation"]


class Conversations:
    """The repository of conversations. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_conversation(self, shopper_id: str | None, channel: str, locale: str, now: datetime) -> Conversation:
        """Begin a conversation, and the shopper too where `shopper_id` is None or new."""
        shopper = shopper_id or f"s-{secrets.token_hex(12)}"
        with self._database.write() as session:
            hold_shopper(session, shopper, now)
            row = ConversationRow(
                id=f"c-{secrets.token_hex(12)}",
                shopper_id=shopper,
                channel=channel,
                locale=locale,
                created_at=now,
                last_at=now,
            )
            session.add(row)
            return conversation_of(row)

    def conversation(self, conversation_id: str) -> Conversation | None:
        """One conversation."""
        with self._database.read() as session:
            row = session.get(ConversationRow, conversation_id)
            return None if row is None else conversation_of(row)

    def conversations_of(self, shopper_id: str) -> list[Conversation]:
        """A shopper's conversations, the latest first."""
        latest_first = (col(ConversationRow.last_at).desc(), col(ConversationRow.id))
        with self._database.read() as session:
            wanted = select(ConversationRow).where(col(ConversationRow.shopper_id) == shopper_id)
            return [conversation_of(row) for row in session.exec(wanted.order_by(*latest_first))]

    def store_inbound(
        self,
        conversation_id: str,
        client_id: str,
        text: str | None,
        choice: dict[str, Any] | None,
        now: datetime,
    ) -> StoredInbound:
        """Store a shopper's message under the sender's id; the same id again changes nothing.

        `choice` is what `find_choice` gave; its title becomes the text. Raises UnknownConversation.
        """
        with self._database.write() as session:
            conversation = _row(session, conversation_id, lock=True)
            there = _inbound(session, conversation_id, client_id)
            if there is not None:
                return StoredInbound(there.id or 0, there.turn_index or 0, is_new=False)
            is_inbound = (col(MessageRow.conversation_id) == conversation_id) & (col(MessageRow.direction) == "in")
            last = session.exec(select(func.max(col(MessageRow.turn_index))).where(is_inbound)).one()
            row = MessageRow(
                conversation_id=conversation_id,
                direction="in",
                client_id=client_id,
                turn_index=(last or 0) + 1,
                text=text if text is not None else str((choice or {}).get("title", "")),
                payload=to_json(choice) if choice else "",
                status="received",
                created_at=now,
            )
            conversation.last_at = now
            session.add_all((row, conversation))
            session.flush()
            return StoredInbound(row.id or 0, row.turn_index or 0, is_new=True)

    def mark_processing(self, inbound_id: int) -> None:
        """Note that a worker has taken a message up."""
        with self._database.write() as session:
            row = session.get(MessageRow, inbound_id)
            if row is not None and row.status == "received":
                row.status = "processing"
                session.add(row)

    def store_replies(
        self, inbound_id: int, messages: Sequence[dict[str, Any]], turn: dict[str, Any], now: datetime
    ) -> list[StoredMessage]:
        """Store what was answered and mark the message answered, in one transaction; once.

        `messages` are `Message.to_json()`; each choice gets its id here. A message that is answered already
        gives the stored replies; one that was erased meanwhile gives an empty list.
        """
        with self._database.write() as session:
            inbound = session.get(MessageRow, inbound_id, with_for_update=True)
            if inbound is None:
                return []
            if inbound.status == "answered":
                return _replies(session, inbound_id)
            for message in messages:
                row = MessageRow(
                    conversation_id=inbound.conversation_id,
                    direction="out",
                    in_reply_to=inbound_id,
                    text=str(message.get("text", "")),
                    created_at=now,
                )
                session.add(row)
                session.flush()
                row.payload = to_json(with_choice_ids(message, row.id or 0))
            inbound.status, inbound.turn = "answered", to_json(turn)
            session.add(inbound)
            session.flush()
            return _replies(session, inbound_id)

    def messages_after(self, conversation_id: str, event_id: int = 0, limit: int = 500) -> list[StoredMessage]:
        """Messages of both directions with an id above `event_id`, in order."""
        with self._database.read() as session:
            wanted = select(MessageRow).where(
                col(MessageRow.conversation_id) == conversation_id, col(MessageRow.id) > event_id
            )
            return [message_of(row) for row in session.exec(wanted.order_by(col(MessageRow.id)).limit(limit))]

    def message(self, message_id: int) -> StoredMessage | None:
        """One message."""
        with self._database.read() as session:
            row = session.get(MessageRow, message_id)
            return None if row is None else message_of(row)

    def replies(self, inbound_id: int) -> list[StoredMessage]:
        """What was answered to a message, in order."""
        with self._database.read() as session:
            return _replies(session, inbound_id)

    def unanswered(self, conversation_id: str | None = None) -> list[StoredMessage]:
        """Messages that were stored but not answered, oldest first: what a restart takes up again."""
        wanted = select(MessageRow).where(col(MessageRow.status).in_(("received", "processing")))
        if conversation_id is not None:
            wanted = wanted.where(col(MessageRow.conversation_id) == conversation_id)
        with self._database.read() as session:
            return [message_of(row) for row in session.exec(wanted.order_by(col(MessageRow.id)))]

    def find_choice(self, conversation_id: str, choice_id: str) -> dict[str, Any] | None:
        """A choice that was shown in this conversation: {"id", "title", "kind", "intent", "entities", "url"};
        None for an unknown one and for one of another conversation."""
        message_id = choice_id.partition("-")[0]
        if not (message_id.isascii() and message_id.isdecimal() and len(message_id) < 19):
            return None
        with self._database.read() as session:
            row = session.get(MessageRow, int(message_id))
        if row is None or row.conversation_id != conversation_id or row.direction != "out":
            return None
        choices: list[dict[str, Any]] = from_json(row.payload, {}).get("choices", [])
        return next((choice for choice in choices if choice.get("id") == choice_id), None)

    def set_product_in_view(self, conversation_id: str, product_id: str) -> None:
        """The product page that the shopper looks at; empty for none. Raises UnknownConversation."""
        self._change(conversation_id, product_in_view=product_id)

    def set_locale(self, conversation_id: str, locale: str) -> None:
        """The language of the conversation from now on. Raises UnknownConversation."""
        self._change(conversation_id, locale=locale)

    def set_handover(self, conversation_id: str, handover: bool) -> None:
        """Whether a person has been asked for. Raises UnknownConversation."""
        self._change(conversation_id, handover=handover)

    def _change(self, conversation_id: str, **values: Any) -> None:
        with self._database.write() as session:
            row = _row(session, conversation_id)
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)


def _row(session: Session, conversation_id: str, lock: bool = False) -> ConversationRow:
    row = session.get(ConversationRow, conversation_id, with_for_update=True if lock else None)
    if row is None:
        raise UnknownConversation(f"there is no conversation {conversation_id!r}; begin a new session")
    return row


def _inbound(session: Session, conversation_id: str, client_id: str) -> MessageRow | None:
    return session.exec(
        select(MessageRow).where(
            col(MessageRow.conversation_id) == conversation_id, col(MessageRow.client_id) == client_id
        )
    ).first()


def _replies(session: Session, inbound_id: int) -> list[StoredMessage]:
    rows = session.exec(
        select(MessageRow).where(col(MessageRow.in_reply_to) == inbound_id).order_by(col(MessageRow.id))
    )
    return [message_of(row) for row in rows]
