"""The message model: what the assistant says, before a channel renders it.

A message is text, perhaps product cards, perhaps choices. Each choice carries what it means on the server
(`intent` and `entities`); a client only ever sends back the choice's id. An offer always has a choice of
kind DECLINE, and no renderer may drop it (promise `always-a-way-out`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from catalog.domain.money import Money


class ChoiceKind(StrEnum):
    """What choosing it does, in contracts.md's words."""

    ACCEPT = "accept"
    DECLINE = "decline"
    STOP_OFFERS = "stop_offers"
    WHY = "why"
    SHOW = "show"
    CHECKOUT = "checkout"
    HUMAN = "human"
    OTHER = "other"


@dataclass(frozen=True)
class Choice:
    """A button. `intent` and `entities` stay on the server."""

    title: str
    kind: ChoiceKind
    intent: str
    entities: dict[str, str] = field(default_factory=dict)
    # A link choice opens `url` instead of sending anything (the order page).
    url: str = ""


@dataclass(frozen=True)
class Card:
    """A product as it is shown. `compare_at` is the struck-through price, only where it is honest."""

    product_id: str
    title: str
    price: Money
    compare_at: Money | None = None
    image: str = ""
    url: str = ""
    subtitle: str = ""


@dataclass(frozen=True)
class Message:
    """One bubble. `offer_id` marks the message that makes an offer."""

    text: str
    choices: tuple[Choice, ...] = ()
    cards: tuple[Card, ...] = ()
    offer_id: str = ""

    def __post_init__(self) -> None:
        if self.offer_id and not any(choice.kind is ChoiceKind.DECLINE for choice in self.choices):
            raise ValueError("always-a-way-out: an offer needs a choice that declines it")

    def to_json(self) -> dict[str, Any]:
        """JSON-ready form, server side: it includes what choices mean. `from_json` reads it back."""
        return {
            "text": self.text,
            "choices": [
                {
                    "title": choice.title,
                    "kind": choice.kind.value,
                    "intent": choice.intent,
                    "entities": dict(choice.entities),
                    "url": choice.url,
                }
                for choice in self.choices
            ],
            "cards": [
                {
                    "product_id": card.product_id,
                    "title": card.title,
                    "price": card.price.minor,
                    "compare_at": None if card.compare_at is None else card.compare_at.minor,
                    "currency": card.price.currency,
                    "image": card.image,
                    "url": card.url,
                    "subtitle": card.subtitle,
                }
                for card in self.cards
            ],
            "offer_id": self.offer_id,
        }

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Message:
        """The message that `to_json` wrote."""
        return cls(
            text=record["text"],
            choices=tuple(
                Choice(item["title"], ChoiceKind(item["kind"]), item["intent"], dict(item["entities"]), item["url"])
                for item in record["choices"]
            ),
            cards=tuple(
                Card(
                    product_id=item["product_id"],
                    title=item["title"],
                    price=Money(item["price"], item["currency"]),
                    compare_at=None if item["compare_at"] is None else Money(item["compare_at"], item["currency"]),
                    image=item["image"],
                    url=item["url"],
                    subtitle=item["subtitle"],
                )
                for item in record["cards"]
            ),
            offer_id=record["offer_id"],
        )
