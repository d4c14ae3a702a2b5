"""No result is an answer: what differs in the nearest things, and which is nearest."""

from __future__ import annotations

import pytest

from catalog.catalogue import Catalogue, Difference
from catalog.domain.money import Money
from catalog.search import nearness


def differing(catalogue: Catalogue, text: str) -> dict[str, list[tuple[str, str, str]]]:
    """Product id -> (field, asked, has) of each difference, in the order of nearness."""
    result = catalogue.nearest(text, limit=20)
    found = zip(result.hits, catalogue.differences(result), strict=True)
    return {hit.product.id: [(one.field, str(one.asked), str(one.has)) for one in all_of] for hit, all_of in found}


def test_what_fits_differs_in_nothing(catalogue: Catalogue) -> None:
    assert set(map(tuple, differing(catalogue, "tent under 300").values())) == {()}


@pytest.mark.parametrize(
    ("text", "nearest", "difference"),
    [
        ("stove under 5", "STOVE", ("price", "5.00", "29.00")),
        ("stove over 100", "STOVE-XL", ("price", "100.00", "89.00")),
        ("orange jacket", "COAT-M", ("color", "orange", "brown")),
        ("jacket in xl", "JACKET-N-M", ("size", "XL", "M, L")),
        ("tent for 3", "TENT-H4", ("measure", "3 people", "4 people")),
        ("tent under 1 kg", "TENT-A2-G", ("measure", "under 1 kg", "1.9 kg")),
        ("steel mug", "MUG-B", ("material", "steel", "enamel")),
        ("cinder aero tent", "TENT-A2-G", ("brand", "cinder", "Fell")),
        ("in stock orange aero tent", "TENT-A2-G", ("color", "orange", "green")),
    ],
)
def test_the_nearest_comes_first_and_says_what_differs(
    catalogue: Catalogue, text: str, nearest: str, difference: tuple[str, str, str]
) -> None:
    found = differing(catalogue, text)
    assert next(iter(found)) == nearest
    assert found[nearest] == [difference]


def test_a_dearer_thing_lies_above_the_limit_and_a_cheaper_one_below(catalogue: Catalogue) -> None:
    for text, above in (("stove under 5", True), ("stove over 100", False)):
        (difference,) = catalogue.differences(catalogue.nearest(text, limit=1))[0]
        assert (difference.field, difference.above) == ("price", above)


def test_several_things_may_differ(catalogue: Catalogue) -> None:
    assert {field for field, *_ in differing(catalogue, "red jacket in s")["JACKET-N-M"]} == {"color", "size"}


def test_what_is_ruled_out_is_not_even_the_nearest(catalogue: Catalogue) -> None:
    assert not {"JACKET-N-M", "JACKET-N-L"} & set(differing(catalogue, "blue jacket but not navy under 1"))


def test_nothing_near_is_nothing(catalogue: Catalogue) -> None:
    assert differing(catalogue, "qwertz asdfgh") == {}


def test_the_limit_cuts_the_nearest(catalogue: Catalogue) -> None:
    assert [hit.product.id for hit in catalogue.nearest("stove under 5", limit=1).hits] == ["STOVE"]


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("red", "maroon"), ("red", "pink")),
        (("red", "pink"), ("red", "green")),
        (("navy", "blue"), ("navy", "purple")),
        (("black", "grey"), ("black", "white")),
        (("beige", "white"), ("beige", "black")),
    ],
)
def test_some_colours_are_nearer_than_others(near: tuple[str, str], far: tuple[str, str]) -> None:
    assert nearness.of_colours([near[0]], [near[1]]) < nearness.of_colours([far[0]], [far[1]])


def test_the_same_is_nearest_and_nothing_known_is_farthest() -> None:
    assert nearness.of_colours(["red"], ["blue", "red"]) == 0.0
    assert nearness.of_colours(["red"], []) == 1.0
    assert nearness.of_sizes(["M"], ["medium"]) == 0.0
    assert nearness.of_sizes(["M"], ["UK 7"]) == 1.0


@pytest.mark.parametrize(("asked", "near", "far"), [("M", "L", "XXL"), ("UK 7", "8", "11"), ("S", "xs", "XL")])
def test_a_size_more_is_nearer_than_three(asked: str, near: str, far: str) -> None:
    assert nearness.of_sizes([asked], [near]) < nearness.of_sizes([asked], [far])


def test_prices_and_amounts_are_near_by_ratio() -> None:
    def price(minor: int) -> float:
        return nearness.of_prices(None, Money(8000, "GBP"), Money(minor, "GBP"))

    assert price(8000) == 0.0
    assert 0.0 < price(8500) < price(12000) < price(32000) == 1.0
    assert nearness.of_amounts(2, 2, 3) < nearness.of_amounts(2, 2, 4) == nearness.of_amounts(2, 2, 1)
    assert nearness.of_amounts(0, 0, 5) == 1.0


def test_a_difference_is_a_value() -> None:
    assert Difference("color", "red", "maroon", 0.2) == Difference("color", "red", "maroon", 0.2)
