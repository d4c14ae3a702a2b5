"""A damaged index is refused with the file's name, and the last good one is served, whatever file it is and however it
was damaged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.catalogue import build_index, open_catalogue
from catalog.complements.evidence_files import EVIDENCE
from catalog.domain.errors import IndexUnusable
from catalog.domain.product import Product
from catalog.feed import ShopFolder
from catalog.search.index_files import current_version, index_folder, read_meta, usable_version
from tests.fakes.hash_encoder import HashEncoder, hash_model


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGE: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut": cut,
    "flipped": flip,
}
FILES = (
    "meta.json", "ids.txt", "hashes.npy", "vectors.faiss", "coarse.faiss", "faq.npy", *EVIDENCE,
    "learned/words.pickle", "learned/title_weights.npy", "learned/columns/names.places.npy",
    "learned/columns/kinds.values.json", "learned/columns/groups.npy", "learned/lexical/data.csc.index.npy",
    "learned/lexical/vocab.index.json", "ranking/about.json", "ranking/borrowed.npz", "ranking/model/weights.npy",
    "ranking/items/vectors.npy", "ranking/customers/keys.npy", "ranking/last/products.npy",
)  # fmt: skip


def more(shop: ShopFolder) -> list[Product]:
    """The small shop and some mugs: a coarse index needs more than a handful to learn from."""
    mug = shop.products[-1]
    return [*shop.products, *(replace(mug, id=f"MUG-{number}", title=f"Mug {number}") for number in range(20))]


def renamed(shop: ShopFolder) -> list[Product]:
    return [*more(shop)[:-1], replace(more(shop)[-1], title="Blue pot")]


def build(home: Path, shop: ShopFolder, products: list[Product]) -> str:
    return build_index(home, products, shop.orders_path, shop.documents, hash_model(HashEncoder()))


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory: pytest.TempPathFactory, small_shop: ShopFolder) -> Path:
    """A home with two good versions, with few products but the files of many."""
    home = tmp_path_factory.mktemp("two")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("catalog.search.vectors.FLAT_MOST", 5)
        build(home, small_shop, more(small_shop))
        build(home, small_shop, renamed(small_shop))
    return home


@pytest.fixture
def home(two_versions: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "home"
    shutil.copytree(two_versions, copied)
    return copied


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named_and_the_last_good_version_is_served(
    home: Path, small_shop: ShopFolder, name: str, damage: str
) -> None:
    current = str(current_version(home))
    path = index_folder(home) / current / name
    DAMAGE[damage](path)
    if not (name == "meta.json" and damage == "flipped"):
        with pytest.raises(IndexUnusable, match=rf"{path.name}: (is missing or damaged|cannot be read)"):
            read_meta(home, current)
    catalogue = open_catalogue(home, more(small_shop), small_shop.documents, HashEncoder())
    if not (name == "meta.json" and damage == "flipped"):
        assert catalogue.version != current
    assert catalogue.search("gas cartridge").hits[0].product.id == "GAS"


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_pointer_leaves_the_newest_version(home: Path, damage: str) -> None:
    newest = current_version(home)
    DAMAGE[damage](index_folder(home) / "current")
    assert usable_version(home)[0] in {path.name for path in index_folder(home).iterdir()}
    if damage in ("missing", "empty"):
        assert usable_version(home)[0] == newest


def test_a_pointer_that_is_no_text_is_passed_over(home: Path) -> None:
    (index_folder(home) / "current").write_bytes(b"\xff\xfe\x00../../etc")
    assert current_version(home) is None
    usable_version(home)


def test_a_damaged_index_is_built_anew_without_embedding_what_the_good_one_has(
    home: Path, small_shop: ShopFolder
) -> None:
    flip(index_folder(home) / str(current_version(home)) / "vectors.faiss")
    encoder = HashEncoder()
    products = renamed(small_shop)
    build_index(home, products, small_shop.orders_path, small_shop.documents, hash_model(encoder))
    assert encoder.asked == [products[-1].embedding_text()]


def test_a_large_file_is_read_through_only_where_it_was_touched(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.search.index_files._LARGE", 0)
    version = str(current_version(home))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("catalog.search.index_files.file_digest", lambda path: pytest.fail(f"{path} was read"))
        read_meta(home, version)
    flip(index_folder(home) / version / "vectors.faiss")
    with pytest.raises(IndexUnusable, match="damaged"):
        read_meta(home, version)
