"""The catalogue on a real gift shop: 3,791 titles, 360,000 order lines, no product_type, no colours."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.catalogue import Catalogue, EmbeddingModel, build_index, open_catalogue
from catalog.complements.look_alikes import stem
from catalog.encoder.export import ensure_encoder
from catalog.encoder.onnx_encoder import OnnxEncoder
from catalog.feed import ShopFolder, read_shop
from catalog.search.encoders import packaged_model

SHOP = Path(__file__).resolve().parents[3] / "shared" / "data" / "online_retail"
pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not SHOP.is_dir(), reason="the real shop's data is not beside the repository (../shared/data)"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("online-retail")


@pytest.fixture(scope="module")
def shop() -> ShopFolder:
    return read_shop(SHOP)


@pytest.fixture(scope="module")
def catalogue(shop: ShopFolder, home: Path) -> Catalogue:
    build_index(home, shop.products, shop.orders_path, shop.documents, packaged_model())
    return open_catalogue(home, shop.products, shop.documents, OnnxEncoder(ensure_encoder(home)))


def named(catalogue: Catalogue, title: str) -> str:
    return next(product.id for product in catalogue.products() if product.title == title)


def test_a_second_build_embeds_nothing(catalogue: Catalogue, shop: ShopFolder, home: Path) -> None:
    def never() -> OnnxEncoder:
        raise AssertionError("the model was loaded though nothing had changed")

    model = EmbeddingModel(packaged_model().name, never)
    assert build_index(home, shop.products, shop.orders_path, shop.documents, model) == catalogue.version


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("LUNCH BAG RED RETROSPOT", "LUNCH BAG BLACK SKULL.", True),
        ("JUMBO BAG RED RETROSPOT", "JUMBO BAG PINK POLKADOT", True),
        ("JUMBO BAG RED RETROSPOT", "JUMBO SHOPPER VINTAGE RED PAISLEY", True),
        ("WHITE HANGING HEART T-LIGHT HOLDER", "CANDLEHOLDER PINK HANGING HEART", True),
        ("ALARM CLOCK BAKELIKE RED", "ALARM CLOCK BAKELIKE GREEN", True),
        ("HEART OF WICKER LARGE", "HEART OF WICKER SMALL", True),
        ("REGENCY CAKESTAND 3 TIER", "ROSES REGENCY TEACUP AND SAUCER", False),
        ("GREEN REGENCY TEACUP AND SAUCER", "REGENCY TEAPOT ROSES", False),
        ("LUNCH BAG RED RETROSPOT", "PARTY BUNTING", False),
    ],
)
def test_look_alikes(catalogue: Catalogue, a: str, b: str, same: bool) -> None:
    assert catalogue.look_alike(named(catalogue, a), named(catalogue, b)) == same
    assert catalogue.look_alike(named(catalogue, b), named(catalogue, a)) == same


def test_teacups_go_with_the_cakestand_and_the_counts_are_true(catalogue: Catalogue, shop: ShopFolder) -> None:
    import polars as pl

    anchor = named(catalogue, "REGENCY CAKESTAND 3 TIER")
    best = catalogue.complements([anchor])[0]
    assert "REGENCY TEACUP" in str(catalogue.product(best.product_id))
    assert shop.orders_path is not None
    lines = pl.read_csv(shop.orders_path, infer_schema=False)
    orders = {
        product_id: set(lines.filter(pl.col("product_id") == product_id)["order_id"])
        for product_id in (anchor, best.product_id)
    }
    assert best.evidence.anchor_orders == len(orders[anchor])
    assert best.evidence.together == len(orders[anchor] & orders[best.product_id])
    assert best.evidence.lift > best.evidence.lower_lift > 1.0
    assert 0 < best.evidence.buyers_together < best.evidence.anchor_buyers <= best.evidence.anchor_orders


def test_of_300_best_sellers_nothing_that_goes_along_is_the_same_thing_and_what_replaces_it_mostly_is(
    catalogue: Catalogue, shop: ShopFolder
) -> None:
    import polars as pl

    assert shop.orders_path is not None
    lines = pl.read_csv(shop.orders_path, infer_schema=False).unique(["order_id", "product_id"])
    best_sellers = lines.group_by("product_id").len().sort("len", "product_id").tail(300)["product_id"].to_list()
    title = {product.id: product.title for product in catalogue.products()}
    instead_of = {own: [hit.product.id for hit in catalogue.alternatives(own)] for own in best_sellers}
    for own, instead in instead_of.items():
        along = [one.product_id for one in catalogue.complements([own])]
        assert along
        assert not [title[one] for one in along[:5] if stem(title[one]) == stem(title[own])]
        assert set(along).isdisjoint(instead)
    shared = [bool(stem(title[own]) & stem(title[one])) for own, instead in instead_of.items() for one in instead]
    assert sum(shared) > 0.95 * len(shared)
    assert sum(map(bool, instead_of.values())) > 0.95 * len(best_sellers)


def test_no_suggestion_looks_like_its_anchor(catalogue: Catalogue) -> None:
    anchors = [product.id for product in catalogue.products()][::60]
    answered = 0
    for anchor in anchors:
        suggestions = catalogue.complements([anchor], limit=5)
        answered += bool(suggestions)
        assert not [s.product_id for s in suggestions if catalogue.look_alike(anchor, s.product_id)]
    assert answered > len(anchors) / 2


@pytest.mark.parametrize(
    ("query", "word"),
    [("red retrospot lunch bag", "LUNCH BAG"), ("xmas tree decoration", "TREE"), ("hot watter bottle", "WATER BOTTLE")],
)
def test_search_finds_by_name_meaning_and_typo(catalogue: Catalogue, query: str, word: str) -> None:
    assert word in catalogue.search(query).hits[0].product.title


def test_sets_are_varied_and_their_counts_true(catalogue: Catalogue, shop: ShopFolder) -> None:
    import polars as pl

    anchor = named(catalogue, "REGENCY CAKESTAND 3 TIER")
    found = catalogue.bundles_for([anchor], limit=5)
    assert any("REGENCY TEAPOT" in str(catalogue.product(part)) for best in found for part in best.missing_ids)
    assert shop.orders_path is not None
    held = pl.read_csv(shop.orders_path, infer_schema=False).filter(pl.col("quantity").cast(pl.Float64) > 0)
    for best in found:
        parts = (*best.anchor_ids, *best.missing_ids)
        orders = [set(held.filter(pl.col("product_id") == part)["order_id"]) for part in parts]
        assert (best.orders, best.anchor_orders) == (len(set.intersection(*orders)), len(orders[0]))
        assert not [(a, b) for a in parts for b in parts if a < b and catalogue.look_alike(a, b)]


def test_most_of_what_sells_best_is_in_a_set(catalogue: Catalogue, shop: ShopFolder) -> None:
    import polars as pl

    assert shop.orders_path is not None
    lines = pl.read_csv(shop.orders_path, infer_schema=False).unique(["order_id", "product_id"])
    best_sellers = lines.group_by("product_id").len().sort("len", "product_id").tail(100)["product_id"]
    completed = [product_id for product_id in best_sellers if catalogue.bundles_for([product_id])]
    assert len(completed) > 80
