"""The deal behind an offer: its ids, its quote, and a fingerprint of what it depends on in the cart. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

from actions.context import TurnContext
from actions.selling.model import Evidence, Offer, OfferKind, OfferState, QuoteLine
from actions.selling.pricing import PriceWorking
from actions.shop.model import Cart
from catalog.domain.product import Product


def decision_id(turn: TurnContext, moment: str, product_id: str) -> str:
    """The id of the decision of this turn: the same turn, told twice, is one decision."""
    parts = (turn.shopper_id, turn.conversation_id, turn.turn_id, moment, product_id)
    return "d-" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


def offer_id_of(decision: str) -> str:
    """The id of the offer that a decision makes."""
    return "o-" + decision.removeprefix("d-")


def quote_lines(working: PriceWorking) -> tuple[QuoteLine, ...]:
    """The lines of a quote: one of each product."""
    return tuple(
        QuoteLine(
            product_id=line.product_id, quantity=1, unit_price=line.unit_price, discount=line.discount, added=line.added
        )
        for line in working.lines
    )


def deal_hash(lines: Sequence[QuoteLine], cart: Cart, products: Mapping[str, Product]) -> str:
    """Fingerprint of what the deal rests on: its anchors in the cart and free, what it adds not there yet, all
    of it on sale. Other things in the cart may change without touching the deal."""
    in_deals = {line.product_id for line in cart.lines if line.quote_id}
    facts = [
        [
            line.product_id,
            line.added,
            cart.quantity_of(line.product_id) if line.added else cart.quantity_of(line.product_id) >= line.quantity,
            not line.added and line.product_id in in_deals,
            line.product_id in products and products[line.product_id].in_stock,
        ]
        for line in lines
    ]
    return hashlib.sha256(json.dumps([cart.currency, facts]).encode()).hexdigest()[:32]


def make_offer(
    turn: TurnContext,
    decision: str,
    working: PriceWorking,
    evidence: Evidence,
    cart: Cart,
    products: Mapping[str, Product],
    valid_minutes: int,
) -> Offer:
    """The open offer of a pitch."""
    lines = quote_lines(working)
    return Offer(
        id=offer_id_of(decision),
        conversation_id=turn.conversation_id,
        shopper_id=turn.shopper_id,
        kind=OfferKind.BUNDLE if working.saving.minor > 0 else OfferKind.COMPLEMENT,
        state=OfferState.OPEN,
        lines=lines,
        price=working.price,
        saving=working.saving,
        cart_hash=deal_hash(lines, cart, products),
        created_at=turn.now,
        expires_at=turn.now + timedelta(minutes=valid_minutes),
        evidence=evidence,
    )
