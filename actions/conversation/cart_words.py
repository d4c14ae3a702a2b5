"""A cart in words: lines, savings, total, tax and plans, what changed under the shopper, the way to free delivery."""

from __future__ import annotations

from babel.dates import format_date

from actions.conversation.assistant import Assistant
from actions.conversation.model import Request
from actions.conversation.plan_words import plan_sentences
from actions.shop.model import Cart, CartLine, CartRefused, CartSaving
from actions.shop.pricing import free_delivery_gap
from actions.shop.taxes import tax_of
from actions.speech.titles import display_title, spoken_name
from catalog.domain.money import Money
from catalog.domain.tax import rate_text


def line_name(assistant: Assistant, line: CartLine) -> str:
    """What a cart line is called: title, colour and size."""
    product = assistant.catalogue.product(line.product_id)
    return spoken_name(product) if product else display_title(line.title)


def cart_text(assistant: Assistant, request: Request, cart: Cart) -> str:
    """The whole cart: one line each, sets and a coupon by name, the total, its tax, plans, and what changed."""
    lines = [assistant.say(request, "cart-heading")]
    for line in cart.lines:
        lines.append(
            assistant.say(
                request,
                _line_message(cart, line),
                quantity=line.quantity,
                product=line_name(assistant, line),
                total=line.total,
                discount=line.discount,
            )
        )
    lines += savings(assistant, request, cart)
    lines.append(assistant.say(request, "cart-total", total=cart.total))
    lines += tax_sentence(assistant, request, cart)
    lines += plan_sentences(assistant, request, cart.plans)
    lines += [*changes(assistant, request, cart), *shipping_sentence(assistant, request, cart)]
    return "\n".join(lines)


def savings(assistant: Assistant, request: Request, cart: Cart, product_id: str = "") -> list[str]:
    """What each set and the coupon take off, by name; of a product, only what reduces its line."""
    sources = {line.quote_id for line in cart.lines if product_id in ("", line.product_id)}
    return [_saving(assistant, request, saving) for saving in cart.savings if not product_id or saving.id in sources]


def _line_message(cart: Cart, line: CartLine) -> str:
    """Where sets or a coupon are named below, a line says no more than what is off: it may be both."""
    if not line.discount:
        return "cart-line"
    return "cart-line-off" if cart.savings else "cart-line-reduced"


def _saving(assistant: Assistant, request: Request, saving: CartSaving) -> str:
    if saving.last_day is None:
        return assistant.say(request, "cart-saving-set", title=saving.title, saving=saving.amount)
    day = format_date(saving.last_day, "d MMMM", locale=assistant.pack.locale.replace("-", "_"))
    return assistant.say(request, "cart-saving-coupon", saving=saving.amount, day=day)


def tax_sentence(assistant: Assistant, request: Request, cart: Cart) -> list[str]:
    """The tax within the cart's total, or on top of it; nothing where the shop says nothing of tax."""
    tax = tax_of(cart, assistant.catalogue.product, assistant.config.tax)
    if tax is None or not cart.lines:
        return []
    if tax.included:
        return [assistant.say(request, "cart-tax-included", tax=tax.amount, name=tax.name)]
    rate = "several" if tax.rate is None else rate_text(tax.rate)
    total = cart.total + tax.on_top
    return [assistant.say(request, "cart-tax-on-top", rate=rate, name=tax.name, tax=tax.amount, total=total)]


def changes(assistant: Assistant, request: Request, cart: Cart) -> list[str]:
    """One sentence for each thing that changed under the shopper."""
    sentences = []
    for note in cart.notes:
        reason, _, product_id = note.partition(":")
        product = assistant.catalogue.product(product_id)
        message_id = f"cart-note-{reason.replace('_', '-')}"
        if message_id in assistant.pack.ids:
            name = spoken_name(product) if product else product_id
            sentences.append(assistant.say(request, message_id, product=name))
    return sentences


def shipping_gap(assistant: Assistant, cart: Cart) -> Money | None:
    """What is missing to free delivery: zero when it is free, None where the shop declares nothing."""
    return free_delivery_gap(cart, assistant.config.shipping)


def shipping_sentence(assistant: Assistant, request: Request, cart: Cart) -> list[str]:
    """How far free delivery is, where the shop has it and something is in the cart."""
    gap = shipping_gap(assistant, cart)
    if gap is None or not cart.lines:
        return []
    if not gap:
        return [assistant.say(request, "shipping-free-now")]
    return [assistant.say(request, "shipping-gap", gap=gap)]


def refusal_text(assistant: Assistant, request: Request, refused: CartRefused) -> str:
    """Why the cart could not be changed, in words."""
    product = assistant.catalogue.product(refused.product_id)
    name = spoken_name(product) if product else ""
    message_id = f"cart-refused-{refused.reason.replace('_', '-')}"
    return assistant.say(request, message_id, product=name or assistant.say(request, "that-product"))
