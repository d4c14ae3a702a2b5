"""The cart by conversation: nothing enters it without an explicit yes to that very thing."""

from datetime import date

import pytest

from actions.conversation import accepting, adding, carting, finding, offering, refining, turns
from actions.conversation.model import Reply
from actions.conversation.quantities import quantity_in, read_quantity
from actions.shop.model import CartPlan, CartSaving
from tests.fakes.shop_world import World, gbp


@pytest.fixture
def world() -> World:
    return World()


def play(world: World, use_case: turns.UseCase, text: str = "", intent: str = "", **values: str) -> Reply:
    """One turn; `values` are entities."""
    reply = turns.take_turn(world.assistant, world.request(text, intent, **values), use_case)
    world.memory = reply.memory
    return reply


def said(reply: Reply) -> str:
    return "\n".join(message.text for message in reply.messages)


def test_a_named_product_goes_into_the_cart_with_its_quantity(world: World) -> None:
    reply = play(world, adding.add, "add two wick head torches", "add_to_cart")
    assert world.shop.lines == {"LAMP-NEW": 2}
    assert "£54.00" in said(reply)


def test_the_number_in_a_name_is_no_quantity(world: World) -> None:
    play(world, adding.add, "put the aero 2 tent in my cart", "add_to_cart")
    assert world.shop.lines == {"AERO-2": 1}


def test_the_distance_to_free_delivery_is_told(world: World) -> None:
    assert "Another £11.00 and delivery is free" in said(play(world, adding.add, "add the aero 2 tent"))


def test_an_unclear_name_is_asked_about_and_adds_nothing(world: World) -> None:
    reply = play(world, adding.add, "add a tent", "add_to_cart")
    assert world.shop.lines == {}
    assert len([choice for choice in reply.messages[0].choices if choice.intent == "add_to_cart"]) > 1


def test_a_yes_to_a_list_is_no_yes_to_a_thing(world: World) -> None:
    play(world, adding.add, "add a tent", "add_to_cart")
    play(world, accepting.affirm, "yes", "affirm")
    assert world.shop.lines == {}


def test_an_open_size_is_asked_with_the_sizes_in_stock(world: World) -> None:
    reply = play(world, adding.add, "add the drizzle jacket", "add_to_cart")
    assert world.shop.lines == {}
    assert "Which size" in said(reply)
    assert [choice.entities["product_id"] for choice in reply.messages[0].choices] == ["JACKET-M", "JACKET-L"]


def test_the_size_that_is_answered_is_added(world: World) -> None:
    play(world, adding.add, "two of the drizzle jacket please", "add_to_cart")
    play(world, refining.refine, "large", "refine_search")
    assert world.shop.lines == {"JACKET-L": 2}


def test_a_size_said_at_once_is_not_asked_again(world: World) -> None:
    play(world, adding.add, "add the drizzle jacket in medium", "add_to_cart")
    assert world.shop.lines == {"JACKET-M": 1}


def test_a_sold_out_size_is_told_with_those_in_stock(world: World) -> None:
    reply = play(world, adding.add, "add the drizzle jacket in small", "add_to_cart")
    assert world.shop.lines == {}
    assert "sold out" in said(reply)
    assert len(reply.messages[0].cards) == 2


def test_a_sold_out_product_is_told_with_an_alternative(world: World) -> None:
    reply = play(world, adding.add, "add the glimmer head torch", "add_to_cart")
    assert world.shop.lines == {}
    assert [card.product_id for card in reply.messages[0].cards] == ["LAMP-NEW"]


def test_the_second_one_is_added_from_the_list(world: World) -> None:
    play(world, finding.find, "tents", "find_product")
    play(world, adding.add, "i'll take the second one", "add_to_cart")
    assert world.shop.lines == {"PEBBLE-2": 1}


def test_the_same_words_twice_add_once(world: World) -> None:
    play(world, adding.add, "add the wick head torch", "add_to_cart")
    request = world.request("add the wick head torch", "add_to_cart", repeats=1)
    reply = turns.take_turn(world.assistant, request, adding.add)
    assert world.shop.lines == {"LAMP-NEW": 1}
    world.memory = reply.memory
    play(world, accepting.affirm, "yes", "affirm")
    assert world.shop.lines == {"LAMP-NEW": 2}


