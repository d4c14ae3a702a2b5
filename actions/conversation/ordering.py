"""After the order: status, cancelling, returning, ordering again. A shopper sees only their own orders."""

from __future__ import annotations

import re

from babel.dates import format_date

from actions.conversation.assistant import Assistant
from actions.conversation.model import OpenQuestion, Reply, Request
from actions.conversation.plan_words import plan_sentences
from actions.conversation.shop_questions import contact_text
from actions.conversation.suggesting import after_order
from actions.shop.model import Order
from actions.speech.messages import Choice, Message
from actions.speech.titles import display_title

_NUMBER = re.compile(r"\b[A-Z]{1,4}-[A-Z0-9]{3,12}\b|\b\d{4,10}\b", re.I)


def order_status(assistant: Assistant, request: Request) -> Reply:
    """Where an order is and what plans it has; the newest one where no number is said."""
    found = _order(assistant, request)
    if found is None:
        return _no_order(assistant, request)
    text = assistant.say(
        request,
        f"order-status-{found.status.replace('_', '-')}",
        order=found.number,
        date=format_date(found.placed_at.date(), "d MMMM", locale=assistant.pack.locale.replace("-", "_")),
        lines=", ".join(f"{line.quantity} × {display_title(line.title)}" for line in found.lines),
        total=found.total,
    )
    # A cancelled order is never delivered, and its plans never begin.
    plans = () if found.status == "cancelled" else found.plans
    text = "\n".join((text, *plan_sentences(assistant, request, plans)))
    reply = Reply((Message(text),), request.remembering(failures=0))
    return after_order(assistant, request, reply, found)


def return_order(assistant: Assistant, request: Request) -> Reply:
    """Ask to confirm a return; without an order, tell the shop's way of returning. No offer in such a turn."""
    held = assistant.desk.hold_back(request.turn, "return")
    found = _order(assistant, request)
    if found is None:
        hits = assistant.catalogue.faq(request.text or "how do I return something", limit=1)
        policy = [hits[0].entry.answer] if hits and hits[0].score > 0.4 else []
        text = "\n".join((assistant.say(request, "order-return-how"), *policy, contact_text(assistant, request)))
        return Reply((Message(text, (assistant.human_choice(request),)),), request.memory).decided(held)
    return _confirm(assistant, request, "return_order", found.number).decided(held)


def cancel_order(assistant: Assistant, request: Request) -> Reply:
    """Ask to confirm; an order that has left the house is returned instead."""
    held = assistant.desk.hold_back(request.turn, "cancel")
    found = _order(assistant, request)
    if found is None:
        return _no_order(assistant, request).decided(held)
    if found.status == "cancelled":
        return assistant.reply(request, "order-cancelled", order=found.number).decided(held)
    if found.status != "placed":
        return assistant.reply(
            request, "order-cancel-too-late", order=found.number, choices=[assistant.human_choice(request)]
        ).decided(held)
    return _confirm(assistant, request, "cancel_order", found.number).decided(held)


def reorder(assistant: Assistant, request: Request) -> Reply:
    """Ask before the lines of an old order go into the cart."""
    found = _order(assistant, request)
    return _no_order(assistant, request) if found is None else _confirm(assistant, request, "reorder", found.number)


def _confirm(assistant: Assistant, request: Request, ask: str, number: str) -> Reply:
    question = OpenQuestion(ask, request.intent, (number,))
    return assistant.reply(
        request,
        f"order-confirm-{ask.replace('_', '-')}",
        order=number,
        choices=assistant.yes_no(request),
        memory=request.remembering(question=question, failures=0),
    )


def _order(assistant: Assistant, request: Request) -> Order | None:
    """The order whose number is said, else the newest; None when it is not the shopper's."""
    match = _NUMBER.search(request.entity("order_number")) or _NUMBER.search(request.text)
    if match is not None:
        return assistant.shop.order(match[0].upper(), request.turn.shopper_id)
    return next(iter(assistant.shop.orders(request.turn.shopper_id)), None)


def _no_order(assistant: Assistant, request: Request) -> Reply:
    """No such order of this shopper's: say so and give the way to a person."""
    text = " ".join((assistant.say(request, "order-none"), contact_text(assistant, request)))
    choices: tuple[Choice, ...] = (assistant.human_choice(request),)
    return Reply((Message(text, choices),), request.remembering(failures=0))
