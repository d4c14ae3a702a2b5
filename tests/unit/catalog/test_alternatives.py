"""What is bought instead of a product is never what goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.catalogue import Catalogue, build_index, open_catalogue
from catalog.complements.alternatives import AlternativeFinder
from catalog.domain.money import Money
from catalog.domain.product import Availability, Product
from catalog.feed import ShopFolder, read_shop
from catalog.search.shelf import Shelf
from catalog.search.sieve import Mask
from tests.fakes.hash_encoder import HashEncoder, hash_model

DEMO = Path(__file__).parents[3] / "data" / "demo"
SOLD_OUT = Availability.OUT_OF_STOCK


def thing(product_id: str, title: str, kind: str = "", group: str = "") -> Product:
    return Product(id=product_id, title=title, price=Money(1000, "GBP"), product_type=kind, group_id=group)


def finder(
    products: Sequence[Product], nearest: Sequence[str], *, alike: bool = False, along: bool = False
) -> AlternativeFinder:
    """A shop where these are nearest to everything, 0.9, 0.8 and so on."""
    shelf = Shelf(products, {}, "GBP")

    def near(place: int, limit: int, allowed: Mask | None = None) -> list[tuple[int, float]]:
        found = ((shelf.position[one], 0.9 - rank / 10) for rank, one in enumerate(nearest))
        return [(other, cosine) for other, cosine in found if allowed is None or allowed[other]]

    return AlternativeFinder(shelf, near, lambda a, b: alike, lambda a, b: along)


def ids(shop: AlternativeFinder, product_id: str) -> list[str]:
    return [hit.product.id for hit in shop.alternatives(product_id)]


STOVES = [thing("A", "Spark", "Stoves"), thing("B", "Hearth", "Stoves"), thing("C", "Omni", "Stoves")]
PAN = thing("P", "Titan", "Pans")


def test_the_nearest_of_the_kind_comes_first_and_what_is_sold_out_last() -> None:
    assert ids(finder([*STOVES, PAN], "PBC"), "A") == ["B", "C"]
    assert ids(finder([STOVES[0], replace(STOVES[1], availability=SOLD_OUT), STOVES[2]], "BC"), "A") == ["C", "B"]


def test_of_a_group_the_variant_in_stock_is_shown() -> None:
    variants = [
        replace(thing("B1", "Hearth", "Stoves", "B"), availability=SOLD_OUT),
        thing("B2", "Hearth", "Stoves", "B"),
    ]
    assert ids(finder([STOVES[0], *variants], ["B1", "B2"]), "A") == ["B2"]


def test_its_own_variants_and_what_buyers_take_along_replace_nothing() -> None:
    assert ids(finder([replace(one, group_id="G") for one in STOVES], "BC"), "A") == []
    assert ids(finder(STOVES, "BC", along=True), "A") == []


def test_a_product_that_the_index_does_not_know_yet_has_those_of_its_kind() -> None:
    assert ids(finder([*STOVES, PAN], ""), "A") == ["B", "C"]
    assert ids(finder(STOVES, ""), "NOWHERE") == []


def test_where_titles_tell_the_kind_a_shared_noun_and_likeness_are_enough() -> None:
    titles = ["DOORMAT HEARTS", "HEART DOORMAT", "BLUE DOORMAT", "RED DOORMAT", "TIN HEARTS", "GLASS HEARTS", "SOAP"]
    products = [thing(title, title) for title in titles]
    assert "BLUE DOORMAT" in ids(finder(products, titles[1:], alike=True), "HEART DOORMAT")
    assert "SOAP" not in ids(finder(products, titles[1:], alike=True), "HEART DOORMAT")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    shop: ShopFolder = read_shop(DEMO)
    home, encoder = tmp_path_factory.mktemp("demo"), HashEncoder()
    build_index(home, shop.products, shop.orders_path, shop.documents, hash_model(encoder))
    return open_catalogue(home, shop.products, shop.documents, encoder)


def test_in_the_demo_shop_nothing_both_replaces_and_completes_a_product(demo: Catalogue) -> None:
    replaced = completed = 0
    for product in demo.products():
        instead = [hit.product for hit in demo.alternatives(product.id, limit=100)]
        along = [demo.product(one.product_id) for one in demo.complements([product.id], limit=100)]
        assert {one.id for one in instead}.isdisjoint(one.id for one in along if one is not None)
        assert not [one.id for one in (*instead, *along) if one is not None and one.same_group(product)]
        assert all(one.kind == product.kind for one in instead)
        replaced, completed = replaced + bool(instead), completed + bool(along)
    assert completed > 0.95 * len(demo.products())
    assert replaced > 0.7 * len(demo.products())


def test_in_the_demo_shop_upgrades_are_true_and_few(demo: Catalogue) -> None:
    found = {product.id: demo.upgrades(product.id) for product in demo.products()}
    (aero,) = found["TENT-AERO-1-GREEN"]
    assert (aero.product.id, str(aero.difference)) == ("TENT-AERO-2", "30.00")
    assert [(change.before_text, change.after_text) for change in aero.improvements] == [("1 persons", "2 persons")]
    for product_id, upgrades in found.items():
        own = {hit.product.group_id or hit.product.id for hit in demo.alternatives(product_id, limit=100)}
        assert {one.product.group_id or one.product.id for one in upgrades} <= own
