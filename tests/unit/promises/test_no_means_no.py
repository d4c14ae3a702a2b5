"""`no-means-no`: a decline holds in its scope, a second one ends the session, "stop" holds everywhere."""

import pytest

from actions.selling.model import Scope
from catalog.domain.offer_rules import BundleRules
from tests.fakes.small_shop import TableGoods, Visit, config, load

QUIET = 3


def _offered(decision) -> tuple[str, ...]:
    return decision.offer.product_ids if decision.offer else ()


def test_what_was_declined_is_not_offered_again_in_the_conversation(visit):
    assert _offered(visit.add("TENT")) == ("PEGS",)
    visit.desk.decline(visit.turn())
    visit.shop.empty(visit.shopper, visit.now)
    visit.chat(QUIET, days=3)
    assert _offered(visit.add("TENT")) == ("SHEET",)


def test_neither_is_anything_that_looks_like_it(database):
    goods = TableGoods("TENT PEGS 0.9 41 312 6.2\nTENT PEGS-ALU 0.8 40 312 6.0\nTENT LAMP 0.1 9 312 2.0")
    visit = Visit(database, goods)
    visit.add("TENT")
    visit.desk.decline(visit.turn())
    visit.chat(QUIET, days=1)
    assert _offered(visit.add("TENT")) == ("LAMP",)


def test_a_no_to_the_kind_covers_the_kind(database):
    visit = Visit(database, TableGoods("TENT PEGS 0.9 41 312 6.2\nTENT PEGS-ALU 0.8 40 312 6.0", alike=set()))
    visit.add("TENT")
    visit.desk.decline(visit.turn(), scope=Scope.KIND)
    visit.chat(QUIET, days=1)
    assert visit.add("TENT").reason == "nothing_fits"


def test_a_no_to_everything_ends_offers_for_the_conversation(visit):
    visit.add("TENT")
    visit.desk.decline(visit.turn(), scope=Scope.EVERYTHING)
    visit.chat(QUIET, days=2)
    assert visit.add("STOVE").reason == "declined_everything"


def test_a_no_to_everything_needs_no_offer_to_be_heard(visit):
    assert visit.desk.decline(visit.turn(), scope=Scope.EVERYTHING).outcome == "declined"
    visit.chat(QUIET)
    assert visit.add("TENT").reason == "declined_everything"


def test_second_no_ends_offers_for_the_session(visit):
    visit.add("TENT")
    assert not visit.desk.decline(visit.turn()).session_ended
    visit.chat(QUIET)
    visit.add("STOVE")
    assert visit.desk.decline(visit.turn()).session_ended
    visit.chat(QUIET)
    assert visit.add("LAMP").reason == "declined_twice"


def test_the_same_no_said_twice_counts_once(visit):
    offer = visit.add("TENT").offer
    visit.desk.decline(visit.turn(), offer.id)
    assert not visit.desk.decline(visit.turn(), offer.id).session_ended
    visit.chat(QUIET)
    assert visit.add("STOVE").action == "pitch"


def test_a_second_tab_is_no_second_chance(visit, database):
    visit.add("TENT")
    visit.desk.decline(visit.turn())
    other_tab = Visit(database, shopper=visit.shopper, start=visit.now)
    assert _offered(other_tab.add("TENT")) != ("PEGS",)


@pytest.mark.parametrize("channel", ["widget", "whatsapp", "messenger"])
def test_stop_holds_on_every_channel_until_they_ask_again(visit, database, channel):
    visit.desk.stop(visit.turn())
    later = Visit(database, shopper=visit.shopper, channel=channel, start=visit.now)
    later.now = visit.turn(days=300).now
    assert later.add("TENT").reason == "stopped"
    later.desk.resume(later.turn())
    assert later.add("STOVE").action == "pitch"


def test_stop_withdraws_the_open_offer(visit):
    offer = visit.add("TENT").offer
    visit.desk.stop(visit.turn())
    assert visit.desk.open_offer(visit.id) is None
    assert visit.desk.accept(visit.turn(), offer.id).outcome == "declined"
    assert visit.cart() == "1 TENT 200.00"


def test_welcoming_offers_again_does_not_bring_back_what_was_declined(visit):
    visit.add("TENT")
    visit.desk.stop(visit.turn())
    visit.desk.resume(visit.turn())
    visit.chat(QUIET)
    assert "PEGS" not in _offered(visit.add("TENT"))


def test_somebody_who_asks_after_stop_gets_information_and_no_offer(visit):
    visit.desk.stop(visit.turn())
    decision = visit.desk.on_request(visit.turn(), "TENT")
    assert (decision.action, decision.reason, decision.offer) == ("silent", "stopped", None)
    assert decision.fitting[0] == "PEGS"
    visit.chat(QUIET)
    assert visit.add("STOVE").reason == "stopped"


def test_no_more_bundles_ends_every_saving_but_not_every_suggestion(visit):
    assert visit.add("TENT").offer.kind == "bundle"
    visit.desk.decline(visit.turn(), scope=Scope.KIND)
    visit.chat(3)
    decision = visit.desk.on_request(visit.turn(), "TENT")
    assert decision.reason == "nothing_fits"
    load(visit.database, config(bundles=BundleRules()))
    offer = visit.desk.on_request(visit.turn(), "TENT").offer
    assert (offer.kind, offer.product_ids) == ("complement", ("SHEET",))


def test_a_no_that_goes_further_reaches_further(visit):
    offer = visit.add("TENT").offer
    visit.desk.decline(visit.turn(), offer.id)
    visit.desk.decline(visit.turn(), offer.id, Scope.EVERYTHING)
    visit.chat(QUIET)
    assert visit.desk.on_request(visit.turn(), "TENT").reason == "declined_everything"


def test_stop_in_another_tab_refuses_the_offer_of_the_first_one_too(visit):
    visit.add("TENT")
    other = Visit(visit.database, shopper=visit.shopper, start=visit.now)
    other.desk.stop(other.turn())
    other.desk.resume(other.turn())
    visit.now = other.now
    visit.chat(QUIET)
    assert _offered(visit.desk.on_request(visit.turn(), "TENT")) == ("SHEET",)
