"""Carts in memory, priced by the real `price_cart`; the same steps as `actions.store.carts` takes in SQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from actions.shop.changes import StandingLine
from actions.shop.model import Cart, CartPlan, CartRefused, Coupon
from actions.shop.pricing import HeldQuote, PricedCart, price_cart
from actions.simulation.persons import Person
from actions.simulation.shelf import Shelf
from catalog.domain.product import Product

MOST_OF_ONE = 99
MOST_LINES = 50


def look(person: Person, shelf: Shelf, shopper_id: str, now: datetime) -> PricedCart:
    """Price the cart at `now`; changes nothing."""
    quotes = sorted(person.quotes.values(), key=lambda quote: (quote.valid_until, quote.offer_id))
    return price_cart(
        shopper_id,
        shelf.config.currency,
        list(person.lines.values()),
        quotes,
        shelf.some(person.lines, now),
        now,
        shelf.sets,
        [coupon for coupon in person.coupons.values() if coupon.state == "given"],
        list(person.plans.values()),
    )


def keep(person: Person, priced: PricedCart) -> Cart:
    """Remember what a look found, so that it is told once; gives the cart."""
    for offer_id in priced.ended_quotes:
        person.quotes.pop(offer_id, None)
    for product_id in priced.gone_products:
        person.lines.pop(product_id, None)
        drop_plans(person, product_id)
    for product_id, line in priced.unseen.items():
        standing = person.lines.get(product_id)
        if standing is not None:
            person.lines[product_id] = StandingLine(
                product_id, standing.quantity, line.unit_price, line.discount, line.quote_id
            )
    return priced.cart


def add(person: Person, shelf: Shelf, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
    """Put `quantity` more of a product in the cart. Raises CartRefused."""
    product = _buyable(shelf, product_id, now)
    line = person.lines.get(product_id)
    if quantity < 1 or (line.quantity if line else 0) + quantity > MOST_OF_ONE:
        raise CartRefused("bad_quantity", product_id)
    if line is None:
        if len(person.lines) >= MOST_LINES:
            raise CartRefused("cart_full", product_id)
        line = StandingLine(product_id, 0, product.current_price)
    person.lines[product_id] = replace(line, quantity=line.quantity + quantity)
    return _after_a_change(person, shelf, shopper_id, now)


def set_quantity(person: Person, shelf: Shelf, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
    """Make it exactly `quantity`; 0 removes the line. Raises CartRefused."""
    line = person.lines.get(product_id)
    if line is None:
        raise CartRefused("not_in_cart", product_id)
    if not 0 <= quantity <= MOST_OF_ONE:
        raise CartRefused("bad_quantity", product_id)
    if quantity > line.quantity:
        _buyable(shelf, product_id, now)
    if quantity:
        person.lines[product_id] = replace(line, quantity=quantity)
    else:
        del person.lines[product_id]
        drop_plans(person, product_id)
    return _after_a_change(person, shelf, shopper_id, now)


def empty(person: Person) -> None:
    """Remove every line, every plan and every quote that held."""
    person.lines.clear()
    person.plans.clear()
    person.quotes.clear()


def hold_quote(person: Person, quote: HeldQuote) -> None:
    """Let an accepted quote hold its prices in the cart."""
    person.quotes[quote.offer_id] = quote


def hold_plan(person: Person, plan: CartPlan) -> None:
    """Take a plan with a product of the cart; it replaces one of its sort. Raises CartRefused ("not_in_cart")."""
    if plan.product_id not in person.lines:
        raise CartRefused("not_in_cart", plan.product_id)
    person.plans.pop((plan.product_id, plan.sort), None)
    person.plans[plan.product_id, plan.sort] = plan


def drop_plans(person: Person, product_id: str, sort: str = "") -> None:
    """Take the plans of a product out, or the one of a sort."""
    for key in [key for key in person.plans if key[0] == product_id and sort in ("", key[1])]:
        del person.plans[key]


def give(person: Person, coupon: Coupon) -> None:
    """Give a coupon; the same id again changes nothing. Those that have run out by then are marked so."""
    for one in list(person.coupons.values()):
        if one.state == "given" and one.valid_until <= coupon.given_at:
            person.coupons[one.id] = replace(one, state="expired")
    person.coupons.setdefault(coupon.id, coupon)


def _buyable(shelf: Shelf, product_id: str, now: datetime) -> Product:
    product = shelf.product(product_id, now)
    if product is None:
        raise CartRefused("unknown_product", product_id)
    if not product.in_stock:
        raise CartRefused("out_of_stock", product_id)
    return product


def _after_a_change(person: Person, shelf: Shelf, shopper_id: str, now: datetime) -> Cart:
    cart = keep(person, look(person, shelf, shopper_id, now))
    return replace(cart, notes=tuple(note for note in cart.notes if note != "saving_changed"))
