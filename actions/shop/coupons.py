"""A thank-you coupon in a cart: which one counts, and what it takes off a single unit. Pure.

Nothing is reduced twice: a coupon counts for what is in no quote, in no set and not on sale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from actions.shop.model import Coupon
from catalog.domain.bundling import floor_of, room_above
from catalog.domain.offer_rules import BundleRules
from catalog.domain.product import Product

COUPON = "coupon:"


def coupon_at(coupons: Iterable[Coupon], now: datetime) -> Coupon | None:
    """The one that counts now: the larger percentage, then the earlier end, then the smaller id."""
    valid = [one for one in coupons if one.state == "given" and one.valid_from <= now < one.valid_until]
    return min(valid, key=lambda one: (-one.percent, one.valid_until, one.id), default=None)


def unit_savings(coupon: Coupon | None, products: Mapping[str, Product], rules: BundleRules) -> dict[str, int]:
    """What the coupon takes off one of each product, in minor units; products it does nothing for are left out."""
    if coupon is None:
        return {}
    percent = min(coupon.percent, rules.max_discount_percent)
    savings = {product_id: _unit_saving(product, percent, rules) for product_id, product in products.items()}
    return {product_id: saving for product_id, saving in savings.items() if saving > 0}


def last_day(coupon: Coupon, zone: ZoneInfo) -> date:
    """The last day, by the shop's calendar, on which the coupon counts."""
    return (coupon.valid_until - timedelta(microseconds=1)).astimezone(zone).date()


def _unit_saving(product: Product, percent: int, rules: BundleRules) -> int:
    price = product.current_price
    if price < product.price:
        return 0
    room = room_above(price, floor_of(price, product.cost, product.floor, rules))
    return min(price.share(percent, 100), room).minor
