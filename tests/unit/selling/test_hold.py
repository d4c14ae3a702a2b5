"""`never-pushy` in figures: on which side of each limit silence begins."""

from dataclasses import replace

import pytest

from actions.selling.facts import PressureState
from actions.selling.pressure import hold, is_quiet, per_day_on
from catalog.domain.offer_rules import OfferRules
from tests.fakes.offer_facts import situation

RULES = OfferRules(
    per_session=3, per_day=4, per_30_days=12, per_day_widget=4, per_day_whatsapp=2, per_day_messenger=1,
    silent_turns_after_decline=2,
)  # fmt: skip


def held(moment="after_add", rules=RULES, pressed=None, **told) -> str:
    return hold(situation(moment, pressure=pressed or PressureState(), **told), rules)


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
