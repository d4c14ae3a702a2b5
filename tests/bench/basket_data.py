"""The orders that complements are measured on: real ones of a gift shop, or the demo shop's where those are missing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from actions.settings import DEMO_SHOP, REPOSITORY
from catalog.complements.ranking.items import Items, log_prices
from catalog.domain.product import Product
from catalog.embedding import embed_texts
from catalog.feed.faults import Findings
from catalog.feed.orders import read_orders
from catalog.feed.products import read_products
from catalog.search.encoders import NoProgress, Vectors, packaged_model

REAL = REPOSITORY.parent / "shared" / "data" / "online_retail"
# Orders before this are learned from, those of the month are asked about. Nothing was tuned on them.
_REAL_MONTH, _DEMO_MONTH = "2011-09-01", "2026-02-01"
_DEMO_LIMITS = {"min_item_orders": 10, "min_basket": 2, "max_basket": 60}
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Limits:
    """What takes part: items of so many orders before the month, orders of so many such items."""

    least_orders: int
    smallest: int
    largest: int

    def fits(self, size: int) -> bool:
        """Whether an order of so many items takes part."""
        return self.smallest <= size <= self.largest


@dataclass(frozen=True)
class Shop:
    """Products with their embeddings, and order lines as `read_orders` gives them."""

    name: str
    products: list[Product]
    vectors: Vectors
    lines: pl.DataFrame
    limits: Limits
    month: datetime
    real: bool

    def items(self) -> Items:
        """The products as the ranker takes them."""
        products = self.products
        prices = log_prices(product.current_price.minor for product in products)
        ids, titles = (product.id for product in products), (product.title for product in products)
        return Items(tuple(ids), tuple(titles), prices, self.vectors)

    def before(self, moment: datetime) -> pl.DataFrame:
        """The order lines before a moment."""
        return self.lines.filter(pl.col("timestamp") < moment)

    def within(self, begin: datetime, end: datetime | None = None) -> pl.DataFrame:
        """The order lines from a moment on, up to another one."""
        later = self.lines.filter(pl.col("timestamp") >= begin)
        return later if end is None else later.filter(pl.col("timestamp") < end)


def open_shop() -> Shop:
    """The real orders, or the demo shop's and a line that says so."""
    if REAL.is_dir():
        limits = json.loads((REAL / "config.json").read_text(encoding="utf-8"))
        return _read(REAL, "products.csv.gz", _REAL_MONTH, limits, real=True)
    print(f"bench: {REAL.name} is not beside the repository; the demo shop's invented orders are measured instead")
    return _read(DEMO_SHOP, "products.csv", _DEMO_MONTH, _DEMO_LIMITS, real=False)


def _read(folder: Path, products_file: str, month: str, limits: dict[str, int], *, real: bool) -> Shop:
    findings = Findings()
    products, _ = read_products(folder / products_file, None, findings, allow_free=True)
    known = frozenset(product.id for product in products)
    lines = read_orders(folder / "orders.csv.gz", known, findings).frame
    findings.raise_any()
    texts = [product.embedding_text() for product in products]
    vectors = embed_texts(packaged_model(), "Embedding products", texts, NoProgress())
    taken = Limits(limits["min_item_orders"], limits["min_basket"], limits["max_basket"])
    moment = datetime.fromisoformat(f"{month}T00:00:00+00:00")
    return Shop(folder.name, products, vectors, lines, taken, moment, real)
