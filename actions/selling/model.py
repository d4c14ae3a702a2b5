"""Offers, decisions and refusals as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from actions.shop.model import Cart
from catalog.domain.money import Money


class OfferState(StrEnum):
    """`stale`: before the answer came, the cart no longer carried the deal, or something of it sold out. A price
    that rose makes nothing stale: the price that was said holds (promise `honest-price`)."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    STALE = "stale"


class Scope(StrEnum):
    """How far a decline reaches."""

    ITEM = "item"
    KIND = "kind"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class QuoteLine:
    """One product of a quote: today's unit price and its allocated part of the bundle saving.

    `every` is "" for a purchase, "month", "year" or "days:N" for what is paid again and again: a care plan of the
    product, or its repeated delivery.
    """

    product_id: str
    quantity: int
    unit_price: Money
    discount: Money
    # False for what is in the cart already (the anchor), True for what accepting adds.
    added: bool = True
    every: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a product is thought to go with another, with the counts behind a claim.

    `source`: "orders" (together of anchor_orders orders), "compatibility", "attributes", "upgrade", "tiers", "set",
    "plan", "order" (what the shopper bought before), "shop" (the merchant's own rule). `lift` is against chance, its
    lower 95 % bound `lower_lift`; 0.0 where there are no orders, or the bound is not known.
    """

    source: str
    anchor_id: str
    together: int = 0
    anchor_orders: int = 0
    lift: float = 0.0
    note: str = ""
    lower_lift: float = 0.0


@dataclass(frozen=True, slots=True)
class Claim:
    """One true thing that may be said for an offer, with what it was computed from.

    `about` says which sentence it is (docs/offers.md lists them); `product_id` and `anchor_id` whom it speaks of;
    `numbers`, `texts` and `money` are the evidence in the order that the sentence needs them.
    """

    about: str
    product_id: str = ""
    anchor_id: str = ""
    numbers: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    money: Money | None = None


@dataclass(frozen=True)
class Offer:
    """A quote that was put before a shopper. `price` is what accepting adds to the cart total (of the first line,
    where one of several is to be chosen); `saving` is what the same things cost more at today's prices.

    `kind` is the name of a plug-in in `actions.selling.kinds`. With `choose_one`, the lines are alternatives, none
    of them chosen before. `replaces` is what an upgrade would be taken instead of; `percent` the saving of a coupon.
    """

    id: str
    conversation_id: str
    shopper_id: str
    kind: str
    state: OfferState
    lines: tuple[QuoteLine, ...]
    price: Money
    saving: Money
    cart_hash: str
    created_at: datetime
    expires_at: datetime
    evidence: Evidence
    claims: tuple[Claim, ...] = ()
    choose_one: bool = False
    replaces: str = ""
    percent: int = 0
    title: str = ""
    # Everything that was put before the shopper, also what was not chosen of alternatives.
    shown: tuple[str, ...] = ()
    # The segment whose declared price this is; "" for the price that everyone gets.
    segment: str = ""

    @property
    def product_ids(self) -> tuple[str, ...]:
        """What accepting puts into the cart."""
        return tuple(dict.fromkeys(line.product_id for line in self.lines if line.added))

    @property
    def anchor_ids(self) -> tuple[str, ...]:
        """What is in the cart already and belongs to the deal."""
        return tuple(line.product_id for line in self.lines if not line.added)

    def to_contract(self) -> dict[str, Any]:
        """The offer record of contracts.md. A stale offer counts as expired there."""
        state = OfferState.EXPIRED if self.state is OfferState.STALE else self.state
        return {
            "id": self.id,
            "kind": self.kind,
            "state": state.value,
            "product_ids": list(self.product_ids),
            "scope": Scope.ITEM.value,
            "price": str(self.price),
            "saving": str(self.saving),
            "evidence": {
                "source": self.evidence.source,
                "anchor_id": self.evidence.anchor_id,
                "together": self.evidence.together,
                "anchor_orders": self.evidence.anchor_orders,
                "lift": round(self.evidence.lift, 3),
                "note": self.evidence.note,
            },
        }


@dataclass(frozen=True)
class Decision:
    """What the engine chose at one opportunity. `action`: "pitch" | "silent" | "none" (no opportunity).
    `reason`: one snake_case word from docs/promises.md's table ("fits_cart", "session_cap", "declined_before",
    "upset", "nothing_fits", …). `id` is the ledger row's id, empty for "none"."""

    id: str
    action: str
    reason: str
    offer: Offer | None = None
    # What passed the gate, best first, also where no offer may be made: an answer for somebody who asked.
    fitting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """How an offer was settled. `outcome`: "accepted" | "already_accepted" | "declined" | "expired" | "stale"
    | "no_offer" | "which_one" (it has alternatives and none was named) | "stopped" | "resumed". `cart` is the cart
    afterwards."""

    outcome: str
    offer: Offer | None
    cart: Cart
    # True when this decline was the second one and ended offers for the session.
    session_ended: bool = False


@dataclass(frozen=True)
class Reasons:
    """The true reason behind an offer, for "why this?". `offer` is None when nothing was ever offered."""

    offer: Offer | None
    evidence: Evidence | None = None
    details: dict[str, Any] = field(default_factory=dict)
