"""What is said and shown of a product is what it costs in this turn, beside a former price that is true."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.conversation import carting, finding, product_facts, reductions
from actions.conversation.assistant import Assistant
from actions.conversation.model import Reply
from actions.conversation.turns import UseCase
from catalog.domain.offer_rules import TaxRules
from catalog.domain.product import Product
from tests.fakes.shop_world import NOW, PRODUCTS, FakeCatalogue, World, gbp

DAY = timedelta(days=1)


def world_of(*changed: Product) -> World:
    """The small shop with other products in the place of those of the same id."""
    by_id = {product.id: product for product in changed}
    return World(FakeCatalogue([by_id.get(product.id, product) for product in PRODUCTS]))


def aero(**values: object) -> Product:
    return replace(PRODUCTS[0], **values)


SOON = aero(sale_price=gbp("149.00"), sale_from=NOW + DAY, sale_until=NOW + 2 * DAY)


def ask(world: World, use_case: UseCase, text: str, days: float = 0) -> Reply:
    """One question so many days on, by the assistant of that turn."""
    request = world.request(text)
    request = replace(request, turn=replace(request.turn, now=NOW + days * DAY))
    assistant: Assistant = replace(world.assistant, timed=True).at(request.turn.now)
    return use_case(assistant, request)


@pytest.mark.parametrize(
    ("days", "price", "before"),
    [(0, "189.00", None), (1, "149.00", "189.00"), (1.9, "149.00", "189.00"), (2, "189.00", None)],
)
def test_a_card_shows_the_price_of_the_turn(days: float, price: str, before: str | None) -> None:
    card = ask(world_of(SOON), finding.find, "aero tents", days).messages[0].cards[0]
    assert (str(card.price), card.compare_at and str(card.compare_at)) == (price, before)


def test_a_price_is_told_as_it_is_in_the_turn() -> None:
    during = ask(world_of(SOON), product_facts.ask_product, "how much is the aero 2 tent", 1).messages[0].text
    assert "£149.00 at the moment, down from £189.00" in during
    after = ask(world_of(SOON), product_facts.ask_product, "how much is the aero 2 tent", 2).messages[0].text
    assert "costs £189.00." in after


def test_only_what_is_below_its_former_price_counts_as_on_sale() -> None:
    none_but = [replace(product, sale_price=None) for product in PRODUCTS]
    risen = aero(sale_price=gbp("149.00"), lowest_before=gbp("140.00"))
    world = world_of(*none_but[1:], risen)
    assert "on sale" not in ask(world, reductions.discount, "any discount?").messages[0].text
    world = world_of(*none_but[1:], aero(sale_price=gbp("149.00"), lowest_before=gbp("160.00")))
    reply = ask(world, reductions.discount, "any discount?")
    assert "One product is on sale" in reply.messages[0].text
    assert [str(card.compare_at) for card in reply.messages[0].cards] == ["160.00"]


def test_a_price_above_the_limit_is_named_as_it_is_now() -> None:
    reply = ask(World(FakeCatalogue([SOON])), finding.find, "aero tents under 90", 1)
    assert "the nearest is £149.00" in reply.messages[0].text


def test_a_price_that_has_come_within_the_limit_is_no_difference() -> None:
    reply = ask(World(FakeCatalogue([SOON])), finding.find, "aero tents under 160", 1)
    assert "nearest" not in reply.messages[0].text
    assert str(reply.messages[0].cards[0].price) == "149.00"


def test_where_nothing_is_timed_the_assistant_is_the_same_in_each_turn() -> None:
    assistant = World().assistant
    assert assistant.at(NOW) is assistant


def cart_text(rules: TaxRules, **attributes: str) -> str:
    world = world_of(aero(attributes=attributes))
    documents = world.catalogue.documents
    world.catalogue.documents = replace(documents, config=replace(documents.config, tax=rules))
    world.shop.lines = {"AERO-2": 1, "PEBBLE-2": 1}
    return ask(world, carting.show_cart, "show my cart").messages[0].text


def test_tax_within_the_total_is_told() -> None:
    assert "Total: £288.00\nThat includes £48.00 VAT." in cart_text(TaxRules(2000))


def test_tax_on_top_is_told_with_what_is_to_pay() -> None:
    said = cart_text(TaxRules(825, False, "sales tax"))
    assert "Total: £288.00\nPlus 8.25 % sales tax £23.76, to pay £311.76." in said


def test_several_rates_are_told_in_one_amount() -> None:
    said = cart_text(TaxRules(2000, False), tax_rate="5")
    assert "Plus VAT £29.25, to pay £317.25." in said


def test_a_shop_without_a_rate_says_nothing_of_tax() -> None:
    assert "VAT" not in cart_text(TaxRules())
