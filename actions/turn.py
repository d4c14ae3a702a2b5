"""What crosses from the action server, through Rasa, to the gateway: one JSON document per custom action.

An action answers with exactly one `TurnResult`, sent as Rasa's `custom` payload under the key "pairwell".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.speech.messages import Message


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
    # "calm" | "hurried" | "upset", kept by the handlers in the slot `mood`.
    mood: str = "calm"

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


@dataclass(frozen=True)
class TurnResult:
    """What one action said, decided and left behind. Money in `offer` and `cart` is text, as in contracts.md.

    `understood`: {"intent", "confidence", "entities": [{"entity", "value"}]} as Rasa parsed it.
    `offer`: the contract's offer record when this turn made or settled one, else None.
    `decision`: "pitch" | "silent" | "none"; `reason` names why in one snake_case word.
    `cart`: the contract's cart record after the turn.
    """

    messages: tuple[Message, ...]
    understood: dict[str, Any] = field(default_factory=dict)
    offer: dict[str, Any] | None = None
    decision: str = "none"
    reason: str = ""
    cart: dict[str, Any] | None = None
    handover: bool = False
    locale: str = ""

    def to_json(self) -> dict[str, Any]:
        """The `custom` payload; `from_json` reads it back."""
        return {
            "pairwell": {
                "messages": [message.to_json() for message in self.messages],
                "understood": self.understood,
                "offer": self.offer,
                "decision": self.decision,
                "reason": self.reason,
                "cart": self.cart,
                "handover": self.handover,
                "locale": self.locale,
            }
        }

    @classmethod
    def from_json(cls, payload: dict[str, Any]) -> TurnResult:
        """The result that `to_json` wrote."""
        record = dict(payload["pairwell"])
        record["messages"] = tuple(Message.from_json(message) for message in record["messages"])
        return cls(**record)
