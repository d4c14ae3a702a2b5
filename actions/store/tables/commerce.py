"""Carts, the quotes that hold in them, plans and coupons, checkout links and orders."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from actions.store.tables.times import UtcDateTime


class CartLineRow(SQLModel, table=True):
    """One product in a shopper's cart. What the shopper last saw of it: `seen_price_minor`, the unit price;
    `seen_discount_minor`, the whole line's discount; `seen_quote_id`, what gave it."""

    __tablename__ = "cart_line"
    __table_args__ = (UniqueConstraint("shopper_id", "product_id", name="uq_cart_line_product"),)

    id: int | None = Field(default=None, primary_key=True)
    shopper_id: str = Field(foreign_key="shopper.id", index=True)
    product_id: str
    quantity: int
    seen_price_minor: int
    seen_discount_minor: int = 0
    seen_quote_id: str = ""


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


class CartPlanRow(SQLModel, table=True):
    """A plan that is taken with a product of the cart: one of a sort ("care" | "delivery") per product."""

    __tablename__ = "cart_plan"
    __table_args__ = (UniqueConstraint("shopper_id", "product_id", "sort", name="uq_cart_plan_sort"),)

    id: int | None = Field(default=None, primary_key=True)
    shopper_id: str = Field(foreign_key="shopper.id", index=True)
    product_id: str
    sort: str
    title: str
    every: str
    currency: str
    price_minor: int
    quote_id: str = ""


class CouponRow(SQLModel, table=True):
    """A thank-you coupon. `state` "given" | "used" | "expired"; `order_number` is the order it was used on."""

    __tablename__ = "coupon"

    id: str = Field(primary_key=True)
    shopper_id: str = Field(foreign_key="shopper.id", index=True)
    percent: int
    given_at: datetime = Field(sa_type=UtcDateTime)
    valid_from: datetime = Field(sa_type=UtcDateTime)
    valid_until: datetime = Field(sa_type=UtcDateTime)
    state: str = "given"
    order_number: str | None = Field(default=None, index=True)


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


class OrderPlanRow(SQLModel, table=True):
    """A plan that was taken with an order, as it was said then."""

    __tablename__ = "order_plan"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", index=True)
    product_id: str
    title: str
    every: str
    price_minor: int
    quote_id: str = ""
