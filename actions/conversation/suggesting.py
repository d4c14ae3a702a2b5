"""After an answer, never instead of it: let the desk decide whether to suggest one thing, and say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from actions.conversation.assistant import Assistant
from actions.conversation.model import Reply, Request
from actions.conversation.offer_words import offer_message
from actions.selling.model import Decision
from actions.shop.model import Order

# So long after an order, thanks and goodbye still belong to it.
FRESH_ORDER = timedelta(hours=1)
_GONE_WRONG = frozenset({"cancelled", "return_requested"})


def with_offer(
    assistant: Assistant, request: Request, reply: Reply, moment: str, product_ids: Sequence[str] = ()
) -> Reply:
    """The reply, and after it what the desk offers at this moment about these products.

    No opportunity where the turn has more to answer, or where the reply asks something itself.
    """
    if not may_offer(request, reply):
        return reply
    return decided(assistant, request, reply, assistant.desk.opportunity(request.turn, moment, product_ids))


def may_offer(request: Request, reply: Reply) -> bool:
    """Whether there is room for an offer: the turn is answered whole, and nothing is asked in it."""
    asked = reply.memory.question
    return request.suggest and (asked is None or asked is request.memory.question)


def decided(assistant: Assistant, request: Request, reply: Reply, decision: Decision) -> Reply:
    """The reply with the desk's decision on the record, and the offer as its last message where there is one."""
    if decision.offer is not None and decision.action == "pitch":
        message = offer_message(assistant, request, decision.offer)
        seen = tuple(dict.fromkeys((*reply.memory.shown, *decision.offer.product_ids)))
        reply = replace(reply, messages=(*reply.messages, message), memory=replace(reply.memory, shown=seen))
    return reply.decided(decision)


def after_order(assistant: Assistant, request: Request, reply: Reply, order: Order | None) -> Reply:
    """The reply, and after it what goes with the shopper's own order; nothing where it went wrong."""
    if order is None or order.status in _GONE_WRONG:
        return reply
    return with_offer(assistant, request, reply, "after_order", [line.product_id for line in order.lines])


def fresh_order(assistant: Assistant, request: Request) -> Order | None:
    """The shopper's newest order, where it was placed within the last hour."""
    newest = next(iter(assistant.shop.orders(request.turn.shopper_id)), None)
    if newest is None or request.turn.now - newest.placed_at > FRESH_ORDER:
        return None
    return newest
