"""Sessions and what counts, as pure functions of what happened."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.selling.facts import PressureState, Situation, Versions
from actions.selling.model import Scope
from actions.selling.pressure import History, PastDecline, hold, pressure_of, session_start
from actions.selling.remembering import memory_of
from catalog.domain.shop import OfferRules

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
RULES = OfferRules()


def _ago(**before: float) -> datetime:
    return NOW - timedelta(**before)


def test_a_session_goes_back_to_the_last_gap():
    active = [_ago(hours=30), _ago(hours=11), _ago(hours=5), _ago(minutes=1)]
    assert session_start(active, NOW, gap_minutes=360) == _ago(hours=11)


def test_the_first_moment_of_all_begins_a_session():
    assert session_start([], NOW, 360) == NOW


def test_a_gap_of_exactly_the_limit_is_still_one_session():
    assert session_start([_ago(hours=6)], NOW, 360) == _ago(hours=6)


def _decline(conversation: str, scope: Scope = Scope.ITEM, **before: float) -> PastDecline:
    return PastDecline(conversation, 3, _ago(**before), scope, ("PEGS",), ("Pegs",))


def test_a_decline_of_this_conversation_never_fades():
    here = History(declines=(_decline("here", days=3000),))
    assert memory_of(here, "here", NOW, RULES).declined == ("PEGS",)


def test_only_a_no_to_the_kind_covers_the_kind():
    item = History(declines=(_decline("here"),))
    kind = History(declines=(_decline("here", Scope.KIND),))
    assert memory_of(item, "here", NOW, RULES).declined_kinds == ()
    assert memory_of(kind, "here", NOW, RULES).declined_kinds == ("Pegs",)


def test_a_decline_before_offers_were_welcome_again_ends_no_session():
    history = History(declines=(_decline("here", minutes=9), _decline("here", minutes=8)), resumed_at=_ago(minutes=5))
    assert pressure_of(history, "here", 9, NOW, RULES).declines_in_session == 0
    assert memory_of(history, "here", NOW, RULES).declined == ("PEGS",)


def _situation(pressure: PressureState, moment: str = "after_add") -> Situation:
    return Situation(moment, "c", "s", "widget", "en", "t", 9, "calm", NOW, "GBP", Versions("1", "1", "1"), pressure)


def test_the_gravest_reason_is_the_one_that_is_told():
    pressed = PressureState(stopped=True, awaits_answer=True, offers_in_session=9)
    assert hold(_situation(pressed), RULES) == "stopped"


def test_nothing_speaks_against_a_first_offer():
    assert hold(_situation(PressureState()), RULES) == ""


def test_somebody_who_asks_passes_every_cap():
    pressed = PressureState(awaits_answer=True, offers_in_session=9, offers_in_day=9, offers_in_30_days=99)
    assert hold(_situation(pressed, "on_request"), RULES) == ""
    assert hold(_situation(pressed, "after_add"), RULES) == "open_offer"


@pytest.mark.parametrize(
    ("pressed", "reason"),
    [
        (PressureState(stopped=True), "stopped"),
        (PressureState(declines_in_session=2), "declined_twice"),
        (PressureState(last_offer_turn=9), "consecutive_turns"),
    ],
)
def test_a_question_is_no_way_around_a_no(pressed, reason):
    assert hold(_situation(pressed, "on_request"), RULES) == reason
