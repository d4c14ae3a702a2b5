"""The index on disk: only what changed is embedded, damage is noticed, the last good version goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.catalogue import build_index, open_catalogue
from catalog.domain.errors import IndexUnusable
from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.feed import ShopFolder
from catalog.search.index_files import current_version, index_folder
from tests.fakes.hash_encoder import HashEncoder, hash_model


def build(home: Path, shop: ShopFolder, products: Sequence[Product] | None = None, **options: str) -> HashEncoder:
    encoder = HashEncoder()
    model = hash_model(encoder, **options)
    build_index(home, products or shop.products, shop.orders_path, shop.documents, model)
    return encoder


def test_nothing_is_done_twice(tmp_path: Path, small_shop: ShopFolder) -> None:
    build(tmp_path, small_shop)
    assert build(tmp_path, small_shop).asked == []


def test_only_changed_products_are_embedded(tmp_path: Path, small_shop: ShopFolder) -> None:
    build(tmp_path, small_shop)
    changed = [replace(p, title="Spark titanium stove") if p.id == "STOVE" else p for p in small_shop.products]
    assert build(tmp_path, small_shop, changed).asked == [next(p for p in changed if p.id == "STOVE").embedding_text()]
    catalogue = open_catalogue(tmp_path, changed, small_shop.documents, HashEncoder())
    assert catalogue.search("titanium stove").hits[0].product.id == "STOVE"


def test_a_new_price_needs_no_new_vector_and_is_seen_at_once(tmp_path: Path, small_shop: ShopFolder) -> None:
    build(tmp_path, small_shop)
    cheaper = [replace(p, price=Money(100, "GBP")) if p.id == "TENT-H4" else p for p in small_shop.products]
    catalogue = open_catalogue(tmp_path, cheaper, small_shop.documents, HashEncoder())
    assert [hit.product.id for hit in catalogue.search("tent under 5").hits] == ["TENT-H4"]


def test_another_model_embeds_everything_anew(tmp_path: Path, small_shop: ShopFolder) -> None:
    build(tmp_path, small_shop)
    assert len(build(tmp_path, small_shop, name="other").asked) >= len(small_shop.products)


def test_what_other_code_learned_is_learned_anew(
    tmp_path: Path, small_shop: ShopFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, small_shop)
    before = current_version(tmp_path)
    monkeypatch.setattr("catalog.indexing.code_key", lambda: "of other code")
    assert build(tmp_path, small_shop).asked == []
    assert current_version(tmp_path) != before


def test_products_gone_and_new_since_the_build_are_handled(tmp_path: Path, small_shop: ShopFolder) -> None:
    build(tmp_path, small_shop)
    kept = [product for product in small_shop.products if product.id != "GAS"]
    kept.append(Product(id="NEW", title="Zebra kettle", price=Money(900, "GBP")))
    catalogue = open_catalogue(tmp_path, kept, small_shop.documents, HashEncoder())
    assert catalogue.search("zebra kettle").hits[0].product.id == "NEW"
    assert "GAS" not in [c.product_id for c in catalogue.complements(["STOVE", "NEW"])]


def test_without_an_index_the_mend_is_named(tmp_path: Path, small_shop: ShopFolder) -> None:
    with pytest.raises(IndexUnusable, match="run `pairwell index`"):
        open_catalogue(tmp_path, small_shop.products, small_shop.documents, HashEncoder())


@pytest.mark.parametrize("name", ["vectors.faiss", "groups.npz", "meta.json"])
def test_a_damaged_file_is_refused(tmp_path: Path, small_shop: ShopFolder, name: str) -> None:
    build(tmp_path, small_shop)
    damaged = index_folder(tmp_path) / str(current_version(tmp_path)) / name
    damaged.write_bytes(damaged.read_bytes()[:-20] + b"x" * 20)
    with pytest.raises(IndexUnusable, match=r"damaged|cannot be read"):
        open_catalogue(tmp_path, small_shop.products, small_shop.documents, HashEncoder())
    assert build(tmp_path, small_shop).asked, "a damaged index is built anew"
    open_catalogue(tmp_path, small_shop.products, small_shop.documents, HashEncoder())


def test_the_last_good_version_goes_on_where_the_current_one_is_damaged(tmp_path: Path, small_shop: ShopFolder) -> None:
    build(tmp_path, small_shop)
    good = current_version(tmp_path)
    build(tmp_path, small_shop, [*small_shop.products[:-1], replace(small_shop.products[-1], title="Blue pot")])
    (index_folder(tmp_path) / str(current_version(tmp_path)) / "vectors.faiss").unlink()
    assert open_catalogue(tmp_path, small_shop.products, small_shop.documents, HashEncoder()).version == good


def test_a_build_that_fails_leaves_the_old_index_and_nothing_else(tmp_path: Path, small_shop: ShopFolder) -> None:
    class Broken(HashEncoder):
        def encode(self, texts: Sequence[str]) -> object:  # type: ignore[override]
            raise RuntimeError("out of memory")

    build(tmp_path, small_shop)
    before = current_version(tmp_path)
    changed = [replace(small_shop.products[0], title="Another tent"), *small_shop.products[1:]]
    with pytest.raises(RuntimeError):
        build_index(tmp_path, changed, None, small_shop.documents, hash_model(Broken()))
    assert current_version(tmp_path) == before
    assert sorted(path.name for path in index_folder(tmp_path).iterdir()) == sorted([str(before), "current"])


def test_an_encoder_of_another_size_is_refused(tmp_path: Path, small_shop: ShopFolder) -> None:
    class Wide(HashEncoder):
        dimension = 32

    build(tmp_path, small_shop)
    with pytest.raises(IndexUnusable, match="another model"):
        open_catalogue(tmp_path, small_shop.products, small_shop.documents, Wide())
