"""Offers and ledger rows: values to rows and back."""

from actions.selling.ledger import LedgerRow
from actions.selling.model import Evidence, Offer, OfferKind, OfferState, QuoteLine
from actions.selling.pressure import PastOffer
from actions.store.rows import from_json, to_json
from actions.store.tables import DecisionRow, OfferRow
from catalog.domain.money import Money


def offer_row(past: PastOffer, decision_id: str) -> OfferRow:
    """The row of an offer."""
    offer = past.offer
    lines = [
        [line.product_id, line.quantity, line.unit_price.minor, line.discount.minor, line.added] for line in offer.lines
    ]
    return OfferRow(
        id=offer.id,
        decision_id=decision_id,
        conversation_id=offer.conversation_id,
        shopper_id=offer.shopper_id,
        kind=offer.kind.value,
        state=offer.state.value,
        asked_for=past.asked_for,
        turn_index=past.turn_index,
        currency=offer.price.currency,
        price_minor=offer.price.minor,
        saving_minor=offer.saving.minor,
        lines=to_json(lines),
        evidence=to_json(offer.evidence.__dict__),
        cart_hash=offer.cart_hash,
        created_at=offer.created_at,
        expires_at=offer.expires_at,
    )


def past_offer(row: OfferRow) -> PastOffer:
    """The offer of a row."""
    offer = Offer(
        id=row.id,
        conversation_id=row.conversation_id,
        shopper_id=row.shopper_id,
        kind=OfferKind(row.kind),
        state=OfferState(row.state),
        lines=tuple(
            QuoteLine(product_id, quantity, Money(unit, row.currency), Money(discount, row.currency), added)
            for product_id, quantity, unit, discount, added in from_json(row.lines)
        ),
        price=Money(row.price_minor, row.currency),
        saving=Money(row.saving_minor, row.currency),
        cart_hash=row.cart_hash,
        created_at=row.created_at,
        expires_at=row.expires_at,
        evidence=Evidence(**from_json(row.evidence)),
    )
    return PastOffer(offer, row.turn_index, row.asked_for)


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
