"""Typing errors, compounds, kinds, sizes, uses, scripts, and what each part of the understanding came from."""

from __future__ import annotations

import pytest

from catalog.catalogue import Catalogue, Part
from catalog.search.understanding import without_parts


def parts(catalogue: Catalogue, text: str, field: str) -> list[Part]:
    return [part for part in catalogue.understand(text).parts if part.field == field]


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("watrproof jacket", "waterproof jacket"),
        ("wterproof jaket", "waterproof jacket"),
        ("waterprooof jackett", "waterproof jacket"),
        ("etnt", "tent"),
        ("tnet", "tent"),
        ("footprnt", "footprint"),
        ("cartrigde", "cartridge"),
        ("aero 2", "aero 2"),
        ("grand piano", "grand piano"),
        ('"tnet"', "tnet"),
    ],
)
def test_typing_errors_are_read_over(catalogue: Catalogue, text: str, matched: str) -> None:
    assert catalogue.understand(text).text == matched


def test_a_guess_is_told_with_the_words_it_came_from(catalogue: Catalogue) -> None:
    (part,) = parts(catalogue, "a watrproof jacket", "word")
    assert (part.said, part.name, part.how, part.span) == ("watrproof", "waterproof", "typo", (2, 11))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("tents", {"tent"}),
        ("tent pegs", {"tent peg"}),
        ("gas for my stove", {"gas"}),
        ("jacket mens navy", {"jacket"}),
        ("jacket green cotton", {"jacket"}),
        ("a pair of jackets", {"jacket"}),
        ("tents and stoves", {"tent", "stove"}),
        ("tent and gear spray", set()),
        ("something for my tent", set()),
        ("I'm looking for a tent", {"tent"}),
        ("stove repair", set()),
    ],
)
def test_the_kind_is_what_a_phrase_ends_with(catalogue: Catalogue, text: str, kinds: set[str]) -> None:
    assert catalogue.understand(text).filters.kinds == kinds


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("jacket in a medium", {"M"}),
        ("jacket in L", {"L"}),
        ("jacket size m or l", {"M", "L"}),
        ("jacket XL", {"XL"}),
        ("extra large jacket", {"XL"}),
        ("jacket size 12", {"12"}),
        ("jacket UK 12", {"UK 12"}),
        ("mug", set()),
    ],
)
def test_sizes(catalogue: Catalogue, text: str, sizes: set[str]) -> None:
    assert catalogue.understand(text).filters.sizes == sizes


@pytest.mark.parametrize(
    ("text", "colors"),
    [
        ("navy blue jacket", {"navy"}),
        ("dark green tent", {"green"}),
        ("lime green tent", {"green"}),
        ("red or blue mug", {"red", "blue"}),
    ],
)
def test_a_shade_with_its_plain_colour_is_one_colour(catalogue: Catalogue, text: str, colors: set[str]) -> None:
    assert catalogue.understand(text).filters.colors == colors


@pytest.mark.parametrize(("text", "use"), [("tent for hiking", "for hiking"), ("mug for a toddler", "for a toddler")])
def test_a_use_is_a_preference_and_no_condition(catalogue: Catalogue, text: str, use: str) -> None:
    (part,) = parts(catalogue, text, "use")
    assert (part.said, part.hard) == (use, False)
    assert part.values[0] in catalogue.understand(text).text


def test_each_part_knows_where_it_was_said(catalogue: Catalogue) -> None:
    text = "Wäterproof jacket under £80 in a medium, not black"
    for part in catalogue.understand(text).parts:
        assert text[slice(*part.span)].strip() == part.said


def test_a_part_can_be_taken_back(catalogue: Catalogue) -> None:
    text = "red jacket under 80, not black"
    understood = catalogue.understand(text)
    assert without_parts(text, understood.parts, {"color"}) == "jacket under 80,"
    assert without_parts(text, understood.parts, {"price"}) == "red jacket , not black"


@pytest.mark.parametrize(
    "text",
    ["<b>red</b> mug", "red&nbsp;mug", "🔴 red mug ☕", "  RED   MUG!! ", "rëd mug", "red\u200b mug"],
)
def test_mark_up_emoji_and_accents_do_not_get_in_the_way(catalogue: Catalogue, text: str) -> None:
    understood = catalogue.understand(text)
    assert (understood.filters.colors, understood.filters.kinds) == ({"red"}, {"mug"})


@pytest.mark.parametrize("text", ["", "   ", "?!", "🎸", "a" * 10_000, "not " * 2_500, "1" * 10_000, "£" * 600])
def test_odd_texts_ask_for_nothing_or_little_without_error(catalogue: Catalogue, text: str) -> None:
    understood = catalogue.understand(text)
    assert len(understood.text) <= 600
    assert understood.filters.kinds == frozenset()
