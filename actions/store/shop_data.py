"""The loaded shop in the database: products, documents and their version, replaced all or nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter
from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from actions.shop.sets import MerchantSets
from actions.store.database import Database
from actions.store.price_history import PriceHistory, with_past
from actions.store.rows import from_json, to_json
from actions.store.tables import ProductRow, ShopDocumentRow, ShopVersionRow
from catalog.domain.errors import PairwellError
from catalog.domain.product import Product
from catalog.domain.shop import ShopConfig, ShopDocuments

_DOCUMENTS = TypeAdapter(ShopDocuments)
_CONFIG = TypeAdapter(ShopConfig)
_ROWS_A_STATEMENT = 1000
# Asked in every transaction, so it is put together once.
_VERSION = select(ShopVersionRow.version)


class NoShopLoaded(PairwellError):
    """The database holds no shop yet."""


class CheckedShop(Protocol):
    """What a checked shop folder gives (catalog.feed's ShopFolder)."""

    @property
    def documents(self) -> ShopDocuments:
        """What the folder declares."""
        ...

    @property
    def products(self) -> Sequence[Product]:
        """Its products, in the feed's order."""
        ...

    @property
    def orders_path(self) -> Path | None:
        """Its past orders, where it has them."""
        ...


def load_shop(database: Database, shop: CheckedShop, now: datetime) -> str:
    """Put a checked shop folder in the place of the loaded one, in one transaction; gives its version.

    The version changes exactly when a product or a document does. Carts and conversations are not touched. What
    each product costs from `now` on is written down in the price history.
    """
    documents = _DOCUMENTS.dump_json(shop.documents).decode()
    records = [to_json(product.to_record()) for product in shop.products]
    version = hashlib.sha256("".join((documents, *records)).encode()).hexdigest()[:16]
    with database.write() as session:
        history = PriceHistory(session, shop.documents.config.currency)
        history.write_down(shop.products, now)
        known = with_past(history, shop.products, now)
        session.execute(delete(ProductRow))
        session.execute(delete(ShopDocumentRow))
        session.execute(delete(ShopVersionRow))
        _insert_products(session, shop.products, records, known)
        session.add(ShopDocumentRow(name="documents", content=documents))
        session.add(ShopDocumentRow(name="config", content=_CONFIG.dump_json(shop.documents.config).decode()))
        session.add(ShopVersionRow(version=version, orders_path=str(shop.orders_path or ""), loaded_at=now))
    return version


def _insert_products(
    session: Session, products: Sequence[Product], records: Sequence[str], known: Mapping[str, Product]
) -> None:
    """`records` are those of `products`; a product that is `known` with its past is written with that."""
    rows = [
        {
            "id": product.id,
            "position": position,
            "record": to_json(known[product.id].to_record()) if product.id in known else record,
        }
        for position, (product, record) in enumerate(zip(products, records, strict=True))
    ]
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        session.execute(insert(ProductRow), rows[start : start + _ROWS_A_STATEMENT])


def current_version(database: Database) -> str | None:
    """The version of the loaded shop; None where none is loaded."""
    with database.read() as session:
        return version_in(session) or None


def read_products(database: Database) -> list[Product]:
    """All products, in the feed's order, priced as they were when the shop was loaded; `Product.at` prices them
    anew for another moment."""
    with database.read() as session:
        row = session.get(ShopVersionRow, 1)
        records = session.exec(select(ProductRow.record).order_by(col(ProductRow.position)))
        products = [Product.from_record(from_json(record)) for record in records]
    loaded_at = row.loaded_at if row is not None else None
    return products if loaded_at is None else [product.at(loaded_at) for product in products]


def read_documents(database: Database) -> ShopDocuments:
    """The shop's declarations. Raises NoShopLoaded."""
    with database.read() as session:
        return documents_in(session)


def read_orders_path(database: Database) -> Path | None:
    """Where the loaded shop's past orders lie, for counting what is bought together."""
    with database.read() as session:
        row = session.get(ShopVersionRow, 1)
        return Path(row.orders_path) if row is not None and row.orders_path else None


def documents_in(session: Session) -> ShopDocuments:
    """The shop's declarations, within a transaction. Raises NoShopLoaded."""
    return _DOCUMENTS.validate_json(_content(session, "documents"))


@dataclass(frozen=True)
class _Kept:
    """What was read of one version of the shop. A version never changes, so this never goes stale."""

    version: str
    config: ShopConfig
    sets: MerchantSets
    products: dict[str, Product] = field(default_factory=dict)


def config_in(session: Session) -> ShopConfig:
    """`shop.yml` alone, within a transaction. Raises NoShopLoaded."""
    return _kept_in(session).config


def sets_in(session: Session) -> MerchantSets:
    """The merchant's sets, ready for looking at carts, within a transaction. Raises NoShopLoaded."""
    return _kept_in(session).sets


def version_in(session: Session) -> str:
    """The version of the loaded shop, within a transaction; empty where none is loaded."""
    if "shop_version" not in session.info:
        session.info["shop_version"] = session.execute(_VERSION).scalar() or ""
    return str(session.info["shop_version"])


def _kept_in(session: Session) -> _Kept:
    """What is kept of the version that this transaction sees; the database remembers the last one asked for."""
    version, shelf = version_in(session), session.info.get("kept", {})
    kept: _Kept | None = shelf.get("shop")
    if kept is None or kept.version != version:
        documents = documents_in(session)
        config = documents.config
        kept = _Kept(version, config, MerchantSets(documents.bundles, config.bundles, config.selling.time_zone))
        shelf["shop"] = kept
    return kept


def _content(session: Session, name: str) -> str:
    row = session.get(ShopDocumentRow, name)
    if row is None:
        raise NoShopLoaded("no shop is loaded; run `pairwell load --shop DIR`")
    return row.content


def products_in(session: Session, product_ids: Sequence[str], now: datetime | None) -> dict[str, Product]:
    """The products of these ids that the shop still has, within a transaction, as they are priced at `now`.

    With None as the feed has them: enough for what asks for no price.
    """
    known = _kept_in(session).products
    unread = [product_id for product_id in product_ids if product_id not in known]
    if unread:
        records = session.exec(select(ProductRow.id, ProductRow.record).where(col(ProductRow.id).in_(unread)))
        known.update((product_id, Product.from_record(from_json(record))) for product_id, record in records)
    found = {product_id: known[product_id] for product_id in product_ids if product_id in known}
    return found if now is None else {product_id: product.at(now) for product_id, product in found.items()}
