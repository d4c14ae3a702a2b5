"""Whatever is typed: understanding does not fail, invents no words, and wants nothing that it rules out."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.search.differences import differences
from catalog.search.filters import Gate
from catalog.search.reading import Reading
from catalog.search.shelf import Shelf
from catalog.search.understanding import Understood, understand, without_parts
from catalog.search.words import tokens

KINDS = ("Tents", "Tent pegs", "Rain jackets", "Stoves")
COLOURS = ("red", "navy", "black", "lime green", "")
BRANDS = ("Fell", "Rill & Sons", "")


@cache
def shelf() -> Shelf:
    products = [
        Product(
            id=f"P{number}",
            title=f"Aero {number % 7} {KINDS[number % 4][:-1].lower()} {COLOURS[number % 5]}, {number % 3 + 1} person",
            price=Money(100 + 137 * number % 9000, "GBP"),
            color=COLOURS[number % 5],
            size=("S", "M", "UK 7", "")[number % 4],
            material=("nylon", "steel", "")[number % 3],
            brand=BRANDS[number % 3],
            product_type=f"Camping > {KINDS[number % 4]}",
            description="With a hood" if number % 2 else "Without a hood, 1.5 kg",
        )
        for number in range(80)
    ]
    return Shelf(products, {}, "GBP")


def read(text: str) -> Understood:
    return understand(text, shelf().vocabulary, "GBP")


SAID = st.sampled_from(
    (
        *("tent", "tnet", "tent pegs", "jackets", "stove", "red", "navy", "lime green", "black", "Fell", "Rill & Sons"),
        *("nylon", "steel", "not", "no", "without", "anything but", "neither", "nor", "or", "and", ",", "but", "for"),
        *("under", "over", "between", "£20", "80", "$50", "2 person", "1/2 inch", "5'10\"", "size M", "in a large"),
        *("cheapest", "in stock", "hood", "hiking", "please", "I want", "?", "2", "two", "x", "-", "XL"),
        *("\"tent\"", "<b>", "é"),
        *("חולצה", "帐篷", "🎸", "a tenner", "bucks tops", "at least", "1.5 kg", "non-stick", "no-show", "sleeps 4"),
    )
)  # fmt: skip
SENTENCES = st.one_of(st.lists(SAID, max_size=14).map(" ".join), st.text(max_size=80))


@settings(max_examples=400, deadline=None)
@given(SENTENCES)
def test_nothing_is_wanted_that_is_ruled_out(text: str) -> None:
    filters = read(text).filters
    assert filters.colors.isdisjoint(filters.not_colors)
    assert filters.kinds.isdisjoint(filters.not_kinds)
    assert filters.brands.isdisjoint(filters.not_brands)
    assert filters.materials.isdisjoint(filters.not_materials)


@settings(max_examples=400, deadline=None)
@given(SENTENCES)
def test_the_text_holds_only_words_that_were_said_or_told_as_corrected(text: str) -> None:
    understood = read(text)
    said = {word for token in Reading(text).tokens for word in (*tokens(token.raw), token.word)}
    told = {word for part in understood.parts if part.field == "word" for word in tokens(part.name)}
    assert set(tokens(understood.text)) <= said | told


@settings(max_examples=400, deadline=None)
@given(SENTENCES)
def test_every_part_stands_where_it_says(text: str) -> None:
    reading, understood = Reading(text), read(text)
    for part in understood.parts:
        start, end = part.span
        assert 0 <= start < end <= len(reading.text)
        assert part.said == reading.text[start:end].strip()
    assert list(understood.parts) == sorted(understood.parts, key=lambda part: part.span)


@settings(max_examples=300, deadline=None)
@given(SENTENCES)
def test_limits_are_in_order_and_in_the_shops_currency(text: str) -> None:
    filters, quantity = read(text).filters, read(text).quantity
    limits = [limit for limit in (filters.price_min, filters.price_max) if limit is not None]
    assert limits == sorted(limits)
    assert all(limit.currency == "GBP" and limit.minor >= 0 for limit in limits)
    assert all(0 <= measure.low <= measure.high for measure in filters.measures)
    assert quantity is None or 1 <= quantity <= 99


@settings(max_examples=200, deadline=None)
@given(SENTENCES)
def test_the_same_sentence_is_understood_the_same_and_case_does_not_matter(text: str) -> None:
    assert read(text) == read(text)
    if text.isascii():
        assert read(text.upper()).filters == read(text.lower()).filters


@settings(max_examples=200, deadline=None)
@given(SENTENCES, st.sampled_from(("color", "price", "kind", "measure")))
def test_a_part_that_is_taken_back_is_no_longer_said(text: str, field: str) -> None:
    parts = [part for part in read(text).parts if part.field == field]
    left = without_parts(text, parts, {field})  # type: ignore[arg-type]
    assert len(left) <= len(Reading(text).text)
    assert all(character in text or not character.strip() for character in left if text.isascii())


@settings(max_examples=150, deadline=None)
@given(SENTENCES, st.integers(0, 79))
def test_a_product_differs_exactly_where_it_breaks_a_condition(text: str, place: int) -> None:
    understood, product, facets = read(text), shelf().products[place], shelf().facets[place]
    found = differences(understood, product, facets)
    ruled_out = understood.filters.without(understood.filters.relaxable())
    if Gate(ruled_out).admits(product, facets):
        assert (not found) == Gate(understood.filters).admits(product, facets)
    assert all(0.0 <= difference.distance <= 1.0 for difference in found)
