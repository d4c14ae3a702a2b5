"""The `Shop` port in memory, held to the same contract as the SQL shop (tests/contract/test_shop_port.py)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from actions.shop.coupons import COUPON
from actions.shop.model import Cart, CartPlan, CartRefused, Coupon, Order
from actions.shop.numbers import normalise_order_number, order_number
from actions.shop.pricing import StandingLine, delivery_cost, price_cart
from actions.shop.sets import MerchantSets
from actions.shop.taxes import tax_of
from catalog.domain.product import Product
from catalog.domain.shop import MerchantBundle, ShopConfig


class MemoryShop:
    def __init__(self, config: ShopConfig, products: Sequence[Product], bundles: Sequence[MerchantBundle] = ()) -> None:
        self.config = config
        self.products = {product.id: product for product in products}
        self.declare(bundles)
        self._lines: dict[str, dict[str, StandingLine]] = defaultdict(dict)
        self._plans: dict[str, dict[tuple[str, str], CartPlan]] = defaultdict(dict)
        self._coupons: dict[str, list[Coupon]] = defaultdict(list)
        self._tokens: dict[str, str] = {}
        self._orders: dict[str, Order] = {}
        self._order_of: dict[str, str] = {}

    def declare(self, bundles: Sequence[MerchantBundle]) -> None:
        self.sets = MerchantSets(bundles, self.config.bundles, self.config.selling.time_zone)

    def give(self, shopper_id: str, coupon: Coupon) -> None:
        self._coupons[shopper_id].append(coupon)

    def hold_plan(self, shopper_id: str, plan: CartPlan) -> None:
        if plan.product_id not in self._lines[shopper_id]:
            raise CartRefused("not_in_cart", plan.product_id)
        self._plans[shopper_id].pop((plan.product_id, plan.sort), None)
        self._plans[shopper_id][plan.product_id, plan.sort] = plan

    def cart(self, shopper_id: str, now: datetime) -> Cart:
        lines, plans = self._lines[shopper_id], self._plans[shopper_id]
        products = {product_id: product.at(now) for product_id, product in self.products.items()}
        priced = price_cart(
            shopper_id,
            self.config.currency,
            list(lines.values()),
            (),
            products,
            now,
            self.sets,
            self._coupons[shopper_id],
            list(plans.values()),
        )
        for product_id in priced.gone_products:
            del lines[product_id]
        for product_id, line in priced.unseen.items():
            lines[product_id] = StandingLine(product_id, line.quantity, line.unit_price, line.discount, line.quote_id)
        for key in [key for key in plans if key[0] not in lines]:
            del plans[key]
        return priced.cart

    def add(self, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
        if product_id not in self.products:
            raise CartRefused("unknown_product", product_id)
        if not self.products[product_id].in_stock:
            raise CartRefused("out_of_stock", product_id)
        lines = self._lines[shopper_id]
        line = lines.get(product_id, StandingLine(product_id, 0, self.products[product_id].at(now).current_price))
        if quantity < 1 or line.quantity + quantity > 99:
            raise CartRefused("bad_quantity", product_id)
        if product_id not in lines and len(lines) >= 50:
            raise CartRefused("cart_full", product_id)
        lines[product_id] = replace(line, quantity=line.quantity + quantity)
        return self._after_a_change(shopper_id, now)

    def set_quantity(self, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
        lines = self._lines[shopper_id]
        if product_id not in lines:
            raise CartRefused("not_in_cart", product_id)
        if not 0 <= quantity <= 99:
            raise CartRefused("bad_quantity", product_id)
        line = lines[product_id]
        if quantity > line.quantity and not self.products[product_id].in_stock:
            raise CartRefused("out_of_stock", product_id)
        lines[product_id] = replace(line, quantity=quantity)
        if quantity == 0:
            del lines[product_id]
        return self._after_a_change(shopper_id, now)

    def _after_a_change(self, shopper_id: str, now: datetime) -> Cart:
        cart = self.cart(shopper_id, now)
        return replace(cart, notes=tuple(note for note in cart.notes if note != "saving_changed"))

    def empty(self, shopper_id: str, now: datetime) -> Cart:
        self._lines[shopper_id].clear()
        return self.cart(shopper_id, now)

    def drop_plan(self, shopper_id: str, product_id: str, now: datetime, sort: str = "") -> Cart:
        plans = self._plans[shopper_id]
        for key in [key for key in plans if key[0] == product_id and sort in ("", key[1])]:
            del plans[key]
        return self.cart(shopper_id, now)

    def checkout_token(self, shopper_id: str, now: datetime) -> str:
        if not self._lines[shopper_id]:
            raise CartRefused("empty_cart")
        for token, owner in self._tokens.items():
            if owner == shopper_id and token not in self._order_of:
                return token
        token = f"token-{len(self._tokens) + 1}"
        self._tokens[token] = shopper_id
        return token

    def cart_of_checkout(self, token: str, now: datetime) -> Cart:
        if token not in self._tokens:
            raise CartRefused("unknown_checkout")
        return self.cart(self._tokens[token], now)

    def place_order(self, token: str, details: dict[str, str], now: datetime) -> Order:
        if token not in self._tokens:
            raise CartRefused("unknown_checkout")
        if token in self._order_of:
            return self._orders[self._order_of[token]]
        seen_before = dict(self._lines[self._tokens[token]])
        cart = self.cart(self._tokens[token], now)
        if cart.notes:
            self._lines[self._tokens[token]] = seen_before
            raise CartRefused("cart_changed")
        if not cart.lines:
            raise CartRefused("empty_cart")
        number = order_number(self.config.name, len(self._orders) + 1)
        shipping = delivery_cost(cart, self.config.shipping)
        tax = tax_of(cart, self.products.get, self.config.tax, shipping)
        placed = Order(
            number, cart.shopper_id, now, "placed", cart.currency, cart.lines, shipping, dict(details), cart.plans, tax
        )
        used = [saving.id.removeprefix(COUPON) for saving in cart.savings if saving.id.startswith(COUPON)]
        self._move_coupons(cart.shopper_id, used, "given", "used", number)
        self._orders[number] = placed
        self._order_of[token] = number
        self._lines[cart.shopper_id].clear()
        self._plans[cart.shopper_id].clear()
        return placed

    def _move_coupons(self, shopper_id: str, ids: Sequence[str], before: str, after: str, number: str) -> None:
        self._coupons[shopper_id] = [
            replace(coupon, state=after, order_number=number) if coupon.id in ids and coupon.state == before else coupon
            for coupon in self._coupons[shopper_id]
        ]

    def order(self, number: str, shopper_id: str) -> Order | None:
        found = self._orders.get(normalise_order_number(number))
        return found if found is not None and found.shopper_id == shopper_id else None

    def orders(self, shopper_id: str) -> list[Order]:
        return [order for order in reversed(self._orders.values()) if order.shopper_id == shopper_id]

    def cancel(self, number: str, shopper_id: str, now: datetime) -> Order | None:
        cancelled = self._move(number, shopper_id, ("placed",), "cancelled")
        if cancelled is not None:
            used = [coupon.id for coupon in self._coupons[shopper_id] if coupon.order_number == cancelled.number]
            self._move_coupons(shopper_id, used, "used", "given", "")
        return cancelled

    def request_return(self, number: str, shopper_id: str, now: datetime) -> Order | None:
        open_states = ("placed", "shipped", "delivered", "return_requested")
        return self._move(number, shopper_id, open_states, "return_requested")

    def _move(self, number: str, shopper_id: str, allowed: tuple[str, ...], status: str) -> Order | None:
        found = self.order(number, shopper_id)
        if found is None or found.status not in allowed:
            return None
        self._orders[found.number] = replace(found, status=status)
        return self._orders[found.number]
