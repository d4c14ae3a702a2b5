"""Carts within a transaction: rows in, `Cart` values out. Who calls decides where the transaction ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, bindparam, func
from sqlmodel import Session, col, delete, select

from actions.shop.model import Cart, CartPlan, CartRefused
from actions.shop.pricing import HeldLine, HeldQuote, PricedCart, StandingLine, price_cart
from actions.store import coupons, plans
from actions.store.rows import from_json, hold_shopper, to_json
from actions.store.shop_data import config_in, products_in, sets_in
from actions.store.tables import CartLineRow, CartPlanRow, CartQuoteRow, CouponRow
from catalog.domain.money import Money
from catalog.domain.product import Product

MOST_OF_ONE = 99
MOST_LINES = 50
# Looking at a cart is what happens most: its statements are put together once, not at each look.
_SHOPPER: BindParameter[str] = bindparam("shopper")
# Most carts hold no quote, no plan and no coupon: whether one is there is told with the lines.
_LINES_OF = (
    select(
        CartLineRow,
        select(CartQuoteRow.offer_id).where(col(CartQuoteRow.shopper_id) == _SHOPPER).exists(),
        select(CartPlanRow.id).where(col(CartPlanRow.shopper_id) == _SHOPPER).exists(),
        select(CouponRow.id).where(col(CouponRow.shopper_id) == _SHOPPER, col(CouponRow.state) == "given").exists(),
    )
    .where(col(CartLineRow.shopper_id) == _SHOPPER)
    .order_by(col(CartLineRow.id))
)
_QUOTES_OF = (
    select(CartQuoteRow)
    .where(col(CartQuoteRow.shopper_id) == _SHOPPER)
    .order_by(col(CartQuoteRow.valid_until), col(CartQuoteRow.offer_id))
)


def look(session: Session, shopper_id: str, now: datetime) -> PricedCart:
    """Price the cart at `now`; changes nothing."""
    currency = config_in(session).currency
    found = session.exec(_LINES_OF, params={"shopper": shopper_id}).all()
    rows = [row for row, *_ in found]
    # A quote outlives its last line, so that its end can be told: without lines it is asked for.
    has_quotes, has_plans, has_coupons = found[0][1:] if found else (True, False, False)
    return price_cart(
        shopper_id,
        currency,
        [_standing(row, currency) for row in rows],
        _quotes(session, shopper_id) if has_quotes else (),
        products_in(session, [row.product_id for row in rows], now),
        now,
        sets_in(session),
        coupons.given_to(session, shopper_id) if has_coupons else (),
        plans.plans_in_cart(session, shopper_id) if has_plans else (),
    )


def keep(session: Session, shopper_id: str, priced: PricedCart) -> Cart:
    """Write down what a look found, so that it is told once; gives the cart."""
    for offer_id in priced.ended_quotes:
        session.exec(delete(CartQuoteRow).where(col(CartQuoteRow.offer_id) == offer_id))
    for product_id in priced.gone_products:
        session.exec(delete(CartLineRow).where(*_of(shopper_id, product_id)))
        plans.drop_from_cart(session, shopper_id, product_id)
    for product_id, line in priced.unseen.items():
        row = _line(session, shopper_id, product_id)
        if row is not None:
            row.seen_price_minor = line.unit_price.minor
            row.seen_discount_minor = line.discount.minor
            row.seen_quote_id = line.quote_id
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
        if _count_lines(session, shopper_id) >= MOST_LINES:
            raise CartRefused("cart_full", product_id)
        seen = product.current_price.minor
        row = CartLineRow(shopper_id=shopper_id, product_id=product_id, quantity=0, seen_price_minor=seen)
    row.quantity += quantity
    session.add(row)
    session.flush()
    return _after_a_change(session, shopper_id, now)


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
        plans.drop_from_cart(session, shopper_id, product_id)
    else:
        if quantity > row.quantity:
            _buyable(session, product_id, now)
        row.quantity = quantity
        session.add(row)
    session.flush()
    return _after_a_change(session, shopper_id, now)


def empty(session: Session, shopper_id: str) -> None:
    """Remove every line, every plan and every quote that held."""
    plans.drop_from_cart(session, shopper_id)
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


def hold_plan(session: Session, shopper_id: str, plan: CartPlan) -> None:
    """Take a plan with a product of the cart; it replaces one of its sort. Raises CartRefused ("not_in_cart")."""
    if _line(session, shopper_id, plan.product_id) is None:
        raise CartRefused("not_in_cart", plan.product_id)
    plans.put_in_cart(session, shopper_id, plan)


def drop_plan(session: Session, shopper_id: str, product_id: str, now: datetime, sort: str = "") -> Cart:
    """Take the plans of a product out, or the one of a sort; the product stays."""
    hold_shopper(session, shopper_id, now)
    plans.drop_from_cart(session, shopper_id, product_id, sort)
    return keep(session, shopper_id, look(session, shopper_id, now))


def _buyable(session: Session, product_id: str, now: datetime) -> Product:
    found: Mapping[str, Product] = products_in(session, [product_id], now)
    if product_id not in found:
        raise CartRefused("unknown_product", product_id)
    if not found[product_id].in_stock:
        raise CartRefused("out_of_stock", product_id)
    return found[product_id]


def _after_a_change(session: Session, shopper_id: str, now: datetime) -> Cart:
    """The cart after the shopper's own change of quantities: they know why its total is another."""
    cart = keep(session, shopper_id, look(session, shopper_id, now))
    return replace(cart, notes=tuple(note for note in cart.notes if note != "saving_changed"))


def _standing(row: CartLineRow, currency: str) -> StandingLine:
    return StandingLine(
        product_id=row.product_id,
        quantity=row.quantity,
        seen_price=Money(row.seen_price_minor, currency),
        seen_discount=Money(row.seen_discount_minor, currency) if row.seen_discount_minor else None,
        seen_quote=row.seen_quote_id,
    )


def _count_lines(session: Session, shopper_id: str) -> int:
    counted = select(func.count()).where(col(CartLineRow.shopper_id) == shopper_id)
    return int(session.exec(counted).one())


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
