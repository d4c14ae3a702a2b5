"""Carts within a transaction: rows in, `Cart` values out. Who calls decides where the transaction ends."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import Session, col, delete, select

from actions.shop.model import Cart, CartRefused
from actions.shop.pricing import HeldLine, HeldQuote, PricedCart, StandingLine, price_cart
from actions.store.rows import from_json, hold_shopper, to_json
from actions.store.shop_data import config_in, products_in
from actions.store.tables import CartLineRow, CartQuoteRow
from catalog.domain.money import Money
from catalog.domain.product import Product

MOST_OF_ONE = 99
MOST_LINES = 50
# Looking at a cart is what happens most: its statements are put together once, not at each look.
_LINES_OF = select(CartLineRow).where(col(CartLineRow.shopper_id) == bindparam("shopper")).order_by(col(CartLineRow.id))
_QUOTES_OF = (
    select(CartQuoteRow)
    .where(col(CartQuoteRow.shopper_id) == bindparam("shopper"))
    .order_by(col(CartQuoteRow.valid_until), col(CartQuoteRow.offer_id))
)


def look(session: Session, shopper_id: str, now: datetime) -> PricedCart:
    """Price the cart at `now`; changes nothing."""
    currency = config_in(session).currency
    rows = _lines(session, shopper_id)
    products = products_in(session, [row.product_id for row in rows], now)
    lines = [StandingLine(row.product_id, row.quantity, Money(row.seen_price_minor, currency)) for row in rows]
    return price_cart(shopper_id, currency, lines, _quotes(session, shopper_id), products, now)


def keep(session: Session, shopper_id: str, priced: PricedCart) -> Cart:
    """Write down what a look found, so that it is told once; gives the cart."""
    for offer_id in priced.ended_quotes:
        session.exec(delete(CartQuoteRow).where(col(CartQuoteRow.offer_id) == offer_id))
    for product_id in priced.gone_products:
        session.exec(delete(CartLineRow).where(*_of(shopper_id, product_id)))
    for product_id, price in priced.seen_prices.items():
        row = _line(session, shopper_id, product_id)
        if row is not None:
            row.seen_price_minor = price.minor
            session.add(row)
    session.flush()
    return priced.cart


def add(session: Session, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
    """Put `quantity` more of a product in the cart. Raises CartRefused."""
    hold_shopper(session, shopper_id, now)
    product = _buyable(session, product_id, now)
    row = _line(session, shopper_id, product_id)
    if quantity < 1 or (row.quantity if row else 0) + quantity > MOST_OF_ONE:
        raise CartRefused("bad_quantity", product_id)
    if row is None:
        if len(_lines(session, shopper_id)) >= MOST_LINES:
            raise CartRefused("cart_full", product_id)
        seen = product.current_price.minor
        row = CartLineRow(shopper_id=shopper_id, product_id=product_id, quantity=0, seen_price_minor=seen)
    row.quantity += quantity
    session.add(row)
    session.flush()
    return keep(session, shopper_id, look(session, shopper_id, now))


def set_quantity(session: Session, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
    """Make it exactly `quantity`; 0 removes the line. Raises CartRefused."""
    hold_shopper(session, shopper_id, now)
    row = _line(session, shopper_id, product_id)
    if row is None:
        raise CartRefused("not_in_cart", product_id)
    if not 0 <= quantity <= MOST_OF_ONE:
        raise CartRefused("bad_quantity", product_id)
    if quantity == 0:
        session.delete(row)
    else:
        if quantity > row.quantity:
            _buyable(session, product_id, now)
        row.quantity = quantity
        session.add(row)
    session.flush()
    return keep(session, shopper_id, look(session, shopper_id, now))


def empty(session: Session, shopper_id: str) -> None:
    """Remove every line and every quote that held."""
    session.exec(delete(CartLineRow).where(col(CartLineRow.shopper_id) == shopper_id))
    session.exec(delete(CartQuoteRow).where(col(CartQuoteRow.shopper_id) == shopper_id))


def hold_quote(session: Session, shopper_id: str, quote: HeldQuote) -> None:
    """Let an accepted quote hold its prices in the cart."""
    lines = [[line.product_id, line.quantity, line.unit_price.minor, line.discount.minor] for line in quote.lines]
    session.add(
        CartQuoteRow(
            offer_id=quote.offer_id,
            shopper_id=shopper_id,
            currency=quote.currency,
            lines=to_json(lines),
            valid_until=quote.valid_until,
        )
    )
    session.flush()


def _buyable(session: Session, product_id: str, now: datetime) -> Product:
    found: Mapping[str, Product] = products_in(session, [product_id], now)
    if product_id not in found:
        raise CartRefused("unknown_product", product_id)
    if not found[product_id].in_stock:
        raise CartRefused("out_of_stock", product_id)
    return found[product_id]


def _lines(session: Session, shopper_id: str) -> list[CartLineRow]:
    return list(session.exec(_LINES_OF, params={"shopper": shopper_id}))


def _of(shopper_id: str, product_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (col(CartLineRow.shopper_id) == shopper_id, col(CartLineRow.product_id) == product_id)


def _line(session: Session, shopper_id: str, product_id: str) -> CartLineRow | None:
    return session.exec(select(CartLineRow).where(*_of(shopper_id, product_id))).first()


def _quotes(session: Session, shopper_id: str) -> list[HeldQuote]:
    rows = session.exec(_QUOTES_OF, params={"shopper": shopper_id})
    return [
        HeldQuote(
            offer_id=row.offer_id,
            currency=row.currency,
            lines=tuple(
                HeldLine(product_id, quantity, Money(unit, row.currency), Money(discount, row.currency))
                for product_id, quantity, unit, discount in from_json(row.lines)
            ),
            valid_until=row.valid_until,
        )
        for row in rows
    ]
