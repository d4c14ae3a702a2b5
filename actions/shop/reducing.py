"""What accepted quotes, the merchant's sets and a coupon take off a cart together. Pure.

No unit is reduced twice, and the shopper gets the cheapest way: a quote that holds keeps its units, unless a set
or the coupon, which anybody could have for them, makes the cart cheaper. Then the quote waits: it is not ended,
and holds again once the promotion is over. So a bundle is never dearer than a live promotion (`honest-price`),
and a set or a coupon more never makes a cart dearer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from actions.shop.choosing import Claim, choose
from actions.shop.coupons import COUPON, coupon_at, last_day, unit_savings
from actions.shop.model import CartSaving, Coupon
from actions.shop.sets import SET, MerchantSets
from catalog.domain.money import Money, total, zero
from catalog.domain.product import Product


@dataclass(frozen=True)
class Promise:
    """An accepted quote that holds: its units, and what it takes off each product at today's prices."""

    id: str
    units: Mapping[str, int]
    discounts: Mapping[str, Money]


@dataclass
class Reductions:
    """By product: the discount of the whole line, what gives it first, and how many units an accepted quote
    holds; and the sets and the coupon that count, with what each saves in all."""

    currency: str
    discounts: dict[str, Money] = field(default_factory=dict)
    quote_of: dict[str, str] = field(default_factory=dict)
    held: Counter[str] = field(default_factory=Counter)
    savings: tuple[CartSaving, ...] = ()

    def take(self, source: str, discounts: Mapping[str, Money], uses: int = 1) -> None:
        """Add what `source` takes off, `uses` times."""
        for product_id, discount in discounts.items():
            before = self.discounts.get(product_id, zero(self.currency))
            self.discounts[product_id] = before + discount * uses
            self.quote_of.setdefault(product_id, source)


def reduce_cart(
    products: Mapping[str, Product],
    quantities: Mapping[str, int],
    promises: Sequence[Promise],
    sets: MerchantSets,
    coupons: Sequence[Coupon],
    currency: str,
    now: datetime,
) -> Reductions:
    """The cheapest way to reduce `quantities` of the cart's `products`. `promises` fit into it together."""
    coupon = coupon_at(coupons, now) if coupons else None
    per_unit = unit_savings(coupon, products, sets.rules)
    claims = [_of_quote(promise, per_unit) for promise in promises]
    claims += [
        use.claim(_otherwise(use.units, per_unit)) for use in sets.fitting(products, quantities, now) if use.saving > 0
    ]
    # What saves less than the coupon would serves nobody.
    chosen = choose([claim for claim in claims if claim.gain >= 0], quantities)
    reductions, free = Reductions(currency), Counter(quantities)
    for claim, uses in chosen:
        units = Counter({product_id: number * uses for product_id, number in claim.units.items()})
        free -= units
        reductions.take(claim.id, claim.discounts, uses)
        if not claim.id.startswith(SET):
            reductions.held += units
    reductions.savings = _savings_of_sets(chosen, sets)
    if coupon is not None:
        _apply(coupon, per_unit, free, reductions, sets)
    return reductions


def _of_quote(promise: Promise, per_unit: Mapping[str, int]) -> Claim:
    saving = sum(discount.minor for discount in promise.discounts.values())
    return Claim(promise.id, promise.units, promise.discounts, saving - _otherwise(promise.units, per_unit), most=1)


def _otherwise(units: Mapping[str, int], per_unit: Mapping[str, int]) -> int:
    """What the coupon would save on these units, in minor units."""
    return sum(per_unit.get(product_id, 0) * number for product_id, number in units.items())


def _savings_of_sets(chosen: Sequence[tuple[Claim, int]], sets: MerchantSets) -> tuple[CartSaving, ...]:
    """One saving per set, over all the ways in which it is filled."""
    saved: dict[str, Money] = {}
    for claim, uses in chosen:
        if claim.id.startswith(SET):
            for discount in claim.discounts.values():
                saved[claim.id] = saved.get(claim.id, zero(discount.currency)) + discount * uses
    return tuple(CartSaving(set_id, sets.titles[set_id], amount) for set_id, amount in saved.items())


def _apply(
    coupon: Coupon, per_unit: Mapping[str, int], free: Mapping[str, int], reductions: Reductions, sets: MerchantSets
) -> None:
    """Take the coupon's percentage off every unit that is left."""
    source, currency = COUPON + coupon.id, reductions.currency
    off = {product_id: Money(minor * free[product_id], currency) for product_id, minor in per_unit.items()}
    off = {product_id: discount for product_id, discount in off.items() if discount}
    if off:
        reductions.take(source, off)
        amount = total(list(off.values()), currency)
        reductions.savings += (CartSaving(source, "", amount, last_day(coupon, sets.zone)),)
