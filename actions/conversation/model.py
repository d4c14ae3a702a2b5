"""A turn as a use case sees it: what was said, what is remembered, and what is answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from actions.context import TurnContext
from actions.selling.model import Decision, Offer
from actions.shop.model import Cart
from actions.speech.messages import Message

# Longer texts are cut before anything looks for products in them.
LONGEST_TEXT = 600


@dataclass(frozen=True)
class OpenQuestion:
    """What the assistant asked and awaits an answer to. `ask`: "which_product" | "which_variant" |
    "add_again" | "empty_cart" | "forget_me" | "cancel_order" | "return_order" | "reorder" | "talk_to_human".
    `purpose` is the intent that asked, `ids` the products (or order numbers) to choose from."""

    ask: str
    purpose: str = ""
    ids: tuple[str, ...] = ()
    quantity: int = 1

    def to_text(self) -> str:
        """As the slot `open_question` keeps it."""
        return json.dumps({"ask": self.ask, "for": self.purpose, "ids": list(self.ids), "quantity": self.quantity})

    @classmethod
    def from_text(cls, text: str | None) -> OpenQuestion | None:
        """What `to_text` wrote; None for an empty slot."""
        if not text:
            return None
        record = json.loads(text)
        return cls(record["ask"], record.get("for", ""), tuple(record.get("ids", ())), int(record.get("quantity", 1)))


@dataclass(frozen=True)
class Memory:
    """What is remembered between turns (Rasa's slots). `shown` are the products last shown, in order; `focus`
    is the one last talked about, and `page_seen` the page that was open when it became so. `helped`: a comparison or
    a recommendation was given; `asked_cheaper` and `gift`: as `TurnContext` has them."""

    shown: tuple[str, ...] = ()
    focus: str = ""
    page_seen: str = ""
    mood: str = "calm"
    failures: int = 0
    question: OpenQuestion | None = None
    last_query: str = ""
    offer_open: bool = False
    helped: bool = False
    asked_cheaper: bool = False
    gift: bool = False

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Memory:
        """Read the slots; missing ones count as empty."""
        return cls(
            shown=tuple(slots.get("shown_products") or ()),
            focus=slots.get("product_in_view") or "",
            page_seen=slots.get("page_seen") or "",
            mood=slots.get("mood") or "calm",
            failures=int(slots.get("failures") or 0),
            question=OpenQuestion.from_text(slots.get("open_question")),
            last_query=slots.get("last_query") or "",
            offer_open=bool(slots.get("offer_open")),
            helped=bool(slots.get("helped")),
            asked_cheaper=bool(slots.get("asked_cheaper")),
            gift=bool(slots.get("gift")),
        )

    def to_slots(self) -> dict[str, Any]:
        """As slot values; empty ones are None."""
        return {
            "shown_products": list(self.shown) or None,
            "product_in_view": self.focus or None,
            "page_seen": self.page_seen or None,
            "mood": self.mood,
            "failures": float(self.failures),
            "open_question": self.question.to_text() if self.question else None,
            "last_query": self.last_query or None,
            "offer_open": self.offer_open,
            "helped": self.helped,
            "asked_cheaper": self.asked_cheaper,
            "gift": self.gift,
        }


@dataclass(frozen=True)
class Request:
    """One turn of a shopper. `entities` as Rasa found them or as a button carries them, first one wins.
    `repeats` counts how often the same words came immediately before; `suggest` is False where the turn has
    more to answer, so that no offer comes between."""

    turn: TurnContext
    memory: Memory = field(default_factory=Memory)
    intent: str = ""
    confidence: float = 1.0
    entities: tuple[tuple[str, str], ...] = ()
    repeats: int = 0
    suggest: bool = True

    @property
    def text(self) -> str:
        """What the shopper wrote, cut to a length that can be understood; "" for a button."""
        return self.turn.text[:LONGEST_TEXT]

    def entity(self, name: str) -> str:
        """The first value of an entity, or ""."""
        return next((value for entity, value in self.entities if entity == name), "")

    def every(self, name: str) -> list[str]:
        """All values of an entity, in the order they were said."""
        return [value for entity, value in self.entities if entity == name]

    def saying(self, text: str) -> Request:
        """The same turn as if only `text` had been said."""
        return replace(self, turn=replace(self.turn, text=text), entities=())

    def first_time(self) -> Request:
        """The same turn, not taken for a repetition: the shopper has confirmed it."""
        return replace(self, repeats=0)

    def remembering(self, **changes: Any) -> Memory:
        """The memory after this turn."""
        return replace(self.memory, **changes)

    @property
    def focus(self) -> str:
        """The product that "it" means: the page newly opened, else the one last talked about."""
        page = self.turn.product_in_view
        return page if page and page != self.memory.page_seen else self.memory.focus or page


@dataclass(frozen=True)
class Reply:
    """What a use case answers and leaves behind. `settled` is an offer made or settled in this turn; `cart` is the
    cart as it stands at the end, where the use case has it at hand anyway."""

    messages: tuple[Message, ...]
    memory: Memory
    decision: str = "none"
    reason: str = ""
    settled: Offer | None = None
    handover: bool = False
    cart: Cart | None = None

    def decided(self, decision: Decision) -> Reply:
        """The reply with what the offer desk decided on the record."""
        return replace(self, decision=decision.action, reason=decision.reason, settled=decision.offer or self.settled)

    def after(self, *messages: Message) -> Reply:
        """The reply with `messages` said first."""
        return replace(self, messages=(*messages, *self.messages))
