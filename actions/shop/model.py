"""Carts and orders as values, and the ports of a shop. The embedded SQL shop is one implementation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from catalog.domain.money import Money, total
from catalog.domain.tax import Tax


@dataclass(frozen=True)
class CartLine:
    """One product in a cart. `unit_price` is today's price; `discount` covers the whole line.

    `quote_id` says what gives the discount: an accepted quote (its offer's id), a set of the merchant's
    ("set:ID") or a coupon ("coupon:ID"); the first of these where several units of one line differ.
    """

    product_id: str
    title: str
    quantity: int
    unit_price: Money
    discount: Money
    quote_id: str = ""

    @property
    def total(self) -> Money:
        """What the line costs."""
        return self.unit_price * self.quantity - self.discount


@dataclass(frozen=True)
class CartSaving:
    """What a set of the merchant's or a coupon takes off the cart in all; the lines' discounts hold it already.

    `id` is "set:ID" or "coupon:ID", `title` the set's name (empty for a coupon), `last_day` the last day by the
    shop's calendar on which it counts, where it ends.
    """

    id: str
    title: str
    amount: Money
    last_day: date | None = None


@dataclass(frozen=True)
class CartPlan:
    """What is paid again and again with a product of the cart, from delivery on; nothing of it is paid today.

    `every`: "month" | "year" (a care plan) | "days:N" (a delivery each N days). `price` is what each time costs.
    """

    product_id: str
    title: str
    every: str
    price: Money
    quote_id: str = ""

    @property
    def sort(self) -> str:
        """ "delivery" | "care": a product has one plan of a sort at a time."""
        return "delivery" if self.days else "care"

    @property
    def days(self) -> int:
        """The days from one delivery to the next; 0 for a care plan."""
        unit, _, number = self.every.partition(":")
        return int(number) if unit == "days" else 0


@dataclass(frozen=True)
class Coupon:
    """A thank-you coupon: `percent` off what is neither on sale nor in a bundle or set, from `valid_from` until
    just before `valid_until`. `state`: "given" | "used" (on `order_number`) | "expired"."""

    id: str
    percent: int
    given_at: datetime
    valid_from: datetime
    valid_until: datetime
    state: str = "given"
    order_number: str = ""


@dataclass(frozen=True)
class Cart:
    """A shopper's cart, over all their channels. `notes` says what changed under the shopper since the last
    look ("bundle_ended", "set_ended", "coupon_ended", "saving_changed", "price_changed:ID", "sold_out:ID"), so
    that it can be told. `savings` are in the lines already; `plans` are not in the total."""

    shopper_id: str
    currency: str
    lines: tuple[CartLine, ...] = ()
    notes: tuple[str, ...] = ()
    savings: tuple[CartSaving, ...] = ()
    plans: tuple[CartPlan, ...] = ()

    @property
    def total(self) -> Money:
        """What the cart costs, without delivery."""
        return total([line.total for line in self.lines], self.currency)

    @property
    def product_ids(self) -> tuple[str, ...]:
        """The products in the cart, in the order they were added."""
        return tuple(line.product_id for line in self.lines)

    def quantity_of(self, product_id: str) -> int:
        """How many of one product; 0 when it is not there."""
        return sum(line.quantity for line in self.lines if line.product_id == product_id)

    def to_contract(self) -> dict[str, Any]:
        """The cart record of contracts.md: money as text with the currency's decimals."""
        return {
            "lines": [
                {
                    "product_id": line.product_id,
                    "title": line.title,
                    "quantity": line.quantity,
                    "unit_price": str(line.unit_price),
                    "discount": str(line.discount),
                    "total": str(line.total),
                }
                for line in self.lines
            ],
            "total": str(self.total),
            "currency": self.currency,
        }


@dataclass(frozen=True)
class Order:
    """A placed order. `status`: "placed" | "shipped" | "delivered" | "cancelled" | "return_requested".

    `tax` is that of goods and delivery together; None where the shop said nothing of it.
    """

    number: str
    shopper_id: str
    placed_at: datetime
    status: str
    currency: str
    lines: tuple[CartLine, ...]
    shipping: Money
    details: dict[str, str] = field(default_factory=dict)
    plans: tuple[CartPlan, ...] = ()
    tax: Tax | None = None

    @property
    def goods(self) -> Money:
        """What the lines cost."""
        return total([line.total for line in self.lines], self.currency)

    @property
    def total(self) -> Money:
        """What was paid, delivery and tax included."""
        paid = self.goods + self.shipping
        return paid if self.tax is None else paid + self.tax.on_top


class CartRefused(Exception):
    """A change of the cart that cannot be made. `reason`: "unknown_product" | "out_of_stock" | "not_in_cart"
    | "bad_quantity" | "cart_full" | "empty_cart" | "unknown_checkout" | "cart_changed" (the shopper has not
    seen today's total yet: show it, then try again)."""

    def __init__(self, reason: str, product_id: str = "") -> None:
        self.reason, self.product_id = reason, product_id
        super().__init__(f"{reason} {product_id}".strip())


class Shop(Protocol):
    """The port to a shop platform. Quantities are 1..99; money never comes from a client."""

    def cart(self, shopper_id: str, now: datetime) -> Cart:
        """The shopper's open cart, repriced to `now`; an empty one where there is none."""
        ...

    def add(self, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
        """Put `quantity` more of a product in the cart. Raises CartRefused."""
        ...

    def set_quantity(self, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
        """Make it exactly `quantity`; 0 removes the line. Raises CartRefused."""
        ...

    def empty(self, shopper_id: str, now: datetime) -> Cart:
        """Remove everything."""
        ...

    def drop_plan(self, shopper_id: str, product_id: str, now: datetime, sort: str = "") -> Cart:
        """Take the plans of a product out of the cart, or only the one of a sort ("care" | "delivery"). The
        product stays; a plan that is not there is no fault."""
        ...

    def checkout_token(self, shopper_id: str, now: datetime) -> str:
        """The secret part of the link to the order page of this cart. Raises CartRefused on an empty cart."""
        ...

    def cart_of_checkout(self, token: str, now: datetime) -> Cart:
        """The cart that a checkout link shows. Raises CartRefused."""
        ...

    def place_order(self, token: str, details: dict[str, str], now: datetime) -> Order:
        """Turn the cart into an order, once: the same token again returns the same order."""
        ...

    def order(self, number: str, shopper_id: str) -> Order | None:
        """One of the shopper's own orders."""
        ...

    def orders(self, shopper_id: str) -> list[Order]:
        """The shopper's orders, newest first."""
        ...

    def cancel(self, number: str, shopper_id: str, now: datetime) -> Order | None:
        """Cancel an order that is only placed; None when that is too late or it is unknown."""
        ...

    def request_return(self, number: str, shopper_id: str, now: datetime) -> Order | None:
        """Note that the shopper wants to send an order back."""
        ...
