"""How much is enough (promises `never-pushy`, `no-means-no`, `read-the-room`). Pure.

`pressure_of` counts what happened; `hold` says whether to stay silent. Caps count offers that nobody asked
for; asked-for suggestions pass the caps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.selling.facts import Memory, PressureState, Situation
from actions.selling.model import Offer, OfferState, Scope
from catalog.domain.shop import OfferRules

DECLINES_THAT_END_A_SESSION = 2
TURNS_UNTIL_AN_OFFER_LAPSES = 3
QUIET_TURNS_AFTER_TROUBLE = 3


@dataclass(frozen=True)
class PastOffer:
    """An offer, and the turn in which it was made."""

    offer: Offer
    turn_index: int
    asked_for: bool


@dataclass(frozen=True)
class PastDecline:
    """A "no", and how far it reaches."""

    conversation_id: str
    turn_index: int
    created_at: datetime
    scope: Scope
    product_ids: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class History:
    """What happened to a shopper: offers of the last 30 days, all declines of this conversation and the recent
    ones of others, when they were active (any order), turns of this conversation with trouble in them."""

    offers: tuple[PastOffer, ...] = ()
    declines: tuple[PastDecline, ...] = ()
    active_at: tuple[datetime, ...] = ()
    trouble_turns: tuple[int, ...] = ()
    stopped: bool = False
    # When they last said that offers are welcome again; refusals before that end no session any more.
    resumed_at: datetime | None = None
    handover: bool = False
    owned: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()


def session_start(active_at: Iterable[datetime], now: datetime, gap_minutes: int) -> datetime:
    """When the present session began: going back from `now`, the last moment before a gap."""
    start = now
    for moment in sorted(active_at, reverse=True):
        if start - moment > timedelta(minutes=gap_minutes):
            break
        start = min(start, moment)
    return start


def pressure_of(
    history: History, conversation_id: str, turn_index: int, now: datetime, rules: OfferRules
) -> PressureState:
    """Count what counts. The session is the shopper's, over all their conversations: a second tab gives no
    second round of offers."""
    start = _session(history, now, rules)
    unasked = [past.offer.created_at for past in history.offers if not past.asked_for]
    here = [past for past in history.offers if past.offer.conversation_id == conversation_id]
    since_resumed = [d for d in history.declines if history.resumed_at is None or d.created_at > history.resumed_at]
    declines = [decline for decline in since_resumed if decline.created_at >= start]
    in_reach = [d for d in since_resumed if d.conversation_id == conversation_id or d.created_at >= start]
    return PressureState(
        stopped=history.stopped,
        handover=history.handover,
        awaits_answer=any(_awaits(past, conversation_id, turn_index, start, now) for past in history.offers),
        offers_in_session=sum(moment >= start for moment in unasked),
        offers_in_day=sum(moment > now - timedelta(days=1) for moment in unasked),
        offers_in_30_days=sum(moment > now - timedelta(days=30) for moment in unasked),
        declines_in_session=len(declines),
        declined_everything=any(decline.scope is Scope.EVERYTHING for decline in in_reach),
        last_offer_turn=max((past.turn_index for past in here), default=None),
        last_decline_turn=max(
            (d.turn_index for d in history.declines if d.conversation_id == conversation_id), default=None
        ),
        last_trouble_turn=max(history.trouble_turns, default=None),
    )


def memory_of(history: History, conversation_id: str, now: datetime, rules: OfferRules) -> Memory:
    """What the gate must remember: declines of this conversation, however old, and of this session."""
    start = _session(history, now, rules)
    declines = [d for d in history.declines if d.conversation_id == conversation_id or d.created_at >= start]
    kinds = (kind for decline in declines if decline.scope is Scope.KIND for kind in decline.kinds)
    offered = (
        product_id
        for past in history.offers
        if past.offer.conversation_id == conversation_id or past.offer.created_at >= start
        for product_id in past.offer.product_ids
    )
    return Memory(
        declined=_sorted(product_id for decline in declines for product_id in decline.product_ids),
        declined_kinds=_sorted(kinds),
        offered=_sorted(offered),
        owned=_sorted(history.owned),
        returned=_sorted(history.returned),
    )


def hold(situation: Situation, rules: OfferRules) -> str:
    """Why to stay silent, in one word; empty where an offer is allowed.

    Somebody who asks what goes with a thing gets an offer past the caps and past an open offer. Where even then
    no offer may be made, the question is answered with plain information.
    """
    pressure = situation.pressure
    checks = (
        ("offers_off", min(rules.per_session, rules.per_day, rules.per_30_days) <= 0),
        ("stopped", pressure.stopped),
        ("handover", pressure.handover),
        (situation.mood, situation.mood in ("upset", "hurried")),
        ("trouble", _within(situation.turn_index, pressure.last_trouble_turn, QUIET_TURNS_AFTER_TROUBLE)),
        ("declined_everything", pressure.declined_everything),
        ("declined_twice", pressure.declines_in_session >= DECLINES_THAT_END_A_SESSION),
        ("consecutive_turns", _within(situation.turn_index, pressure.last_offer_turn, 1)),
    )
    held = next((reason for reason, holds in checks if holds), "")
    if held or situation.moment == "on_request":
        return held
    return _too_much(situation, rules)


def _too_much(situation: Situation, rules: OfferRules) -> str:
    """What holds back an offer that nobody asked for."""
    pressure = situation.pressure
    checks = (
        ("open_offer", pressure.awaits_answer),
        (
            "quiet_after_decline",
            _within(situation.turn_index, pressure.last_decline_turn, rules.silent_turns_after_decline),
        ),
        ("session_cap", pressure.offers_in_session >= rules.per_session),
        ("day_cap", pressure.offers_in_day >= rules.per_day),
        ("month_cap", pressure.offers_in_30_days >= rules.per_30_days),
    )
    return next((reason for reason, holds in checks if holds), "")


def _session(history: History, now: datetime, rules: OfferRules) -> datetime:
    moments = [*history.active_at, *(past.offer.created_at for past in history.offers)]
    moments += [decline.created_at for decline in history.declines]
    return session_start(moments, now, rules.session_gap_minutes)


def _awaits(past: PastOffer, conversation_id: str, turn_index: int, start: datetime, now: datetime) -> bool:
    """Whether an offer still waits for its answer: passed over for some turns, it has lapsed."""
    offer = past.offer
    if offer.state is not OfferState.OPEN or offer.expires_at <= now or offer.created_at < start:
        return False
    elsewhere = offer.conversation_id != conversation_id
    return elsewhere or turn_index - past.turn_index <= TURNS_UNTIL_AN_OFFER_LAPSES


def _within(turn_index: int, earlier: int | None, turns: int) -> bool:
    return earlier is not None and turn_index - earlier <= turns


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
