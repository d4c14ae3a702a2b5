"""When the desk may speak: after an answer, once, and never where the answer asks something itself."""

from dataclasses import replace

import pytest

from actions.conversation import carting, comparing, finding, ordering, people, product_facts, turns
from tests.fakes.shop_world import NOW, World
from tests.unit.conversation.test_cart import play


@pytest.fixture
def world() -> World:
    return World()


MOMENTS = [
    (product_facts.ask_product, "how much is the aero 2 tent?", ("looking", ("AERO-2",))),
    (finding.find, "footprint", ("looking", ("FOOT-AERO-2",))),
    (comparing.compare, "compare the aero 2 tent and the pebble 2 tent", ("comparing", ("AERO-2", "PEBBLE-2"))),
    (comparing.recommend, "which tent should I get", ("choosing", ("PEBBLE-2", "AERO-2", "BOREAL-2"))),
    (carting.show_cart, "show my cart", ("cart_shown", ())),
    (carting.checkout, "check out", ("checkout", ("LAMP-NEW",))),
]


@pytest.mark.parametrize(("use_case", "words", "moment"), MOMENTS, ids=[moment[0] for *_, moment in MOMENTS])
def test_each_moment_comes_once_after_its_answer(world: World, use_case: turns.UseCase, words: str, moment) -> None:
    world.shop.lines = {"LAMP-NEW": 1}
    reply = play(world, use_case, words)
    assert world.desk.moments == [moment]
    assert (reply.decision, reply.reason) == ("silent", "nothing_known")


@pytest.mark.parametrize("use_case", [people.thanks, people.goodbye, ordering.order_status])
def test_after_an_order_the_moment_is_about_what_was_ordered(world: World, use_case: turns.UseCase) -> None:
    world.shop.lines = {"LAMP-NEW": 1}
    world.shop.place_order("secret-token", {}, NOW)
    play(world, use_case, "thanks")
    assert world.desk.moments == [("after_order", ("LAMP-NEW",))]


@pytest.mark.parametrize("status", ["cancelled", "return_requested"])
def test_an_order_that_went_wrong_is_no_moment(world: World, status: str) -> None:
    world.shop.lines = {"LAMP-NEW": 1}
    order = world.shop.place_order("secret-token", {}, NOW)
    world.shop.placed[0] = replace(order, status=status)
    play(world, ordering.order_status, "where is my order", "order_status")
    assert world.desk.moments == []


def test_a_reply_that_asks_is_no_moment(world: World) -> None:
    play(world, product_facts.ask_product, "how heavy is the tent", "ask_product")
    assert world.desk.moments == []
