"""Naming a product is quick because most products are never scored, and right all the same."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest

from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.search import naming
from catalog.search.shelf import Shelf

NAMES = ("Aero", "Boreal", "Drift", "Crag", "Linnet", "Wren", "Hare", "Burr", "Loft", "Neat")
THINGS = ("tent", "rain jacket", "gas stove", "tin mug", "head torch", "dry bag", "walking boot")
COLOURS = ("red", "navy", "black", "")


@cache
def shelf() -> Shelf:
    chance = random.Random(4)
    products = [
        Product(
            id=f"ITEM-{number}",
            title=" ".join((NAMES[number % 10], str(number % 7), THINGS[number % 7], COLOURS[number % 4])).strip(),
            price=Money(chance.randrange(500, 9000), "GBP"),
            color=COLOURS[number % 4],
            product_type=f"Camping > {THINGS[number % 7]}s",
            group_id=f"G{number // 3}",
        )
        for number in range(600)
    ]
    return Shelf(products, {product.id: int(product.id[5:]) % 13 for product in products}, "GBP")


PHRASES = [
    "the aero 3 gas stove in red",
    "put two crag tents in my basket",
    "navy linnet 4 walking boots",
    "boreal",
    "a torch",
    "drift 2 mug not red",
    "head torch",
    "wern 3 jacket",
    "the black one",
]


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("among", [(), ("ITEM-5", "ITEM-77")])
def test_the_best_are_the_same_as_when_all_are_scored(
    phrase: str, among: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = naming.resolve(shelf(), phrase, among)

    def all_of(shelf_: Shelf, words: list[str], family: set[int]) -> dict[int, float]:
        places = (place for place in range(len(shelf_.products)) if words)
        shares = {place: shelf_.coverage(words, place) for place in places}
        return {place: share for place, share in shares.items() if share >= naming._LEAST_COVERED}

    monkeypatch.setattr(naming, "_covered", all_of)
    assert naming.resolve(shelf(), phrase, among) == quick


def test_few_products_are_scored_where_a_rare_word_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    scored: list[int] = []
    score = naming._score
    monkeypatch.setattr(
        naming, "_score", lambda shelf_, place, *rest: scored.append(place) or score(shelf_, place, *rest)
    )
    odd = replace(shelf().products[0], id="ODD-ONE", title="Quixotic tent", group_id="")
    hits = naming.resolve(Shelf([*shelf().products, odd], {}, "GBP"), "the quixotic tent")
    assert hits[0].product.id == "ODD-ONE"
    assert len(scored) <= 10


def test_many_products_of_one_title_are_named_without_scoring_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    scored: list[int] = []
    score = naming._score
    monkeypatch.setattr(
        naming, "_score", lambda shelf_, place, *rest: scored.append(place) or score(shelf_, place, *rest)
    )
    same = Shelf([Product(f"ID-{number}", "Tin mug", Money(100, "GBP")) for number in range(5000)], {}, "GBP")
    hits = naming.resolve(same, "a tin mug for me")
    assert [hit.product.id for hit in hits][:2] == ["ID-0", "ID-1"]
    assert len(scored) <= naming._MOST_SCORED


def test_of_many_products_of_one_title_ten_are_named_the_bought_ones_first() -> None:
    products = [Product(f"ID-{number:04}", "Tin mug", Money(100, "GBP")) for number in range(3000)]
    same = Shelf(products, {"ID-0042": 7}, "GBP")
    hits = naming.resolve(same, "Tin Mug")
    assert [hit.product.id for hit in hits][:2] == ["ID-0042", "ID-0000"]
    assert len(hits) == 10
    assert {hit.score for hit in hits} == {1.0}


@pytest.mark.parametrize("products", [[], [Product("ONE", "Tin mug", Money(100, "GBP"))]])
def test_a_shop_of_nothing_or_one_thing_is_asked_without_error(products: list[Product]) -> None:
    small = Shelf(products, {}, "GBP")
    for phrase in ("", "tin mug", "mgu", "the red one", "not black under 5", "2 person"):
        assert len(naming.resolve(small, phrase)) <= len(products)
