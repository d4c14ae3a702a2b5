"""One line of a replay's output, in the words of contracts.md. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.speech.messages import Card, Message
from actions.store.conversations import StoredMessage
from bot.replay.script import Script, Turn


def blank(script: Script, number: int, turn: Turn, cart: dict[str, Any]) -> dict[str, Any]:
    """The line of a turn in which nobody spoke (`view`, `wait`), and what the others begin from."""
    return {
        "script": script.name,
        "turn": number,
        "input": turn.written,
        "intent": None,
        "confidence": None,
        "entities": [],
        "messages": [],
        "offer": None,
        "decision": "none",
        "reason": "",
        "cart": cart,
        "handover": False,
        "ms": 0,
    }


def answered(
    line: dict[str, Any], inbound: StoredMessage, replies: Sequence[StoredMessage], ms: float
) -> dict[str, Any]:
    """The line of a turn that was answered."""
    turn = inbound.turn
    understood = turn.get("understood") or {}
    filled = {
        **line,
        "intent": understood.get("intent"),
        "confidence": understood.get("confidence"),
        "entities": understood.get("entities", []),
        "messages": [_message(Message.from_json(reply.payload)) for reply in replies],
        "offer": turn.get("offer"),
        "decision": turn.get("decision", "none"),
        "reason": turn.get("reason", ""),
        "cart": turn.get("cart") or line["cart"],
        "handover": bool(turn.get("handover")),
        "ms": round(ms, 1),
    }
    if turn.get("failure"):
        filled["error"] = f"the gateway answered in the bot's place: {turn['failure']}"
    return filled


def _message(message: Message) -> dict[str, Any]:
    return {
        "text": message.text,
        "choices": [{"title": choice.title, "kind": choice.kind.value} for choice in message.choices],
        "cards": [_card(card) for card in message.cards],
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "product_id": card.product_id,
        "title": card.title,
        "price": str(card.price),
        "compare_at": None if card.compare_at is None else str(card.compare_at),
    }
