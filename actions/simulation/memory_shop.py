"""The shop in memory: carts, checkout and orders, held to the same contract as the SQL shop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from actions.shop.coupons import COUPON
from actions.shop.model import Cart, CartRefused, Order
from actions.shop.numbers import normalise_order_number, order_number
from actions.shop.pricing import delivery_cost
from actions.shop.taxes import tax_of
from actions.simulation import memory_carts as carts
from actions.simulation.persons import Person
from actions.simulation.shelf import Shelf


class People:
    """Every shopper of one simulated shop."""

    def __init__(self) -> None:
        self.by_id: dict[str, Person] = {}
        self.orders_placed = 0

    def person(self, shopper_id: str) -> Person:
        """What is kept of a shopper, empty for a new one."""
        return self.by_id.setdefault(shopper_id, Person())

    @contextmanager
    def changing(self, shopper_id: str) -> Iterator[Person]:
        """Change a shopper's data: kept when the block ends, given up when it raises."""
        person = self.person(shopper_id)
        before = person.copy()
        try:
            yield person
        except BaseException:
            person.become(before)
            raise


class MemoryShop:
    """Implements the `Shop` port over `people` and a shelf."""

    def __init__(self, people: People, shelf: Shelf) -> None:
        self._people, self._shelf = people, shelf

    def cart(self, shopper_id: str, now: datetime) -> Cart:
        """The shopper's cart, repriced; what changed since the last look is told once, in `notes`."""
        person = self._people.person(shopper_id)
        return carts.keep(person, carts.look(person, self._shelf, shopper_id, now))

    def add(self, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
        """Put `quantity` more of a product in the cart. Raises CartRefused."""
        with self._people.changing(shopper_id) as person:
            return carts.add(person, self._shelf, shopper_id, product_id, quantity, now)

    def set_quantity(self, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
        """Make it exactly `quantity`; 0 removes the line. Raises CartRefused."""
        with self._people.changing(shopper_id) as person:
            return carts.set_quantity(person, self._shelf, shopper_id, product_id, quantity, now)

    def empty(self, shopper_id: str, now: datetime) -> Cart:
        """Remove everything."""
        person = self._people.person(shopper_id)
        carts.empty(person)
        return carts.look(person, self._shelf, shopper_id, now).cart

    def drop_plan(self, shopper_id: str, product_id: str, now: datetime, sort: str = "") -> Cart:
        """Take the plans of a product out of the cart, or only the one of a sort ("care" | "delivery")."""
        carts.drop_plans(self._people.person(shopper_id), product_id, sort)
        return self.cart(shopper_id, now)

    def checkout_token(self, shopper_id: str, now: datetime) -> str:
        """The secret part of the link to the order page. Raises CartRefused on an empty cart."""
        person = self._people.person(shopper_id)
        if not carts.look(person, self._shelf, shopper_id, now).cart.lines:
            raise CartRefused("empty_cart")
        token = next((token for token, number in person.tokens.items() if not number), "")
        if not token:
            token = f"{shopper_id}/checkout-{len(person.tokens) + 1}"
            person.tokens[token] = ""
        return token

    def cart_of_checkout(self, token: str, now: datetime) -> Cart:
        """The cart that a checkout link shows; empty once its order is placed. Raises CartRefused."""
        return self.cart(self._owner(token), now)

    def place_order(self, token: str, details: dict[str, str], now: datetime) -> Order:
        """Turn the cart into an order, once: the same token again returns the same order.

        Raises CartRefused; "cart_changed" where the shopper has not seen today's total yet.
        """
        shopper_id = self._owner(token)
        number = self._people.person(shopper_id).tokens[token]
        if number:
            return next(order for order in self._people.person(shopper_id).orders if order.number == number)
        with self._people.changing(shopper_id) as person:
            cart = carts.look(person, self._shelf, shopper_id, now).cart
            if cart.notes:
                raise CartRefused("cart_changed")
            if not cart.lines:
                raise CartRefused("empty_cart")
            order = self._write(person, cart, details, now)
            carts.empty(person)
            person.tokens[token] = order.number
        return order

    def order(self, number: str, shopper_id: str) -> Order | None:
        """One of the shopper's own orders; the number may be written freely."""
        wanted = normalise_order_number(number)
        return next((one for one in self._people.person(shopper_id).orders if one.number == wanted), None)

    def orders(self, shopper_id: str) -> list[Order]:
        """The shopper's orders, newest first."""
        return list(reversed(self._people.person(shopper_id).orders))

    def cancel(self, number: str, shopper_id: str, now: datetime) -> Order | None:
        """Cancel an order that is only placed; None when that is too late or it is unknown."""
        cancelled = self._move(number, shopper_id, ("placed",), "cancelled")
        if cancelled is not None:
            _give_back(self._people.person(shopper_id), cancelled.number, now)
        return cancelled

    def request_return(self, number: str, shopper_id: str, now: datetime) -> Order | None:
        """Note that the shopper wants to send an order back; None for a cancelled or unknown one."""
        return self._move(
            number, shopper_id, ("placed", "shipped", "delivered", "return_requested"), "return_requested"
        )

    def _owner(self, token: str) -> str:
        shopper_id = token.rpartition("/")[0]
        if token not in self._people.person(shopper_id).tokens:
            raise CartRefused("unknown_checkout")
        return shopper_id

    def _write(self, person: Person, cart: Cart, details: dict[str, str], now: datetime) -> Order:
        self._people.orders_placed += 1
        number = order_number(self._shelf.config.name, self._people.orders_placed)
        shipping = delivery_cost(cart, self._shelf.config.shipping)
        tax = tax_of(cart, self._shelf.some(cart.product_ids, now).get, self._shelf.config.tax, shipping)
        order = Order(
            *(number, cart.shopper_id, now, "placed", cart.currency, cart.lines, shipping, dict(details), cart.plans),
            tax=tax,
        )
        for saving in cart.savings:
            if saving.id.startswith(COUPON):
                used = person.coupons[saving.id.removeprefix(COUPON)]
                person.coupons[used.id] = replace(used, state="used", order_number=number)
        person.orders.append(order)
        return order

    def _move(self, number: str, shopper_id: str, allowed: tuple[str, ...], status: str) -> Order | None:
        found = self.order(number, shopper_id)
        if found is None or found.status not in allowed:
            return None
        person, moved = self._people.person(shopper_id), replace(found, status=status)
        person.orders[person.orders.index(found)] = moved
        return moved


def _give_back(person: Person, number: str, now: datetime) -> None:
    """The coupon of a cancelled order can be used again, or has expired where it has run out since."""
    for coupon in list(person.coupons.values()):
        if coupon.order_number == number and coupon.state == "used":
            state = "expired" if coupon.valid_until <= now else "given"
            number_kept = number if state == "expired" else ""
            person.coupons[coupon.id] = replace(coupon, state=state, order_number=number_kept)
