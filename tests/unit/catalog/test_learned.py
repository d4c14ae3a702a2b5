"""What is learned from the products: kept with the index, opened as it was built, and stale when it should be."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from catalog.catalogue import build_index, open_catalogue
from catalog.domain.errors import IndexUnusable
from catalog.domain.money import Money
from catalog.domain.product import Availability
from catalog.feed import ShopFolder
from catalog.search.filters import Filters
from catalog.search.learned import learn, open_learned, texts_key
from catalog.search.shelf import Shelf
from tests.fakes.hash_encoder import HashEncoder, hash_model


def test_a_shelf_of_opened_columns_answers_as_one_that_was_just_read(small_shop: ShopFolder, tmp_path: Path) -> None:
    learn(small_shop.products).save(tmp_path)
    read = Shelf(small_shop.products, {}, "GBP")
    opened = Shelf(small_shop.products, {}, "GBP", open_learned(tmp_path, len(small_shop.products)))
    for asked in (Filters(colors=frozenset({"green"})), Filters(kinds=frozenset({"tents"}), in_stock_only=True)):
        assert np.array_equal(read.allowed(asked), opened.allowed(asked))
    assert read.vocabulary.words == opened.vocabulary.words
    for place in range(len(small_shop.products)):
        assert read.facets[place] == opened.facets[place]
        assert read.group(place) == opened.group(place)
        assert read.kind_unit(place) == opened.kind_unit(place)
    assert opened.titled("gas cartridge 230 G") == read.titled("Gas cartridge 230 g") != []
    assert opened.named(["tent"]) == read.named(["tent"]) != set()


def test_opening_reads_no_product_anew_unless_one_changed(
    small_shop: ShopFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(tmp_path, small_shop.products, None, small_shop.documents, hash_model(HashEncoder()))

    def refused(*_: object) -> None:
        raise AssertionError("the products were read again")

    monkeypatch.setattr("catalog.search.shelf.learn", refused)
    dearer = [replace(p, price=Money(1, "GBP"), availability=Availability.PREORDER) for p in small_shop.products]
    open_catalogue(tmp_path, dearer, small_shop.documents, HashEncoder())
    other = [*small_shop.products[:-1], replace(small_shop.products[-1], color="violet")]
    with pytest.raises(AssertionError, match="read again"):
        open_catalogue(tmp_path, other, small_shop.documents, HashEncoder())


def test_the_key_follows_texts_and_not_prices(small_shop: ShopFolder) -> None:
    products = list(small_shop.products)
    key = texts_key(products)
    assert texts_key(products) == key
    assert texts_key([replace(product, price=Money(1, "GBP")) for product in products]) == key
    assert texts_key(products[::-1]) != key
    for change in ({"title": "x"}, {"size": "XXL"}, {"group_id": "g"}, {"attributes": {"care": "wash"}}):
        assert texts_key([*products[:-1], replace(products[-1], **change)]) != key  # type: ignore[arg-type]


def test_words_of_another_program_are_not_opened(small_shop: ShopFolder, tmp_path: Path) -> None:
    learn(small_shop.products).save(tmp_path)
    (tmp_path / "words.pickle").write_bytes(pickle.dumps((Path("/"), print)))
    with pytest.raises(IndexUnusable, match="does not belong here"):
        open_learned(tmp_path, len(small_shop.products))