def test_quantities_are_changed_by_name_and_by_more(world: World) -> None:
    play(world, adding.add, "add the wick head torch", "add_to_cart")
    play(world, carting.change_quantity, "make it three", "change_quantity")
    assert world.shop.lines == {"LAMP-NEW": 3}
    play(world, carting.change_quantity, "one more wick head torch", "change_quantity")
    assert world.shop.lines == {"LAMP-NEW": 4}


def test_one_of_two_lines_is_removed_by_name(world: World) -> None:
    world.shop.lines = {"LAMP-NEW": 1, "PEBBLE-2": 1}
    play(world, carting.remove, "take out the wick head torch", "remove_from_cart")
    assert world.shop.lines == {"PEBBLE-2": 1}


def test_when_several_lines_may_be_meant_it_asks(world: World) -> None:
    world.shop.lines = {"LAMP-NEW": 1, "PEBBLE-2": 1}
    reply = play(world, carting.remove, "take it out", "remove_from_cart")
    assert len(world.shop.lines) == 2
    assert len(reply.messages[0].choices) == 2


def test_the_cart_is_emptied_only_after_a_yes(world: World) -> None:
    world.shop.lines = {"LAMP-NEW": 2}
    play(world, carting.ask_empty, "empty my cart", "empty_cart")
    assert world.shop.lines
    play(world, accepting.affirm, "yes", "affirm")
    assert world.shop.lines == {}


def test_a_yes_three_turns_later_empties_nothing(world: World) -> None:
    world.shop.lines = {"LAMP-NEW": 2}
    play(world, carting.ask_empty, "empty my cart", "empty_cart")
    play(world, finding.find, "tents", "find_product")
    play(world, accepting.affirm, "yes", "affirm")
    assert world.shop.lines == {"LAMP-NEW": 2}


def test_no_to_emptying_keeps_the_cart(world: World) -> None:
    world.shop.lines = {"LAMP-NEW": 2}
    play(world, carting.ask_empty, "empty my cart", "empty_cart")
    play(world, offering.deny, "no", "deny")
    assert world.shop.lines == {"LAMP-NEW": 2}


def test_checkout_is_a_link_and_orders_nothing(world: World) -> None:
    world.shop.lines = {"LAMP-NEW": 2}
    reply = play(world, carting.checkout, "check out please", "checkout")
    assert [choice.url for choice in reply.messages[-1].choices] == ["/checkout/secret-token"]
    assert world.shop.placed == []


def test_an_empty_cart_has_nothing_to_check_out(world: World) -> None:
    assert "empty" in said(play(world, carting.checkout, "checkout"))


@pytest.mark.parametrize(
    ("text", "name", "quantity"),
    [
        ("add 3 of these", "Wick", 3),
        ("three of the wick", "Wick", 3),
        ("add the aero 2", "Aero 2 tent", None),
        ("two aero 2 tents", "Aero 2 tent", 2),
        ("a 2 person tent", "Pebble", None),
        ("size 7 please", "Boots", None),
        ("x4", "Wick", 4),
        ("a dozen candles", "Candle", 12),
        ("the 2.5 litre one", "Bottle", None),
        ("something under 80", "", None),
        ("99999999 of them", "Wick", None),
    ],
)
def test_quantities_in_sentences(text: str, name: str, quantity: int | None) -> None:
    assert quantity_in(text, name) == quantity


@pytest.mark.parametrize(("text", "quantity"), [("3", 3), ("x2", 2), ("two", 2), ("lots", None), ("1000", 99)])
def test_a_quantity_by_itself(text: str, quantity: int | None) -> None:
    assert read_quantity(text) == quantity


def test_two_things_in_one_sentence_are_both_added_with_one_offer_at_the_end(world: World) -> None:
    reply = play(world, adding.add, "add the wick head torch and the aero 2 tent", "add_to_cart")
    assert world.shop.lines == {"LAMP-NEW": 1, "AERO-2": 1}
    assert [bool(message.offer_id) for message in reply.messages] == [False, False, True]


def test_of_two_things_the_unclear_one_is_asked_about_and_nothing_is_offered(world: World) -> None:
    reply = play(world, adding.add, "add the drizzle jacket and the aero 2 tent", "add_to_cart")
    assert world.shop.lines == {"AERO-2": 1}
    assert "Which size" in said(reply)
    assert not any(message.offer_id for message in reply.messages)
    play(world, refining.refine, "medium please", "refine_search")
    assert world.shop.lines == {"AERO-2": 1, "JACKET-M": 1}


