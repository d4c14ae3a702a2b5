"""Synonyms learned from a shop's own texts."""

from __future__ import annotations

from collections import Counter

from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.search.facets import facets_of
from catalog.search.heads import learn_heads
from catalog.search.synonyms import learn_synonyms
from catalog.search.understanding import understand
from catalog.search.vocabulary import Vocabulary, learn_vocabulary
from catalog.search.words import tokens

MICS = [
    f"condenser {word} for {place} recording" for word in ("mic", "microphone") for place in ("studio", "stage")
] * 4
OTHERS = [f"{colour} paint {tail}" for colour in ("red", "blue") for tail in ("for walls", "for wood")] * 4
KEYS = ["brass key for the old door", "key ring with a hook"] * 3 + ["quiet keyboard with soft touch"] * 6
TITLES = MICS + OTHERS + KEYS


def learned(titles: list[str]) -> dict[str, tuple[str, ...]]:
    words = Counter(word for title in titles for word in set(tokens(title)))
    return learn_synonyms([tokens(title) for title in titles], words, words, len(titles))


def vocabulary(titles: list[str], kind: str = "") -> Vocabulary:
    products = [
        Product(id=str(number), title=title, price=Money(100, "GBP"), product_type=kind)
        for number, title in enumerate(titles)
    ]
    heads = learn_heads(titles)
    return learn_vocabulary(products, [facets_of(product, heads) for product in products])


def test_a_short_form_among_the_same_words_is_the_same_thing() -> None:
    assert learned(TITLES)["mic"] == ("microphone",)
    assert learned(TITLES)["microphone"] == ("mic",)


def test_words_that_only_begin_alike_are_not() -> None:
    assert "key" not in learned(TITLES)


def test_opposites_are_not_for_all_that_they_stand_among_the_same_words() -> None:
    assert "red" not in learned(TITLES)


def test_few_texts_teach_nothing() -> None:
    assert learned(TITLES[:2]) == {}


def test_the_order_of_texts_changes_nothing() -> None:
    assert learned(TITLES) == learned(TITLES[::-1])


def test_synonyms_are_given_to_match_as_well() -> None:
    understood = understand("a mic for the stage", vocabulary(TITLES), "GBP")
    assert (understood.text, understood.also) == ("mic stage", ("microphone",))


def test_a_synonym_names_the_kind() -> None:
    understood = understand("condenser mics", vocabulary(MICS, "Sound > Microphones"), "GBP")
    assert understood.filters.kinds == {"microphone"}
    assert [part.how for part in understood.parts if part.field == "kind"] == ["synonym"]
