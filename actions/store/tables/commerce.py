"""Carts, the quotes that hold in them, checkout links and orders."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from actions.store.tables.times import UtcDateTime


class CartLineRow(SQLModel, table=True):
    """One product in a shopper's cart. `seen_price_minor` is the unit price that the shopper last saw."""

    __tablename__ = "cart_line"
    __table_args__ = (UniqueConstraint("shopper_id", "product_id", name="uq_cart_line_product"),)

    id: int | None = Field(default=None, primary_key=True)
    shopper_id: str = Field(foreign_key="shopper.id", index=True)
    product_id: str
    quantity: int
    seen_price_minor: int


class CartQuoteRow(SQLModel, table=True):
    """An accepted quote whose prices hold in the cart until `valid_until`, while all its products are there.

    `lines` is JSON: [[product id, quantity, unit price, discount], …] in minor units.
    """

    __tablename__ = "cart_quote"

    offer_id: str = Field(primary_key=True)
    shopper_id: str = Field(foreign_key="shopper.id", index=True)
    currency: str
    lines: str = Field(sa_type=Text)
    valid_until: datetime = Field(sa_type=UtcDateTime)


class CheckoutRow(SQLModel, table=True):
    """The secret part of a link to an order page; `order_number` once the order is placed."""

    __tablename__ = "checkout"

    token: str = Field(primary_key=True)
    shopper_id: str = Field(foreign_key="shopper.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    order_number: str | None = None


class OrderRow(SQLModel, table=True):
    """A placed order. `number` is None only inside the transaction that places it."""

    __tablename__ = "orders"
    # AUTOINCREMENT: an order number is never given twice.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    number: str | None = Field(default=None, unique=True)
    # No foreign key: an erased shopper's orders stay for the books, under nobody's id.
    shopper_id: str = Field(index=True)
    placed_at: datetime = Field(sa_type=UtcDateTime)
    status: str
    currency: str
    shipping_minor: int
    # The tax of the whole order; `tax_name` is empty where the shop said nothing of it.
    tax_minor: int = 0
    tax_included: bool = True
    tax_name: str = ""
    tax_rate: int | None = None
    details: str = Field(default="{}", sa_type=Text)


class OrderLineRow(SQLModel, table=True):
    """One line of an order, at the price that was paid."""

    __tablename__ = "order_line"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", index=True)
    product_id: str
    title: str
    quantity: int
    unit_price_minor: int
    discount_minor: int
    quote_id: str = ""
