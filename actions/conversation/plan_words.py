"""Plans in words: what each time costs, from when, and how it ends. Nothing of it is paid with the cart."""

from __future__ import annotations

from collections.abc import Sequence

from actions.conversation.assistant import Assistant
from actions.conversation.model import Request
from actions.shop.model import CartPlan
from actions.speech.titles import display_title, spoken_name


def plan_sentences(assistant: Assistant, request: Request, plans: Sequence[CartPlan]) -> list[str]:
    """One sentence for each plan: "Care plan for the Aero 2: £2.50 a month, from delivery; …"."""
    return [_sentence(assistant, request, plan) for plan in plans]


def _sentence(assistant: Assistant, request: Request, plan: CartPlan) -> str:
    product = assistant.catalogue.product(plan.product_id)
    name = spoken_name(product) if product else assistant.say(request, "that-product")
    # A title may go on to tell what it covers: "Tent care plan: yearly seam check, …".
    title, price = display_title(plan.title.partition(":")[0]), plan.price
    if plan.days:
        title = title or assistant.say(request, "plan-untitled")
        return assistant.say(request, "plan-days", title=title, product=name, price=price, days=plan.days)
    message_id = "plan-year" if plan.every == "year" else "plan-month"
    return assistant.say(request, message_id, title=title, product=name, price=price)
