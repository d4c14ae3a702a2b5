"""What a shopper ordered here, line by line."""

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from actions.selling.goods import Bought
from actions.store.tables import OrderLineRow, OrderRow
from catalog.domain.money import Money, total

# Nobody's taste is told better by more than that.
_ORDERS = 200
_OF_SHOPPER = (
    select(OrderRow)
    .where(col(OrderRow.shopper_id) == bindparam("shopper"), col(OrderRow.status) != "cancelled")
    .order_by(col(OrderRow.id).desc())
    .limit(_ORDERS)
)


def read_bought(session: Session, shopper_id: str) -> list[Bought]:
    """Every line of the orders that were not cancelled, newest order first."""
    orders = session.exec(_OF_SHOPPER, params={"shopper": shopper_id}).all()
    if not orders:
        return []
    wanted = select(OrderLineRow).where(col(OrderLineRow.order_id).in_([order.id for order in orders]))
    lines: dict[int, list[OrderLineRow]] = {}
    for line in session.exec(wanted.order_by(col(OrderLineRow.id))):
        lines.setdefault(line.order_id, []).append(line)
    return [bought for order in orders for bought in _lines(order, lines.get(order.id or 0, []))]


def _lines(order: OrderRow, lines: list[OrderLineRow]) -> list[Bought]:
    amounts = [Money(line.unit_price_minor * line.quantity - line.discount_minor, order.currency) for line in lines]
    order_total = total(amounts, order.currency)
    return [
        Bought(
            product_id=line.product_id,
            quantity=line.quantity,
            at=order.placed_at,
            order_number=order.number or "",
            order_total=order_total,
            reduced=line.discount_minor > 0,
            returned=order.status == "return_requested",
        )
        for line in lines
    ]
