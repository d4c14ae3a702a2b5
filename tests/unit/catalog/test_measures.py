"""Numbers and units: as titles write them, as shoppers ask for them, and how they are said back."""

from __future__ import annotations

import pytest

from catalog.search.measures import in_column, in_text, said_in, shown
from catalog.search.numbers import number
from catalog.search.words import lowered


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,299.00", 1299.0),
        ("1.299,50", 1299.5),
        ("1,500", 1500.0),
        ("1,5", 1.5),
        ("0.500", 0.5),
        ("3/4", 0.75),
        ("1 1/2", 1.5),
        ("45-1/2", 45.5),
        ("twenty five", 25.0),
        ("two hundred and fifty", 250.0),
        ("a hundred", 100.0),
        ("one and a half", 1.5),
        ("half a", 0.5),
        ("1/0", None),
    ],
)
def test_numbers(text: str, value: float | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("two-person tent, 1.4 kg", {(2, "person"), (1400, "g")}),
        ("2-3 person", {(2, "person"), (3, "person")}),
        ("half a litre", {(500, "ml")}),
        ("1/2 inch", {(12.7, "mm")}),
        ("1½ in", {(38.1, "mm")}),
        ('3/4"', {(19.05, "mm")}),
        ("6ft", {(1828.8, "mm")}),
        ("5'10\"", {(1778, "mm")}),
        ("24x36x4 inches", {(609.6, "mm"), (914.4, "mm"), (101.6, "mm")}),
        ('7.8" x 5.5"', {(198.12, "mm"), (139.7, "mm")}),
        ("EIGHT PIECE SET", {(8, "piece")}),
        ("1,200 watts", {(1200, "w")}),
        ("3 in 1 tool", set()),
        ("10 in stock", set()),
        ('the "Heavy 2" robot', set()),
        ("80's music", set()),
        ("3 w hearts", set()),
        ("16-56 G-tuning", set()),
        ("24-bit", set()),
    ],
)
def test_measures_of_a_text(text: str, amounts: set[tuple[float, str]]) -> None:
    assert in_text(text) == amounts


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("at least 60 litres", "ml", 60_000, float("inf")),
        ("60l+", "ml", 60_000, float("inf")),
        ("2kg max", "g", 0, 2000),
        ("no heavier than 2 kg", "g", 0, 2000),
        ("6 years & up", "year", 6, float("inf")),
        ("2-3 person", "person", 2, 3),
        ("2 person", "person", 2, 2),
        ("around 100 cm", "mm", 850, 1150),
        ("500 ml", "ml", 490, 510),
    ],
)
def test_what_is_asked_of_a_measure(text: str, unit: str, low: float, high: float) -> None:
    (said,) = said_in(lowered(text))
    assert (said.unit, said.low, said.high) == (unit, pytest.approx(low), pytest.approx(high))


def test_a_length_in_inches_is_the_same_in_millimetres() -> None:
    (said,) = said_in('12.3"')
    assert said.low <= 313 <= said.high


def test_a_column_says_its_unit_in_its_name_or_value() -> None:
    assert in_column("weight_g", "1900") == {(1900, "g")}
    assert in_column("capacity", "40 litres") == {(40_000, "ml")}
    assert in_column("rating", "4.5") == frozenset()


@pytest.mark.parametrize(
    ("amount", "unit", "like", "words"),
    [
        (3, "person", "2 person", "3 person"),
        (45_000, "ml", "at least 60 litres", "45 litres"),
        (304.8, "mm", '10"', '12"'),
        (1828.8, "mm", "", "1.83 m"),
        (230, "g", "", "230 g"),
        (2300, "g", "", "2.3 kg"),
    ],
)
def test_an_amount_is_said_in_the_shoppers_unit(amount: float, unit: str, like: str, words: str) -> None:
    assert shown(amount, unit, like) == words
