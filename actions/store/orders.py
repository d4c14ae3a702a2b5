"""Checkout links and orders within a transaction."""

import secrets
from datetime import datetime

from sqlmodel import Session, col, select

from actions.shop.coupons import COUPON
from actions.shop.model import Cart, CartLine, CartRefused, Order
from actions.shop.numbers import order_number
from actions.shop.pricing import delivery_cost
from actions.shop.taxes import tax_of
from actions.store import carts, coupons, plans
from actions.store.rows import from_json, hold_shopper, to_json
from actions.store.shop_data import config_in, products_in
from actions.store.tables import CheckoutRow, OrderLineRow, OrderRow
from catalog.domain.money import Money
from catalog.domain.tax import Tax


def checkout_token(session: Session, shopper_id: str, now: datetime) -> str:
    """The open checkout link of the shopper's cart, made where there is none. Raises CartRefused."""
    hold_shopper(session, shopper_id, now)
    if not carts.look(session, shopper_id, now).cart.lines:
        raise CartRefused("empty_cart")
    wanted = select(CheckoutRow).where(
        col(CheckoutRow.shopper_id) == shopper_id, col(CheckoutRow.order_number).is_(None)
    )
    row = session.exec(wanted).first()
    if row is None:
        row = CheckoutRow(token=secrets.token_urlsafe(24), shopper_id=shopper_id, created_at=now)
        session.add(row)
    return row.token


def checkout(session: Session, token: str) -> CheckoutRow:
    """The row behind a link. Raises CartRefused."""
    row = session.get(CheckoutRow, token, with_for_update=True)
    if row is None:
        raise CartRefused("unknown_checkout")
    return row


def place(session: Session, token: str, details: dict[str, str], now: datetime) -> Order:
    """Turn the cart behind `token` into an order, once.

    Raises CartRefused: "cart_changed" where a price, a bundle or the stock changed since the shopper last
    looked, so that nobody pays what they were not shown.
    """
    row = checkout(session, token)
    if row.order_number is not None:
        return _order(session, _row(session, row.order_number))
    hold_shopper(session, row.shopper_id, now)
    cart = carts.look(session, row.shopper_id, now).cart
    if cart.notes:
        raise CartRefused("cart_changed")
    if not cart.lines:
        raise CartRefused("empty_cart")
    placed = _write(session, cart, details, now)
    _use_coupon(session, cart, placed.number or "", now)
    carts.empty(session, row.shopper_id)
    row.order_number = placed.number
    session.add(row)
    session.flush()
    return _order(session, placed)


def find(session: Session, number: str, shopper_id: str) -> OrderRow | None:
    """One of the shopper's own orders."""
    wanted = select(OrderRow).where(col(OrderRow.number) == number, col(OrderRow.shopper_id) == shopper_id)
    return session.exec(wanted.with_for_update()).first()


def orders_of(session: Session, shopper_id: str) -> list[Order]:
    """A shopper's orders, newest first."""
    wanted = select(OrderRow).where(col(OrderRow.shopper_id) == shopper_id).order_by(col(OrderRow.id).desc())
    return [_order(session, row) for row in session.exec(wanted)]


def set_status(session: Session, row: OrderRow, status: str, now: datetime) -> Order:
    """Change an order's status; one that is cancelled gives its coupon back."""
    if status == "cancelled":
        coupons.give_back(session, row.number or "", now)
    row.status = status
    session.add(row)
    session.flush()
    return _order(session, row)


def to_order(session: Session, row: OrderRow) -> Order:
    """The order with its lines."""
    return _order(session, row)


def _write(session: Session, cart: Cart, details: dict[str, str], now: datetime) -> OrderRow:
    config = config_in(session)
    shipping = delivery_cost(cart, config.shipping)
    tax = tax_of(cart, products_in(session, cart.product_ids, now).get, config.tax, shipping)
    order = OrderRow(
        shopper_id=cart.shopper_id,
        placed_at=now,
        status="placed",
        currency=cart.currency,
        shipping_minor=shipping.minor,
        tax_minor=tax.amount.minor if tax else 0,
        tax_included=tax.included if tax else True,
        tax_name=tax.name if tax else "",
        tax_rate=tax.rate if tax else None,
        details=to_json(details),
    )
    session.add(order)
    session.flush()
    order.number = order_number(config.name, order.id or 0)
    for line in cart.lines:
        session.add(
            OrderLineRow(
                order_id=order.id or 0,
                product_id=line.product_id,
                title=line.title,
                quantity=line.quantity,
                unit_price_minor=line.unit_price.minor,
                discount_minor=line.discount.minor,
                quote_id=line.quote_id,
            )
        )
    for plan in cart.plans:
        plans.put_on_order(session, order.id or 0, plan)
    session.flush()
    return order


def _use_coupon(session: Session, cart: Cart, number: str, now: datetime) -> None:
    """Use up the coupon that reduced the cart. Another order that was faster has it: then the price is another."""
    for saving in cart.savings:
        if saving.id.startswith(COUPON) and not coupons.use(session, saving.id.removeprefix(COUPON), number, now):
            raise CartRefused("cart_changed")


def _row(session: Session, number: str) -> OrderRow:
    return session.exec(select(OrderRow).where(col(OrderRow.number) == number)).one()


def _order(session: Session, row: OrderRow) -> Order:
    lines = session.exec(
        select(OrderLineRow).where(col(OrderLineRow.order_id) == row.id).order_by(col(OrderLineRow.id))
    )
    return Order(
        number=row.number or "",
        shopper_id=row.shopper_id,
        placed_at=row.placed_at,
        status=row.status,
        currency=row.currency,
        lines=tuple(
            CartLine(
                product_id=line.product_id,
                title=line.title,
                quantity=line.quantity,
                unit_price=Money(line.unit_price_minor, row.currency),
                discount=Money(line.discount_minor, row.currency),
                quote_id=line.quote_id,
            )
            for line in lines
        ),
        shipping=Money(row.shipping_minor, row.currency),
        details=from_json(row.details, {}),
        plans=plans.plans_of_order(session, row.id or 0, row.currency),
        tax=_tax(row),
    )


def _tax(row: OrderRow) -> Tax | None:
    if not row.tax_name:
        return None
    return Tax(Money(row.tax_minor, row.currency), row.tax_included, row.tax_name, row.tax_rate)
