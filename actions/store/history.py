"""What happened to a shopper, read back for the pressure rules. Bounded: 30 days, and 500 moments at most."""

from datetime import datetime, timedelta
from itertools import pairwise

from sqlmodel import Session, col, select

from actions.selling.model import Scope
from actions.selling.pressure import History, PastDecline
from actions.store.offer_rows import past_offer
from actions.store.rows import from_json
from actions.store.tables import (
    ConversationRow,
    DecisionRow,
    DeclineRow,
    MessageRow,
    OfferPreferenceRow,
    OfferRow,
    OrderLineRow,
    OrderRow,
)

_DAYS = timedelta(days=30)
_MOMENTS = 500
_MOMENTS_AT_ONCE = 100


def read_history(
    session: Session, shopper_id: str, conversation_id: str, now: datetime, session_gap: timedelta
) -> History:
    """All that the pressure rules and the gate remember. Moments of activity reach back to the first gap."""
    conversation = session.get(ConversationRow, conversation_id)
    preference = session.get(OfferPreferenceRow, shopper_id)
    owned, returned = _bought(session, shopper_id)
    return History(
        offers=tuple(past_offer(row) for row in _offers(session, shopper_id, conversation_id, now)),
        declines=tuple(_decline(row) for row in _declines(session, shopper_id, conversation_id, now)),
        active_at=_active_at(session, shopper_id, now, session_gap),
        trouble_turns=_trouble_turns(session, conversation_id),
        stopped=preference is not None and preference.stopped,
        resumed_at=preference.changed_at if preference is not None and not preference.stopped else None,
        handover=conversation is not None and conversation.handover,
        owned=tuple(owned),
        returned=tuple(returned),
    )


def _offers(session: Session, shopper_id: str, conversation_id: str, now: datetime) -> list[OfferRow]:
    in_reach = (col(OfferRow.created_at) > now - _DAYS) | (col(OfferRow.conversation_id) == conversation_id)
    wanted = select(OfferRow).where(col(OfferRow.shopper_id) == shopper_id, in_reach)
    return list(session.exec(wanted.order_by(col(OfferRow.created_at).desc()).limit(_MOMENTS)))


def _declines(session: Session, shopper_id: str, conversation_id: str, now: datetime) -> list[DeclineRow]:
    in_reach = (col(DeclineRow.created_at) > now - _DAYS) | (col(DeclineRow.conversation_id) == conversation_id)
    wanted = select(DeclineRow).where(col(DeclineRow.shopper_id) == shopper_id, in_reach)
    return list(session.exec(wanted.order_by(col(DeclineRow.id).desc())))


def _decline(row: DeclineRow) -> PastDecline:
    return PastDecline(
        conversation_id=row.conversation_id,
        turn_index=row.turn_index,
        created_at=row.created_at,
        scope=Scope(row.scope),
        product_ids=tuple(from_json(row.product_ids)),
        kinds=tuple(from_json(row.kinds)),
    )


def _active_at(session: Session, shopper_id: str, now: datetime, session_gap: timedelta) -> tuple[datetime, ...]:
    """When this shopper wrote, latest first, up to the gap before the session and one moment beyond."""
    own = select(ConversationRow.id).where(col(ConversationRow.shopper_id) == shopper_id)
    wanted = (
        select(MessageRow.created_at)
        .where(
            col(MessageRow.conversation_id).in_(own),
            col(MessageRow.direction) == "in",
            col(MessageRow.created_at) > now - _DAYS,
        )
        .order_by(col(MessageRow.id).desc())
    )
    found: list[datetime] = []
    for start in range(0, _MOMENTS, _MOMENTS_AT_ONCE):
        chunk = session.exec(wanted.offset(start).limit(_MOMENTS_AT_ONCE)).all()
        found += chunk
        if len(chunk) < _MOMENTS_AT_ONCE or any(a - b > session_gap for a, b in pairwise((now, *found))):
            break
    return tuple(found)


def _trouble_turns(session: Session, conversation_id: str) -> tuple[int, ...]:
    """The last turn in which an offer was held back on purpose."""
    wanted = select(DecisionRow.turn_index).where(
        col(DecisionRow.conversation_id) == conversation_id, col(DecisionRow.moment) == "held_back"
    )
    return tuple(session.exec(wanted.order_by(col(DecisionRow.turn_index).desc()).limit(1)))


def _bought(session: Session, shopper_id: str) -> tuple[set[str], set[str]]:
    """Product ids of the shopper's orders: kept, and sent back."""
    wanted = (
        select(OrderLineRow.product_id, OrderRow.status)
        .join(OrderRow, col(OrderRow.id) == col(OrderLineRow.order_id))
        .where(col(OrderRow.shopper_id) == shopper_id, col(OrderRow.status) != "cancelled")
        .distinct()
    )
    rows = session.exec(wanted).all()
    returned = {product_id for product_id, status in rows if status == "return_requested"}
    return {product_id for product_id, status in rows if status != "return_requested"}, returned
