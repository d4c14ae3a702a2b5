"""The widget's codec: request bodies into values, messages into what the widget shows. Pure.

What a choice means (its intent and entities) never leaves the server: the widget gets ids and titles only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.speech.messages import Card, Choice, ChoiceKind, Message
from actions.speech.pack import format_money
from bot.channels.pictures import picture_address

TEXT_LIMIT = 2_000
_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
# C0 and C1 control signs but tab and newline; PostgreSQL refuses the first of them, and no font shows any.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# An offer may always be declined, however old the message is; other buttons grow stale.
ALWAYS_LIVE = frozenset({ChoiceKind.DECLINE, ChoiceKind.STOP_OFFERS, ChoiceKind.HUMAN})


class BadInbound(Exception):
    """A body that is no message. `code` and `field` are for the API's error form."""

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        self.code, self.field = code, field
        super().__init__(message)


@dataclass(frozen=True)
class Inbound:
    """One message from the widget: text or the id of a tapped choice, the other one empty.

    `id` is the client's own and makes the message safe to repeat. `text` holds at most TEXT_LIMIT signs.
    """

    id: str
    text: str = ""
    choice: str = ""


def parse_object(body: bytes) -> dict[str, Any]:
    """A JSON object, or BadInbound."""
    try:
        fields = json.loads(body)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadInbound("not_json", "the body is not JSON") from None
    if not isinstance(fields, dict):
        raise BadInbound("not_an_object", "the body must be a JSON object")
    return fields


def clean_text(text: str) -> str:
    """The text without control signs and half characters, trimmed to what the assistant reads."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return _CONTROL.sub(" ", whole).strip()[:TEXT_LIMIT].strip()


def decode_message(body: bytes) -> Inbound:
    """The body of POST /api/chat/messages. Raises BadInbound."""
    fields = parse_object(body)
    client_id = fields.get("id")
    if not isinstance(client_id, str) or not _ID.fullmatch(client_id):
        raise BadInbound("bad_id", "id: 1 to 64 letters, digits or . _ : - , chosen by the client", "id")
    text, choice = fields.get("text"), fields.get("choice")
    if (text is None) == (choice is None):
        raise BadInbound("text_or_choice", "give either text or choice", "text")
    if choice is not None:
        if not isinstance(choice, str) or not _ID.fullmatch(choice):
            raise BadInbound("bad_choice", "choice: the id of a choice that was shown", "choice")
        return Inbound(client_id, choice=choice)
    if not isinstance(text, str):
        raise BadInbound("bad_text", "text must be a string", "text")
    cleaned = clean_text(text)
    if not cleaned:
        raise BadInbound("empty_text", "the message is empty", "text")
    return Inbound(client_id, text=cleaned)


def _card(card: Card, locale: str) -> dict[str, Any]:
    return {
        "product_id": card.product_id,
        "title": card.title,
        "price": format_money(card.price, locale),
        "compare_at": None if card.compare_at is None else format_money(card.compare_at, locale),
        "image": picture_address(card.image, card.title),
        "url": card.url,
        "subtitle": card.subtitle,
    }


def _choice(choice: Choice, choice_id: str) -> dict[str, Any]:
    return {"id": choice_id, "title": choice.title, "kind": choice.kind.value, "url": choice.url}


def render_reply(message: Message, choice_ids: Sequence[str], locale: str, sent_at: str) -> dict[str, Any]:
    """The `message` event of something that the assistant said; `choice_ids` go with its choices in order."""
    return {
        "from": "bot",
        "text": message.text,
        "choices": [_choice(choice, choice_id) for choice, choice_id in zip(message.choices, choice_ids, strict=True)],
        "cards": [_card(card, locale) for card in message.cards],
        "offer": {"id": message.offer_id} if message.offer_id else None,
        "at": sent_at,
    }


def render_shopper(client_id: str, text: str, sent_at: str) -> dict[str, Any]:
    """The `message` event of something that the shopper said; `client_id` lets the sender know it again."""
    return {"from": "shopper", "id": client_id, "text": text, "choices": [], "cards": [], "offer": None, "at": sent_at}
