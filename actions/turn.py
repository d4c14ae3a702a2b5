"""What crosses from the action server, through Rasa, to the gateway: one JSON document per custom action.

An action answers with exactly one `TurnResult`, sent as Rasa's `custom` payload under the key "pairwell".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from actions.context import TurnContext as TurnContext
from actions.speech.messages import Message


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
