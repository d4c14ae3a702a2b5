"""The evidence beside the index: appended orders are counted alone, and the result is that of counting all."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
import pytest

from catalog.catalogue import build_index
from catalog.complements import evidence_files
from catalog.complements.bundle import load_bundles
from catalog.complements.counts import load_counts
from catalog.complements.order_history import OrderHistory, load_history
from catalog.domain.errors import FeedFaults
from catalog.domain.product import Product
from catalog.feed import ShopFolder
from catalog.search.index_files import current_version, index_folder
from tests.fakes.hash_encoder import HashEncoder, hash_model
from tests.unit.catalog.conftest import orders_text

MORE = "".join(f"N{n},2026-02-01,N{n},STOVE,1,29\nN{n},2026-02-01,N{n},PEG-VEE,1,12.5\n" for n in range(12))


def build(home: Path, shop: ShopFolder, orders: Path, products: Sequence[Product] | None = None) -> Path:
    build_index(home, products or shop.products, orders, shop.documents, hash_model(HashEncoder()))
    return index_folder(home) / str(current_version(home))


def lines_counted(home: Path, shop: ShopFolder, orders: Path, products: Sequence[Product] | None = None) -> int:
    """Order lines that a build read to count them."""
    seen: list[OrderHistory] = []

    def spy(lines: object) -> OrderHistory:
        seen.append(real(lines))  # type: ignore[arg-type]
        return seen[-1]

    real = evidence_files.history_of
    with mock.patch.object(evidence_files, "history_of", spy):
        build(home, shop, orders, products)
    return sum(len(history.items) for history in seen)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(orders_text())
    return path


def same_evidence(one: Path, other: Path) -> None:
    for name in (evidence_files.GROUPS, evidence_files.KINDS):
        mine, full = load_counts(one / name), load_counts(other / name)
        assert (mine.units, mine.orders, mine.customers) == (full.units, full.orders, full.customers)
        for matrix in ("together", "customers_together", "recent_together"):
            np.testing.assert_array_equal(getattr(mine, matrix).indices, getattr(full, matrix).indices)
            np.testing.assert_allclose(getattr(mine, matrix).data, getattr(full, matrix).data, rtol=1e-6)
    assert load_bundles(one / evidence_files.BUNDLES) == load_bundles(other / evidence_files.BUNDLES)
    assert (one / evidence_files.POPULARITY).read_text() == (other / evidence_files.POPULARITY).read_text()


def test_appended_orders_are_counted_alone(tmp_path: Path, small_shop: ShopFolder, orders: Path) -> None:
    build(tmp_path / "home", small_shop, orders)
    orders.write_text(orders_text() + MORE)
    assert lines_counted(tmp_path / "home", small_shop, orders) == 24
    updated = build(tmp_path / "home", small_shop, orders)
    same_evidence(updated, build(tmp_path / "fresh", small_shop, orders))
    assert dict(load_counts(updated / evidence_files.GROUPS).partners("STOVE"))["PEG-VEE"] == 12
    assert json.loads((updated / evidence_files.POPULARITY).read_text())["STOVE"] == 72


def test_it_makes_no_difference_whether_the_file_was_packed_meanwhile(
    tmp_path: Path, small_shop: ShopFolder, orders: Path
) -> None:
    build(tmp_path / "home", small_shop, orders)
    packed = tmp_path / "orders.csv.gz"
    packed.write_bytes(gzip.compress((orders_text() + MORE).encode()))
    assert lines_counted(tmp_path / "home", small_shop, packed) == 24


def test_a_file_that_was_changed_within_is_counted_whole(tmp_path: Path, small_shop: ShopFolder, orders: Path) -> None:
    build(tmp_path / "home", small_shop, orders)
    changed = orders_text().replace("T0,2026-01-01,C,PEG-VEE", "T0,2026-01-01,C,GAS") + MORE
    orders.write_text(changed)
    assert lines_counted(tmp_path / "home", small_shop, orders) > 24
    same_evidence(build(tmp_path / "home", small_shop, orders), build(tmp_path / "fresh", small_shop, orders))


def test_new_products_have_all_orders_counted_anew(tmp_path: Path, small_shop: ShopFolder, orders: Path) -> None:
    text = orders_text() + "O1,2026-01-01,C,OLD,1,1\nO1,2026-01-01,C,GAS,1,1\n"
    orders.write_text(text)
    build(tmp_path / "home", small_shop, orders)
    again = [*small_shop.products, replace(small_shop.products[0], id="OLD", title="Old lamp", group_id="")]
    orders.write_text(text + MORE)
    assert lines_counted(tmp_path / "home", small_shop, orders, again) > 24
    current = build(tmp_path / "home", small_shop, orders, again)
    assert "OLD" in load_history(current / evidence_files.HISTORY).products


def test_orders_sent_again_change_nothing(tmp_path: Path, small_shop: ShopFolder, orders: Path) -> None:
    first = load_counts(build(tmp_path / "home", small_shop, orders) / evidence_files.GROUPS)
    orders.write_text(orders_text() + "".join(orders_text().splitlines(keepends=True)[1:31]))
    second = load_counts(build(tmp_path / "home", small_shop, orders) / evidence_files.GROUPS)
    assert first.orders == second.orders
    assert (first.together != second.together).nnz == 0


def test_faulty_appended_orders_leave_the_old_index(tmp_path: Path, small_shop: ShopFolder, orders: Path) -> None:
    before = build(tmp_path / "home", small_shop, orders)
    orders.write_text(orders_text() + "Q1,yesterday,C,GAS,1,1\n")
    with pytest.raises(FeedFaults, match=r"orders.csv:\d+ \[timestamp\]: 'yesterday' is no time"):
        build(tmp_path / "home", small_shop, orders)
    assert index_folder(tmp_path / "home") / str(current_version(tmp_path / "home")) == before
