"""`never-pushy`: one open offer, never in consecutive turns, caps per session, day and 30 days."""

import pytest

from actions.selling.model import OfferState
from actions.store.offer_book import SqlOfferBooks
from catalog.domain.shop import OfferRules
from tests.fakes.small_shop import TableGoods, Visit, config, load

# Ten things that each go with one other thing, so that only the caps can silence the desk.
PLENTY = TableGoods("\n".join(f"{anchor} {offered} 0.5 30 300 3.0" for anchor, offered in [
    ("TENT", "PEGS"), ("TENT", "SHEET"), ("TENT", "LAMP"), ("TENT", "GAS"),
    ("TENT", "STOVE"), ("STOVE", "GAS"), ("STOVE", "LAMP"), ("STOVE", "PEGS-ALU"),
]))  # fmt: skip


def test_while_an_offer_is_open_there_is_no_other(visit):
    visit.add("TENT")
    visit.chat(1)
    assert visit.add("STOVE").reason == "open_offer"


def test_an_offer_that_was_passed_over_makes_room_and_is_closed(visit):
    first = visit.add("TENT").offer
    visit.chat(4)
    second = visit.add("STOVE").offer
    assert visit.desk.open_offer(visit.id) == second
    assert visit.desk.why(visit.turn(), first.id).offer.state is OfferState.EXPIRED


def test_never_offers_in_two_consecutive_turns(visit):
    visit.add("TENT")
    visit.shop.set_quantity(visit.shopper, "TENT", 0, visit.now)
    assert visit.desk.accept(visit.turn()).outcome == "stale"
    visit.turns -= 1  # the answer above belongs to the same turn as the add below
    turn = visit.turn()
    visit.shop.add(visit.shopper, "STOVE", 1, turn.now)
    assert visit.desk.after_add(turn, "STOVE").reason == "consecutive_turns"


def test_quiet_for_some_turns_after_a_decline(visit):
    visit.add("TENT")
    visit.desk.decline(visit.turn())
    assert visit.add("STOVE").reason == "quiet_after_decline"
    visit.chat(2)
    assert visit.add("LAMP").action == "pitch"


@pytest.mark.parametrize(
    ("rules", "hours_between", "reason"),
    [
        (OfferRules(per_session=2, per_day=9, per_30_days=9), 1, "session_cap"),
        (OfferRules(per_session=9, per_day=2, per_30_days=9), 7, "day_cap"),
        (OfferRules(per_session=9, per_day=9, per_30_days=2), 48, "month_cap"),
    ],
)
def test_each_cap_holds_and_says_which_it_was(database, rules, hours_between, reason):
    load(database, config(offers=rules))
    visit = Visit(database, PLENTY)
    decisions = []
    for product_id in ("TENT", "STOVE", "TENT"):
        decisions.append(visit.add(product_id, hours=hours_between))
        visit.chat(4)
    assert [(d.action, d.reason) for d in decisions] == [
        ("pitch", "fits_cart"), ("pitch", "fits_cart"), ("silent", reason),
    ]  # fmt: skip


@pytest.mark.parametrize("off", [{"per_session": 0}, {"per_day": 0}, {"per_30_days": 0}])
def test_a_cap_of_nothing_switches_offers_off(database, off):
    load(database, config(offers=OfferRules(**off)))
    assert Visit(database).add("TENT").reason == "offers_off"


def test_caps_count_a_shopper_over_all_their_conversations(database):
    load(database, config(offers=OfferRules(per_session=1)))
    visit = Visit(database)
    visit.add("TENT")
    other = Visit(database, shopper=visit.shopper, channel="whatsapp", start=visit.now)
    other.desk.accept(other.turn())
    other.chat(4)
    visit.desk.accept(visit.turn())
    assert other.add("STOVE").reason == "session_cap"


def test_a_new_session_begins_after_a_gap(database):
    load(database, config(offers=OfferRules(per_session=1)))
    visit = Visit(database)
    visit.add("TENT")
    visit.chat(4)
    assert visit.add("STOVE").reason == "session_cap"
    visit.chat(1, hours=7)
    assert visit.add("STOVE").action == "pitch"


def test_asked_for_suggestions_do_not_count_against_the_caps(database):
    load(database, config(offers=OfferRules(per_session=1)))
    visit = Visit(database)
    visit.desk.on_request(visit.turn(), "STOVE")
    visit.chat(4)
    assert visit.add("TENT").action == "pitch"


def test_what_was_not_chosen_of_three_is_not_offered_again_unasked(visit):
    choice = visit.desk.opportunity(visit.turn(), "choosing", ["LAMP", "PEGS", "SHEET"]).offer
    visit.desk.accept(visit.turn(), choice.id, "LAMP")
    visit.chat(4)
    decision = visit.add("TENT")
    refused = SqlOfferBooks(visit.database).ledger_rows(decision.id)[0].record
    assert '"product_ids":["PEGS"],"chance":0.9,"value":0.0,"refused":"offered_before"' in refused
