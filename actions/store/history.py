"""What happened to a shopper, read back for the pressure rules. Bounded: 30 days, and 500 moments at most."""

from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import BindParameter, bindparam
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
)
from actions.store.tables.times import UtcDateTime

_DAYS = timedelta(days=30)
# After so many half-lives less than a twentieth is left of a refusal.
HALF_LIVES_KEPT = 5
_MOMENTS = 500
_MOMENTS_AT_ONCE = 100

# Read at each decision: put together once.
_SHOPPER: BindParameter[str] = bindparam("shopper")
_CONVERSATION: BindParameter[str] = bindparam("conversation")
_SINCE: BindParameter[datetime] = bindparam("since", type_=UtcDateTime())
_OFFERS = (
    select(OfferRow)
    .where(
        col(OfferRow.shopper_id) == _SHOPPER,
        (col(OfferRow.created_at) > _SINCE) | (col(OfferRow.conversation_id) == _CONVERSATION),
    )
    .order_by(col(OfferRow.created_at).desc())
    .limit(_MOMENTS)
)
_DECLINES = (
    select(DeclineRow)
    .where(
        col(DeclineRow.shopper_id) == _SHOPPER,
        (col(DeclineRow.created_at) > bindparam("declined_since", type_=UtcDateTime()))
        | (col(DeclineRow.conversation_id) == _CONVERSATION),
    )
    .order_by(col(DeclineRow.id).desc())
)
_WROTE = (
    select(MessageRow.created_at)
    .where(
        col(MessageRow.conversation_id).in_(
            select(ConversationRow.id).where(col(ConversationRow.shopper_id) == _SHOPPER)
        ),
        col(MessageRow.direction) == "in",
        col(MessageRow.created_at) > _SINCE,
    )
    .order_by(col(MessageRow.id).desc())
    .limit(_MOMENTS_AT_ONCE)
    .offset(bindparam("start"))
)
_TROUBLE = (
    select(DecisionRow.turn_index)
    .where(col(DecisionRow.conversation_id) == _CONVERSATION, col(DecisionRow.moment) == "held_back")
    .order_by(col(DecisionRow.turn_index).desc())
    .limit(1)
)


def read_history(
    session: Session,
    shopper_id: str,
    conversation_id: str,
    now: datetime,
    session_gap: timedelta,
    declines_kept: timedelta,
) -> History:
    """All that the pressure rules and the gate remember. Moments of activity reach back to the first gap."""
    conversation = session.get(ConversationRow, conversation_id)
    preference = session.get(OfferPreferenceRow, shopper_id)
    reach = _reach(shopper_id, conversation_id, now)
    return History(
        offers=tuple(past_offer(row) for row in session.exec(_OFFERS, params=reach)),
        declines=tuple(
            _decline(row)
            for row in session.exec(_DECLINES, params={**reach, "declined_since": now - max(declines_kept, _DAYS)})
        ),
        active_at=_active_at(session, shopper_id, now, session_gap),
        trouble_turns=_trouble_turns(session, conversation_id),
        stopped=preference is not None and preference.stopped,
        resumed_at=preference.changed_at if preference is not None and not preference.stopped else None,
        handover=conversation is not None and conversation.handover,
    )


def _reach(shopper_id: str, conversation_id: str, now: datetime) -> dict[str, object]:
    return {"shopper": shopper_id, "conversation": conversation_id, "since": now - _DAYS}


def _decline(row: DeclineRow) -> PastDecline:
    return PastDecline(
        conversation_id=row.conversation_id,
        turn_index=row.turn_index,
        created_at=row.created_at,
        scope=Scope(row.scope),
        product_ids=tuple(from_json(row.product_ids)),
        kinds=tuple(from_json(row.kinds)),
        offer_kind=row.offer_kind,
        percent=row.percent,
    )


def _active_at(session: Session, shopper_id: str, now: datetime, session_gap: timedelta) -> tuple[datetime, ...]:
    """When this shopper wrote, latest first, up to the gap before the session and one moment beyond."""
    found: list[datetime] = []
    for start in range(0, _MOMENTS, _MOMENTS_AT_ONCE):
        params = {"shopper": shopper_id, "since": now - _DAYS, "start": start}
        chunk = session.exec(_WROTE, params=params).all()
        found += chunk
        if len(chunk) < _MOMENTS_AT_ONCE or any(a - b > session_gap for a, b in pairwise((now, *found))):
            break
    return tuple(found)


def _trouble_turns(session: Session, conversation_id: str) -> tuple[int, ...]:
    """The last turn in which an offer was held back on purpose."""
    return tuple(session.exec(_TROUBLE, params={"conversation": conversation_id}))
