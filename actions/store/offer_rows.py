"""Offers and ledger rows: values to rows and back."""

from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from actions.selling.ledger import LedgerRow
from actions.selling.model import Claim, Evidence, Offer, OfferState, QuoteLine
from actions.selling.pressure import PastOffer
from actions.store.rows import from_json, to_json
from actions.store.tables import DecisionRow, OfferRow
from catalog.domain.money import Money

_CLAIMS = TypeAdapter(tuple[Claim, ...])
# What is kept of an offer beside its price, by name.
_DETAILS = ("choose_one", "replaces", "percent", "title", "segment", "shown")


def offer_row(past: PastOffer, decision_id: str) -> OfferRow:
    """The row of an offer."""
    offer = past.offer
    lines = [
        [line.product_id, line.quantity, line.unit_price.minor, line.discount.minor, line.added, line.every]
        for line in offer.lines
    ]
    details = {name: getattr(offer, name) for name in _DETAILS}
    details["claims"] = _CLAIMS.dump_python(offer.claims, mode="json")
    return OfferRow(
        id=offer.id,
        decision_id=decision_id,
        conversation_id=offer.conversation_id,
        shopper_id=offer.shopper_id,
        kind=offer.kind,
        state=offer.state.value,
        asked_for=past.asked_for,
        turn_index=past.turn_index,
        currency=offer.price.currency,
        price_minor=offer.price.minor,
        saving_minor=offer.saving.minor,
        lines=to_json(lines),
        evidence=to_json(asdict(offer.evidence)),
        details=to_json(details),
        moment=past.moment,
        channel=past.channel,
        cart_hash=offer.cart_hash,
        created_at=offer.created_at,
        expires_at=offer.expires_at,
    )


def past_offer(row: OfferRow) -> PastOffer:
    """The offer of a row."""
    details = from_json(row.details, {})
    offer = Offer(
        id=row.id,
        conversation_id=row.conversation_id,
        shopper_id=row.shopper_id,
        kind=row.kind,
        state=OfferState(row.state),
        lines=tuple(_line(record, row.currency) for record in from_json(row.lines)),
        price=Money(row.price_minor, row.currency),
        saving=Money(row.saving_minor, row.currency),
        cart_hash=row.cart_hash,
        created_at=row.created_at,
        expires_at=row.expires_at,
        evidence=Evidence(**from_json(row.evidence)),
        claims=_CLAIMS.validate_python(details.get("claims", ())),
        **{name: _as_tuple(details[name]) for name in _DETAILS if name in details},
    )
    return PastOffer(offer, row.turn_index, row.asked_for, row.moment, row.channel)


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def lines_json(offer: Offer) -> str:
    """The lines of an offer as its row keeps them."""
    return offer_row(PastOffer(offer, 0, False), "").lines


def _line(record: list[Any], currency: str) -> QuoteLine:
    product_id, quantity, unit, discount, added, *every = record
    amounts = Money(unit, currency), Money(discount, currency)
    return QuoteLine(product_id, quantity, *amounts, added, every[0] if every else "")


def ledger_row(row: DecisionRow) -> LedgerRow:
    """The ledger's value of a row."""
    return LedgerRow(
        id=row.id,
        conversation_id=row.conversation_id,
        created_at=row.created_at,
        moment=row.moment,
        action=row.action,
        reason=row.reason,
        offer_id=row.offer_id or "",
        record=row.record,
        record_hash=row.record_hash,
    )
