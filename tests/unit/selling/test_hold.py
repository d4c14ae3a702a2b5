"""`never-pushy` in figures: what counts as how much, and on which side of each limit silence begins."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.selling.facts import PressureState
from actions.selling.model import Evidence, Offer, OfferState, Scope
from actions.selling.pressure import (
    History,
    PastDecline,
    PastOffer,
    hold,
    is_quiet,
    per_day_on,
    pressure_of,
    session_of,
)
from catalog.domain.money import zero
from catalog.domain.offer_rules import OfferRules
from tests.fakes.offer_facts import NOW, gbp, situation

RULES = OfferRules(
    per_session=3, per_day=4, per_30_days=12, per_day_widget=4, per_day_whatsapp=2, per_day_messenger=1,
    silent_turns_after_decline=2,
)  # fmt: skip


def held(moment="after_add", rules=RULES, pressed=None, **told) -> str:
    return hold(situation(moment, pressure=pressed or PressureState(), **told), rules)


def past(
    conversation="c1",
    state=OfferState.EXPIRED,
    turn=1,
    asked=False,
    moment="after_add",
    channel="widget",
    runs=1440,
    **ago,
) -> PastOffer:
    at = NOW - timedelta(**ago)
    offer = Offer(
        *("o-1", conversation, "s1", "complement", state, (), gbp("1.00"), zero("GBP"), "", at),
        *(at + timedelta(minutes=runs), Evidence("orders", "TENT")),
    )
    return PastOffer(offer, turn, asked, moment, channel)


def no(conversation="c1", turn=3, scope=Scope.ITEM, **ago) -> PastDecline:
    return PastDecline(conversation, turn, NOW - timedelta(**ago), scope, ("PEGS",), ("Pegs",))


def pressed_by(*offers: PastOffer, declines=(), turn=9, channel="widget", **history) -> PressureState:
    told = History(offers, tuple(declines), **history)
    return pressure_of(told, "c1", turn, NOW, RULES, channel)


@pytest.mark.parametrize("off", ["per_session", "per_day", "per_30_days"])
def test_a_cap_of_nothing_switches_offers_off_and_of_one_does_not(off):
    assert held(rules=replace(RULES, **{off: 0})) == "offers_off"
    assert held(rules=replace(RULES, **{off: 1})) == ""
    assert held("on_request", rules=replace(RULES, **{off: 0})) == "offers_off"


@pytest.mark.parametrize(
    ("mood", "reason"), [("upset", "upset"), ("hurried", "hurried"), ("calm", ""), ("undecided", "")]
)
def test_some_moods_want_no_offers(mood, reason):
    assert held(mood=mood) == reason


@pytest.mark.parametrize(
    ("pressed", "reason"),
    [
        (PressureState(stopped=True), "stopped"),
        (PressureState(handover=True), "handover"),
        (PressureState(last_trouble_turn=6), "trouble"),
        (PressureState(last_trouble_turn=5), ""),
        (PressureState(declined_everything=True), "declined_everything"),
        (PressureState(declines_in_session=1), ""),
        (PressureState(declines_in_session=2), "declined_twice"),
        (PressureState(last_offer_turn=8), "consecutive_turns"),
        (PressureState(last_offer_turn=7), ""),
        (PressureState(awaits_answer=True), "open_offer"),
        (PressureState(last_decline_turn=7), "quiet_after_decline"),
        (PressureState(last_decline_turn=6), ""),
        (PressureState(offers_in_session=2), ""),
        (PressureState(offers_in_session=3), "session_cap"),
        (PressureState(offers_in_day=3), ""),
        (PressureState(offers_in_day=4), "day_cap"),
        (PressureState(offers_in_day_here=3), ""),
        (PressureState(offers_in_day_here=4), "channel_cap"),
        (PressureState(offers_in_30_days=11), ""),
        (PressureState(offers_in_30_days=12), "month_cap"),
        (PressureState(offers_at_checkout=9), ""),
    ],
)
def test_silence_begins_exactly_where_its_limit_lies(pressed, reason):
    assert held(pressed=pressed) == reason


def test_at_checkout_one_offer_is_all():
    assert held("checkout", pressed=PressureState(offers_at_checkout=1)) == "once_at_checkout"
    assert held("checkout") == ""


GRAVER_FIRST = (
    *("stopped", "handover", "upset", "trouble", "declined_everything", "declined_twice", "consecutive_turns"),
    *("open_offer", "quiet_after_decline", "once_at_checkout", "session_cap", "day_cap", "channel_cap", "month_cap"),
)


@pytest.mark.parametrize("place", range(len(GRAVER_FIRST)))
def test_of_several_reasons_the_gravest_is_told(place):
    everything = {
        "stopped": {"stopped": True},
        "handover": {"handover": True},
        "trouble": {"last_trouble_turn": 9},
        "declined_everything": {"declined_everything": True},
        "declined_twice": {"declines_in_session": 2},
        "consecutive_turns": {"last_offer_turn": 9},
        "open_offer": {"awaits_answer": True},
        "quiet_after_decline": {"last_decline_turn": 9},
        "once_at_checkout": {"offers_at_checkout": 1},
        "session_cap": {"offers_in_session": 9},
        "day_cap": {"offers_in_day": 9},
        "channel_cap": {"offers_in_day_here": 9},
        "month_cap": {"offers_in_30_days": 99},
    }
    left = GRAVER_FIRST[place:]
    pressed = PressureState(**{k: v for name in left for k, v in everything.get(name, {}).items()})
    assert held("checkout", pressed=pressed, mood="upset" if "upset" in left else "calm") == GRAVER_FIRST[place]


def test_each_channel_has_its_own_cap_and_an_unknown_one_the_widgets():
    assert [per_day_on(channel, RULES) for channel in ("whatsapp", "messenger", "widget", "fax")] == [2, 1, 4, 4]
    assert held(pressed=PressureState(offers_in_day_here=2), channel="whatsapp") == "channel_cap"


def test_a_follow_up_needs_consent_and_waits_for_the_morning():
    assert held("follow_up", local_hour=12) == "no_consent"
    assert held("follow_up", consent=True, local_hour=12) == ""
    assert held("follow_up", consent=True, local_hour=3) == "quiet_hours"
    assert held("follow_up", consent=True, local_hour=12, pressed=PressureState(offers_in_session=3)) == "session_cap"


def test_who_is_here_may_be_talked_to_at_any_hour():
    assert held("after_order", local_hour=3) == ""


@pytest.mark.parametrize(("hour", "quiet"), [(19, False), (20, True), (23, True), (0, True), (8, True), (9, False)])
def test_quiet_hours_go_over_midnight(hour, quiet):
    assert is_quiet(hour, OfferRules(quiet_from_hour=20, quiet_until_hour=9)) is quiet


@pytest.mark.parametrize(("hour", "quiet"), [(11, False), (12, True), (13, True), (14, False)])
def test_or_lie_within_a_day(hour, quiet):
    assert is_quiet(hour, OfferRules(quiet_from_hour=12, quiet_until_hour=14)) is quiet


@pytest.mark.parametrize("hour", [0, 11, 12, 13])
def test_the_same_hour_twice_means_none(hour):
    assert not is_quiet(hour, OfferRules(quiet_from_hour=12, quiet_until_hour=12))


def test_of_nothing_there_is_no_pressure():
    assert pressed_by() == PressureState()


def test_unasked_offers_are_counted_by_session_day_and_month():
    offers = [past(minutes=1), past(hours=5), past(hours=23), past(days=3), past(days=29), past(days=31)]
    state = pressed_by(*offers)
    assert (state.offers_in_session, state.offers_in_day, state.offers_in_30_days) == (2, 3, 5)


def test_offers_that_were_asked_for_are_not_counted():
    state = pressed_by(past(asked=True, minutes=1))
    assert (state.offers_in_session, state.offers_in_day, state.offers_in_day_here, state.offers_in_30_days) == (
        *(0, 0, 0),
        0,
    )
    assert state.last_offer_turn == 1


def test_a_day_and_a_month_end_on_the_moment():
    state = pressed_by(past(hours=24), past(days=30))
    assert (state.offers_in_day, state.offers_in_day_here, state.offers_in_30_days) == (0, 0, 1)


def test_of_a_channel_only_its_own_unasked_offers_count():
    here = past(channel="whatsapp", minutes=1)
    state = pressed_by(here, past(minutes=1), past(channel="whatsapp", asked=True, minutes=1), channel="whatsapp")
    assert (state.offers_in_day, state.offers_in_day_here) == (2, 1)
    assert pressed_by(here, channel="widget").offers_in_day_here == 0
    assert pressed_by(here, channel="whatsapp").offers_in_day_here == 1


def test_where_no_channel_is_told_those_of_no_channel_count():
    history = History((past(channel="", minutes=1),))
    assert pressure_of(history, "c1", 9, NOW, RULES).offers_in_day_here == 1


def test_at_checkout_those_of_the_session_count_asked_for_or_not():
    offers = [past(moment="checkout", minutes=1), past(moment="checkout", asked=True, minutes=2), past(minutes=3)]
    assert pressed_by(*offers, past(moment="checkout", days=2)).offers_at_checkout == 2
    assert pressed_by(past(moment="checkout", hours=6)).offers_at_checkout == 1


def test_the_last_turns_are_those_of_this_conversation():
    state = pressed_by(
        past(turn=2, minutes=9),
        past(turn=5, minutes=5),
        past("c2", turn=8, minutes=1),
        declines=[no(turn=4, minutes=4), no(turn=6, minutes=3), no("c2", turn=8, minutes=1)],
        trouble_turns=(1, 7),
    )
    assert (state.last_offer_turn, state.last_decline_turn, state.last_trouble_turn) == (5, 6, 7)


def test_refusals_of_the_session_count_in_every_conversation():
    assert pressed_by(declines=[no(minutes=1), no("c2", minutes=2), no(days=2)]).declines_in_session == 2


def test_refusals_from_before_offers_were_welcome_again_count_no_more():
    declines = [no(minutes=10), no(minutes=5, scope=Scope.EVERYTHING), no(minutes=1)]
    state = pressed_by(declines=declines, resumed_at=NOW - timedelta(minutes=5))
    assert (state.declines_in_session, state.declined_everything) == (1, False)
    assert state.last_decline_turn == 3


def test_a_no_to_everything_holds_in_its_conversation_for_ever_and_elsewhere_for_the_session():
    assert pressed_by(declines=[no(days=300, scope=Scope.EVERYTHING)]).declined_everything
    assert pressed_by(declines=[no("c2", minutes=1, scope=Scope.EVERYTHING)]).declined_everything
    assert not pressed_by(declines=[no("c2", days=1, scope=Scope.EVERYTHING)]).declined_everything
    assert not pressed_by(declines=[no(minutes=1, scope=Scope.KIND)]).declined_everything


def test_stop_and_handover_are_passed_on():
    assert pressed_by(stopped=True).stopped
    assert pressed_by(handover=True).handover


@pytest.mark.parametrize(
    ("offer", "awaits"),
    [
        (past(state=OfferState.OPEN, turn=6, minutes=5), True),
        (past(state=OfferState.OPEN, turn=5, minutes=5), False),
        (past("c2", OfferState.OPEN, 1, minutes=5), True),
        (past("c2", OfferState.OPEN, 1, days=1, runs=9999), False),
        (past(state=OfferState.OPEN, turn=9, minutes=5, runs=5), False),
        (past(state=OfferState.OPEN, turn=9, minutes=5, runs=6), True),
        (past(state=OfferState.DECLINED, turn=9, minutes=5), False),
    ],
    ids=["three turns ago", "lapsed", "elsewhere", "another session", "run out", "about to", "settled"],
)
def test_an_open_offer_awaits_its_answer_for_some_turns(offer, awaits):
    assert pressed_by(offer).awaits_answer is awaits


def test_an_offer_that_began_the_session_still_awaits():
    assert pressed_by(past("c2", OfferState.OPEN, hours=6)).awaits_answer


def test_the_session_goes_back_over_everything_that_happened():
    history = History(
        offers=(past(hours=15),),
        declines=(no(hours=10),),
        active_at=(NOW - timedelta(hours=5), NOW - timedelta(hours=22)),
    )
    assert session_of(history, NOW, RULES) == NOW - timedelta(hours=15)
    assert session_of(history, NOW, replace(RULES, session_gap_minutes=299)) == NOW


def test_what_is_dated_later_than_now_does_not_begin_a_session():
    assert session_of(History(active_at=(NOW + timedelta(hours=1),)), NOW, RULES) == NOW
