"""Thank-you coupons within a transaction: given once, used once, back after a cancelled order."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select, update

from actions.shop.model import Coupon
from actions.store.rows import hold_shopper
from actions.store.tables import CouponRow

_GIVEN, _USED, _EXPIRED = "given", "used", "expired"
_GIVEN_TO = select(CouponRow).where(
    col(CouponRow.shopper_id) == bindparam("shopper"), col(CouponRow.state) == bindparam("state")
)


def give(session: Session, shopper_id: str, coupon: Coupon) -> None:
    """Give a shopper a coupon; it applies by itself from `valid_from` on. The same id again changes nothing.

    Coupons of theirs that have run out by then are marked as such.
    """
    hold_shopper(session, shopper_id, coupon.given_at)
    ended = update(CouponRow).where(
        col(CouponRow.shopper_id) == shopper_id,
        col(CouponRow.state) == _GIVEN,
        col(CouponRow.valid_until) <= coupon.given_at,
    )
    session.exec(ended.values(state=_EXPIRED))
    if session.get(CouponRow, coupon.id) is not None:
        return
    session.add(
        CouponRow(
            id=coupon.id,
            shopper_id=shopper_id,
            percent=coupon.percent,
            given_at=coupon.given_at,
            valid_from=coupon.valid_from,
            valid_until=coupon.valid_until,
        )
    )
    session.flush()


def given_to(session: Session, shopper_id: str) -> list[Coupon]:
    """The coupons that a shopper has and has not used yet, those that run out or are not valid yet included."""
    rows = session.exec(_GIVEN_TO, params={"shopper": shopper_id, "state": _GIVEN})
    return [_coupon(row) for row in rows]


def coupons_of(session: Session, shopper_id: str) -> list[Coupon]:
    """Every coupon that a shopper was ever given, oldest first."""
    wanted = select(CouponRow).where(col(CouponRow.shopper_id) == shopper_id)
    return [_coupon(row) for row in session.exec(wanted.order_by(col(CouponRow.given_at), col(CouponRow.id)))]


def use(session: Session, coupon_id: str, order_number: str, now: datetime) -> bool:
    """given → used in one conditional update, while valid; whether this call did it."""
    change = update(CouponRow).where(
        col(CouponRow.id) == coupon_id,
        col(CouponRow.state) == _GIVEN,
        col(CouponRow.valid_from) <= now,
        col(CouponRow.valid_until) > now,
    )
    return bool(session.exec(change.values(state=_USED, order_number=order_number)).rowcount == 1)


def give_back(session: Session, order_number: str, now: datetime) -> None:
    """After an order is cancelled: its coupon can be used again, or has expired where it has run out since."""
    on_it = (col(CouponRow.order_number) == order_number, col(CouponRow.state) == _USED)
    ended = update(CouponRow).where(*on_it, col(CouponRow.valid_until) <= now)
    session.exec(ended.values(state=_EXPIRED))
    session.exec(update(CouponRow).where(*on_it).values(state=_GIVEN, order_number=None))


def _coupon(row: CouponRow) -> Coupon:
    return Coupon(
        id=row.id,
        percent=row.percent,
        given_at=row.given_at,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        state=row.state,
        order_number=row.order_number or "",
    )
