"""How much is enough (promises `never-pushy`, `no-means-no`, `read-the-room`). Pure.

`pressure_of` counts what happened; `hold` says whether to stay silent. Caps count offers that nobody asked
for; asked-for suggestions pass the caps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.selling.facts import PressureState, Situation
from actions.selling.journey import asked_for
from actions.selling.model import Offer, OfferState, Scope
from catalog.domain.shop import OfferRules

DECLINES_THAT_END_A_SESSION = 2
TURNS_UNTIL_AN_OFFER_LAPSES = 3
QUIET_TURNS_AFTER_TROUBLE = 3


@dataclass(frozen=True)
class PastOffer:
    """An offer, the turn in which it was made, and at which moment and on which channel."""

    offer: Offer
    turn_index: int
    asked_for: bool
    moment: str = ""
    channel: str = ""


@dataclass(frozen=True)
class PastDecline:
    """A "no", and how far it reaches. `offer_kind` is the kind of the offer that was refused, `percent` its
    declared saving; -1 where it had none."""

    conversation_id: str
    turn_index: int
    created_at: datetime
    scope: Scope
    product_ids: tuple[str, ...]
    kinds: tuple[str, ...]
    offer_kind: str = ""
    percent: int = -1


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
    history: History, conversation_id: str, turn_index: int, now: datetime, rules: OfferRules, channel: str = ""
) -> PressureState:
    """Count what counts. The session is the shopper's, over all their conversations: a second tab gives no
    second round of offers."""
    start = session_of(history, now, rules)
    day = now - timedelta(days=1)
    unasked = [past.offer.created_at for past in history.offers if not past.asked_for]
    on_channel = [past.offer.created_at for past in history.offers if not past.asked_for and past.channel == channel]
    at_checkout = [past.offer.created_at for past in history.offers if past.moment == "checkout"]
    here = [past for past in history.offers if past.offer.conversation_id == conversation_id]
    since_resumed = [d for d in history.declines if history.resumed_at is None or d.created_at > history.resumed_at]
    declines = [decline for decline in since_resumed if decline.created_at >= start]
    in_reach = [d for d in since_resumed if d.conversation_id == conversation_id or d.created_at >= start]
    return PressureState(
        stopped=history.stopped,
        handover=history.handover,
        awaits_answer=any(_awaits(past, conversation_id, turn_index, start, now) for past in history.offers),
        offers_in_session=sum(moment >= start for moment in unasked),
        offers_in_day=sum(moment > day for moment in unasked),
        offers_in_day_here=sum(moment > day for moment in on_channel),
        offers_in_30_days=sum(moment > now - timedelta(days=30) for moment in unasked),
        offers_at_checkout=sum(moment >= start for moment in at_checkout),
        declines_in_session=len(declines),
        declined_everything=any(decline.scope is Scope.EVERYTHING for decline in in_reach),
        last_offer_turn=max((past.turn_index for past in here), default=None),
        last_decline_turn=max(
            (d.turn_index for d in history.declines if d.conversation_id == conversation_id), default=None
        ),
        last_trouble_turn=max(history.trouble_turns, default=None),
    )


def hold(situation: Situation, rules: OfferRules) -> str:
    """Why to stay silent, in one word; empty where an offer is allowed.

    Somebody who asks what goes with a thing gets an offer past the caps and past an open offer. Where even then
    no offer may be made, the question is answered with plain information.
    """
    pressure, turn = situation.pressure, situation.turn_index
    if min(rules.per_session, rules.per_day, rules.per_30_days) <= 0:
        return "offers_off"
    if pressure.stopped:
        return "stopped"
    if pressure.handover:
        return "handover"
    if situation.mood in ("upset", "hurried"):
        return situation.mood
    if _within(turn, pressure.last_trouble_turn, QUIET_TURNS_AFTER_TROUBLE):
        return "trouble"
    if pressure.declined_everything:
        return "declined_everything"
    if pressure.declines_in_session >= DECLINES_THAT_END_A_SESSION:
        return "declined_twice"
    if _within(turn, pressure.last_offer_turn, 1):
        return "consecutive_turns"
    if asked_for(situation.moment):
        return ""
    return _unwelcome(situation, rules) or _too_much(situation, rules)


def _unwelcome(situation: Situation, rules: OfferRules) -> str:
    """What holds back a follow-up: nobody asked for it, or it is late."""
    if situation.moment != "follow_up":
        return ""
    if not situation.consent:
        return "no_consent"
    return "quiet_hours" if is_quiet(situation.local_hour, rules) else ""


def is_quiet(hour: int, rules: OfferRules) -> bool:
    """Whether an hour of the shop's clock (0 to 23) lies in the quiet hours, which may go over midnight."""
    begin, end = rules.quiet_from_hour, rules.quiet_until_hour
    return begin <= hour < end if begin <= end else hour >= begin or hour < end


def _too_much(situation: Situation, rules: OfferRules) -> str:
    """What holds back an offer that nobody asked for."""
    pressure = situation.pressure
    if pressure.awaits_answer:
        return "open_offer"
    if _within(situation.turn_index, pressure.last_decline_turn, rules.silent_turns_after_decline):
        return "quiet_after_decline"
    if situation.moment == "checkout" and pressure.offers_at_checkout > 0:
        return "once_at_checkout"
    if pressure.offers_in_session >= rules.per_session:
        return "session_cap"
    if pressure.offers_in_day >= rules.per_day:
        return "day_cap"
    if pressure.offers_in_day_here >= per_day_on(situation.channel, rules):
        return "channel_cap"
    return "month_cap" if pressure.offers_in_30_days >= rules.per_30_days else ""


def per_day_on(channel: str, rules: OfferRules) -> int:
    """The cap of one channel; an unknown one has the widget's."""
    caps = {"whatsapp": rules.per_day_whatsapp, "messenger": rules.per_day_messenger}
    return caps.get(channel, rules.per_day_widget)


def session_of(history: History, now: datetime, rules: OfferRules) -> datetime:
    """When the shopper's present session began."""
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
