"""Yes and no to a question of the assistant's own ("Shall I empty the cart?"). Unclear is no."""

from __future__ import annotations

from actions.conversation.adding import add_variant, ask_variant, ask_which, put_in_cart
from actions.conversation.assistant import Assistant
from actions.conversation.model import OpenQuestion, Reply, Request
from actions.shop.model import CartRefused


def confirmed(assistant: Assistant, request: Request, question: OpenQuestion) -> Reply:
    """The shopper said yes: do what was asked about, or ask on where a yes does not decide it."""
    products = assistant.products(question.ids)
    if question.ask == "which_product" and len(products) == 1:
        return add_variant(assistant, request, products[0], question.quantity)
    if question.ask == "which_product" and products:
        return ask_which(assistant, request, products, question.quantity)
    if question.ask == "which_variant" and products:
        return ask_variant(assistant, request, products, question.quantity)
    if question.ask == "add_again" and products:
        return put_in_cart(assistant, request.first_time(), products[0], question.quantity)
    turn, memory = request.turn, request.remembering(question=None, failures=0)
    if question.ask == "empty_cart":
        assistant.shop.empty(turn.shopper_id, turn.now)
        return assistant.reply(request, "cart-emptied", memory=memory)
    if question.ask == "forget_me":
        assistant.personal_data.erase(turn.shopper_id, turn.now)
        return assistant.reply(request, "privacy-forgotten", memory=type(memory)())
    if question.ask == "cancel_order":
        order = assistant.shop.cancel(question.ids[0], turn.shopper_id, turn.now)
        message_id = "order-cancelled" if order else "order-cancel-too-late"
        return assistant.reply(request, message_id, order=question.ids[0], memory=memory)
    if question.ask == "return_order":
        order = assistant.shop.request_return(question.ids[0], turn.shopper_id, turn.now)
        message_id = "order-return-noted" if order else "order-return-refused"
        return assistant.reply(request, message_id, order=question.ids[0], memory=memory)
    return _reordered(assistant, request, question)


def _reordered(assistant: Assistant, request: Request, question: OpenQuestion) -> Reply:
    """Put the lines of an old order back in the cart; what is gone is said."""
    turn = request.turn
    order = assistant.shop.order(question.ids[0], turn.shopper_id) if question.ids else None
    memory = request.remembering(question=None, failures=0)
    if order is None:
        return assistant.reply(request, "nothing-open", memory=memory)
    gone = 0
    for line in order.lines:
        try:
            assistant.shop.add(turn.shopper_id, line.product_id, line.quantity, turn.now)
        except CartRefused:
            gone += 1
    cart = assistant.shop.cart(turn.shopper_id, turn.now)
    return assistant.reply(
        request, "order-reordered", count=len(order.lines) - gone, gone=gone, total=cart.total, memory=memory
    )


def refused(assistant: Assistant, request: Request, question: OpenQuestion) -> Reply:
    """The shopper said no: nothing happens, and that is said."""
    message_id = "which-none" if question.ask.startswith("which") else "question-dropped"
    return assistant.reply(request, message_id, memory=request.remembering(question=None, failures=0))
