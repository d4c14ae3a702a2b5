"""A no, a stop and a welcome-back, against a book in memory: what is answered, and what is remembered."""

from datetime import timedelta

import pytest

from actions.selling.model import Answer, OfferState, Scope
from actions.selling.pressure import PastDecline
from actions.selling.settling import decline, resume, stop
from actions.shop.model import Cart
from tests.fakes.offer_book import MONTHLY, TURN, YEARLY, MemoryBook, book, offer
from tests.fakes.offer_facts import NOW, gbp


def test_a_no_settles_and_is_remembered():
    held = book(offer("PEGS", "CORD", "ODD"))
    answer = decline(held, TURN, "", Scope.KIND)
    assert answer == Answer(
        "declined", offer("PEGS", "CORD", "ODD", state=OfferState.DECLINED), held.cart("s1", NOW), session_ended=False
    )
    assert held.settled == [("o-1", OfferState.DECLINED, NOW)]
    no = PastDecline("c1", 9, NOW, Scope.KIND, ("PEGS", "CORD", "ODD"), ("Cords", "Pegs"), "", -1)
    assert held.declines == [("s1", "o-1", no)]


@pytest.mark.parametrize("state", [OfferState.EXPIRED, OfferState.STALE])
def test_a_no_is_heard_whatever_became_of_the_offer(state):
    assert decline(book(offer(state=state)), TURN, "o-1", Scope.ITEM).outcome == "declined"


@pytest.mark.parametrize(
    ("state", "outcome"), [(OfferState.DECLINED, "declined"), (OfferState.ACCEPTED, "already_accepted")]
)
def test_but_not_twice_and_not_after_a_yes(state, outcome):
    held = book(offer(state=state))
    assert decline(held, TURN, "o-1", Scope.ITEM) == Answer(outcome, offer(state=state), held.cart("s1", NOW))
    assert (held.declines, held.settled) == ([], [])


def test_without_an_offer_only_a_no_to_everything_is_remembered():
    held = MemoryBook()
    assert decline(held, TURN, "", Scope.ITEM) == Answer("no_offer", None, Cart("s1", "GBP"))
    assert held.declines == []
    assert decline(held, TURN, "", Scope.EVERYTHING) == Answer("declined", None, Cart("s1", "GBP"))
    assert held.declines == [("s1", "", PastDecline("c1", 9, NOW, Scope.EVERYTHING, (), (), "", -1))]


def test_a_no_to_a_plan_is_no_no_to_its_product():
    held = book(offer(lines=(MONTHLY, YEARLY), kind="service_plan"))
    decline(held, TURN, "", Scope.ITEM)
    assert held.declines[0][2] == PastDecline("c1", 9, NOW, Scope.ITEM, (), (), "service_plan", -1)


@pytest.mark.parametrize(
    ("kind", "remembered"),
    [
        ("coupon", "coupon"),
        ("free_shipping", "free_shipping"),
        ("subscription", "subscription"),
        ("complement", ""),
        ("bundle", ""),
        ("an old kind", ""),
    ],
)
def test_one_no_is_a_no_to_all_of_some_kinds(kind, remembered):
    held = book(offer(kind=kind))
    decline(held, TURN, "", Scope.ITEM)
    assert held.declines[0][2].offer_kind == remembered


@pytest.mark.parametrize(
    ("saving", "percent", "remembered"),
    [("5.70", 10, 10), ("0.00", 10, 10), ("5.70", 0, 0), ("0.00", 0, -1)],
)
def test_the_refused_saving_is_remembered_where_there_was_one(saving, percent, remembered):
    held = book(offer(saving=gbp(saving), percent=percent))
    decline(held, TURN, "", Scope.ITEM)
    assert held.declines[0][2].percent == remembered


def earlier_no(**ago) -> tuple[str, str, PastDecline]:
    return ("s1", "o-0", PastDecline("c1", 3, NOW - timedelta(**ago), Scope.ITEM, ("CORD",), ()))


