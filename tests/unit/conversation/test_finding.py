"""Finding, refining and comparing, against a small shop in memory."""

import pytest

from actions.conversation import comparing, finding, fitting, product_facts, refining
from actions.conversation.model import Reply
from tests.fakes.shop_world import PRODUCTS, World, product


@pytest.fixture
def world() -> World:
    return World()


def shown(reply: Reply) -> list[str]:
    return [card.product_id for message in reply.messages for card in message.cards]


def said(reply: Reply) -> str:
    return "\n".join(message.text for message in reply.messages)


def find(world: World, text: str) -> Reply:
    reply = finding.find(world.assistant, world.request(text, "find_product"))
    world.memory = reply.memory
    return reply


def refine(world: World, text: str) -> Reply:
    reply = refining.refine(world.assistant, world.request(text, "refine_search"))
    world.memory = reply.memory
    return reply


def test_a_search_shows_cards_each_with_a_button_that_adds_it(world: World) -> None:
    reply = find(world, "a tent please")
    assert shown(reply) == ["AERO-2", "PEBBLE-2", "BOREAL-2"]
    adds = [choice for choice in reply.messages[0].choices if choice.intent == "add_to_cart"]
    assert [choice.entities["product_id"] for choice in adds] == shown(reply)
    assert world.memory.shown == ("AERO-2", "PEBBLE-2", "BOREAL-2")


def test_what_was_understood_is_said(world: World) -> None:
    assert "up to £200.00" in said(find(world, "a tent under 200"))


def test_what_was_given_up_is_said(world: World) -> None:
    assert "Nothing under £20.00; the nearest is £189.00, £169.00 more." in said(find(world, "a tent under 20"))


def test_nothing_found_says_so_and_offers_a_person(world: World) -> None:
    reply = find(world, "a grand piano")
    assert shown(reply) == []
    assert [choice.intent for choice in reply.messages[0].choices] == ["talk_to_human"]


def test_something_cheaper_is_below_the_cheapest_shown(world: World) -> None:
    find(world, "a tent please")
    assert "nothing cheaper than £99.00" in said(refine(world, "something cheaper?"))


def test_cheaper_than_one_shown_tent_finds_the_cheaper_tents(world: World) -> None:
    find(world, "boreal tent")
    world.memory = world.request().remembering(shown=("BOREAL-2",), last_query="tent")
    assert shown(refine(world, "got anything cheaper")) == ["AERO-2", "PEBBLE-2"]


def test_more_leaves_out_what_was_shown(world: World) -> None:
    find(world, "tent")
    world.memory = world.request().remembering(shown=("AERO-2",))
    assert shown(refine(world, "show me more")) == ["PEBBLE-2", "BOREAL-2"]


def test_the_second_one_is_the_second_of_the_list(world: World) -> None:
    find(world, "tents")
    assert shown(refine(world, "the second one")) == ["PEBBLE-2"]
    assert world.memory.focus == "PEBBLE-2"


def test_a_colour_refines_the_last_search(world: World) -> None:
    find(world, "tents")
    assert shown(refine(world, "in red")) == ["BOREAL-2"]


def test_what_differs_is_said(world: World) -> None:
    assert "Nothing in navy, but these are green, blue and red." in said(find(world, "a navy tent"))


def test_a_typing_error_that_was_read_over_is_said(world: World) -> None:
    assert said(find(world, "a tnet")).startswith("I read “tnet” as “tent”.")


def test_the_shopper_takes_a_condition_back(world: World) -> None:
    assert shown(find(world, "a red tent under 400")) == ["BOREAL-2"]
    assert shown(refine(world, "any colour is fine")) == ["AERO-2", "PEBBLE-2", "BOREAL-2"]
    assert world.memory.last_query == "a tent under 400"


def test_another_colour_takes_the_first_ones_place(world: World) -> None:
    find(world, "a red tent")
    assert shown(refine(world, "in blue")) == ["PEBBLE-2"]
    assert "red" not in world.memory.last_query


