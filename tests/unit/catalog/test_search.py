"""Searching: filters hold, variants are one hit, stock first, what was given up is named."""

from __future__ import annotations

import pytest

from catalog.catalogue import Catalogue, Filters
from catalog.domain.money import Money


def ids(catalogue: Catalogue, text: str, **options: object) -> list[str]:
    return [hit.product.id for hit in catalogue.search(text, **options).hits]  # type: ignore[arg-type]


def test_all_conditions_of_a_sentence_hold(catalogue: Catalogue) -> None:
    assert ids(catalogue, "waterproof jacket under 80 in a medium, not black") == ["JACKET-N-M"]


def test_variants_are_one_hit_and_the_one_in_stock_is_shown(catalogue: Catalogue) -> None:
    found = ids(catalogue, "aero tent", limit=10)
    assert found[0] == "TENT-A2-G"
    assert "TENT-A2-O" not in found


def test_a_sold_out_variant_is_shown_when_it_alone_was_asked_for(catalogue: Catalogue) -> None:
    assert ids(catalogue, "aero 2 tent in orange") == ["TENT-A2-O"]


def test_what_was_given_up_is_named(catalogue: Catalogue) -> None:
    result = catalogue.search("stove under 5")
    assert result.relaxed == ("price",)
    assert {hit.product.id for hit in result.hits} >= {"STOVE", "STOVE-XL"}
    assert catalogue.search("jacket in xl").relaxed == ("sizes",)


def test_what_the_shopper_ruled_out_is_never_given_up(catalogue: Catalogue) -> None:
    assert "JACKET-B-M" not in ids(catalogue, "jacket not black under 1", limit=20)


@pytest.mark.parametrize(
    ("ruled_out", "never"),
    [
        (Filters(not_kinds=frozenset({"Tents"})), "TENT-H4"),
        (Filters(not_brands=frozenset({"Fell"})), "TENT-H4"),
        (Filters(not_materials=frozenset({"Polyester"})), "TENT-H4"),
    ],
)
def test_kinds_brands_and_materials_can_be_ruled_out_for_good(
    catalogue: Catalogue, ruled_out: Filters, never: str
) -> None:
    assert never in ids(catalogue, "haven 4 family tent", limit=20)
    assert never not in ids(catalogue, "haven 4 family tent", limit=20, filters=ruled_out)
    assert ruled_out.relaxable() == ()


def test_ruled_out_names_add_up() -> None:
    first, second = Filters(not_brands=frozenset({"Fell"})), Filters(not_brands=frozenset({"Rill"}))
    assert first.merged(second).not_brands == {"Fell", "Rill"}


def test_nonsense_finds_nothing(catalogue: Catalogue) -> None:
    assert catalogue.search("qwertz asdfgh").hits == ()


def test_cheapest_sorts_by_price_within_what_was_asked(catalogue: Catalogue) -> None:
    assert ids(catalogue, "cheapest tent") == ["TENT-A2-G", "TENT-H4"]
    assert ids(catalogue, "most expensive tent")[0] == "TENT-H4"


def test_a_typo_finds_the_same(catalogue: Catalogue) -> None:
    assert ids(catalogue, "footprnt for aero 2")[0] == "FOOT-A2"


def test_given_filters_are_added_to_the_text(catalogue: Catalogue) -> None:
    filters = Filters(price_max=Money(5000, "GBP"), exclude_ids=frozenset({"MUG-R"}))
    result = catalogue.search("mug", filters=filters)
    assert [hit.product.id for hit in result.hits] == ["MUG-B"]
    assert result.understood.filters.price_max == Money(5000, "GBP")


def test_a_bare_price_shows_what_sells_most(catalogue: Catalogue) -> None:
    assert ids(catalogue, "under 10")[0] == "GAS"


def test_a_full_title_comes_first(catalogue: Catalogue) -> None:
    assert catalogue.search("Gas cartridge 230 g").hits[0].score == 1.0


def test_alternatives_are_of_the_same_kind_and_never_variants(catalogue: Catalogue) -> None:
    assert [hit.product.id for hit in catalogue.alternatives("TENT-A2-G")] == ["TENT-H4"]


def test_the_faq_answers_by_meaning(catalogue: Catalogue) -> None:
    hit = catalogue.faq("how much is delivery")[0]
    assert (hit.entry.topic, hit.score) == ("shipping", pytest.approx(1.0, abs=1e-5))
    assert catalogue.faq("  ") == []


@pytest.mark.parametrize(
    ("phrase", "best"),
    [
        ("can you put the aero 2 in green in my basket please", "TENT-A2-G"),
        ("the aero 2 in orange", "TENT-A2-O"),
        ("red enamal mug", "MUG-R"),
        ("vee pegs", "PEG-VEE"),
        ("drizzle jacket navy in L", "JACKET-N-L"),
        ("foot-a2", "FOOT-A2"),
        ("footprint for the haven 4", "FOOT-H4"),
    ],
)
def test_a_phrase_names_a_product(catalogue: Catalogue, phrase: str, best: str) -> None:
    hit = catalogue.resolve(phrase)[0]
    assert hit.product.id == best
    assert hit.score >= 0.8


@pytest.mark.parametrize("phrase", ["hello there", "what is the weather like", "the green one", ""])
def test_a_phrase_without_a_name_names_nothing(catalogue: Catalogue, phrase: str) -> None:
    assert all(hit.score < 0.5 for hit in catalogue.resolve(phrase))


def test_a_colour_alone_means_what_is_shown_or_its_variant(catalogue: Catalogue) -> None:
    assert catalogue.resolve("the blue one", among=["MUG-R", "STOVE"])[0].product.id == "MUG-B"


def test_what_is_shown_is_preferred(catalogue: Catalogue) -> None:
    assert catalogue.resolve("footprint", among=["FOOT-H4"])[0].product.id == "FOOT-H4"
