"""What a sentence says about price, in figures, words and slang, and what only looks like a price."""

from __future__ import annotations

import pytest

from catalog.catalogue import Catalogue
from catalog.search.price_words import limits, prices_in
from catalog.search.words import lowered


def read(text: str, currency: str = "GBP") -> tuple[str, str]:
    lowest, highest = limits(prices_in(lowered(text), currency))
    return ("" if lowest is None else str(lowest)), ("" if highest is None else str(highest))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tent under 80", ("", "80.00")),
        ("tent undr 80", ("", "")),
        ("under a tenner", ("", "10.00")),
        ("a mug for a fiver", ("", "5.00")),
        ("50 bucks tops", ("", "50.00")),
        ("fifty quid at most", ("", "50.00")),
        ("two hundred and fifty pounds max", ("", "250.00")),
        ("laptop under 1.5k", ("", "1500.00")),
        ("laptop 1.5k", ("1275.00", "1725.00")),
        ("under £1,299.00", ("", "1299.00")),
        ("under £1 000", ("", "1000.00")),
        ("no more than 30", ("", "30.00")),
        ("nothing over 50", ("", "50.00")),
        ("my budget is £75", ("", "75.00")),
        ("I have 40 to spend", ("", "40.00")),
        ("got 40 quid for a stove", ("", "40.00")),
        ("<80", ("", "80.00")),
        ("no less than 20", ("20.00", "")),
        ("£50 or more", ("50.00", "")),
        ("from £20", ("20.00", "")),
        ("over 10 and under 20", ("10.00", "20.00")),
        ("between 20 and 30 quid", ("20.00", "30.00")),
        ("spend 30 to 40", ("30.00", "40.00")),
        ("£5-10", ("5.00", "10.00")),
        ("about sixty", ("51.00", "69.00")),
        ("60 or so", ("51.00", "69.00")),
        ("~80", ("68.00", "92.00")),
        ("under 50 pence", ("", "0.50")),
        ("under £0", ("", "0.00")),
    ],
)
def test_a_price_is_read(text: str, expected: tuple[str, str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "kids under 5",
        "ages 3 and up",
        "3 or more",
        "up to 4 players",
        "more than 3 pockets",
        "10% off",
        "under 20%",
        "under 80's music",
        "a 1080p screen",
        "EMG 35P pickup",
        "4k screen",
        "pickups w 13.2k bridge",
        "aero 2",
        "jacket in a size 12",
        "within 2 days",
    ],
)
def test_what_only_looks_like_a_price_is_none(text: str) -> None:
    assert read(text) == ("", "")


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("€1.299,00 max", "EUR", ("", "1299.00")),
        ("max 1.299 €", "EUR", ("", "1299.00")),
        ("under 1,5 €", "EUR", ("", "1.50")),
        ("under 1500", "JPY", ("", "1500")),
        ("under $50", "CAD", ("", "50.00")),
        ("under 50 bucks", "EUR", ("", "50.00")),
    ],
)
def test_signs_of_thousands_and_decimals_are_told_apart(text: str, currency: str, expected: tuple[str, str]) -> None:
    assert read(text, currency) == expected


@pytest.mark.parametrize("text", ["under $50", "stove up to 60 euros", "50 USD", "€20-30", "max 40 francs"])
def test_another_currency_sets_no_limit(text: str) -> None:
    assert read(text) == ("", "")
    assert any(said.other_currency for said in prices_in(text.lower(), "GBP"))


def test_pounds_are_a_weight_where_money_is_another() -> None:
    assert prices_in("dumbbell under 20 pounds", "USD") == []


def test_another_currency_is_told_and_its_words_are_not_matched(catalogue: Catalogue) -> None:
    understood = catalogue.understand("a tent under $50")
    (part,) = [part for part in understood.parts if part.field == "price"]
    assert (part.how, part.said, part.hard) == ("other_currency", "under $50", False)
    assert understood.text == "tent"


def test_a_typing_error_in_the_word_of_a_condition_is_read_over(catalogue: Catalogue) -> None:
    assert str(catalogue.understand("tent undr 80").filters.price_max) == "80.00"


def test_a_measure_is_no_price(catalogue: Catalogue) -> None:
    filters = catalogue.understand("tent under 2 kg and under 200").filters
    assert str(filters.price_max) == "200.00"
    assert [(measure.unit, measure.high) for measure in filters.measures] == [("g", 2000.0)]
