"""Values of the shop as the page templates want them: texts and plain dictionaries, prices formatted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel.dates import format_date

from actions.shop.coupons import COUPON
from actions.shop.model import Cart, CartLine, CartPlan, CartSaving, Order
from actions.shop.pricing import delivery_cost, free_delivery_gap
from actions.shop.sets import SET
from actions.shop.taxes import tax_of
from actions.speech.pack import format_money
from actions.speech.titles import display_title
from bot.channels.pictures import picture_address
from bot.gateway.storefront import Shelf
from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.domain.tax import Tax, rate_text

# Columns that are the merchant's business, or say nothing to a shopper.
_HIDDEN_ATTRIBUTES = frozenset(
    {"link", "mobile_link", "additional_image_link", "gtin", "mpn", "identifier_exists", "tier", "fits"}
    | {"google_product_category", "shipping", "tax", "tax_rate"}
    | {f"custom_label_{number}" for number in range(5)}
)
# Units that end a column's name.
_UNITS = {unit.lower(): unit for unit in ("g", "kg", "mm", "cm", "m", "ml", "l", "W", "Wh", "mAh", "lm", "h")}


def product_tile(product: Product, locale: str) -> dict[str, Any]:
    """A product in the grid."""
    before = product.compare_at
    return {
        "id": product.id,
        "title": display_title(product.title),
        "price": format_money(product.current_price, locale),
        "compare_at": format_money(before, locale) if before is not None else "",
        "image": picture_address(product.image_link, product.title),
        "kind": product.kind,
        "in_stock": product.in_stock,
    }


def product_page(product: Product, shelf: Shelf) -> dict[str, Any]:
    """A product on its own page."""
    variants = shelf.variants(product)
    return {
        **product_tile(product, shelf.config.locale),
        "description": product.description,
        "attributes": _attributes(product),
        "variants": [
            {
                "id": variant.id,
                "label": _variant_label(variant),
                "current": variant.id == product.id,
                "in_stock": variant.in_stock,
            }
            for variant in variants
        ],
    }


def _variant_label(variant: Product) -> str:
    return ", ".join(part for part in (variant.color, variant.size) if part) or display_title(variant.title)


def _attributes(product: Product) -> list[dict[str, str]]:
    own = {"brand": product.brand, "color": product.color, "size": product.size, "material": product.material}
    shown = {name: value for name, value in product.attributes.items() if name not in _HIDDEN_ATTRIBUTES}
    return [{"name": _attribute_name(name), "value": value} for name, value in {**own, **shown}.items() if value]


def _attribute_name(column: str) -> str:
    """A column's name as a label: "weight_g" is "Weight (g)"."""
    words = column.split("_")
    if column == "color":
        return "Colour"
    if len(words) > 1 and words[-1] in _UNITS:
        return f"{' '.join(words[:-1]).capitalize()} ({_UNITS[words[-1]]})"
    return " ".join(words).capitalize()


def _delivery(cost: Money, locale: str) -> str:
    return format_money(cost, locale) if cost else "Free"


def _line(line: CartLine, shelf: Shelf) -> dict[str, Any]:
    locale = shelf.config.locale
    product = shelf.by_id.get(line.product_id)
    return {
        "product_id": line.product_id,
        "title": display_title(line.title),
        "image": picture_address(product.image_link if product else "", line.title),
        "quantity": line.quantity,
        "unit_price": format_money(line.unit_price, locale),
        "discount": format_money(line.discount, locale) if line.discount else "",
        "reason": _reason(line.quote_id),
        "total": format_money(line.total, locale),
    }


def _reason(quote_id: str) -> str:
    """What a line's discount is called."""
    if quote_id.startswith(SET):
        return "Set price"
    return "Thank-you coupon" if quote_id.startswith(COUPON) else "Bundle price"


def _saving(saving: CartSaving, locale: str) -> dict[str, str]:
    """A set or a coupon by name, with what it takes off in all."""
    name = saving.title
    if saving.last_day is not None:
        name = f"Thank-you coupon, until {format_date(saving.last_day, 'd MMMM', locale=locale.replace('-', '_'))}"
    return {"name": name, "amount": format_money(saving.amount, locale)}


