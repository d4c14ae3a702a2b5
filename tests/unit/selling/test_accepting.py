"""A yes, against a book in memory: what is taken, what is not, and what is answered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.selling.model import Answer, OfferState, Scope
from actions.selling.settling import accept, decline
from actions.shop.model import Cart, CartLine
from tests.fakes.offer_book import MONTHLY, NOTHING, TENT_LINE, TURN, YEARLY, MemoryBook, book, offer
from tests.fakes.offer_facts import NOW, gbp


def test_a_yes_takes_the_open_offer():
    held = book()
    answer = accept(held, TURN, "")
    taken = replace(offer(), state=OfferState.ACCEPTED)
    assert answer == Answer("accepted", taken, held.cart("s1", NOW))
    assert answer.cart.product_ids == ("TENT", "PEGS")
    assert held.fulfilled == [(offer(), NOW)]


@pytest.mark.parametrize(("made_in", "outcome"), [(6, "accepted"), (5, "no_offer")])
def test_a_bare_yes_takes_only_an_offer_of_the_last_three_turns(made_in, outcome):
    held = book(turn=made_in)
    assert accept(held, TURN, "").outcome == outcome
    assert accept(book(turn=made_in), TURN, "o-1").outcome == "accepted"


def test_without_an_offer_there_is_nothing_to_take():
    held = MemoryBook(in_cart=(TENT_LINE,))
    assert accept(held, TURN, "") == Answer("no_offer", None, Cart("s1", "GBP", (TENT_LINE,)))
    assert accept(held, TURN, "o-9").outcome == "no_offer"


def test_a_bare_yes_means_the_one_that_is_still_open():
    held = book(offer(id="o-0"), offer("CORD", state=OfferState.DECLINED))
    assert accept(held, TURN, "").offer.id == "o-0"
    assert held.cart("s1", NOW).product_ids == ("TENT", "PEGS")


def test_somebody_elses_offer_cannot_be_taken_nor_declined():
    theirs = offer(shopper_id="s2")
    assert accept(book(theirs), TURN, "o-1").outcome == "no_offer"
    assert decline(book(theirs), TURN, "o-1", Scope.ITEM).outcome == "no_offer"


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (OfferState.ACCEPTED, "already_accepted"),
        (OfferState.DECLINED, "declined"),
        (OfferState.EXPIRED, "expired"),
        (OfferState.STALE, "stale"),
    ],
)
def test_what_is_settled_is_not_taken_again(state, outcome):
    held = book(offer(state=state))
    assert accept(held, TURN, "o-1") == Answer(outcome, offer(state=state), held.cart("s1", NOW))
    assert held.fulfilled == []


def test_what_ran_out_is_closed_and_said_to_have():
    held = book(offer(expires_at=NOW))
    answer = accept(held, TURN, "")
    assert answer == Answer("expired", offer(expires_at=NOW, state=OfferState.EXPIRED), held.cart("s1", NOW))
    assert held.settled == [("o-1", OfferState.EXPIRED, NOW)]
    assert accept(book(offer(expires_at=NOW + timedelta(seconds=1))), TURN, "").outcome == "accepted"


def test_where_the_cart_no_longer_carries_the_deal_it_is_stale():
    held = book()
    held.in_cart = (*held.in_cart, CartLine("PEGS", "PEGS", 1, gbp("12.00"), NOTHING))
    answer = accept(held, TURN, "")
    assert answer == Answer("stale", offer(state=OfferState.STALE), held.cart("s1", NOW))
    assert held.settled == [("o-1", OfferState.STALE, NOW)]


def test_an_upgrade_is_stale_once_the_other_is_in_the_cart():
    better = offer(replaces="CORD", kind="upgrade")
    assert accept(book(better), TURN, "").outcome == "accepted"
    held = book(better)
    held.in_cart = (*held.in_cart, CartLine("CORD", "CORD", 1, gbp("12.00"), NOTHING))
    assert accept(held, TURN, "").outcome == "stale"


def test_what_the_cart_refuses_is_stale():
    held = book(refuses=True)
    assert accept(held, TURN, "") == Answer("stale", offer(state=OfferState.STALE), held.cart("s1", NOW))


@pytest.mark.parametrize(
    ("state", "outcome"), [(OfferState.ACCEPTED, "already_accepted"), (OfferState.DECLINED, "declined")]
)
def test_who_was_faster_elsewhere_is_believed(state, outcome):
    held = book(meanwhile=state)
    assert accept(held, TURN, "") == Answer(outcome, offer(state=state), held.cart("s1", NOW))
    assert held.settled == []


def test_an_offer_that_vanished_meanwhile_is_stale():
    held = book(meanwhile=OfferState.OPEN)
    assert accept(held, TURN, "").outcome == "stale"
    gone = book()
    gone.take = lambda *_: gone.offers.clear()
    assert accept(gone, TURN, "") == Answer("stale", offer(), gone.cart("s1", NOW))


def test_of_alternatives_the_chosen_one_is_taken():
    plans = offer(lines=(MONTHLY, YEARLY), kind="service_plan", choose_one=True)
    held = book(plans)
    answer = accept(held, TURN, "", "year")
    assert (answer.outcome, answer.offer.lines, answer.offer.price) == ("accepted", (YEARLY,), gbp("25.00"))
    assert held.fulfilled[0][0].lines == (YEARLY,)


@pytest.mark.parametrize("named", ["", "weekly"])
def test_and_where_none_is_named_it_is_asked_which(named):
    plans = offer(lines=(MONTHLY, YEARLY), kind="service_plan", choose_one=True)
    held = book(plans)
    assert accept(held, TURN, "", named) == Answer("which_one", plans, held.cart("s1", NOW))
    assert held.offer("o-1").offer.state is OfferState.OPEN


def test_where_nothing_is_to_be_chosen_a_name_does_not_matter():
    assert accept(book(), TURN, "", "whatever").outcome == "accepted"
