"""What every book of offers promises: the same story gives the same decisions, offers, answers and carts.

Played against the SQL book and the one in memory, side by side. This is what makes the simulation's word worth
something: what holds in memory holds in the real store.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.context import TurnContext
from actions.selling.counter import CounterDesk
from actions.selling.model import Scope
from actions.shop.model import CartRefused
from actions.simulation.memory_shop import MemoryShop
from actions.simulation.running import SimulatedShop, play_on
from actions.simulation.shelf import on_sale, repriced, sold_out
from actions.simulation.stages import MemoryStage, SqlStage, Stage
from tests.fakes.simulated_shop import rich_shop
from tests.fakes.small_shop import fresh_database

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
SHOPPER = "s-ann"
IDS = ("TENT", "TENT-RED", "STOVE", "LAMP", "SHEET", "GAS", "PEGS", "PEGS-ALU")
MOMENTS = ("looking", "comparing", "choosing", "cart_shown", "follow_up")
events = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(IDS)),
    st.tuples(st.just("add"), st.sampled_from(IDS)),
    st.tuples(st.just("moment"), st.sampled_from(MOMENTS)),
    st.tuples(st.just("ask"), st.sampled_from(IDS)),
    st.tuples(st.just("decline"), st.sampled_from(list(Scope))),
    st.tuples(st.just("accept"), st.sampled_from(["", "month", "year", *IDS])),
    st.tuples(st.just("remove"), st.sampled_from(IDS)),
    st.tuples(st.just("wait"), st.sampled_from([0.2, 1, 8, 26, 24 * 20, 24 * 45])),
    st.tuples(st.just("merchant"), st.tuples(st.sampled_from(IDS), st.sampled_from(["rise", "fall", "sale", "gone"]))),
    st.tuples(
        st.sampled_from(
            ["checkout", "order", "cancel", "return", "stop", "resume", "complain", "why", "other", "late"]
        ),
        st.none(),
    ),
)


@dataclass
class Story:
    """One shopper at one stage, in two conversations. Every step gives what was seen of it."""

    stage: Stage
    shop: SimulatedShop
    now: datetime = NOW
    turns: dict[str, int] = field(default_factory=dict)
    chat: str = "c-1"
    made: list[str] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk = CounterDesk(self.stage.books, self.shop.goods)
        for chat, channel in (("c-1", "widget"), ("c-2", "whatsapp")):
            self.stage.open(SHOPPER, chat, channel, NOW)

    def step(self, what: str, detail: Any) -> list[Any]:
        self.now += timedelta(seconds=30)
        self.turns[self.chat] = self.turns.get(self.chat, 0) + 1
        index = self.turns[self.chat]
        channel = "widget" if self.chat == "c-1" else "whatsapp"
        turn_id = f"{self.chat}-{index}"
        turn = TurnContext(self.chat, SHOPPER, channel, "en", self.now, turn_id, index, consent=True)
        self.stage.hear(turn)
        try:
            seen = getattr(self, f"_{what}")(turn, detail)
        except CartRefused as refused:
            seen = (refused.reason, refused.product_id)
        offer = getattr(seen, "offer", None)
        if offer is not None and offer.id not in self.made:
            self.made.append(offer.id)
        return [what, seen, self.stage.shop.cart(SHOPPER, self.now), self.desk.open_offer(self.chat)]

    def _add(self, turn, product_id):
        self.stage.shop.add(SHOPPER, product_id, 1, self.now)
        return self.desk.after_add(turn, product_id)

    def _moment(self, turn, moment):
        return self.desk.opportunity(turn, moment, ("PEGS", "PEGS-ALU"))

    def _ask(self, turn, product_id):
        return self.desk.on_request(turn, product_id)

    def _decline(self, turn, scope):
        return self.desk.decline(turn, scope=scope)

    def _accept(self, turn, chosen):
        return self.desk.accept(turn, chosen=chosen)

    def _late(self, turn, _):
        """The button of the first offer that was ever made."""
        return self.desk.accept(turn, self.made[0]) if self.made else None

    def _remove(self, turn, product_id):
        return self.stage.shop.set_quantity(SHOPPER, product_id, 0, self.now)

    def _wait(self, turn, hours):
        self.now += timedelta(hours=hours)

    def _merchant(self, turn, change):
        product_id, what = change
        product = self.stage.shelf.product(product_id)
        made = {"rise": repriced(product, 115), "fall": repriced(product, 80), "sale": on_sale(product, 20)}
        self.stage.change(made.get(what) or sold_out(product), self.now)

    def _checkout(self, turn, _):
        return self.desk.opportunity(turn, "checkout", self.stage.shop.cart(SHOPPER, self.now).product_ids)

    def _order(self, turn, _):
        token = self.stage.shop.checkout_token(SHOPPER, self.now)
        order = self.stage.shop.place_order(token, {"name": "Ann"}, self.now)
        self.orders.append(order.number)
        ids = tuple(line.product_id for line in order.lines)
        return order, self.stage.shop.orders(SHOPPER), self.desk.opportunity(turn, "after_order", ids)

    def _cancel(self, turn, _):
        return self.stage.shop.cancel(self.orders[-1], SHOPPER, self.now) if self.orders else None

    def _return(self, turn, _):
        return self.stage.shop.request_return(self.orders[-1], SHOPPER, self.now) if self.orders else None

    def _stop(self, turn, _):
        return self.desk.stop(turn)

    def _resume(self, turn, _):
        return self.desk.resume(turn)

    def _complain(self, turn, _):
        return self.desk.hold_back(turn, "complaint")

    def _why(self, turn, _):
        return self.desk.why(turn)

    def _other(self, turn, _):
        self.chat = "c-2" if self.chat == "c-1" else "c-1"


@contextmanager
def both(shop: SimulatedShop) -> Iterator[tuple[Stage, Stage]]:
    """The same shop on both stages."""
    with tempfile.TemporaryDirectory() as folder, closing(fresh_database(Path(folder))) as database:
        yield MemoryStage(shop.shelf()), SqlStage(shop.shelf(), shop.documents, database, NOW)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events, min_size=8, max_size=30))
def test_any_story_comes_to_the_same_in_memory_and_in_sql(script):
    shop = rich_shop()
    with both(shop) as (memory, sql):
        in_memory, in_sql = Story(memory, shop), Story(sql, shop)
        for number, (what, detail) in enumerate(script):
            assert in_memory.step(what, detail) == in_sql.step(what, detail), f"step {number}: {what} {detail}"


@pytest.mark.parametrize("number", [*range(10), 17, 35])
def test_a_simulated_shopper_sees_the_same_in_memory_and_in_sql(number):
    shop = rich_shop()
    with both(shop) as (memory, sql):
        played = [play_on(shop, stage, number, 5) for stage in (memory, sql)]
    in_memory, in_sql = ([replace(seen, version="") for seen in one.turns] for one in played)
    assert in_memory == in_sql
    assert not played[1].violations


def test_the_stories_do_hear_offers():
    """The comparison above would pass where nothing is ever offered; here much is."""
    shop = rich_shop()
    with both(shop) as (_, sql):
        script = [("add", "TENT"), ("accept", ""), ("wait", 8), ("add", "STOVE"), ("accept", ""), ("order", None)]
        story = Story(sql, shop)
        for what, detail in script:
            story.step(what, detail)
    assert len(story.made) >= 2


def test_a_transaction_that_fails_leaves_nothing_behind():
    shop = rich_shop()
    with both(shop) as stages:
        for stage in stages:
            with pytest.raises(RuntimeError):
                _stop_and_fail(stage)
            with stage.books.reading(NOW) as book:
                assert not book.history(SHOPPER, "c-1", NOW).stopped


def _stop_and_fail(stage: Stage) -> None:
    with stage.books.transaction(SHOPPER, NOW) as book:
        book.set_stopped(SHOPPER, True, NOW)
        raise RuntimeError


def test_a_cart_in_memory_is_refused_what_a_cart_in_sql_is():
    stage = MemoryStage(rich_shop().shelf())
    assert isinstance(stage.shop, MemoryShop)
    with pytest.raises(CartRefused, match="unknown_checkout"):
        stage.shop.place_order("guess", {}, NOW)
    with pytest.raises(CartRefused, match="bad_quantity"):
        stage.shop.add(SHOPPER, "PEGS", 100, NOW)
