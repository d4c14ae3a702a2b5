"""The true reason behind an offer, read from the ledger."""

from __future__ import annotations

from collections import Counter
from typing import Any

from actions.context import TurnContext
from actions.selling.claims import claim_of
from actions.selling.decision import Choice
from actions.selling.ledger import LedgerRow, read_choice
from actions.selling.model import Offer, Reasons
from actions.selling.ports import OfferBook


def why(book: OfferBook, turn: TurnContext, offer_id: str) -> Reasons:
    """The reason of the given offer, else of the open one, else of the latest of this conversation.

    `details`: "reason", "decision_id", "anchor_id", "anchor_title", "considered" (candidates), "refused"
    ({reason: count}), "percent", "parts" and "saving" (Money), "claim" (Claim or None). Never cost or floor.
    """
    offer = _asked_about(book, turn, offer_id)
    if offer is None:
        return Reasons(None)
    row = next(iter(book.ledger_rows(offer.id)), None)
    return Reasons(offer, offer.evidence, _details(book, offer, row) if row else {})


def _asked_about(book: OfferBook, turn: TurnContext, offer_id: str) -> Offer | None:
    if offer_id:
        given = book.offer(offer_id)
        return given.offer if given and given.offer.shopper_id == turn.shopper_id else None
    past = book.latest_offer(turn.conversation_id, only_open=True) or book.latest_offer(turn.conversation_id)
    return past.offer if past else None


def _details(book: OfferBook, offer: Offer, row: LedgerRow) -> dict[str, Any]:
    choice: Choice = read_choice(row.record)
    anchor_id = offer.anchor_ids[0] if offer.anchor_ids else offer.evidence.anchor_id
    anchor = book.products([anchor_id]).get(anchor_id)
    details: dict[str, Any] = {
        "reason": choice.reason,
        "decision_id": row.id,
        "anchor_id": anchor_id,
        "anchor_title": anchor.title if anchor else "",
        "considered": len(choice.verdicts),
        "refused": dict(Counter(verdict.refused for verdict in choice.verdicts if verdict.refused)),
        "claim": claim_of(offer.evidence, book.config().offers),
        "claims": choice.claims,
    }
    if choice.price is not None:
        details.update(percent=choice.price.percent, parts=choice.price.parts, saving=choice.price.saving)
    return details
