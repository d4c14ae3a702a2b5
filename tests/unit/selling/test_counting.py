"""`never-pushy` in figures: which offers and refusals count, where, and for how long."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.selling.facts import PressureState
from actions.selling.model import Evidence, Offer, OfferState, Scope
from actions.selling.pressure import History, PastDecline, PastOffer, pressure_of, session_of
from catalog.domain.money import zero
from catalog.domain.offer_rules import OfferRules
from tests.fakes.offer_facts import NOW, gbp

RULES = OfferRules()


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
