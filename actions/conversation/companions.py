"""What goes with a product, because the shopper asked."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation.assistant import Assistant
from actions.conversation.model import Memory, Reply, Request
from actions.conversation.offer_words import offer_message
from actions.conversation.references import meant_product
from actions.selling.model import Decision
from actions.shop.model import Cart
from catalog.domain.product import Product

COMPANIONS = 3


def goes_with(assistant: Assistant, request: Request) -> Reply:
    """What goes with a product, because the shopper asked; the gate holds, the caps do not."""
    meant = meant_product(assistant, request)
    cart = assistant.shop.cart(request.turn.shopper_id, request.turn.now)
    in_cart = assistant.products(cart.product_ids[-1:])
    candidates = [meant.first] if meant.sure or meant.by_name else [*in_cart, *meant.products]
    if not candidates:
        return assistant.reply(request, "goes-with-what", memory=request.remembering(failures=0))
    product = candidates[0] if meant.by_button else _in_cart(assistant, cart, candidates[0])
    decision = assistant.desk.on_request(request.turn, product.id)
    memory = assistant.focused(request, product, failures=0)
    if decision.offer is None or decision.action != "pitch":
        return _companions(assistant, request, product, decision, memory).decided(decision)
    return Reply((offer_message(assistant, request, decision.offer),), memory).decided(decision)


def _in_cart(assistant: Assistant, cart: Cart, product: Product) -> Product:
    """The variant of it that is in the cart: who has the green tent and asks about the tent means the green one."""
    own = (other for other in assistant.products(cart.product_ids) if other.same_group(product))
    return next(own, product)


def _companions(assistant: Assistant, request: Request, product: Product, decision: Decision, memory: Memory) -> Reply:
    """What goes with a product, as plain information: a question is answered where an offer is out of place."""
    fitting = assistant.products(decision.fitting[:COMPANIONS])
    if not fitting:
        return assistant.reply(request, "goes-with-nothing", product=product, memory=memory)
    return assistant.reply(
        request,
        "goes-with-these",
        product=product,
        choices=[assistant.add_choice(request, other) for other in fitting],
        cards=[assistant.card(other) for other in fitting],
        memory=replace(memory, shown=tuple(other.id for other in fitting)),
    )
