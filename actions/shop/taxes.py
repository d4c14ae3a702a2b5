"""The tax of a cart: its lines and its delivery, each at its rate. Pure."""

from __future__ import annotations

from collections.abc import Callable

from actions.shop.model import Cart
from catalog.domain.money import Money
from catalog.domain.offer_rules import TaxRules
from catalog.domain.product import Product
from catalog.domain.tax import RATE_ATTRIBUTE, Tax, tax_on


def tax_of(
    cart: Cart, find: Callable[[str], Product | None], rules: TaxRules, shipping: Money | None = None
) -> Tax | None:
    """The tax on what is in the cart and on its `shipping`, if given; None where the shop says nothing of tax.

    `find` gives the products, whose own rate counts for their lines. Delivery is taxed at the shop's rate.
    """
    amounts = [(_own_rate(find(line.product_id)), line.total) for line in cart.lines]
    if shipping:
        amounts.append(("", shipping))
    return tax_on(amounts, rules, cart.currency)


def _own_rate(product: Product | None) -> str:
    return product.attributes.get(RATE_ATTRIBUTE, "") if product is not None else ""
