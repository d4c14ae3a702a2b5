"""The deal behind an offer: its ids, its quote, and a fingerprint of what it depends on in the cart. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from actions.context import TurnContext
from actions.selling.decision import Choice
from actions.selling.facts import CandidateFacts
from actions.selling.kinds import KINDS
from actions.selling.model import Offer, OfferState, QuoteLine
from actions.selling.pricing import PriceWorking
from actions.shop.model import Cart, Coupon
from catalog.domain.money import zero
from catalog.domain.product import Product


def decision_id(turn: TurnContext, moment: str, about: Sequence[str]) -> str:
    """The id of the decision of this turn: the same turn, told twice, is one decision."""
    parts = (turn.shopper_id, turn.conversation_id, turn.turn_id, moment, *about)
    return "d-" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


def offer_id_of(decision: str) -> str:
    """The id of the offer that a decision makes."""
    return "o-" + decision.removeprefix("d-")


def quote_lines(working: PriceWorking) -> tuple[QuoteLine, ...]:
    """The lines of a quote: one of each product."""
    return tuple(
        QuoteLine(line.product_id, 1, line.unit_price, line.discount, line.added, line.every) for line in working.lines
    )


def deal_hash(lines: Sequence[QuoteLine], cart: Cart, products: Mapping[str, Product], replaces: str = "") -> str:
    """Fingerprint of what the deal rests on: its anchors in the cart and free, what it adds not there yet, all
    of it on sale; a plan's product there; what an upgrade replaces not there. Other things in the cart may change
    without touching the deal."""
    in_deals = {line.product_id for line in cart.lines if line.quote_id}
    facts: list[list[object]] = [
        [
            line.product_id,
            line.added,
            _presence(line, cart),
            not line.added and line.product_id in in_deals,
            line.product_id in products and products[line.product_id].in_stock,
        ]
        for line in lines
    ]
    if replaces:
        facts.append([replaces, cart.quantity_of(replaces) > 0])
    return hashlib.sha256(json.dumps([cart.currency, facts]).encode()).hexdigest()[:32]


def _presence(line: QuoteLine, cart: Cart) -> int | bool:
    """What counts about a product in the cart: of what is added, how many there are; of the others, whether enough."""
    quantity = cart.quantity_of(line.product_id)
    return quantity if line.added and not line.every else quantity >= line.quantity


def make_offer(
    turn: TurnContext,
    decision: str,
    choice: Choice,
    candidate: CandidateFacts,
    cart: Cart,
    products: Mapping[str, Product],
    valid_minutes: int,
) -> Offer:
    """The open offer of a pitch."""
    working, kind = choice.price, KINDS[choice.kind]
    assert working is not None  # a pitch has its price
    lines = quote_lines(working)
    replaces = candidate.evidence.anchor_id if candidate.gains else ""
    return Offer(
        id=offer_id_of(decision),
        conversation_id=turn.conversation_id,
        shopper_id=turn.shopper_id,
        kind=kind.name_of(working),
        state=OfferState.OPEN,
        lines=lines,
        price=working.price,
        saving=working.saving,
        cart_hash=deal_hash(lines, cart, products, replaces),
        created_at=turn.now,
        expires_at=turn.now + timedelta(minutes=valid_minutes),
        evidence=candidate.evidence,
        claims=choice.claims,
        choose_one=kind.choose_one and len(lines) > 1,
        replaces=replaces,
        percent=candidate.percent or working.percent,
        title=candidate.title,
        shown=candidate.product_ids,
        segment=working.segment,
    )


def coupon_of(offer: Offer, now: datetime) -> Coupon:
    """The coupon that a yes at `now` gives: valid for the days that were said, whatever the shop's rule says since."""
    days = next(claim.numbers[1] for claim in offer.claims if claim.about == "thanks")
    return Coupon(offer.id, offer.percent, now, now, now + timedelta(days=days))


def alternative(offer: Offer, chosen: str) -> Offer | None:
    """Of an offer with alternatives, the chosen one alone: by product id, or by "month" and "year" for a plan. None
    where it names none of them."""
    lines = [line for line in offer.lines if chosen and chosen in (line.every or line.product_id, line.product_id)]
    if len(lines) != 1:
        return None
    line = lines[0]
    return replace(offer, lines=(line,), price=line.unit_price, saving=zero(offer.price.currency), choose_one=False)
