"""What a sentence asks for: price, colour, size, measure, negation, stock, order and quantity."""

from __future__ import annotations

import pytest

from catalog.catalogue import Catalogue


def limits(catalogue: Catalogue, text: str) -> tuple[str, str]:
    filters = catalogue.understand(text).filters
    return str(filters.price_min or ""), str(filters.price_max or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tent under 80", ("", "80.00")),
        ("tent below £79.99", ("", "79.99")),
        ("a tent, no more than 30 pounds", ("", "30.00")),
        ("£50 or less", ("", "50.00")),
        ("mug for 10 quid", ("", "10.00")),
        ("I have 40 to spend", ("", "40.00")),
        ("stove up to 60 euros", ("", "")),
        ("over 100", ("100.00", "")),
        ("between 20 and 30 quid", ("20.00", "30.00")),
        ("from £20 to £30", ("20.00", "30.00")),
        ("20-30 quid", ("20.00", "30.00")),
        ("60-ish tent", ("51.00", "69.00")),
        ("around £60", ("51.00", "69.00")),
        ("tent under 2 kg", ("", "")),
        ("2 person tent", ("", "")),
        ("aero 2", ("", "")),
        ("jacket in a size 12", ("", "")),
    ],
)
def test_prices(catalogue: Catalogue, text: str, expected: tuple[str, str]) -> None:
    assert limits(catalogue, text) == expected


def test_a_whole_wish_in_one_sentence(catalogue: Catalogue) -> None:
    understood = catalogue.understand("waterproof jacket under 80 in a medium, not black")
    assert limits(catalogue, "waterproof jacket under 80 in a medium, not black") == ("", "80.00")
    assert understood.filters.sizes == {"M"}
    assert understood.filters.not_colors == {"black"}
    assert understood.filters.kinds == {"jacket"}
    assert understood.text == "waterproof jacket"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("show me tents", {"tent"}),
        ("tent pegs", {"tent peg"}),
        ("gas for my stove", {"gas"}),
        ("a red tent for two", {"tent"}),
        ("a tnet", {"tent"}),
        ("jakets", {"jacket"}),
        ("keep the gas warm", set()),
    ],
)
def test_kinds_are_what_a_phrase_ends_with(catalogue: Catalogue, text: str, kinds: set[str]) -> None:
    assert catalogue.understand(text).filters.kinds == kinds


@pytest.mark.parametrize(
    ("text", "colors", "terms"),
    [
        ("not black or navy", {"black", "navy"}, set()),
        ("jacket without a hood", set(), {"hood"}),
        ("anything but red", {"red"}, set()),
        ("not too heavy", set(), set()),
        ("no more than 30", set(), set()),
        ("no thanks", set(), set()),
    ],
)
def test_negations(catalogue: Catalogue, text: str, colors: set[str], terms: set[str]) -> None:
    filters = catalogue.understand(text).filters
    assert (filters.not_colors, filters.not_terms) == (colors, terms)


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("two person tent", "person", 2, 2),
        ("tent 2 ppl", "person", 2, 2),
        ("tent that sleeps 4", "person", 4, 4),
        ("tent under 2kg", "g", 0, 2000),
        ("at least 1.5 kg", "g", 1500, float("inf")),
    ],
)
def test_measures(catalogue: Catalogue, text: str, unit: str, low: float, high: float) -> None:
    (measure,) = catalogue.understand(text).filters.measures
    assert (measure.unit, measure.low, measure.high) == (unit, low, high)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("add two enamel mugs please", 2),
        ("3 x enamel mug", 3),
        ("can you put 4 of the mugs in my basket", 4),
        ("two person tent", None),
        ("the aero 2", None),
        ("mugs", None),
    ],
)
def test_quantities(catalogue: Catalogue, text: str, quantity: int | None) -> None:
    assert catalogue.understand(text).quantity == quantity


def test_order_and_stock(catalogue: Catalogue) -> None:
    assert catalogue.understand("cheapest stove").sort == "price_asc"
    assert catalogue.understand("not too expensive stove").sort == "price_asc"
    assert catalogue.understand("the most expensive stove").sort == "price_desc"
    assert catalogue.understand("tents in stock").filters.in_stock_only


@pytest.mark.parametrize(
    "text", ["", "   ", "😀😀", "/accept_offer{}", "a" * 100_000, "under under not not 0 -5", "((("]
)
def test_any_text_is_taken_without_error(catalogue: Catalogue, text: str) -> None:
    catalogue.search(text)
    catalogue.resolve(text)
