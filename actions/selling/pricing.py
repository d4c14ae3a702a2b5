"""The price working of an offer (promise `honest-price`): parts, saving, floors, shares to the cent. Pure.

The saving is a percentage of today's parts, cut back so that
- no line goes under its floor, and what is on sale already is not reduced again unless the shop declares it,
- of the assistant's own bundles, what is added still brings its own floor: accepting never makes a cart cheaper,
- no set saves more than the shop's maximal discount, and none is dearer than a live set of the same things.
A saving of nothing makes no bundle: then it is a plain suggestion at today's price.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.selling.facts import PlanFacts, ProductFacts
from catalog.domain.bundling import floor_minor, floor_of, share_minor
from catalog.domain.money import Money, divide_half_up, total, zero
from catalog.domain.offer_rules import BundleRules


@dataclass(frozen=True, slots=True)
class WorkedLine:
    """One product of the working: today's price, the lowest it may go to, and its part of the saving. `every` as in
    `QuoteLine`."""

    product_id: str
    added: bool
    unit_price: Money
    lowest: Money
    discount: Money
    every: str = ""


@dataclass(frozen=True, slots=True)
class PriceWorking:
    """How a price came about. `parts`: all lines at today's prices; `price`: what accepting adds to the cart, of the
    first line where one is to be chosen. `segment` names whose declared price it is, "" for everyone's."""

    percent: int
    parts: Money
    saving: Money
    price: Money
    lines: tuple[WorkedLine, ...]
    segment: str = ""


def lowest_price(product: ProductFacts, rules: BundleRules) -> Money:
    """The margin floor of one product."""
    return floor_of(product.price, product.cost, product.floor, rules)


def plain_price(products: Sequence[ProductFacts], rules: BundleRules, currency: str) -> PriceWorking:
    """Things at today's prices, nothing saved."""
    nothing = zero(currency)
    lines = tuple(_line(product, True, nothing, rules) for product in products)
    price = total([product.price for product in products], currency)
    return PriceWorking(0, price, nothing, price, lines)


def plan_price(host: ProductFacts, plans: Sequence[PlanFacts], rules: BundleRules) -> PriceWorking:
    """The ways to pay for a plan of `host`, one line each. Nothing of it is due today."""
    nothing = zero(host.price.currency)
    lines = tuple(WorkedLine(host.id, True, plan.price, plan.price, nothing, plan.every) for plan in plans)
    return PriceWorking(0, plans[0].price, nothing, plans[0].price, lines)


def alternatives_price(products: Sequence[ProductFacts], rules: BundleRules) -> PriceWorking:
    """Things of which one is to be chosen, each at today's price."""
    nothing = zero(products[0].price.currency)
    lines = tuple(_line(product, True, nothing, rules) for product in products)
    return PriceWorking(0, products[0].price, nothing, products[0].price, lines)


def work_price(
    anchors: Sequence[ProductFacts], added: Sequence[ProductFacts], rules: BundleRules, percent: int, segment: str = ""
) -> PriceWorking:
    """The price of adding `added` to a cart that holds `anchors`, with `percent` off all of them where the floors
    allow it. Without an anchor, or with nothing to save, `added` stands at today's prices."""
    # What is added pays its own way: the saving fits into its own room, wherever it is shown.
    saving = saving_of(anchors, added, rules, percent)
    return _working(anchors, added, saving, rules, percent, segment)


def declared_set(
    anchors: Sequence[ProductFacts], added: Sequence[ProductFacts], rules: BundleRules, percent: int
) -> PriceWorking:
    """The price of completing a set that the merchant declared: what the cart will charge for it anyway. Its saving
    may be more than what is added costs."""
    saving = saving_of(anchors, added, rules, percent, declared=True)
    return _working(anchors, added, saving, rules, percent, "")


def saving_of(
    anchors: Sequence[ProductFacts],
    added: Sequence[ProductFacts],
    rules: BundleRules,
    percent: int,
    declared: bool = False,
) -> int:
    """The saving of `work_price`, or of `declared_set`, in minor units, without its lines."""
    currency = added[0].price.currency
    if percent <= 0 or not (declared or (anchors and rules.allowed)):
        return 0
    for anchor in anchors:
        if anchor.price.currency != currency:
            return 0
    parts = sum([product.price.minor for product in (*anchors, *added)])
    target = divide_half_up(parts * min(percent, rules.max_discount_percent), 100)
    bearing = (*anchors, *added) if declared else added
    return min(target, sum([_room(product, rules) for product in bearing]))


def lowest_minor(product: ProductFacts, rules: BundleRules) -> int:
    """`lowest_price` in minor units."""
    return floor_minor(product.price, product.cost, product.floor, rules)


def _room(product: ProductFacts, rules: BundleRules) -> int:
    if product.on_sale and not rules.stack_with_sale:
        return 0
    return max(0, product.price.minor - lowest_minor(product, rules))


def _line(product: ProductFacts, added: bool, discount: Money, rules: BundleRules) -> WorkedLine:
    return WorkedLine(product.id, added, product.price, lowest_price(product, rules), discount)


def _working(
    anchors: Sequence[ProductFacts],
    added: Sequence[ProductFacts],
    saving: int,
    rules: BundleRules,
    percent: int,
    segment: str,
) -> PriceWorking:
    currency = added[0].price.currency
    if saving <= 0:
        return plain_price(added, rules, currency)
    products = (*anchors, *added)
    prices = [product.price.minor for product in products]
    discounts = share_minor(saving, prices, [_room(product, rules) for product in products])
    added_from = len(anchors)
    lines = tuple(
        [
            _line(product, place >= added_from, Money(discounts[place], currency), rules)
            for place, product in enumerate(products)
        ]
    )
    price = sum(prices[len(anchors) :]) - saving
    declared = min(percent, rules.max_discount_percent)
    return PriceWorking(
        declared, Money(sum(prices), currency), Money(saving, currency), Money(price, currency), lines, segment
    )
