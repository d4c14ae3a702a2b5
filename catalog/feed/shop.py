"""Reading a whole shop folder: all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from catalog.domain.errors import Fault, FeedFaults
from catalog.domain.product import Product
from catalog.domain.shop import ShopDocuments
from catalog.feed.documents import read_config, read_documents
from catalog.feed.faults import Findings
from catalog.feed.files import find
from catalog.feed.orders import read_orders
from catalog.feed.prices import read_price_list
from catalog.feed.products import read_products


@dataclass(frozen=True)
class ShopFolder:
    """A shop folder without a fault. `orders_path` is None where the shop has no orders; `warnings` are
    harmless oddities worth telling."""

    documents: ShopDocuments
    products: tuple[Product, ...]
    orders_path: Path | None
    warnings: tuple[Fault, ...] = ()


def read_shop(folder: Path) -> ShopFolder:
    """Read and check a folder as the contract lays it out. Raises FeedFaults with everything found wrong."""
    findings = Findings()
    if not folder.is_dir():
        raise FeedFaults([Fault(str(folder), None, None, "there is no such folder", "name a shop folder")])
    products_path = find(folder, "products", ("csv", "tsv", "xml"), findings)
    if products_path is None:
        mend = "put products.csv, .tsv or .xml there (.gz is fine)"
        raise FeedFaults([Fault(str(folder), None, None, "the folder has no products file", mend)])
    config = read_config(folder, Findings())
    zone = ZoneInfo(config.selling.time_zone)
    products, currency = read_products(products_path, config.currency or None, findings, zone=zone)
    products = _with_price_list(folder, products, currency, zone, findings)
    ids = frozenset(product.id for product in products)
    groups = frozenset(product.group_id for product in products if product.group_id)
    documents = read_documents(folder, ids | groups, currency, findings)
    orders_path = find(folder, "orders", ("csv",), findings)
    if orders_path is not None:
        read_orders(orders_path, ids, findings)
    findings.raise_any()
    return ShopFolder(documents, tuple(products), orders_path, findings.warnings)


def _with_price_list(
    folder: Path, products: Sequence[Product], currency: str, zone: ZoneInfo, findings: Findings
) -> list[Product]:
    """The products, each with its entries of `prices.csv` where there is one."""
    path = find(folder, "prices", ("csv",), findings)
    if path is None:
        return list(products)
    listed = read_price_list(path, frozenset(product.id for product in products), currency, zone, findings)
    return [
        replace(product, price_list=listed[product.id]) if product.id in listed else product for product in products
    ]
