"""Suggestions of a shop with orders enough to learn from: ordered by what was learned, gated by evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.catalogue import Catalogue, build_index, open_catalogue
from catalog.domain.shop import ShopConfig, ShopDocuments
from tests.fakes import theme_shop
from tests.fakes.hash_encoder import HashEncoder, hash_model
from tests.fakes.theme_shop import LAST_DAY, NEW, REFILL, THINGS

DOCUMENTS = ShopDocuments(ShopConfig("Themes"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("themes")
    orders = theme_shop.write_orders(home / "orders.csv")
    build_index(home, theme_shop.products(), orders, DOCUMENTS, hash_model(HashEncoder()))
    return home


def opened(home: Path) -> Catalogue:
    return open_catalogue(home, theme_shop.products(), DOCUMENTS, HashEncoder())


@pytest.fixture(scope="module")
def shop(home: Path) -> Catalogue:
    return opened(home)


def suggested(shop: Catalogue, *cart: str, **options: str) -> list[str]:
    return [one.product_id for one in shop.complements(cart, **options)]  # type: ignore[arg-type]


def test_the_rest_of_the_theme_comes_first_with_its_counts(shop: Catalogue) -> None:
    best = [one for one in shop.complements(["zebra-plate", "zebra-tray"]) if one.product_id != REFILL][:4]
    things = {one.product_id.removesuffix("-blue").removeprefix("zebra-") for one in best}
    assert things == set(THINGS) - {"plate", "tray"}
    for one in best:
        assert one.evidence.source == "orders"
        assert one.evidence.together > 20
        assert one.evidence.lower_lift > 1


def test_scores_are_chances_best_first(shop: Catalogue) -> None:
    scores = [one.score for one in shop.complements(["zebra-plate"])]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)


def test_a_new_product_is_suggested_for_its_kin_and_claims_no_orders(shop: Catalogue) -> None:
    found = {one.product_id: one for one in shop.complements(["cherry-plate", "cherry-tray"])}
    assert NEW in found
    assert (found[NEW].evidence.source, found[NEW].evidence.together) == ("attributes", 0)
    assert found[NEW].evidence.anchor_id in ("cherry-plate", "cherry-tray")
    assert NEW not in suggested(shop, "zebra-plate", "zebra-tray")


def test_a_known_customer_is_shown_nothing_bought_before(shop: Catalogue) -> None:
    again = {one.product_id for one in shop.reorders(["cherry-tray"], "customer-1", limit=100)}
    assert again
    new = suggested(shop, "cherry-tray", customer_id="customer-1")
    groups = {variant.id for product_id in again for variant in shop.variants(product_id)}
    assert not groups & set(new)
    assert set(suggested(shop, "cherry-tray")) & groups


def test_what_may_be_needed_again_is_the_variant_bought_last(shop: Catalogue) -> None:
    found = shop.reorders([], "customer-1", limit=100)
    mugs = [one.product_id for one in found if "mug" in one.product_id]
    assert mugs
    assert all(mug.endswith("-blue") for mug in mugs)
    assert all(one.orders >= 1 and one.last_bought <= LAST_DAY for one in found)


def test_what_is_in_the_cart_is_not_needed_again(shop: Catalogue) -> None:
    first = shop.reorders([], "customer-1")[0].product_id
    assert first not in [one.product_id for one in shop.reorders([first], "customer-1", limit=100)]


def test_of_an_unknown_customer_nothing_is_known(shop: Catalogue) -> None:
    assert shop.reorders(["zebra-plate"], "somebody") == []
    assert suggested(shop, "zebra-plate", customer_id="somebody") == suggested(shop, "zebra-plate")


def test_every_worker_says_the_same(home: Path, shop: Catalogue) -> None:
    other = opened(home)
    for cart in (["zebra-plate"], ["cherry-mug", "cherry-mug-blue"], ["tea", "anchor-card", "anchor-towel"]):
        assert other.complements(cart) == shop.complements(cart)


def test_a_product_that_came_after_the_index_spoils_nothing(home: Path, shop: Catalogue) -> None:
    fewer = [product for product in theme_shop.products() if product.id != "zebra-tray"]
    without = open_catalogue(home, fewer, DOCUMENTS, HashEncoder())
    assert "zebra-tray" in suggested(shop, "zebra-plate")
    assert "zebra-tray" not in suggested(without, "zebra-plate")
    assert suggested(without, "zebra-plate", "zebra-tray") == suggested(without, "zebra-plate")
