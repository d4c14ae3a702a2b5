"""The shop in the database is replaced as a whole or not at all."""

import dataclasses

import pytest

from actions.store.database import Database
from actions.store.shop_data import NoShopLoaded, current_version, load_shop, read_documents, read_products
from catalog.domain.shop import FaqEntry, ShopDocuments
from tests.fakes.small_shop import NOW, ShopFolderOf, config, load, products


def test_what_was_loaded_is_read_back_unchanged(database: Database):
    documents = ShopDocuments(config(), faq=(FaqEntry("returns", ("May I send it back?",), "Yes, in 30 days."),))
    version = load_shop(database, ShopFolderOf(documents, products()), NOW)
    assert read_documents(database) == documents
    assert read_products(database) == products()
    assert current_version(database) == version


def test_the_version_changes_with_the_shop_and_only_then(database):
    first = load(database, config())
    assert load(database, config()) == first
    dearer = [dataclasses.replace(product, price=product.price * 2) for product in products()]
    assert load(database, config(), dearer) != first


def test_a_load_that_fails_leaves_the_running_shop_as_it_was(database):
    version = load(database, config())
    twice_the_same = [*products(), products()[0]]
    with pytest.raises(Exception, match="UNIQUE"):
        load(database, config(), twice_the_same)
    assert current_version(database) == version
    assert read_products(database) == products()


def test_without_a_shop_one_is_told_how_to_load_one(database):
    assert current_version(database) is None
    with pytest.raises(NoShopLoaded, match="pairwell load"):
        read_documents(database)
