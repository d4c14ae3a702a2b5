"""What the loaded shop folder says: its version, documents and products."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from actions.store.tables.times import UtcDateTime


class ShopVersionRow(SQLModel, table=True):
    """The one row (id 1) that says which shop is loaded; it changes in the same transaction as the rest."""

    __tablename__ = "shop_version"

    id: int = Field(default=1, primary_key=True)
    version: str
    orders_path: str = ""
    loaded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ShopDocumentRow(SQLModel, table=True):
    """The merchant's declarations as JSON: all of them ("documents"), and shop.yml apart ("config")."""

    __tablename__ = "shop_document"

    name: str = Field(primary_key=True)
    content: str = Field(sa_type=Text)


class ProductRow(SQLModel, table=True):
    """One product; `record` is `Product.to_record()` as JSON, the other columns are for looking it up."""

    __tablename__ = "product"

    id: str = Field(primary_key=True)
    position: int = Field(index=True)
    record: str = Field(sa_type=Text)


class PriceHistoryRow(SQLModel, table=True):
    """What a product costs from `since` on, until its next row. Only ever added."""

    __tablename__ = "price_history"

    id: int | None = Field(default=None, primary_key=True)
    product_id: str = Field(index=True)
    currency: str
    price_minor: int
    sale_price_minor: int | None = None
    since: datetime = Field(sa_type=UtcDateTime)
