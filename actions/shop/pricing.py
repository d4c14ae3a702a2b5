"""What a cart costs now: today's prices, less what accepted quotes hold and what anybody has off them. Pure.

An accepted quote holds its price until it runs out, while all its products are in the cart. Where today's
prices have fallen below the held price, today's prices count: a bundle never costs more than its parts.
`reducing` settles quotes, the merchant's sets and a coupon where they want the same units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.shop.changes import StandingLine as StandingLine
from actions.shop.changes import changed_prices, ended_savings, is_dearer, unseen
from actions.shop.model import Cart, CartLine, CartPlan, Coupon
from actions.shop.reducing import Promise, Reductions, reduce_cart
from actions.shop.sets import NO_SETS, MerchantSets
from catalog.domain.money import Money, total, zero
from catalog.domain.product import Product
from catalog.domain.shop import Shipping


@dataclass(frozen=True)
class HeldLine:
    """One product of an accepted quote; `discount` covers the whole line."""

    product_id: str
    quantity: int
    unit_price: Money
    discount: Money

    @property
    def total(self) -> Money:
        """What the line costs under the quote."""
        return self.unit_price * self.quantity - self.discount


@dataclass(frozen=True)
class HeldQuote:
    """An accepted quote in the cart."""

    offer_id: str
    currency: str
    lines: tuple[HeldLine, ...]
    valid_until: datetime

    @property
    def price(self) -> Money:
        """What all its products cost together."""
        return total([line.total for line in self.lines], self.currency)


@dataclass(frozen=True)
class PricedCart:
    """The cart, and what the look at it found: quotes that ended, products that can no longer be bought, and,
    by product, the lines that the shopper has not seen like this yet."""

    cart: Cart
    ended_quotes: tuple[str, ...]
    gone_products: tuple[str, ...]
    unseen: Mapping[str, CartLine]


def price_cart(
    shopper_id: str,
    currency: str,
    lines: Sequence[StandingLine],
    quotes: Sequence[HeldQuote],
    products: Mapping[str, Product],
    now: datetime,
    sets: MerchantSets = NO_SETS,
    coupons: Sequence[Coupon] = (),
    plans: Sequence[CartPlan] = (),
) -> PricedCart:
    """Price `lines` at `now`. `products` are those the shop still has; `quotes` in the order they were
    accepted. A product serves one quote at a time: two quotes over the same product need two of it. `coupons`
    are those that the shopper was given; `plans` stay while their product does."""
    standing = [line for line in lines if _sellable(products.get(line.product_id), currency)]
    here = {line.product_id: products[line.product_id] for line in standing}
    holding, ended = _holding(standing, quotes, currency, now)
    quantities = {line.product_id: line.quantity for line in standing}
    promises = [_promise(quote, here) for quote in holding]
    reductions = reduce_cart(here, quantities, promises, sets, coupons, currency, now)
    cart_lines = tuple(_cart_line(line, here[line.product_id], reductions, zero(currency)) for line in standing)
    changed = changed_prices(standing, cart_lines, reductions.held)
    gone = tuple(line.product_id for line in lines if line.product_id not in here)
    notes = [f"sold_out:{product_id}" for product_id in gone]
    notes += ["bundle_ended"] if any(_saves(quote) for quote in ended) else []
    notes += ended_savings(standing, cart_lines)
    notes += [f"price_changed:{product_id}" for product_id in changed]
    if not notes and is_dearer(standing, cart_lines):
        notes = ["saving_changed"]
    staying = tuple(plan for plan in plans if plan.product_id in here)
    return PricedCart(
        cart=Cart(shopper_id, currency, cart_lines, tuple(notes), reductions.savings, staying),
        ended_quotes=tuple(quote.offer_id for quote in ended),
        gone_products=gone,
        unseen=unseen(standing, cart_lines, changed),
    )


def delivery_cost(cart: Cart, shipping: Shipping) -> Money:
    """What delivery of this cart costs; nothing where the shop declares no cost."""
    if shipping.cost is None or not cart.lines or free_delivery_gap(cart, shipping) == zero(cart.currency):
        return zero(cart.currency)
    return shipping.cost


def free_delivery_gap(cart: Cart, shipping: Shipping) -> Money | None:
    """How much is missing for free delivery: zero when it is reached, None where the shop has no such rule."""
    if shipping.free_from is None:
        return None
    return max(shipping.free_from - cart.total, zero(cart.currency))


def _sellable(product: Product | None, currency: str) -> bool:
    return product is not None and product.in_stock and product.price.currency == currency


def _saves(quote: HeldQuote) -> bool:
    return any(line.discount.minor > 0 for line in quote.lines)


def _holding(
    lines: Sequence[StandingLine], quotes: Sequence[HeldQuote], currency: str, now: datetime
) -> tuple[list[HeldQuote], list[HeldQuote]]:
    """Quotes that hold, and those that have ended: run out, or a product of theirs is missing."""
    free = Counter({line.product_id: line.quantity for line in lines})
    holding, ended = [], []
    for quote in quotes:
        needed = Counter({line.product_id: line.quantity for line in quote.lines})
        if quote.valid_until > now and quote.currency == currency and needed <= free:
            free -= needed
            holding.append(quote)
        else:
            ended.append(quote)
    return holding, ended


def _promise(quote: HeldQuote, products: Mapping[str, Product]) -> Promise:
    today = {line.product_id: products[line.product_id].current_price for line in quote.lines}
    units: Counter[str] = Counter()
    discounts: dict[str, Money] = {}
    for line, discount in zip(quote.lines, _discounts_of(quote, today), strict=True):
        units[line.product_id] += line.quantity
        discounts[line.product_id] = discounts.get(line.product_id, zero(quote.currency)) + discount
    return Promise(quote.offer_id, units, discounts)


def _discounts_of(quote: HeldQuote, today: Mapping[str, Money]) -> list[Money]:
    if all(line.unit_price == today[line.product_id] for line in quote.lines):
        return [line.discount for line in quote.lines]
    # A price has moved: keep the held price of the whole, or today's parts where they are cheaper.
    parts = [today[line.product_id] * line.quantity for line in quote.lines]
    saving = max(total(parts, quote.currency) - quote.price, zero(quote.currency))
    return saving.allocate([part.minor for part in parts])


def _cart_line(line: StandingLine, product: Product, reductions: Reductions, nothing: Money) -> CartLine:
    return CartLine(
        product_id=line.product_id,
        title=product.title,
        quantity=line.quantity,
        unit_price=product.current_price,
        discount=reductions.discounts.get(line.product_id, nothing),
        quote_id=reductions.quote_of.get(line.product_id, ""),
    )
