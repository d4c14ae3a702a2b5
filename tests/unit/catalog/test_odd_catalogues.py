"""Catalogues that few shops have, and no search may fall over."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.catalogue import Catalogue, Filters, build_index, open_catalogue
from catalog.domain.money import Money
from catalog.domain.product import Availability, Product
from catalog.domain.shop import ShopConfig, ShopDocuments
from catalog.feed.faults import Findings
from catalog.feed.products import read_products
from catalog.search.candidates import Candidates
from tests.fakes.hash_encoder import HashEncoder, hash_model

DOCUMENTS = ShopDocuments(ShopConfig("Test"))


def opened(home: Path, products: list[Product]) -> Catalogue:
    encoder = HashEncoder()
    build_index(home, products, None, DOCUMENTS, hash_model(encoder))
    return open_catalogue(home, products, DOCUMENTS, encoder)


def ids(catalogue: Catalogue, text: str, limit: int = 5, filters: Filters | None = None) -> list[str]:
    return [hit.product.id for hit in catalogue.search(text, limit=limit, filters=filters).hits]


def product(number: int, title: str, **fields: object) -> Product:
    return Product(id=f"P{number}", title=title, price=Money(100 + number, "GBP"), **fields)  # type: ignore[arg-type]


def test_an_empty_catalogue_finds_nothing(tmp_path: Path) -> None:
    catalogue = opened(tmp_path, [])
    assert ids(catalogue, "tent") == []
    assert ids(catalogue, "under 20") == []
    assert catalogue.resolve("tent") == []
    assert catalogue.products() == ()


def test_one_product_is_found_by_name_typo_and_price_only(tmp_path: Path) -> None:
    catalogue = opened(tmp_path, [product(1, "Red tent")])
    assert ids(catalogue, "red tent") == ids(catalogue, "tnet") == ids(catalogue, "under 20") == ["P1"]
    assert ids(catalogue, "tent", filters=Filters(exclude_ids=frozenset({"P1"}))) == []


def test_where_nothing_is_in_stock_all_is_found_as_sold_out(tmp_path: Path) -> None:
    gone = [product(n, title, availability=Availability.OUT_OF_STOCK) for n, title in enumerate(("Red tent", "Tent"))]
    catalogue = opened(tmp_path, gone)
    assert set(ids(catalogue, "tent")) == {"P0", "P1"}
    result = catalogue.search("tent in stock")
    assert result.relaxed == ("stock",)
    assert len(result.hits) == 2


def test_what_is_in_stock_comes_first_unless_the_other_was_named_in_full(tmp_path: Path) -> None:
    products = [product(n, f"Aero {n} tent") for n in range(5)]
    products[2] = replace(products[2], availability=Availability.OUT_OF_STOCK)
    catalogue = opened(tmp_path, products)
    assert ids(catalogue, "aero tent", limit=9)[-1] == "P2"
    assert ids(catalogue, "aero 2 tent")[0] == "P2"


def test_thousands_of_products_with_one_title_are_searched_as_quickly_and_settled_by_sales_and_id(
    tmp_path: Path,
) -> None:
    same = [product(n, "Red retrospot lunch bag") for n in range(5000)]
    different = [product(n, f"Red retrospot lunch bag {n}") for n in range(5000)]
    took = {}
    for name, products in (("same", same), ("different", different)):
        catalogue = opened(tmp_path / name, products)
        begin = time.process_time()
        first, *others = [ids(catalogue, "red lunch bag", limit=20) for _ in range(10)]
        took[name] = time.process_time() - begin
        assert all(other == first for other in others)
    assert ids(opened(tmp_path / "same", same), "red retrospot lunch bag", limit=3) == ["P0", "P1", "P10"]
    assert took["same"] < 5 * took["different"]


def test_all_variants_of_one_thing_are_one_hit_and_hide_no_other(tmp_path: Path) -> None:
    shirts = [product(n, f"Plain cotton shirt {n}", group_id="SHIRT") for n in range(700)]
    other = product(9999, "Cotton shirt bag made of cotton and much more")
    assert set(ids(opened(tmp_path, [*shirts, other]), "plain cotton shirt", limit=3)) >= {"P9999"}


@pytest.fixture(scope="module")
def odd_titles(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """As a feed brings them: mark-up, emoji, right-to-left and mixed scripts."""
    home = tmp_path_factory.mktemp("odd")
    (home / "products.csv").write_text(
        "id,title,price\n"
        "HTML,<b>Bold</b> &amp; <i>bright</i> lamp<script>alert(1)</script>,5.00\n"
        "EMOJI,🎸 Guitar mug 🎵🎵,6.00\n"
        "HEBREW,אוהל לשני אנשים,90.00\n"
        "ARABIC,خيمة لشخصين,91.00\n"
        "MIXED,Tent אוהל 2,92.00\n"
        "CHINESE,帐篷,93.00\n",
        encoding="utf-8",
    )
    findings = Findings()
    products, _ = read_products(home / "products.csv", None, findings)
    findings.raise_any()
    return opened(home / "index", products)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bold bright lamp", "HTML"), ("<b>bright</b> lamp", "HTML"), ("guitar mug", "EMOJI"),
        ("🎸 guitar mug", "EMOJI"),
        ("אוהל לשני אנשים", "HEBREW"), ("خيمة لشخصين", "ARABIC"), ("tent אוהל", "MIXED"), ("帐篷", "CHINESE"),
    ],
)  # fmt: skip
def test_odd_titles_are_found_by_their_words(odd_titles: Catalogue, text: str, found: str) -> None:
    assert ids(odd_titles, text)[0] == found


@pytest.mark.parametrize("text", ["🎸🎵", "<script>", "\u202e\u202d", "'); DROP TABLE products; --", "\0"])
def test_odd_queries_break_nothing(odd_titles: Catalogue, text: str) -> None:
    assert len(ids(odd_titles, text)) <= 5


def test_where_few_products_match_nobody_looks_for_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = opened(tmp_path, [product(n, f"Thing number {n}") for n in range(900)])
    asked = []
    of = Candidates.of

    def counted(self: Candidates, *args: object, **options: object) -> object:
        asked.append(args)
        return of(self, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Candidates, "of", counted)
    found = ids(catalogue, "77", limit=200)
    assert found[0] == "P77"
    assert len(found) < 200
    assert len(asked) == 1
