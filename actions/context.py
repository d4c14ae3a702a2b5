"""Who speaks, where and when: the one value that every use case gets. It knows nothing of messages, so that
the selling side may take it without reaching for speech."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class TurnContext:
    """Who speaks, where and when. The gateway fills it and sends it as Rasa's message metadata.

    `now` is the moment the gateway received the message: the only clock that actions ever see.
    `turn_id` is the inbound message's id and `turn_index` its number in the conversation, from 1.
    """

    conversation_id: str
    shopper_id: str
    channel: str
    locale: str
    now: datetime
    turn_id: str
    turn_index: int
    text: str = ""
    product_in_view: str = ""
    # "calm" | "hurried" | "upset" | "undecided", kept by the handlers in the slot `mood`.
    mood: str = "calm"
    # What else the conversation has shown: an undecided shopper was helped; something cheaper was asked for; it is
    # for a present.
    helped: bool = False
    asked_cheaper: bool = False
    gift: bool = False
    # Who it is in the past order file, and where it would be sent, once a login or an address has told.
    customer_id: str = ""
    region: str = ""
    # Whether follow-ups are welcome on this channel.
    consent: bool = False

    def to_metadata(self) -> dict[str, Any]:
        """As Rasa message metadata (without the text, which Rasa carries itself)."""
        return {
            "conversation_id": self.conversation_id,
            "shopper_id": self.shopper_id,
            "channel": self.channel,
            "locale": self.locale,
            "now": self.now.isoformat(),
            "turn_id": self.turn_id,
            "turn_index": self.turn_index,
            "product_in_view": self.product_in_view,
        }

    @classmethod
    def from_metadata(cls, metadata: dict[str, Any], text: str = "", mood: str = "calm") -> TurnContext:
        """Read back what `to_metadata` wrote."""
        return cls(
            conversation_id=metadata["conversation_id"],
            shopper_id=metadata["shopper_id"],
            channel=metadata["channel"],
            locale=metadata["locale"],
            now=datetime.fromisoformat(metadata["now"]),
            turn_id=metadata["turn_id"],
            turn_index=int(metadata["turn_index"]),
            product_in_view=metadata.get("product_in_view") or "",
            text=text,
            mood=mood,
        )
