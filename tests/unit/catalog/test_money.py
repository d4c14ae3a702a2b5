"""Money by example: what is read, what is written, and what is refused with which words."""

import pytest

from catalog.domain.errors import MoneyError
from catalog.domain.money import Money, decimals, divide_half_up, largest_remainder, total, zero


@pytest.mark.parametrize(("currency", "places"), [("GBP", 2), ("JPY", 0), ("KWD", 3), ("XPF", 0), ("TND", 3)])
def test_each_currency_has_its_decimals(currency, places):
    assert decimals(currency) == places


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.50", "GBP", 1250),
        ("12.5", "GBP", 1250),
        ("12", "GBP", 1200),
        (" 12.50 GBP ", "GBP", 1250),
        ("12.50GBP", "GBP", 1250),
        ("-0.05", "GBP", -5),
        ("0.05", "GBP", 5),
        ("12.500", "GBP", 1250),
        ("1250", "JPY", 1250),
        ("1250.00", "JPY", 1250),
        ("1.25", "KWD", 1250),
        ("999999999999", "GBP", 99_999_999_999_900),
    ],
)
def test_an_amount_is_read_exactly(text, currency, minor):
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not an amount: ''; write it like 12.50 or 12.50 GBP"),
        ("1,250.00", "not an amount: '1,250.00'; write it like 12.50 or 12.50 GBP"),
        ("1234567890123", "not an amount: '1234567890123'; write it like 12.50 or 12.50 GBP"),
        (" 12.50 EUR ", "the amount '12.50 EUR' is in EUR, but the shop sells in GBP"),
        (" 12.505 ", "'12.505' has more decimals than GBP (2)"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_mend(text, words):
    with pytest.raises(MoneyError) as refused:
        Money.parse(text, "GBP")
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Money(1250, "GBP"), "12.50"),
        (Money(5, "GBP"), "0.05"),
        (Money(0, "GBP"), "0.00"),
        (Money(-5, "GBP"), "-0.05"),
        (Money(-1250, "GBP"), "-12.50"),
        (Money(1250, "JPY"), "1250"),
        (Money(-1250, "JPY"), "-1250"),
        (Money(0, "JPY"), "0"),
        (Money(1005, "KWD"), "1.005"),
    ],
)
def test_an_amount_is_written_with_its_decimals(amount, text):
    assert str(amount) == text


@pytest.mark.parametrize("minor", [1.0, "1", None, True])
def test_only_whole_minor_units_are_money(minor):
    with pytest.raises(MoneyError) as refused:
        Money(minor, "GBP")
    assert str(refused.value) == f"money is an integer of minor units, not {minor!r}"


@pytest.mark.parametrize("code", ["gbp", "GB", "GBPS", "", "G8P"])
def test_only_three_capitals_are_a_currency(code):
    with pytest.raises(MoneyError) as refused:
        Money(1, code)
    assert str(refused.value) == f"a currency is three capital letters (ISO 4217), not {code!r}"


def test_amounts_of_one_currency_can_be_reckoned_with():
    ten, three = Money(10, "GBP"), Money(3, "GBP")
    assert (ten + three, ten - three, ten * 3) == (Money(13, "GBP"), Money(7, "GBP"), Money(30, "GBP"))
    assert three < ten
    assert not ten < ten
    assert ten <= ten
    assert ten > three


def test_of_two_currencies_nothing_can_be_said():
    for reckon in (Money.__add__, Money.__sub__, Money.__lt__):
        with pytest.raises(MoneyError) as refused:
            reckon(Money(1, "GBP"), Money(1, "EUR"))
        assert str(refused.value) == "GBP and EUR do not mix"


def test_nothing_is_false():
    assert not Money(0, "GBP")
    assert Money(1, "GBP")
    assert Money(-1, "GBP")


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [(5, 2, 3), (-5, 2, -3), (4, 2, 2), (1, 3, 0), (2, 3, 1), (0, 7, 0), (-1, 3, 0), (9, 1, 9)],
)
def test_halves_go_away_from_zero(above, below, whole):
    assert divide_half_up(above, below) == whole


def test_a_share_needs_something_to_be_a_share_of():
    assert Money(1250, "GBP").share(8, 100) == Money(100, "GBP")
    assert Money(7, "GBP").share(1, 1) == Money(7, "GBP")
    for denominator in (0, -1):
        with pytest.raises(MoneyError) as refused:
            Money(1, "GBP").share(1, denominator)
        assert str(refused.value) == f"a share needs a positive denominator, not {denominator}"


@pytest.mark.parametrize(
    ("minor", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (10, [0, 0], [5, 5]),
        (11, [0, 0], [6, 5]),
        (10, [1, 0], [10, 0]),
        (10, [7], [10]),
        (0, [1, 2], [0, 0]),
        (100, [50, 30, 20], [50, 30, 20]),
        (1, [1, 2], [0, 1]),
        (5, [3, 5, 4], [1, 2, 2]),
        (2, [1, 3, 3], [0, 1, 1]),
    ],
)
def test_the_largest_remainders_get_the_odd_pennies(minor, weights, parts):
    assert largest_remainder(minor, weights) == parts
    assert Money(minor, "GBP").allocate(weights) == [Money(part, "GBP") for part in parts]


@pytest.mark.parametrize("weights", [[], [1, -1], [-1]])
def test_weights_are_there_and_none_of_them_negative(weights):
    with pytest.raises(MoneyError) as refused:
        largest_remainder(10, weights)
    assert str(refused.value) == "allocation needs at least one weight, none of them negative"


def test_a_sum_may_be_empty_and_keeps_its_currency():
    assert total([], "EUR") == zero("EUR") == Money(0, "EUR")
    assert total([Money(1, "EUR"), Money(2, "EUR")], "EUR") == Money(3, "EUR")