def test_the_second_no_ends_offers_for_the_session_and_only_the_second():
    def ended(*before) -> bool:
        return decline(book(declines=list(before)), TURN, "", Scope.ITEM).session_ended

    assert not ended()
    assert ended(earlier_no(minutes=9))
    assert not ended(earlier_no(minutes=9), earlier_no(minutes=7))
    assert not ended(earlier_no(days=9))


def test_other_peoples_refusals_do_not_count():
    theirs = ("s2", *earlier_no(minutes=9)[1:])
    assert not decline(book(declines=[theirs]), TURN, "", Scope.ITEM).session_ended


def test_refusals_before_offers_were_welcome_again_do_not_count():
    held = book(declines=[earlier_no(minutes=9)], resumed_at=NOW - timedelta(minutes=8))
    assert not decline(held, TURN, "", Scope.ITEM).session_ended


def test_only_where_it_matters_the_history_is_asked_for_and_then_this_shoppers():
    first, second = book(), book(declines=[earlier_no(minutes=9)])
    decline(first, TURN, "", Scope.ITEM)
    decline(second, TURN, "", Scope.ITEM)
    assert (first.asked, second.asked) == ([], [("s1", "c1", NOW)])


def test_stop_withdraws_what_is_open_and_counts_it_as_declined():
    held = book(offer(id="o-0", state=OfferState.EXPIRED), offer())
    answer = stop(held, TURN)
    assert answer == Answer("stopped", offer(state=OfferState.DECLINED), held.cart("s1", NOW))
    assert held.declines == [("s1", "o-1", PastDecline("c1", 9, NOW, Scope.ITEM, ("PEGS",), ("Pegs",), "", -1))]
    assert held.settled == [("o-1", OfferState.DECLINED, NOW)]
    assert held.stopped == [("s1", True, NOW)]


def test_where_nothing_is_open_stop_only_stops():
    held = book(offer(state=OfferState.EXPIRED))
    assert stop(held, TURN) == Answer("stopped", None, held.cart("s1", NOW))
    assert (held.declines, held.stopped) == ([], [("s1", True, NOW)])


def test_stop_closes_what_is_open_in_another_conversation_too():
    held = book(offer(conversation_id="another tab"))
    assert stop(held, TURN).offer is not None
    assert held.declines == [("s1", "o-1", PastDecline("c1", 9, NOW, Scope.ITEM, ("PEGS",), ("Pegs",), "", -1))]
    assert held.settled == [("o-1", OfferState.DECLINED, NOW)]


def test_welcome_again_changes_nothing_else():
    held = book()
    assert resume(held, TURN) == Answer("resumed", None, held.cart("s1", NOW))
    assert (held.stopped, held.settled, held.declines) == ([("s1", False, NOW)], [], [])


@pytest.mark.parametrize(("kind", "remembered"), [("bundle", "bundle"), ("upgrade", "upgrade"), ("complement", "")])
def test_no_more_of_these_reaches_the_kind_of_offer_but_of_complements_the_things(kind, remembered):
    held = book(offer(kind=kind))
    decline(held, TURN, "", Scope.KIND)
    assert held.declines[0][2].offer_kind == remembered


def test_a_no_that_goes_further_is_remembered_though_the_offer_was_refused_before():
    held = book(offer(kind="bundle", state=OfferState.DECLINED))
    assert decline(held, TURN, "o-1", Scope.KIND).outcome == "declined"
    no = PastDecline("c1", 9, NOW, Scope.KIND, ("PEGS",), ("Pegs",), "bundle", -1)
    assert held.declines == [("s1", "o-1", no)]
    assert held.settled == []


def test_a_no_that_goes_further_takes_back_no_yes():
    held = book(offer(state=OfferState.ACCEPTED))
    assert decline(held, TURN, "o-1", Scope.EVERYTHING).outcome == "already_accepted"
    assert held.declines == []


def test_stop_asks_for_this_shoppers_offers_at_the_turns_moment():
    held = book(offer())
    stop(held, TURN)
    assert held.asked[0] == ("s1", "c1", NOW)