def test_i_meant_is_searched_instead(world: World) -> None:
    find(world, "a tnet")
    assert shown(refine(world, "no, I meant a jacket")) == ["JACKET-M"]


def test_a_word_that_is_insisted_upon_is_taken_as_written(world: World) -> None:
    find(world, "a tnet")
    refine(world, "no, I meant tnet")
    assert world.memory.last_query == 'a "tnet"'


def ask(world: World, text: str, **entities: str) -> Reply:
    reply = product_facts.ask_product(world.assistant, world.request(text, "ask_product", **entities))
    world.memory = reply.memory
    return reply


def test_the_price_of_it(world: World) -> None:
    find(world, "tents")
    refine(world, "the first one")
    assert "costs £189.00" in said(ask(world, "how much is it?"))


def test_a_reduced_price_names_the_former_one(world: World) -> None:
    assert "£27.00 at the moment, down from £30.00" in said(ask(world, "how much is the wick head torch"))


def test_weight_comes_from_the_feeds_column_with_its_unit(world: World) -> None:
    assert "1900 g" in said(ask(world, "how heavy is the aero 2 tent?"))


def test_what_the_catalogue_does_not_say_is_not_made_up(world: World) -> None:
    reply = ask(world, "does the aero 2 tent glow in the dark?")
    assert "rather not guess" in said(reply)
    assert "people@testgate.example" in said(reply)


def test_sizes_name_what_is_sold_out(world: World) -> None:
    text = said(ask(world, "which sizes does the drizzle jacket come in"))
    assert "M, L" in text
    assert "Sold out: S" in text


def test_a_declared_fit_is_told_with_its_note(world: World) -> None:
    request = world.request("does the aero 2 footprint fit the aero 2 tent?", "ask_compatibility")
    reply = fitting.ask_compatibility(
        world.assistant,
        world.request(request.text, "ask_compatibility", view="FOOT-AERO-2", product="aero 2 tent"),
    )
    assert said(reply).startswith("Yes, the Aero 2 footprint fits the Aero 2 tent.")


def test_an_undeclared_fit_is_not_guessed(world: World) -> None:
    reply = fitting.ask_compatibility(
        world.assistant, world.request("does it fit", "ask_compatibility", view="AERO-2", product="wick head torch")
    )
    assert "can’t say" in said(reply)


def test_comparing_shows_what_differs_and_the_price_gap(world: World) -> None:
    find(world, "tents under 200")
    reply = comparing.compare(world.assistant, world.request("compare them", "compare_products"))
    assert "weight: 1900 g · 2900 g" in said(reply)
    assert "difference in price is £90.00" in said(reply)


def test_a_recommendation_is_good_better_best(world: World) -> None:
    find(world, "tents")
    reply = comparing.recommend(world.assistant, world.request("which one should i get", "ask_recommendation"))
    assert shown(reply) == ["PEBBLE-2", "AERO-2", "BOREAL-2"]


def test_without_tiers_price_decides() -> None:
    mugs = [product(f"MUG-{n}", f"Mug {n}", f"{n}.00") for n in (4, 2, 9, 7, 5)]
    assert [mug.id for mug in comparing.good_better_best(mugs)] == ["MUG-2", "MUG-5", "MUG-9"]


def test_a_page_that_was_opened_is_what_it_means(world: World) -> None:
    reply = product_facts.ask_product(world.assistant, world.request("what does it cost", view="BOREAL-2"))
    assert "£329.00" in said(reply)


def test_the_products_of_this_shop_have_the_ids_the_tests_use() -> None:
    assert len({one.id for one in PRODUCTS}) == len(PRODUCTS)


def test_the_description_is_quoted_where_it_answers(world: World) -> None:
    assert "The porch swallows both rucksacks." in said(ask(world, "where do rucksacks go in the aero 2 tent?"))


def test_them_are_things_of_one_kind(world: World) -> None:
    world.memory = world.request().remembering(shown=("AERO-2", "PEBBLE-2", "LAMP-NEW"))
    reply = comparing.compare(world.assistant, world.request("what is the difference between them", "compare_products"))
    assert shown(reply) == ["AERO-2", "PEBBLE-2"]