def _plan(plan: CartPlan, lines: Sequence[CartLine], locale: str) -> dict[str, str]:
    """A plan: what it is called, what each time costs, and how it ends."""
    title = next((line.title for line in lines if line.product_id == plan.product_id), "")
    name = f"{display_title(plan.title)} for {display_title(title)}" if title else display_title(plan.title)
    price = format_money(plan.price, locale)
    if plan.days:
        terms = f"{price} each time, every {plan.days} days from delivery on; you can stop after any delivery"
    else:
        span = "year" if plan.every == "year" else "month"
        terms = f"{price} a {span}, from delivery; you can stop at the end of any {span}"
    return {"product_id": plan.product_id, "sort": plan.sort, "name": name, "terms": terms}


def _tax(tax: Tax | None, total: Money, locale: str) -> dict[str, str]:
    """The tax of a `total`: `included` as a phrase, or `on_top` as a row's name; its `amount` and what is `to_pay`
    then. Empty texts for what does not apply."""
    if tax is None:
        return {"included": "", "on_top": "", "amount": "", "to_pay": ""}
    amount = format_money(tax.amount, locale)
    if tax.included:
        return {"included": f"includes {amount} {tax.name}", "on_top": "", "amount": amount, "to_pay": ""}
    name = tax.name if tax.rate is None else f"{rate_text(tax.rate)} % {tax.name}"
    to_pay = format_money(total + tax.on_top, locale)
    return {"included": "", "on_top": name, "amount": amount, "to_pay": to_pay}


def _tax_of(cart: Cart, shelf: Shelf, shipping: Money | None = None) -> Tax | None:
    return tax_of(cart, shelf.by_id.get, shelf.config.tax, shipping) if cart.lines else None


def cart_page(cart: Cart, shelf: Shelf) -> dict[str, Any]:
    """The cart; `shipping_gap` is what is missing to free delivery, empty where nothing is or none is declared."""
    gap = free_delivery_gap(cart, shelf.config.shipping) if cart.lines else None
    return {
        "lines": [_line(line, shelf) for line in cart.lines],
        "savings": [_saving(saving, shelf.config.locale) for saving in cart.savings],
        "plans": [_plan(plan, cart.lines, shelf.config.locale) for plan in cart.plans],
        "total": format_money(cart.total, shelf.config.locale),
        "tax": _tax(_tax_of(cart, shelf), cart.total, shelf.config.locale),
        "shipping_gap": format_money(gap, shelf.config.locale) if gap else "",
    }


def checkout_page(cart: Cart, shelf: Shelf, token: str) -> dict[str, Any]:
    """The order form's figures."""
    locale = shelf.config.locale
    shipping = delivery_cost(cart, shelf.config.shipping)
    tax, before_tax = _tax_of(cart, shelf, shipping), cart.total + shipping
    return {
        "lines": [_line(line, shelf) for line in cart.lines],
        "savings": [_saving(saving, locale) for saving in cart.savings],
        "plans": [_plan(plan, cart.lines, locale) for plan in cart.plans],
        "total": format_money(cart.total, locale),
        "shipping": _delivery(shipping, locale),
        "tax": _tax(tax, before_tax, locale),
        "grand_total": format_money(before_tax + tax.on_top if tax else before_tax, locale),
        "token": token,
    }


def order_page(order: Order, shelf: Shelf) -> dict[str, Any]:
    """A placed order; the plans of a cancelled one never begin."""
    locale = shelf.config.locale
    plans = () if order.status == "cancelled" else order.plans
    return {
        "number": order.number,
        "placed": order.placed_at.date().isoformat(),
        "status": order.status,
        "lines": [_line(line, shelf) for line in order.lines],
        "plans": [_plan(plan, order.lines, locale) for plan in plans],
        "goods": format_money(order.goods, locale),
        "shipping": _delivery(order.shipping, locale),
        "tax": _tax(order.tax, order.goods + order.shipping, locale),
        "total": format_money(order.total, locale),
        "name": order.details.get("name", ""),
        "email": order.details.get("email", ""),
        "address": order.details.get("address", ""),
    }


def cart_notice(cart: Cart) -> str:
    """What changed under the shopper since the last look, in words."""
    said = {
        "bundle_ended": "The bundle price has ended.",
        "set_ended": "The price of a set has ended.",
        "coupon_ended": "The thank-you coupon no longer applies.",
        "saving_changed": "What you save has changed since you last looked.",
        "price_changed": "A price has changed since you last looked.",
        "sold_out": "Something has sold out and was taken out of the cart.",
    }
    kinds = dict.fromkeys(note.partition(":")[0] for note in cart.notes)
    return " ".join(said[kind] for kind in kinds if kind in said)
