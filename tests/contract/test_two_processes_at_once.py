"""Two real processes on one database file: what may happen once happens once."""

import multiprocessing
from dataclasses import replace
from datetime import datetime

import pytest

from actions.context import TurnContext
from actions.selling.counter import CounterDesk
from actions.shop.sql_shop import SqlShop
from actions.store import coupons
from actions.store.conversations import Conversations
from actions.store.database import open_database
from actions.store.offer_book import SqlOfferBooks
from tests.fakes.promotions import coupon, give
from tests.fakes.small_shop import TableGoods, Visit, config, fresh_database, load

PROCESSES = 4


def _accept(url: str, turn: TurnContext, offer_id: str, gate) -> str:
    database = open_database(url)
    desk = CounterDesk(SqlOfferBooks(database), TableGoods())
    gate.wait(30)
    return desk.accept(turn, offer_id).outcome


def _decide(url: str, turn: TurnContext, offer_id: str, gate) -> str:
    database = open_database(url)
    desk = CounterDesk(SqlOfferBooks(database), TableGoods())
    gate.wait(30)
    return desk.after_add(turn, "TENT").action


def _order(url: str, token: str, now: datetime, gate) -> str:
    shop = SqlShop(open_database(url))
    gate.wait(30)
    return shop.place_order(token, {}, now).number


def _use(url: str, coupon_id: str, number: str, now: datetime, gate) -> str:
    database = open_database(url)
    gate.wait(30)
    with database.write() as session:
        return str(coupons.use(session, coupon_id, number, now))


def _receive(url: str, conversation_id: str, now: datetime, gate) -> str:
    conversations = Conversations(open_database(url))
    gate.wait(30)
    return str(conversations.store_inbound(conversation_id, "m-same", "hello", None, now).is_new)


def _at_once(work, *arguments: list[tuple]) -> list[str]:
    """Run `work` once per argument tuple, each in its own process, all let go at the same moment."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(len(arguments)) as pool:
        gate = manager.Barrier(len(arguments))
        return pool.starmap(work, [(*one, gate) for one in arguments])


@pytest.fixture
def visit(tmp_path) -> Visit:
    database = fresh_database(tmp_path)
    load(database, config())
    return Visit(database)


def _url(visit: Visit) -> str:
    return visit.database.engine.url.render_as_string(hide_password=False)


def test_an_offer_accepted_from_many_processes_at_once_is_charged_once(visit):
    offer = visit.add("TENT").offer
    turn = visit.turn()
    outcomes = _at_once(_accept, *[(_url(visit), turn, offer.id)] * PROCESSES)
    assert sorted(outcomes) == ["accepted"] + ["already_accepted"] * (PROCESSES - 1)
    assert visit.cart() == "1 TENT 194.62, 1 PEGS 11.68"


def test_opportunities_at_the_same_moment_make_one_open_offer(visit):
    visit.shop.add(visit.shopper, "TENT", 1, visit.now)
    turn = visit.turn()
    turns = [replace(turn, turn_id=f"t{n}") for n in range(PROCESSES)]
    actions = _at_once(_decide, *[(_url(visit), one, "") for one in turns])
    assert sorted(actions) == ["pitch"] + ["silent"] * (PROCESSES - 1)


def test_a_cart_ordered_from_many_processes_at_once_is_one_order(visit):
    visit.shop.add(visit.shopper, "TENT", 1, visit.now)
    token = visit.shop.checkout_token(visit.shopper, visit.now)
    numbers = _at_once(_order, *[(_url(visit), token, visit.now)] * PROCESSES)
    assert len(set(numbers)) == 1
    assert len(visit.shop.orders(visit.shopper)) == 1


def test_a_coupon_used_from_many_processes_at_once_is_used_once(visit):
    give(visit.database, visit.shopper, coupon())
    numbers = [f"TO-{n}" for n in range(PROCESSES)]
    used = _at_once(_use, *[(_url(visit), "c-1", number, visit.now) for number in numbers])
    assert sorted(used) == ["False"] * (PROCESSES - 1) + ["True"]
    with visit.database.read() as session:
        (kept,) = coupons.coupons_of(session, visit.shopper)
    assert (kept.state, kept.order_number) == ("used", numbers[used.index("True")])


def test_a_message_delivered_many_times_at_once_is_stored_once(visit):
    new = _at_once(_receive, *[(_url(visit), visit.id, visit.now)] * PROCESSES)
    assert sorted(new) == ["False"] * (PROCESSES - 1) + ["True"]
