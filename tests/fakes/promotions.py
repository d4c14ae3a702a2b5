"""Sets, coupons and plans for tests, and how the offer engine gives them to a shopper of the SQL shop."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.shop.model import CartPlan, Coupon
from actions.store import carts, coupons
from actions.store.database import Database
from catalog.domain.shop import MerchantBundle
from tests.fakes.small_shop import NOW, money

FIRST_NIGHT = MerchantBundle("first-night", "First night out", ("TENT", "LAMP"), discount_percent=10)


def coupon(
    coupon_id: str = "c-1", percent: int = 10, given_at: datetime = NOW - timedelta(days=1), days: int = 30
) -> Coupon:
    return Coupon(coupon_id, percent, given_at, given_at, given_at + timedelta(days=days))


def care_plan(product_id: str, price: str = "2.50", every: str = "month") -> CartPlan:
    return CartPlan(product_id, "Tent care plan", every, money(price))


def delivery(product_id: str, days: int = 30, price: str = "7.20") -> CartPlan:
    return CartPlan(product_id, "Repeated delivery", f"days:{days}", money(price))


def give(database: Database, shopper_id: str, one: Coupon) -> None:
    with database.write() as session:
        coupons.give(session, shopper_id, one)


def hold_plan(database: Database, shopper_id: str, plan: CartPlan) -> None:
    with database.write() as session:
        carts.hold_plan(session, shopper_id, plan)
