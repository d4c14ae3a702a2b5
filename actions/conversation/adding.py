"""Putting a product in the cart. Nothing enters it without an explicit yes to that very thing
(promise `nothing-by-itself`): where product, colour or size is open, the assistant asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from actions.conversation.assistant import CARDS_AT_ONCE, Assistant, shortened
from actions.conversation.cart_words import changes, refusal_text, savings, shipping_sentence
from actions.conversation.model import OpenQuestion, Reply, Request
from actions.conversation.pointing import names_something_else
from actions.conversation.quantities import quantity_in, read_quantity
from actions.conversation.references import Meant, by_name, meant_product
from actions.conversation.suggesting import decided
from actions.conversation.variants import differ_in, mentions_color, narrowed
from actions.shop.model import CartRefused
from actions.speech.messages import Choice, ChoiceKind, Message
from actions.speech.titles import family_name, variant_words
from catalog.domain.product import Product

CHOICES_AT_ONCE = 8
MOST_THINGS = 4
_AND = re.compile(r"\b(?:and|plus|also)\b|[,&+]", re.IGNORECASE)


def add(assistant: Assistant, request: Request) -> Reply:
    """Add what the sentence or button names, in the variant and quantity it says, or ask what is open."""
    parts = _several_things(assistant, request)
    if not parts:
        return add_one(assistant, request)
    messages: list[Message] = []
    for number, part in enumerate(parts, start=1):
        # Every thing is answered before one offer may be made; a question leaves no room for it.
        may_suggest = number == len(parts) and request.memory.question is None
        reply = add_one(assistant, replace(request.saying(part), suggest=may_suggest))
        messages += reply.messages
        request = replace(request, memory=reply.memory)
    return replace(reply, messages=tuple(messages))


def _several_things(assistant: Assistant, request: Request) -> list[str]:
    """ "The stove and a gas cartridge": the parts of a sentence that name different things; else none."""
    parts = [part.strip() for part in _AND.split(request.text) if part.strip()]
    if request.entity("product_id") or not 1 < len(parts) <= MOST_THINGS:
        return []
    named = [by_name(assistant, part, request) for part in parts]
    if not all(meant.products for meant in named) or " and " in named[0].first.title.lower():
        return []
    groups = {meant.first.group_id or meant.first.id for meant in named}
    return parts if len(groups) == len(parts) else []


def add_one(assistant: Assistant, request: Request) -> Reply:
    """Add one thing, or ask what is open about it."""
    meant = meant_product(assistant, request)
    quantity = wanted_quantity(request, meant)
    if not meant.products or meant.assumed:
        families = _families(assistant, meant.products)
        if names_something_else(assistant, request.text, families):
            return _not_known(assistant, request, quantity)
    if not meant.products:
        return assistant.reply(request, "add-which", memory=request.remembering(failures=0))
    if not meant.sure:
        return ask_which(assistant, request, meant.products, quantity)
    return add_variant(assistant, request, meant.first, quantity, by_name=meant.by_name)


def _not_known(assistant: Assistant, request: Request, quantity: int) -> Reply:
    """No product has such a name: ask which, where a kind of things was named that the shop has; else say so."""
    found = assistant.catalogue.search(request.text, limit=CARDS_AT_ONCE)
    if found.hits and found.understood.filters.kinds:
        return ask_which(assistant, request, [hit.product for hit in found.hits], quantity)
    return assistant.reply(request, "find-nothing", memory=request.remembering(failures=0))


def _families(assistant: Assistant, products: Iterable[Product]) -> list[Product]:
    return [variant for product in products for variant in assistant.catalogue.variants(product.id) or [product]]


def wanted_quantity(request: Request, meant: Meant) -> int:
    """How many are asked for; 1 where nothing is said. The 2 of "Aero 2 tent" is no quantity."""
    said = read_quantity(request.entity("quantity"))
    if not request.text:
        return said or 1
    titles = " ".join(product.title for product in meant.products)
    counted = quantity_in(request.text, titles)
    if counted is None and said is not None and str(said) not in re.findall(r"\d+", titles):
        counted = said
    return counted or 1


def add_variant(
    assistant: Assistant, request: Request, product: Product, quantity: int, by_name: bool = False
) -> Reply:
    """Add the product once colour and size are decided; ask for them where several are in stock.

    What was shown as a card has its colour decided, and its size where the search had asked for one.
    """
    family = assistant.catalogue.variants(product.id) or [product]
    in_stock = [variant for variant in family if variant.in_stock]
    said = f"{request.text} {request.entity('color')} {request.entity('size')}"
    if request.entity("choice") == "exact" or product.id.lower() in request.text.lower().split():
        wanted = [product]
    elif by_name:
        wanted = narrowed(family, said)
    else:
        shown_color = [variant for variant in family if variant.color == product.color]
        pool = narrowed(family, said) if any(mentions_color(one, said) for one in family) else shown_color
        wanted = narrowed(narrowed(pool, said), request.memory.last_query)
    available = [variant for variant in wanted if variant.in_stock]
    if not available:
        return sold_out(assistant, request, wanted[0], in_stock, quantity)
    if len(available) > 1 and differ_in(available) != "nothing":
        return ask_variant(assistant, request, available, quantity)
    return put_in_cart(assistant, request, available[0], quantity)


def ask_which(assistant: Assistant, request: Request, products: Sequence[Product], quantity: int) -> Reply:
    """ "Did you mean …?" with a button for each product."""
    in_stock = [product for product in products if product.in_stock] or list(products)
    one_each = {product.group_id or product.id: product for product in reversed(in_stock)}
    offered = list(reversed(one_each.values()))[:CARDS_AT_ONCE]
    ids = tuple(product.id for product in offered)
    question = OpenQuestion("which_product", "add_to_cart", ids, quantity)
    return assistant.reply(
        request,
        "add-did-you-mean",
        count=len(offered),
        product=offered[0],
        choices=[
            *(assistant.add_choice(request, product, quantity) for product in offered),
            assistant.choice(request, "choice-none-of-these", "deny"),
        ],
        cards=[assistant.card(product) for product in offered],
        memory=request.remembering(question=question, shown=ids, failures=0),
    )


def ask_variant(assistant: Assistant, request: Request, variants: Sequence[Product], quantity: int) -> Reply:
    """Ask for the size or the colour that is open, with the variants in stock as buttons."""
    question = OpenQuestion("which_variant", "add_to_cart", tuple(variant.id for variant in variants), quantity)
    return assistant.reply(
        request,
        "add-which-variant",
        product=family_name(variants),
        what=differ_in(variants),
        choices=[variant_choice(variant, quantity) for variant in variants[:CHOICES_AT_ONCE]],
        memory=assistant.focused(request, variants[0], question=question, failures=0),
    )


def variant_choice(variant: Product, quantity: int) -> Choice:
    """A button that adds exactly this variant."""
    entities = {"product_id": variant.id, "quantity": str(quantity), "choice": "exact"}
    title = variant_words(variant) or variant.title
    return Choice(shortened(title[0].upper() + title[1:]), ChoiceKind.OTHER, "add_to_cart", entities)


def sold_out(
    assistant: Assistant, request: Request, product: Product, siblings: Sequence[Product], quantity: int
) -> Reply:
    """Say that it is sold out, and what is there instead: another variant, else something for the same need."""
    instead = list(siblings) or [
        hit.product for hit in assistant.catalogue.alternatives(product.id) if hit.product.in_stock
    ]
    instead = instead[:CARDS_AT_ONCE]
    memory = assistant.focused(request, product, shown=tuple(other.id for other in instead), failures=0)
    if not instead:
        return assistant.reply(
            request, "sold-out", product=product, choices=[assistant.human_choice(request)], memory=memory
        )
    add_buttons = (
        [variant_choice(other, quantity) for other in instead]
        if siblings
        else [assistant.add_choice(request, other, quantity) for other in instead]
    )
    return assistant.reply(
        request,
        "sold-out-variant" if siblings else "sold-out-instead",
        product=product,
        choices=add_buttons,
        cards=[assistant.card(other) for other in instead],
        memory=memory,
    )


def put_in_cart(assistant: Assistant, request: Request, product: Product, quantity: int) -> Reply:
    """Add it, say so with the total, and then let the desk decide whether to suggest one thing."""
    turn = request.turn
    if request.repeats and assistant.shop.cart(turn.shopper_id, turn.now).quantity_of(product.id):
        return _ask_again(assistant, request, product, quantity)
    try:
        cart = assistant.shop.add(turn.shopper_id, product.id, quantity, turn.now)
    except CartRefused as refused:
        if refused.reason == "out_of_stock":
            return sold_out(assistant, request, product, [], quantity)
        return Reply((Message(refusal_text(assistant, request, refused)),), request.remembering(failures=0))
    sentences = [
        assistant.say(request, "cart-added", product=product, quantity=quantity, total=cart.total),
        *savings(assistant, request, cart, product.id),
        *changes(assistant, request, cart),
        *shipping_sentence(assistant, request, cart),
    ]
    question = request.memory.question if not request.suggest else None
    memory = assistant.focused(request, product, question=question, failures=0)
    answer = Reply((Message(" ".join(sentences), cart_choices(assistant, request)),), memory, cart=cart)
    if not request.suggest:
        return answer
    return decided(assistant, request, answer, assistant.desk.after_add(turn, product.id))


def cart_choices(assistant: Assistant, request: Request) -> tuple[Choice, ...]:
    """What one does with a filled cart: look at it, or check out."""
    return (
        assistant.choice(request, "choice-show-cart", "show_cart", ChoiceKind.SHOW),
        assistant.choice(request, "choice-checkout", "checkout", ChoiceKind.CHECKOUT),
    )


def _ask_again(assistant: Assistant, request: Request, product: Product, quantity: int) -> Reply:
    """The same words again: a repeated message is no second order until it is said to be one."""
    question = OpenQuestion("add_again", "add_to_cart", (product.id,), quantity)
    return assistant.reply(
        request,
        "add-again",
        product=product,
        choices=assistant.yes_no(request),
        memory=assistant.focused(request, product, question=question, failures=0),
    )
