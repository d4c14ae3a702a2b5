"""Stored messages as the events that a widget receives."""

from __future__ import annotations

from typing import Any

from actions.speech.messages import Message
from actions.store.conversations import StoredMessage
from bot.channels.widget import render_reply, render_shopper


def message_event(stored: StoredMessage, locale: str) -> dict[str, Any]:
    """The data of a `message` event."""
    sent_at = stored.created_at.isoformat()
    if stored.direction == "in":
        return render_shopper(stored.client_id, stored.text, sent_at)
    choice_ids = [choice["id"] for choice in stored.payload.get("choices", [])]
    return render_reply(Message.from_json(stored.payload), choice_ids, locale, sent_at)
