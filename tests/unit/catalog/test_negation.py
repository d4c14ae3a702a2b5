"""What a sentence rules out, how far a "not" reaches, and what is no ruling out at all."""

from __future__ import annotations

import pytest

from catalog.catalogue import Catalogue


def ruled_out(catalogue: Catalogue, text: str) -> dict[str, set[str]]:
    filters = catalogue.understand(text).filters
    found = {
        "colors": filters.not_colors,
        "kinds": filters.not_kinds,
        "brands": filters.not_brands,
        "materials": filters.not_materials,
        "terms": filters.not_terms,
    }
    return {name: set(values) for name, values in found.items() if values}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jacket not black", {"colors": {"black"}}),
        ("jacket not black or navy", {"colors": {"black", "navy"}}),
        ("jacket not black and navy", {"colors": {"black", "navy"}}),
        ("jacket, not black, navy or brown", {"colors": {"black", "navy", "brown"}}),
        ("neither red nor blue", {"colors": {"red", "blue"}}),
        ("jacket in anything but black", {"colors": {"black"}}),
        ("nothing in navy", {"colors": {"navy"}}),
        ("not blck jacket", {"colors": {"black"}}),
        ("jacket without a hood", {"terms": {"hood"}}),
        ("jacket w/o hood", {"terms": {"hood"}}),
        ("witout hood", {"terms": {"hood"}}),
        ("anything but nylon", {"materials": {"nylon"}}),
        ("non-nylon tent", {"materials": {"nylon"}}),
        ("I'm allergic to cotton", {"materials": {"cotton"}}),
        ("no brand Fell", {"brands": {"fell"}}),
        ("not by Rill", {"brands": {"rill"}}),
        ("something to cook with, no stoves", {"kinds": {"stove"}}),
        ("boots not for kids", {"terms": {"kid"}}),
        ("boots with no laces", {"terms": {"lace"}}),
    ],
)
def test_what_is_ruled_out(catalogue: Catalogue, text: str, expected: dict[str, set[str]]) -> None:
    assert ruled_out(catalogue, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "no-show socks",
        "non-stick pan",
        "not bad",
        "not too heavy",
        "not too expensive",
        "not only black",
        "no rush",
        "no thanks",
        "no more than 30",
        "loves me not, black edition",
        "not included",
    ],
)
def test_what_rules_nothing_out(catalogue: Catalogue, text: str) -> None:
    assert ruled_out(catalogue, text) == {}


def test_but_ends_what_not_began(catalogue: Catalogue) -> None:
    filters = catalogue.understand("a jacket, not black but navy").filters
    assert (filters.colors, filters.not_colors) == ({"navy"}, {"black"})


def test_and_goes_on_only_with_the_like(catalogue: Catalogue) -> None:
    understood = catalogue.understand("jacket not black and waterproof")
    assert understood.filters.not_colors == {"black"}
    assert understood.filters.not_terms == frozenset()
    assert "waterproof" in understood.text


def test_what_is_ruled_out_is_not_matched(catalogue: Catalogue) -> None:
    assert catalogue.understand("waterproof jacket without a hood").text == "waterproof jacket"


def test_a_hyphened_word_keeps_its_no(catalogue: Catalogue) -> None:
    assert catalogue.understand("no-show socks").text == "no show socks"
