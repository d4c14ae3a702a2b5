"""Giving up a plan: "drop the care plan", "cancel the subscription". What it is for stays in the cart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.conversation.assistant import Assistant, shortened
from actions.conversation.cart_words import changes
from actions.conversation.claim_words import name_of
from actions.conversation.model import Reply, Request
from actions.conversation.references import by_place
from actions.shop.model import CartPlan
from actions.speech.messages import Choice, ChoiceKind, Message

_CARE = re.compile(r"\b(?:(?:care|service|protection|cover) )?plans?\b|\bcare cover\b", re.I)
_DELIVERY = re.compile(
    r"\bsubscriptions?\b|\b(?:repeat(?:ed|ing)?|regular|automatic|next|the) deliver(?:y|ies)\b|\bsending it again\b",
    re.I,
)
_DROPS = re.compile(
    r"\b(?:remove|drop|cancel|delete|end|stop|lose|scrap|undo|without|get rid of|take (?:out|off|away)"
    r"|don'?t want|no longer want|changed my mind about)\b",
    re.I,
)


def drops_a_plan(assistant: Assistant, request: Request) -> bool:
    """Whether the words, or the button, give up a plan that is in the cart."""
    if request.intent == "remove_from_cart" and request.entity("choice") in ("care", "delivery"):
        return True
    if not _DROPS.search(request.text) or not (_CARE.search(request.text) or _DELIVERY.search(request.text)):
        return False
    return bool(assistant.shop.cart(request.turn.shopper_id, request.turn.now).plans)


def drop_plan(assistant: Assistant, request: Request) -> Reply:
    """Take the plan that is meant out of the cart; ask where several may be meant."""
    turn, memory = request.turn, request.remembering(question=None, failures=0)
    plans = _meant(assistant, request, assistant.shop.cart(turn.shopper_id, turn.now).plans)
    if not plans:
        return assistant.reply(request, "plan-none", memory=memory)
    if len(plans) > 1:
        choices = [_choice(assistant, request, plan) for plan in plans]
        return assistant.reply(request, "plan-which", choices=choices, memory=memory)
    plan = plans[0]
    cart = assistant.shop.drop_plan(turn.shopper_id, plan.product_id, turn.now, plan.sort)
    product = name_of(assistant, request, plan.product_id)
    text = assistant.say(request, "plan-dropped", sort=plan.sort, product=product, total=cart.total)
    return Reply((Message(" ".join((text, *changes(assistant, request, cart)))),), memory, cart=cart)


def _meant(assistant: Assistant, request: Request, plans: Sequence[CartPlan]) -> list[CartPlan]:
    """By button; else those of the sort that is named, of the product that is named where there are several."""
    product_id, sort = request.entity("product_id"), request.entity("choice")
    if sort in ("care", "delivery"):
        return [plan for plan in plans if plan.product_id == product_id and plan.sort == sort]
    named = "delivery" if _DELIVERY.search(request.text) else "care"
    # "The plan" may be either, where only one of them is there.
    left = [plan for plan in plans if plan.sort == named] or list(plans)
    if len(left) < 2:
        return left
    ids = [plan.product_id for plan in left]
    placed = by_place(request, assistant.products(ids))
    hits = [hit for hit in assistant.catalogue.resolve(request.text, among=ids) if hit.product.id in ids]
    best = placed.id if placed else hits[0].product.id if hits and hits[0].score >= 0.8 and len(hits) == 1 else ""
    return [plan for plan in left if plan.product_id == best] or left


def _choice(assistant: Assistant, request: Request, plan: CartPlan) -> Choice:
    entities = {"product_id": plan.product_id, "choice": plan.sort}
    title = shortened(name_of(assistant, request, plan.product_id))
    return Choice(title, ChoiceKind.OTHER, "remove_from_cart", entities)
