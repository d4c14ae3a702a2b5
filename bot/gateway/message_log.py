"""The gateway's way to the stored conversations: the store's blocking calls, made from threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.store.conversations import Conversation, Conversations, StoredInbound, StoredMessage, UnknownConversation
from actions.turn import TurnResult

_PAGE = 500


@dataclass(frozen=True)
class WaitingMessage:
    """A stored message that awaits its answer: free text, or the intent and entities of a tapped choice."""

    message_id: int
    conversation: Conversation
    turn_index: int
    received_at: datetime
    text: str = ""
    intent: str = ""
    entities: dict[str, str] = field(default_factory=dict)

    @property
    def turn_id(self) -> str:
        """The inbound message's id, as the turn's."""
        return str(self.message_id)


@dataclass(frozen=True)
class StoredResult:
    """`replies` as stored. `erased`: this turn erased the shopper ("forget me")."""

    replies: list[StoredMessage]
    erased: bool = False


class MessageLog:
    """Async face of `Conversations`. `offer_is_open(conversation_id)` looks at the offers' table."""

    def __init__(self, conversations: Conversations, offer_is_open: Callable[[str, datetime], bool]) -> None:
        self._store, self._offer_is_open = conversations, offer_is_open

    async def open(self, shopper_id: str | None, channel: str, locale: str, now: datetime) -> Conversation:
        """Begin a conversation; the shopper too, where new."""
        return await asyncio.to_thread(self._store.open_conversation, shopper_id, channel, locale, now)

    async def conversation(self, conversation_id: str) -> Conversation | None:
        """One conversation; None when it is not there (any more)."""
        return await asyncio.to_thread(self._store.conversation, conversation_id)

    async def store_text(self, conversation_id: str, client_id: str, text: str, now: datetime) -> StoredInbound:
        """Store what a shopper wrote, once per client id. Raises UnknownConversation."""
        return await asyncio.to_thread(self._store.store_inbound, conversation_id, client_id, text, None, now)

    async def store_choice(
        self, conversation_id: str, client_id: str, choice: dict[str, Any], now: datetime
    ) -> StoredInbound:
        """Store what a shopper tapped, once per client id. Raises UnknownConversation."""
        return await asyncio.to_thread(self._store.store_inbound, conversation_id, client_id, None, choice, now)

    async def choice(self, conversation_id: str, choice_id: str) -> tuple[dict[str, Any], datetime] | None:
        """A choice that this conversation was shown, with the moment it was; None for any other."""
        found = await asyncio.to_thread(self._store.find_choice, conversation_id, choice_id)
        if found is None:
            return None
        shown = await asyncio.to_thread(self._store.message, int(choice_id.partition("-")[0]))
        return None if shown is None else (found, shown.created_at)

    async def after(self, conversation_id: str, event_id: int) -> list[StoredMessage]:
        """The next page of messages above `event_id`, both directions, in order; empty at the end."""
        return await asyncio.to_thread(self._store.messages_after, conversation_id, event_id, _PAGE)

    async def message(self, message_id: int) -> StoredMessage | None:
        """One stored message."""
        return await asyncio.to_thread(self._store.message, message_id)

    async def replies(self, message_id: int) -> list[StoredMessage]:
        """What was answered to a message, in order."""
        return await asyncio.to_thread(self._store.replies, message_id)

    async def view_product(self, conversation_id: str, product_id: str) -> None:
        """The shopper looks at this product's page; empty for another page. Raises UnknownConversation."""
        await asyncio.to_thread(self._store.set_product_in_view, conversation_id, product_id)

    async def waiting_conversations(self) -> list[str]:
        """Conversations with unanswered messages, the longest waiting first."""
        waiting = await asyncio.to_thread(self._store.unanswered)
        return list(dict.fromkeys(message.conversation_id for message in waiting))

    async def next_waiting(self, conversation_id: str) -> WaitingMessage | None:
        """The oldest unanswered message of a conversation, taken up for work."""
        return await asyncio.to_thread(self._take_up, conversation_id)

    def _take_up(self, conversation_id: str) -> WaitingMessage | None:
        waiting = self._store.unanswered(conversation_id)
        conversation = self._store.conversation(conversation_id)
        if not waiting or conversation is None:
            return None
        oldest = waiting[0]
        self._store.mark_processing(oldest.id)
        tapped = oldest.payload
        return WaitingMessage(
            message_id=oldest.id,
            conversation=conversation,
            turn_index=oldest.turn_index or 0,
            received_at=oldest.created_at,
            text=oldest.text,
            intent=str(tapped.get("intent", "")),
            entities={str(name): str(value) for name, value in tapped.get("entities", {}).items()},
        )

    async def has_open_offer(self, conversation: Conversation, now: datetime) -> bool:
        """Whether an offer awaits this conversation's answer."""
        return await asyncio.to_thread(self._offer_is_open, conversation.id, now)

    async def store_result(
        self, waiting: WaitingMessage, result: TurnResult, failure: str, now: datetime
    ) -> StoredResult:
        """Store the answer and mark the message answered. No replies where the conversation is gone."""
        return await asyncio.to_thread(self._store_result, waiting, result, failure, now)

    def _store_result(self, waiting: WaitingMessage, result: TurnResult, failure: str, now: datetime) -> StoredResult:
        record = result.to_json()["pairwell"]
        messages = record.pop("messages")
        replies = self._store.store_replies(waiting.message_id, messages, {**record, "failure": failure}, now)
        with suppress(UnknownConversation):
            if replies and result.locale and result.locale != waiting.conversation.locale:
                self._store.set_locale(waiting.conversation.id, result.locale)
            if replies and result.handover and not waiting.conversation.handover:
                self._store.set_handover(waiting.conversation.id, True)
        kept = self._store.message(waiting.message_id)
        return StoredResult(replies, erased=kept is None or (kept.text == "" and waiting.text != ""))
