"""Bundle arithmetic (promise `honest-price`): parts, saving, floors, and the saving shared to the cent. Pure.

The saving is the shop's percentage of today's parts, cut back so that
- what is added still brings its own floor: accepting never makes the cart cheaper than before,
- no line goes under its floor.
A saving of nothing makes no bundle: then it is a plain suggestion at today's price.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.selling.facts import ProductFacts
from catalog.domain.money import Money, total, zero
from catalog.domain.shop import BundleRules


@dataclass(frozen=True)
class WorkedLine:
    """One product of the working: today's price, the lowest it may go to, and its part of the saving."""

    product_id: str
    added: bool
    unit_price: Money
    lowest: Money
    discount: Money


@dataclass(frozen=True)
class PriceWorking:
    """How a price came about. `parts`: all lines at today's prices; `price`: what accepting adds to the cart."""

    percent: int
    parts: Money
    saving: Money
    price: Money
    lines: tuple[WorkedLine, ...]


def lowest_price(product: ProductFacts, rules: BundleRules) -> Money:
    """The margin floor of one product: its declared floor, cost plus the least margin, or, where the shop
    told neither, a share of today's price. Fractions of a cent round up, in the shop's favour."""
    known = []
    if product.floor is not None:
        known.append(product.floor)
    if product.cost is not None:
        known.append(_share_up(product.cost, 100 + rules.min_margin_percent))
    return max(known) if known else _share_up(product.price, rules.min_price_percent)


def work_price(anchor: ProductFacts | None, added: ProductFacts, rules: BundleRules, percent: int) -> PriceWorking:
    """The price of adding `added` to a cart that holds `anchor`, with `percent` off the pair where the floors
    allow it. Without an anchor, or with nothing to save, `added` stands alone at today's price."""
    plain = _working(0, (added,), (True,), [zero(added.price.currency)], rules)
    if anchor is None or percent <= 0 or not rules.allowed or anchor.price.currency != added.price.currency:
        return plain
    products = (anchor, added)
    room = [_room(product, rules) for product in products]
    target = (anchor.price + added.price).share(percent, 100)
    saving = min(target, room[1])
    if saving.minor <= 0:
        return plain
    discounts = share_saving(saving, [product.price.minor for product in products], room)
    return _working(percent, products, (False, True), discounts, rules)


def share_saving(saving: Money, weights: Sequence[int], room: Sequence[Money]) -> list[Money]:
    """Share `saving` over lines in proportion to `weights` (largest remainder), no line beyond its `room`.

    The shares add up exactly. `saving` must not exceed the room altogether (ValueError).
    """
    if saving > total(room, saving.currency):
        raise ValueError(f"a saving of {saving} does not fit above the floors")
    shares = [zero(saving.currency)] * len(room)
    left = saving
    while left.minor > 0:
        free = [index for index in range(len(room)) if shares[index] < room[index]]
        for index, part in zip(free, left.allocate([weights[i] for i in free]), strict=True):
            taken = min(part, room[index] - shares[index])
            shares[index] += taken
            left -= taken
    return shares


def _working(
    percent: int,
    products: Sequence[ProductFacts],
    added: Sequence[bool],
    discounts: Sequence[Money],
    rules: BundleRules,
) -> PriceWorking:
    currency = products[0].price.currency
    parts = total([product.price for product in products], currency)
    saving = total(list(discounts), currency)
    new = total([product.price for product, is_new in zip(products, added, strict=True) if is_new], currency)
    lines = tuple(
        WorkedLine(product.id, is_new, product.price, lowest_price(product, rules), discount)
        for product, is_new, discount in zip(products, added, discounts, strict=True)
    )
    return PriceWorking(percent, parts, saving, new - saving, lines)


def _room(product: ProductFacts, rules: BundleRules) -> Money:
    return max(product.price - lowest_price(product, rules), zero(product.price.currency))


def _share_up(amount: Money, percent: int) -> Money:
    return Money(-(-amount.minor * percent // 100), amount.currency)
