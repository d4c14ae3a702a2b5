"""Promise `yours-to-delete`, the part that the database keeps: everything out, everything gone."""

import json

import pytest
from sqlmodel import SQLModel, select

import actions.store.tables as tables
from actions.store.shopper_data import ERASED_SHOPPER, ShopperData
from tests.fakes.promotions import care_plan, coupon, give, hold_plan
from tests.fakes.small_shop import Visit, config, fresh_database, load


@pytest.fixture
def visit(tmp_path) -> Visit:
    """Somebody who has left something in every table."""
    database = fresh_database(tmp_path)
    load(database, config())
    visit = Visit(database)
    visit.add("TENT")
    visit.desk.accept(visit.turn())
    hold_plan(visit.database, visit.shopper, care_plan("TENT"))
    order_token = visit.shop.checkout_token(visit.shopper, visit.now)
    visit.shop.place_order(order_token, {"name": "Ada", "address": "1 Hill Road"}, visit.now)
    visit.add("STOVE", days=2)
    visit.desk.decline(visit.turn())
    visit.add("TENT", days=2)
    offered = visit.desk.on_request(visit.turn(), "TENT").offer
    visit.desk.accept(visit.turn(), offered.id if offered else "")
    hold_plan(visit.database, visit.shopper, care_plan("TENT"))
    give(visit.database, visit.shopper, coupon(percent=5))
    visit.shop.checkout_token(visit.shopper, visit.now)
    visit.desk.stop(visit.turn())
    for message in visit.conversations.unanswered(visit.id):
        visit.conversations.store_replies(message.id, [{"text": "Very well."}], {}, visit.now)
    return visit


def _tables_that_name_a_shopper() -> set[str]:
    named = {name for name, table in SQLModel.metadata.tables.items() if "shopper_id" in table.columns}
    return named | {"shopper", "message", "order_line", "order_plan"}


def test_the_visitor_of_these_tests_has_left_something_in_every_table(visit):
    found = ShopperData(visit.database).export(visit.shopper)
    assert set(found) == _tables_that_name_a_shopper()
    assert [name for name, rows in found.items() if not rows] == []


def test_an_export_can_be_written_as_json_and_keeps_the_shops_costs_to_itself(visit):
    text = json.dumps(ShopperData(visit.database).export(visit.shopper))
    assert "1 Hill Road" in text
    assert '"cost"' not in text
    assert '"lowest"' not in text


def test_nothing_of_an_erased_shopper_is_left_in_any_table(visit):
    ShopperData(visit.database).erase(visit.shopper, visit.now)
    assert ShopperData(visit.database).export(visit.shopper) == {}
    with visit.database.read() as session:
        for table in (getattr(tables, name) for name in tables.__all__):
            for row in session.exec(select(table)):
                assert visit.shopper not in str(row.model_dump())
                assert "Hill Road" not in str(row.model_dump())


def test_orders_stay_for_the_books_without_the_person(visit):
    ShopperData(visit.database).erase(visit.shopper, visit.now)
    with visit.database.read() as session:
        order = session.exec(select(tables.OrderRow)).one()
    assert (order.shopper_id, order.details) == (ERASED_SHOPPER, "{}")


def test_the_answer_to_forget_me_can_still_be_delivered(visit):
    asking = visit.turn()
    ShopperData(visit.database).erase(visit.shopper, visit.now)
    replies = visit.conversations.store_replies(int(asking.turn_id), [{"text": "Forgotten."}], {}, visit.now)
    kept = visit.conversations.messages_after(visit.id)
    assert [message.text for message in kept] == ["", "Forgotten."]
    assert [reply.text for reply in replies] == ["Forgotten."]


def test_one_shoppers_erasure_leaves_the_others_alone(visit):
    other = Visit(visit.database)
    other.add("LAMP")
    ShopperData(visit.database).erase(visit.shopper, visit.now)
    assert other.cart() == "1 LAMP 35.00"


def test_nobody_is_known_before_they_come(visit):
    assert ShopperData(visit.database).export("s-nobody") == {}
