"""What the shop pages show of the catalogue: an unchanging snapshot, replaced when another shop is loaded.

Its products are priced at the moment of loading: pages price what they show anew, with `Product.at`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from actions.store.database import Database
from actions.store.shop_data import current_version, read_documents, read_products
from catalog.domain.product import Product
from catalog.domain.shop import ShopConfig

# query, most results → product ids, best first
Search = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True)
class Shelf:
    """One loaded shop."""

    version: str
    config: ShopConfig
    products: tuple[Product, ...]
    by_id: dict[str, Product] = field(default_factory=dict)
    # One of each group of variants, in the feed's order, what can be bought first.
    faces: tuple[Product, ...] = ()
    kinds: tuple[str, ...] = ()

    def variants(self, product: Product) -> list[Product]:
        """The product and its variants, in the feed's order."""
        return [other for other in self.products if other.same_group(product)]


class Storefront:
    """Gives the shelf of the shop that is loaded now. Methods block; call them from a thread."""

    def __init__(self, database: Database, search: Search) -> None:
        self._database, self._search = database, search
        self._lock = threading.Lock()
        self._shelf: Shelf | None = None

    def shelf(self) -> Shelf:
        """The loaded shop. Raises NoShopLoaded."""
        version = current_version(self._database)
        with self._lock:
            if self._shelf is None or self._shelf.version != version:
                self._shelf = make_shelf(
                    version or "", read_documents(self._database).config, read_products(self._database)
                )
            return self._shelf

    def find(self, query: str, limit: int = 60) -> list[Product]:
        """Products for a search, best first."""
        shelf = self.shelf()
        return [shelf.by_id[found] for found in self._search(query, limit) if found in shelf.by_id]


def make_shelf(version: str, config: ShopConfig, products: Sequence[Product]) -> Shelf:
    """Sort the products into what the pages ask for."""
    faces: dict[str, Product] = {}
    for product in products:
        key = product.group_id or product.id
        if key not in faces or (product.in_stock and not faces[key].in_stock):
            faces[key] = product
    return Shelf(
        version=version,
        config=config,
        products=tuple(products),
        by_id={product.id: product for product in products},
        faces=tuple(sorted(faces.values(), key=lambda product: not product.in_stock)),
        kinds=tuple(sorted({product.kind for product in products if product.kind})),
    )
