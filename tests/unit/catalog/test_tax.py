"""Tax by example: rates as they are written, what is within a price, and what comes on top."""

import pytest

from catalog.domain.money import Money
from catalog.domain.offer_rules import TaxRules
from catalog.domain.tax import Tax, added, contained, parse_rate, rate_text, tax_on


def gbp(minor: int) -> Money:
    return Money(minor, "GBP")


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("20", 2000),
        (" 8.25 % ", 825),
        ("8.2%", 820),
        ("8.02", 802),
        ("0", 0),
        ("5.", None),
        ("100", None),
        ("8.255", None),
        ("-5", None),
        ("VAT", None),
        ("", None),
    ],
)
def test_a_rate_is_a_percentage_below_a_hundred(text, rate):
    assert parse_rate(text) == rate


@pytest.mark.parametrize(
    ("rate", "text"), [(2000, "20"), (825, "8.25"), (820, "8.2"), (802, "8.02"), (0, "0"), (5, "0.05")]
)
def test_a_rate_is_written_as_people_do(rate, text):
    assert rate_text(rate) == text


def test_the_tax_within_a_price_and_on_top_of_it():
    assert contained(gbp(1200), 2000) == gbp(200)
    assert added(gbp(1000), 2000) == gbp(200)


def test_prices_that_hold_the_tax_have_nothing_on_top():
    tax = tax_on([("", gbp(1200))], TaxRules(2000, name="VAT"), "GBP")
    assert tax == Tax(gbp(200), True, "VAT", 2000)
    assert tax.on_top == gbp(0)


def test_prices_without_it_have_it_on_top():
    tax = tax_on([("", gbp(1000))], TaxRules(825, included=False, name="Sales tax"), "GBP")
    assert tax == Tax(gbp(83), False, "Sales tax", 825)
    assert tax.on_top == gbp(83)


def test_goods_of_one_rate_are_taxed_together_and_of_several_apart():
    tax = tax_on([("", gbp(33)), ("5", gbp(105)), ("20", gbp(33)), ("5 %", gbp(105))], TaxRules(2000), "GBP")
    assert tax == Tax(gbp(11 + 10), True, "VAT", None)


def test_where_all_goods_have_another_rate_that_is_the_rate():
    assert tax_on([("5", gbp(105))], TaxRules(2000), "GBP") == Tax(gbp(5), True, "VAT", 500)
    assert tax_on([("0", gbp(105))], TaxRules(2000), "GBP") == Tax(gbp(0), True, "VAT", 0)


def test_a_text_that_is_no_rate_counts_as_the_shops():
    assert tax_on([("much", gbp(120))], TaxRules(2000), "GBP") == Tax(gbp(20), True, "VAT", 2000)


def test_an_empty_cart_holds_none_at_the_shops_rate():
    assert tax_on([], TaxRules(2000), "EUR") == Tax(Money(0, "EUR"), True, "VAT", 2000)


def test_a_shop_without_a_rate_says_nothing():
    assert tax_on([("", gbp(120))], TaxRules(0), "GBP") is None
    assert tax_on([("", gbp(10_001))], TaxRules(1), "GBP") == Tax(gbp(1), True, "VAT", 1)
