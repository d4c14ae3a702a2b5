"""What is named and not found is not taken for what was talked about (promise `nothing-by-itself`)."""

import pytest

from actions.conversation import adding, carting
from actions.conversation.model import Memory
from actions.conversation.pointing import names_something_else
from tests.fakes.shop_world import World
from tests.unit.conversation.test_cart import play, said


@pytest.fixture
def world() -> World:
    """Somebody who has just looked at a head torch."""
    return World(memory=Memory(focus="LAMP-NEW"))


@pytest.mark.parametrize("words", ["add 1 filter coffee", "put a kettle in", "drone please", "add kettle to my cart"])
def test_a_thing_that_is_not_sold_puts_nothing_in_the_cart(world, words):
    assert "couldn’t find that" in said(play(world, adding.add, words, "add_to_cart"))
    assert world.shop.lines == {}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("add", False),
        ("add two", False),
        ("add it to my kettle collection", False),
        ("i'll take one", False),
        ("yes please add to cart", False),
        ("the torch please", False),
        ("add a wick", False),
        ("buy now", False),
        ("add the kettle", True),
        ("wick and kettle", True),
    ],
)
def test_words_that_only_point_name_nothing_else(world, words, names):
    torch = world.assistant.products(["LAMP-NEW"])
    assert names_something_else(world.assistant, words, torch) is names


@pytest.mark.parametrize("words", ["remove plan", "remove the kettle", "take out my insurance"])
def test_a_thing_that_is_not_in_the_cart_takes_nothing_out(world, words):
    world.shop.lines = {"LAMP-NEW": 1}
    assert "Which one do you mean?" in said(play(world, carting.remove, words, "remove_from_cart"))
    assert world.shop.lines == {"LAMP-NEW": 1}


@pytest.mark.parametrize("words", ["remove", "take that out please", "get rid of the torch"])
def test_the_only_thing_in_the_cart_goes_where_no_other_is_named(world, words):
    world.shop.lines = {"LAMP-NEW": 1}
    play(world, carting.remove, words, "remove_from_cart")
    assert world.shop.lines == {}


def test_a_button_names_nothing(world):
    assert not names_something_else(world.assistant, "", ())
