"""`on-the-record`: every decision, silence included, can be rebuilt from its ledger row, byte by byte."""

import json

from sqlmodel import select

from actions.selling.ledger import ledger_report
from actions.store.offer_book import SqlOfferBooks
from actions.store.tables import DecisionRow


def _busy(visit) -> None:
    visit.add("TENT")
    visit.desk.decline(visit.turn())
    visit.add("STOVE")
    visit.desk.hold_back(visit.turn(), "complaint")
    visit.desk.on_request(visit.turn(), "LAMP")


def test_every_decision_is_written_and_decides_the_same_again(visit, database):
    _busy(visit)
    checked = ledger_report(SqlOfferBooks(database), visit.id)
    assert [row.row.reason for row in checked] == ["fits_cart", "quiet_after_decline", "complaint", "trouble"]
    assert all(row.untouched and row.rebuilt for row in checked)


def test_a_record_says_what_was_considered_refused_and_how_the_price_came_about(visit, database):
    visit.shop.add(visit.shopper, "SHEET", 1, visit.now)
    visit.add("TENT")
    record = ledger_report(SqlOfferBooks(database), visit.id)[0].record
    choice, inputs = record["choice"], record["inputs"]
    assert [(v["product_ids"], v["refused"]) for v in choice["verdicts"]] == [
        (["PEGS"], ""), (["LAMP"], "weaker_fit"), (["GAS"], "weaker_fit"), (["SHEET"], "in_cart"),
    ]  # fmt: skip
    assert (choice["chosen"], choice["propensity"]) == (["PEGS"], 1.0)
    assert choice["price"]["saving"] == {"minor": 570, "currency": "GBP"}
    assert set(inputs["situation"]["versions"]) == {"policy", "shop", "catalogue"}
    assert inputs["rules"]["offers"]["per_session"] == 3


def test_silence_under_a_cap_still_tells_what_would_have_been_offered(visit, database):
    visit.mood = "upset"
    visit.add("TENT")
    choice = ledger_report(SqlOfferBooks(database), visit.id)[0].record["choice"]
    assert (choice["action"], choice["chosen"]) == ("silent", [])
    assert choice["verdicts"][0]["product_ids"] == ["PEGS"]


def test_a_row_is_found_by_decision_offer_and_conversation(visit, database):
    decision = visit.add("TENT")
    books = SqlOfferBooks(database)
    assert books.ledger_rows(decision.id) == books.ledger_rows(decision.offer.id) == books.ledger_rows(visit.id)
    assert books.ledger_rows("nothing-of-the-kind") == []


def test_a_row_that_was_tampered_with_is_found_out(visit, database):
    decision = visit.add("TENT")
    with database.write() as session:
        row = session.exec(select(DecisionRow)).one()
        record = json.loads(row.record)
        record["choice"]["chosen"] = ["DEAR"]
        row.record = json.dumps(record, separators=(",", ":"))
        session.add(row)
    checked = ledger_report(SqlOfferBooks(database), decision.id)[0]
    assert (checked.untouched, checked.rebuilt) == (False, False)


def test_the_same_turn_told_twice_is_one_decision(visit, database):
    turn = visit.turn()
    visit.shop.add(visit.shopper, "TENT", 1, turn.now)
    assert visit.desk.after_add(turn, "TENT") == visit.desk.after_add(turn, "TENT")
    assert len(SqlOfferBooks(database).ledger_rows(visit.id)) == 1


def test_why_never_tells_the_shops_costs(visit):
    visit.add("TENT")
    assert not {"cost", "floor", "lowest"} & set(visit.desk.why(visit.turn()).details)