def test_the_number_of_a_name_is_no_quantity_even_as_an_entity(world: World) -> None:
    play(world, adding.add, "I want to buy the Pebble 2 tent", "add_to_cart", quantity="2")
    assert world.shop.lines == {"PEBBLE-2": 1}


def test_a_card_has_its_colour_decided_and_the_search_its_size(world: World) -> None:
    play(world, finding.find, "drizzle jacket in large", "find_product")
    play(world, adding.add, "add it", "add_to_cart")
    assert world.shop.lines == {"JACKET-L": 1}


def test_i_take_it_is_a_yes_to_the_thing_talked_about(world: World) -> None:
    play(world, finding.find, "tents", "find_product")
    play(world, refining.refine, "the second one", "refine_search")
    play(world, accepting.affirm, "ok i take it", "affirm")
    assert world.shop.lines == {"PEBBLE-2": 1}


def test_i_get_it_buys_nothing(world: World) -> None:
    play(world, finding.find, "tents", "find_product")
    play(world, refining.refine, "the second one", "refine_search")
    play(world, accepting.affirm, "ok i get it", "affirm")
    assert world.shop.lines == {}


def test_taking_two_out_leaves_the_rest(world: World) -> None:
    world.shop.lines = {"LAMP-NEW": 5}
    play(world, carting.change_quantity, "actually remove two", "change_quantity")
    assert world.shop.lines == {"LAMP-NEW": 3}


def _promoted(world: World) -> World:
    """A cart with a set and a coupon in it, and a plan beside it."""
    world.shop.lines = {"AERO-2": 1, "FOOT-AERO-2": 1}
    world.shop.discounts = {"AERO-2": gbp("18.90"), "FOOT-AERO-2": gbp("2.90")}
    world.shop.savings = (
        CartSaving("set:FIRST", "First night out for two", gbp("21.80")),
        CartSaving("coupon:c-1", "", gbp("4.50"), date(2026, 12, 24)),
    )
    world.shop.plans = (CartPlan("AERO-2", "Tent care plan", "month", gbp("2.50")),)
    return world


def test_the_cart_names_its_sets_and_its_coupon(world: World) -> None:
    text = said(play(_promoted(world), carting.show_cart, "show my cart"))
    assert "1 × Aero 2 tent (green): £170.10 (£18.90 off)" in text
    assert "First night out for two: £21.80 off." in text
    assert "Thank-you coupon: £4.50 off, until 24 December." in text
    assert "in the bundle" not in text


@pytest.mark.parametrize(
    ("every", "sentence"),
    [
        ("month", "£2.50 a month, from delivery; you can stop at the end of any month."),
        ("year", "£2.50 a year, from delivery; you can stop at the end of any year."),
        ("days:30", "£2.50 each time, every 30 days from delivery on; you can stop after any delivery."),
    ],
)
def test_a_plan_says_what_each_time_costs_and_how_it_ends(world: World, every: str, sentence: str) -> None:
    _promoted(world).shop.plans = (CartPlan("AERO-2", "Tent care plan", every, gbp("2.50")),)
    lines = said(play(world, carting.show_cart, "show my cart")).splitlines()
    assert f"Tent care plan for the Aero 2 tent (green): {sentence}" in lines
    assert "Total: £196.20" in lines


def test_a_set_that_ended_is_told_in_words(world: World) -> None:
    world.shop.lines = {"AERO-2": 1}
    world.shop.notes = ("set_ended", "coupon_ended", "saving_changed")
    text = said(play(world, carting.show_cart, "show my cart"))
    assert "The price of a set in your cart has ended." in text
    assert "The thank-you coupon no longer applies to your cart." in text
    assert "What you save in your cart has changed." in text


def test_what_completes_a_set_says_so_when_it_is_added(world: World) -> None:
    _promoted(world).shop.sources = {"FOOT-AERO-2": "set:FIRST"}
    assert "First night out for two: £21.80 off." in said(play(world, adding.add, "add an aero 2 footprint"))
    assert "First night out" not in said(play(world, adding.add, "add a wick head torch"))
