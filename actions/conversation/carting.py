"""The cart after the add: show, change, remove, empty, check out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from actions.conversation.adding import add, cart_choices
from actions.conversation.assistant import Assistant
from actions.conversation.cart_words import cart_text, changes, line_name, refusal_text, savings, shipping_sentence
from actions.conversation.model import OpenQuestion, Reply, Request
from actions.conversation.pending import answered_question
from actions.conversation.pointing import names_something_else
from actions.conversation.quantities import MOST, quantity_in, read_quantity
from actions.conversation.references import LIKELY, by_place
from actions.conversation.suggesting import with_offer
from actions.shop.model import Cart, CartRefused
from actions.speech.messages import Choice, ChoiceKind, Message
from actions.speech.titles import spoken_name

if TYPE_CHECKING:
    from catalog.catalogue import Hit

_MORE = re.compile(r"\b(more|another|extra|again)\b", re.I)
_FEWER = re.compile(r"\b(less|fewer|remove|take (?:out|away|off)|minus|drop|get rid of)\b", re.I)
_EVERYTHING = re.compile(r"\b(everything|all of it|all of them|whole (?:cart|basket))\b", re.I)
_WHOLE_CART = re.compile(r"\b(everything|all|cart|basket|bag|trolley)\b", re.I)


def show_cart(assistant: Assistant, request: Request) -> Reply:
    """The cart with totals, and the way to the order page."""
    cart = _cart(assistant, request)
    if not cart.lines:
        return assistant.reply(request, "cart-empty", memory=request.remembering(failures=0))
    memory = request.remembering(failures=0)
    choices = cart_choices(assistant, request)[1:]
    reply = Reply((Message(cart_text(assistant, request, cart), choices),), memory, cart=cart)
    return with_offer(assistant, request, reply, "cart_shown")


def change_quantity(assistant: Assistant, request: Request) -> Reply:
    """ "Make it three", "one more of the pegs": the new quantity of one line."""
    cart = _cart(assistant, request)
    answered = answered_question(assistant, request)
    if answered is not None:
        return answered
    if not cart.lines:
        return add(assistant, request)
    product_id = _line_meant(assistant, request, cart)
    if product_id is None:
        return _ask_line(assistant, request, cart, "change_quantity")
    said = read_quantity(request.entity("quantity"))
    if said is None:
        product = assistant.catalogue.product(product_id)
        said = quantity_in(request.text, product.title if product else "")
    present = cart.quantity_of(product_id)
    if _MORE.search(request.text):
        wanted = present + (said or 1)
    elif _FEWER.search(request.text):
        wanted = max(0, present - (said or 1))
    elif said is None:
        return assistant.reply(request, "cart-how-many", product=_name(assistant, product_id))
    else:
        wanted = said
    return _set(assistant, request, product_id, min(wanted, MOST))


def remove(assistant: Assistant, request: Request) -> Reply:
    """Take one line out of the cart."""
    cart = _cart(assistant, request)
    if not cart.lines:
        return assistant.reply(request, "cart-empty")
    if _EVERYTHING.search(request.text):
        return ask_empty(assistant, request)
    product_id = _line_meant(assistant, request, cart)
    if product_id is None:
        return _ask_line(assistant, request, cart, "remove_from_cart")
    said = quantity_in(request.text, _name(assistant, product_id))
    if said and said < cart.quantity_of(product_id):
        return _set(assistant, request, product_id, cart.quantity_of(product_id) - said)
    return _set(assistant, request, product_id, 0)


def ask_empty(assistant: Assistant, request: Request) -> Reply:
    """Empty the cart, after a yes."""
    cart = _cart(assistant, request)
    if not cart.lines:
        return assistant.reply(request, "cart-empty")
    if request.entity("product") and not _WHOLE_CART.search(request.text):
        return remove(assistant, request)
    memory = request.remembering(question=OpenQuestion("empty_cart", "empty_cart"), failures=0)
    return assistant.reply(
        request,
        "cart-empty-confirm",
        count=sum(line.quantity for line in cart.lines),
        choices=assistant.yes_no(request),
        memory=memory,
    )


def checkout(assistant: Assistant, request: Request) -> Reply:
    """The link to the order page of this cart."""
    cart = _cart(assistant, request)
    if not cart.lines:
        return assistant.reply(request, "checkout-empty", memory=request.remembering(failures=0))
    try:
        token = assistant.shop.checkout_token(request.turn.shopper_id, request.turn.now)
    except CartRefused as refused:
        return Reply((Message(refusal_text(assistant, request, refused)),), request.memory)
    title = assistant.say(request, "choice-to-order-page")
    link = Choice(title, ChoiceKind.CHECKOUT, "checkout", {}, url=f"/checkout/{token}")
    text = "\n".join((cart_text(assistant, request, cart), assistant.say(request, "checkout-ready")))
    reply = Reply((Message(text, (link,)),), request.remembering(failures=0), cart=cart)
    return with_offer(assistant, request, reply, "checkout", cart.product_ids)


def _cart(assistant: Assistant, request: Request) -> Cart:
    return assistant.shop.cart(request.turn.shopper_id, request.turn.now)


def _name(assistant: Assistant, product_id: str) -> str:
    product = assistant.catalogue.product(product_id)
    return spoken_name(product) if product else product_id


def _line_meant(assistant: Assistant, request: Request, cart: Cart) -> str | None:
    """The cart line that a sentence means; None where several may be meant."""
    ids = cart.product_ids
    if request.entity("product_id") in ids:
        return request.entity("product_id")
    hits = [*_named_lines(assistant, request.text, ids), *_named_lines(assistant, request.entity("product"), ids)]
    best = {hit.product.id: hit for hit in sorted(hits, key=lambda hit: hit.score)}
    hits = sorted(best.values(), key=lambda hit: -hit.score)
    if hits and hits[0].score >= LIKELY and (len(hits) == 1 or hits[0].score - hits[1].score > 0.05):
        return hits[0].product.id
    placed = by_place(request, assistant.products(ids))
    if placed is not None:
        return placed.id
    assumed = ids[0] if len(ids) == 1 else request.focus if request.focus in ids else ""
    if not assumed or request.entity("product"):
        return None
    return None if names_something_else(assistant, request.text, assistant.products([assumed])) else assumed


def _named_lines(assistant: Assistant, phrase: str, ids: Sequence[str]) -> list[Hit]:
    hits = assistant.catalogue.resolve(phrase, among=ids) if phrase else []
    return [hit for hit in hits if hit.product.id in ids]


def _ask_line(assistant: Assistant, request: Request, cart: Cart, intent: str) -> Reply:
    quantity = request.entity("quantity")
    choices = [
        Choice(line_name(assistant, line), ChoiceKind.OTHER, intent, _entities(line.product_id, quantity))
        for line in cart.lines[:8]
    ]
    return assistant.reply(request, "cart-which-line", choices=choices, memory=request.remembering(failures=0))


def _entities(product_id: str, quantity: str) -> dict[str, str]:
    return {"product_id": product_id} | ({"quantity": quantity} if quantity else {})


def _set(assistant: Assistant, request: Request, product_id: str, quantity: int) -> Reply:
    turn = request.turn
    try:
        cart = assistant.shop.set_quantity(turn.shopper_id, product_id, quantity, turn.now)
    except CartRefused as refused:
        return Reply((Message(refusal_text(assistant, request, refused)),), request.remembering(failures=0))
    name = _name(assistant, product_id)
    message_id = "cart-changed" if quantity else "cart-removed"
    if not cart.lines:
        message_id = "cart-removed-last"
    sentences = [
        assistant.say(request, message_id, product=name, quantity=quantity, total=cart.total),
        *savings(assistant, request, cart, product_id),
        *changes(assistant, request, cart),
        *shipping_sentence(assistant, request, cart),
    ]
    choices = cart_choices(assistant, request) if cart.lines else ()
    return Reply((Message(" ".join(sentences), choices),), request.remembering(question=None, failures=0))
