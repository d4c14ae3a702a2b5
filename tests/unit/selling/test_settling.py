"""A yes, a no, a stop and a welcome-back, against a book in memory: what is answered, and what is written."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.context import TurnContext
from actions.selling.deal import deal_hash
from actions.selling.model import Answer, Evidence, Offer, OfferState, QuoteLine, Scope
from actions.selling.pressure import PastDecline, PastOffer
from actions.selling.settling import accept, decline, resume, stop
from actions.shop.model import Cart, CartLine
from catalog.domain.money import zero
from catalog.domain.product import Product
from tests.fakes.offer_book import MemoryBook
from tests.fakes.offer_facts import NOW, gbp

NOTHING = zero("GBP")
TURN = TurnContext("c1", "s1", "widget", "en", NOW, "t9", 9)
SHOP = {
    i: Product(i, i, gbp("12.00"), product_type=kind)
    for i, kind in [("TENT", "Camping > Tents"), ("PEGS", "Camping > Pegs"), ("CORD", "Cords"), ("ODD", "")]
}
TENT_LINE = CartLine("TENT", "TENT", 1, gbp("200.00"), NOTHING)
MONTHLY, YEARLY = (QuoteLine("TENT", 1, gbp(p), NOTHING, True, e) for p, e in [("2.50", "month"), ("25.00", "year")])


def offer(*ids: str, lines: tuple[QuoteLine, ...] = (), **values) -> Offer:
    """An open offer of the pegs, or of other things, made to a cart with the tent in it."""
    lines = lines or tuple(QuoteLine(i, 1, gbp("12.00"), NOTHING) for i in ids or ("PEGS",))
    known = {"id": "o-1", "conversation_id": "c1", "shopper_id": "s1", "kind": "complement", "replaces": "", **values}
    held = Cart("s1", "GBP", (TENT_LINE,))
    return Offer(
        state=known.pop("state", OfferState.OPEN),
        lines=lines,
        price=gbp("12.00"),
        saving=known.pop("saving", NOTHING),
        cart_hash=deal_hash(lines, held, SHOP, known["replaces"]),
        created_at=NOW - timedelta(minutes=5),
        expires_at=known.pop("expires_at", NOW + timedelta(days=1)),
        evidence=Evidence("orders", "TENT"),
        **known,
    )


def book(*made: Offer, turn: int = 8, **values) -> MemoryBook:
    return MemoryBook(shop=dict(SHOP), offers=[PastOffer(one, turn, False) for one in made or [offer()]],
                      in_cart=(TENT_LINE,), **values)  # fmt: skip


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
    assert stop(held, TURN).offer is None
    assert held.settled == [("o-1", OfferState.DECLINED, NOW)]


def test_welcome_again_changes_nothing_else():
    held = book()
    assert resume(held, TURN) == Answer("resumed", None, held.cart("s1", NOW))
    assert (held.stopped, held.settled, held.declines) == ([("s1", False, NOW)], [], [])
