"""The embedded shop: carts, checkout links and orders in our own database."""

from __future__ import annotations

from datetime import datetime

from actions.shop.model import Cart, Order
from actions.shop.numbers import normalise_order_number
from actions.store import carts, orders
from actions.store.database import Database


class SqlShop:
    """Implements the `Shop` port; each call is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cart(self, shopper_id: str, now: datetime) -> Cart:
        """The shopper's cart, repriced; what changed since the last look is told once, in `notes`."""
        with self._database.read() as session:
            priced = carts.look(session, shopper_id, now)
        if not (priced.cart.notes or priced.ended_quotes or priced.unseen):
            return priced.cart
        with self._database.write() as session:
            return carts.keep(session, shopper_id, carts.look(session, shopper_id, now))

    def add(self, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
        """Put `quantity` more of a product in the cart. Raises CartRefused."""
        with self._database.write() as session:
            return carts.add(session, shopper_id, product_id, quantity, now)

    def set_quantity(self, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
        """Make it exactly `quantity`; 0 removes the line. Raises CartRefused."""
        with self._database.write() as session:
            return carts.set_quantity(session, shopper_id, product_id, quantity, now)

    def empty(self, shopper_id: str, now: datetime) -> Cart:
        """Remove everything."""
        with self._database.write() as session:
            carts.empty(session, shopper_id)
            return carts.look(session, shopper_id, now).cart

    def drop_plan(self, shopper_id: str, product_id: str, now: datetime, sort: str = "") -> Cart:
        """Take the plans of a product out of the cart, or only the one of a sort ("care" | "delivery")."""
        with self._database.write() as session:
            return carts.drop_plan(session, shopper_id, product_id, now, sort)

    def checkout_token(self, shopper_id: str, now: datetime) -> str:
        """The secret part of the link to the order page. Raises CartRefused on an empty cart."""
        with self._database.write() as session:
            return orders.checkout_token(session, shopper_id, now)

    def cart_of_checkout(self, token: str, now: datetime) -> Cart:
        """The cart that a checkout link shows; empty once its order is placed. Raises CartRefused."""
        with self._database.read() as session:
            shopper_id = orders.checkout(session, token).shopper_id
        return self.cart(shopper_id, now)

    def order_of_checkout(self, token: str) -> Order | None:
        """The order that was placed over a checkout link, if any. Raises CartRefused for an unknown link."""
        with self._database.read() as session:
            row = orders.checkout(session, token)
            found = orders.find(session, row.order_number, row.shopper_id) if row.order_number else None
            return None if found is None else orders.to_order(session, found)

    def place_order(self, token: str, details: dict[str, str], now: datetime) -> Order:
        """Turn the cart into an order, once: the same token again returns the same order.

        Raises CartRefused; "cart_changed" where the shopper has not seen today's total yet.
        """
        with self._database.write() as session:
            return orders.place(session, token, details, now)

    def order(self, number: str, shopper_id: str) -> Order | None:
        """One of the shopper's own orders; the number may be written freely ("to 1042")."""
        with self._database.read() as session:
            row = orders.find(session, normalise_order_number(number), shopper_id)
            return None if row is None else orders.to_order(session, row)

    def orders(self, shopper_id: str) -> list[Order]:
        """The shopper's orders, newest first."""
        with self._database.read() as session:
            return orders.orders_of(session, shopper_id)

    def cancel(self, number: str, shopper_id: str, now: datetime) -> Order | None:
        """Cancel an order that is only placed; None when that is too late or it is unknown."""
        return self._move(number, shopper_id, ("placed",), "cancelled", now)

    def request_return(self, number: str, shopper_id: str, now: datetime) -> Order | None:
        """Note that the shopper wants to send an order back; None for a cancelled or unknown one."""
        return self._move(
            number, shopper_id, ("placed", "shipped", "delivered", "return_requested"), "return_requested", now
        )

    def _move(self, number: str, shopper_id: str, allowed: tuple[str, ...], status: str, now: datetime) -> Order | None:
        with self._database.write() as session:
            row = orders.find(session, normalise_order_number(number), shopper_id)
            if row is None or row.status not in allowed:
                return None
            return orders.set_status(session, row, status, now)
