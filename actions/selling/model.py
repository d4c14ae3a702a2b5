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


class OfferKind(StrEnum):
    """What is offered; later issues add the other kinds of product.md."""

    COMPLEMENT = "complement"
    BUNDLE = "bundle"


class Scope(StrEnum):
    """How far a decline reaches."""

    ITEM = "item"
    KIND = "kind"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class QuoteLine:
    """One product of a quote: today's unit price and its allocated part of the bundle saving."""

    product_id: str
    quantity: int
    unit_price: Money
    discount: Money
    # False for what is in the cart already (the anchor), True for what accepting adds.
    added: bool = True


@dataclass(frozen=True)
class Evidence:
    """Why a product is thought to go with another, with the counts behind a claim.

    `source`: "orders" (together of anchor_orders buyers), "compatibility", "attributes". `lift` is against
    chance; 0.0 where there are no orders.
    """

    source: str
    anchor_id: str
    together: int = 0
    anchor_orders: int = 0
    lift: float = 0.0
    note: str = ""


@dataclass(frozen=True)
class Offer:
    """A quote that was put before a shopper. `price` is what accepting adds to the cart total; `parts` the
    same products at today's prices; `saving` is parts minus price."""

    id: str
    conversation_id: str
    shopper_id: str
    kind: OfferKind
    state: OfferState
    lines: tuple[QuoteLine, ...]
    price: Money
    saving: Money
    cart_hash: str
    created_at: datetime
    expires_at: datetime
    evidence: Evidence

    @property
    def product_ids(self) -> tuple[str, ...]:
        """What accepting puts into the cart."""
        return tuple(line.product_id for line in self.lines if line.added)

    @property
    def anchor_ids(self) -> tuple[str, ...]:
        """What is in the cart already and belongs to the deal."""
        return tuple(line.product_id for line in self.lines if not line.added)

    def to_contract(self) -> dict[str, Any]:
        """The offer record of contracts.md. A stale offer counts as expired there."""
        state = OfferState.EXPIRED if self.state is OfferState.STALE else self.state
        return {
            "id": self.id,
            "kind": self.kind.value,
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
    | "no_offer" | "stopped" | "resumed". `cart` is the cart afterwards."""

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
