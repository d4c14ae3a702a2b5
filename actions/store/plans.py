"""Plans in carts and on orders within a transaction: rows in, `CartPlan` values out."""

from sqlalchemy import bindparam
from sqlmodel import Session, col, delete, select

from actions.shop.model import CartPlan
from actions.store.tables import CartPlanRow, OrderPlanRow
from catalog.domain.money import Money

_IN_CART = select(CartPlanRow).where(col(CartPlanRow.shopper_id) == bindparam("shopper")).order_by(col(CartPlanRow.id))


def plans_in_cart(session: Session, shopper_id: str) -> list[CartPlan]:
    """The plans of a shopper's cart, in the order they were taken."""
    return [
        CartPlan(row.product_id, row.title, row.every, Money(row.price_minor, row.currency), row.quote_id)
        for row in session.exec(_IN_CART, params={"shopper": shopper_id})
    ]


def put_in_cart(session: Session, shopper_id: str, plan: CartPlan) -> None:
    """Put a plan in the cart, in the place of one of its sort for the same product."""
    drop_from_cart(session, shopper_id, plan.product_id, plan.sort)
    session.add(
        CartPlanRow(
            shopper_id=shopper_id,
            product_id=plan.product_id,
            sort=plan.sort,
            title=plan.title,
            every=plan.every,
            currency=plan.price.currency,
            price_minor=plan.price.minor,
            quote_id=plan.quote_id,
        )
    )
    session.flush()


def drop_from_cart(session: Session, shopper_id: str, product_id: str = "", sort: str = "") -> None:
    """Take plans out of the cart: those of a product and a sort, or all where these are empty."""
    wanted = [col(CartPlanRow.shopper_id) == shopper_id]
    wanted += [col(CartPlanRow.product_id) == product_id] if product_id else []
    wanted += [col(CartPlanRow.sort) == sort] if sort else []
    session.exec(delete(CartPlanRow).where(*wanted))


def put_on_order(session: Session, order_id: int, plan: CartPlan) -> None:
    """Write a plan down with the order that it was taken with."""
    session.add(
        OrderPlanRow(
            order_id=order_id,
            product_id=plan.product_id,
            title=plan.title,
            every=plan.every,
            price_minor=plan.price.minor,
            quote_id=plan.quote_id,
        )
    )


def plans_of_order(session: Session, order_id: int, currency: str) -> tuple[CartPlan, ...]:
    """The plans that were taken with an order."""
    wanted = select(OrderPlanRow).where(col(OrderPlanRow.order_id) == order_id).order_by(col(OrderPlanRow.id))
    return tuple(
        CartPlan(row.product_id, row.title, row.every, Money(row.price_minor, currency), row.quote_id)
        for row in session.exec(wanted)
    )
