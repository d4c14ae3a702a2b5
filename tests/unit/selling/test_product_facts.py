"""What the engine reads of a product: today's price, and the feed's own columns, however they are written."""

import pytest

from actions.selling.facts import CartFacts
from actions.selling.product_facts import ProductFacts, amount_in, days_in, facts_of
from catalog.domain.product import Availability, Product
from tests.fakes.offer_facts import PEGS, SHEET, TENT, companion, gbp, in_cart, situation


def product(**columns: str) -> Product:
    return Product("PEGS", "Storm pegs", gbp("12.00"), material="steel", attributes=columns)


def test_every_fact_is_read():
    told = Product(
        id="GAS",
        title="Gas cartridge",
        price=gbp("8.00"),
        sale_price=gbp("7.00"),
        availability=Availability.OUT_OF_STOCK,
        group_id="gas",
        material="steel",
        product_type="Camping > Fuel",
        cost=gbp("5.00"),
        floor=gbp("6.00"),
        attributes={
            "consumable": "yes",
            "minimum_age": "16",
            "included_country": "GB, ie",
            "quantity": "7",
            "recycled": "yes",
            "average_rating": "4.5",
            "rating_count": "31",
        },
    )
    assert facts_of(told) == ProductFacts(
        id="GAS",
        group_id="gas",
        kind="Fuel",
        price=gbp("7.00"),
        in_stock=False,
        consumable=True,
        cost=gbp("5.00"),
        floor=gbp("6.00"),
        on_sale=True,
        min_age=16,
        regions=("GB", "IE"),
        stock=7,
        recycled="steel",
        rating=450,
        ratings=31,
    )


def test_a_bare_product_says_nothing_of_the_rest():
    plain = Product("PEGS", "Storm pegs", gbp("12.00"))
    assert facts_of(plain) == ProductFacts("PEGS", "", "", gbp("12.00"), True)


def test_a_sale_price_that_is_no_lower_is_no_sale():
    assert not facts_of(Product("PEGS", "Storm pegs", gbp("12.00"), sale_price=gbp("12.00"))).on_sale
    assert facts_of(Product("PEGS", "Storm pegs", gbp("12.00"), sale_price=gbp("11.99"))).on_sale


@pytest.mark.parametrize("text", ["yes", "Yes", " TRUE ", "1", "y"])
def test_a_yes_may_be_written_in_several_ways(text):
    assert facts_of(product(consumable=text)).consumable


@pytest.mark.parametrize("text", ["", "no", "0", "perhaps", "yes please"])
def test_anything_else_is_a_no(text):
    assert not facts_of(product(consumable=text)).consumable


def test_what_is_for_adults_is_for_eighteen_year_olds():
    assert facts_of(product(adult="yes")).min_age == 18
    assert facts_of(product(adult="no")).min_age == 0
    assert facts_of(product(adult="yes", minimum_age="21")).min_age == 21
    assert facts_of(product(minimum_age="about 12")).min_age == 0


def test_what_is_recycled_has_a_name_even_where_the_material_is_not_told():
    bare = Product("PEGS", "Storm pegs", gbp("12.00"), attributes={"recycled": "yes"})
    assert facts_of(bare).recycled == "material"
    assert facts_of(product(recycled="no")).recycled == ""


@pytest.mark.parametrize(("text", "stock"), [("0", 0), (" 3 ", 3), ("", -1), ("many", -1), ("-4", -1), ("2.5", -1)])
def test_stock_is_a_whole_number_or_not_said(text, stock):
    assert facts_of(product(quantity=text)).stock == stock


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("4", 400),
        ("4.5", 450),
        (" 4.07 ", 407),
        ("0.1", 10),
        ("4.123", 0),
        ("47", 0),
        ("good", 0),
        ("4,5", 0),
        ("", 0),
    ],
)
def test_a_rating_has_at_most_two_decimals(text, hundredths):
    assert facts_of(product(average_rating=text)).rating == hundredths


@pytest.mark.parametrize(("text", "amount"), [("2.50", "2.50"), ("2.50 GBP", "2.50"), ("0.01", "0.01")])
def test_an_amount_is_read_from_its_column(text, amount):
    assert amount_in(product(service_plan_monthly=text), "service_plan_monthly") == gbp(amount)


@pytest.mark.parametrize("text", ["0", "0.00", "-1.00", "2.50 EUR", "some", ""])
def test_no_amount_is_read_where_none_stands_that_could_be_charged(text):
    assert amount_in(product(service_plan_monthly=text), "service_plan_monthly") is None
    assert amount_in(product(), "service_plan_monthly") is None


@pytest.mark.parametrize(("text", "days"), [("30", 30), ("", 0), ("a month", 0)])
def test_days_are_a_whole_number_or_none(text, days):
    assert days_in(product(lifetime_days=text), "lifetime_days") == days
    assert days_in(product(), "lifetime_days") == 0


def test_an_offer_goes_with_the_cart_and_with_what_it_is_about_each_named_once():
    told = situation(cart=in_cart(TENT, PEGS), subjects=(SHEET, PEGS))
    assert [host.id for host in told.hosts] == ["TENT", "PEGS", "SHEET"]
    assert told.subject == SHEET
    assert situation(subjects=()).subject is None


def test_a_candidate_names_what_it_adds():
    assert companion(SHEET).product_ids == ("SHEET",)
    assert in_cart(TENT) == (CartFacts(TENT, 1, False, False),)
