"""The answers to an offer: each way to say yes, one no of the same weight, and "why this?" (promise
`always-a-way-out`)."""

from __future__ import annotations

from actions.conversation.assistant import Assistant, shortened
from actions.conversation.model import Request
from actions.selling.model import Offer, OfferState, QuoteLine
from actions.speech.messages import Choice, ChoiceKind


def offer_choices(assistant: Assistant, request: Request, offer: Offer) -> tuple[Choice, ...]:
    """Yes, one for each alternative; no; and why."""
    why = assistant.choice(request, "choice-offer-why", "why_offer", ChoiceKind.WHY, offer_id=offer.id)
    return (*_yes(assistant, request, offer), _no(assistant, request, offer), why)


def answers(assistant: Assistant, request: Request, offer: Offer) -> tuple[Choice, ...]:
    """Yes, no and stop for an offer that is still open; only stop otherwise."""
    stop = assistant.choice(request, "choice-stop-offers", "stop_offers", ChoiceKind.STOP_OFFERS)
    if offer.state is not OfferState.OPEN:
        return (stop,)
    return (*_yes(assistant, request, offer), _no(assistant, request, offer), stop)


def _no(assistant: Assistant, request: Request, offer: Offer) -> Choice:
    return assistant.choice(request, "choice-offer-no", "deny", ChoiceKind.DECLINE, offer_id=offer.id)


def _yes(assistant: Assistant, request: Request, offer: Offer) -> tuple[Choice, ...]:
    if offer.choose_one:
        return tuple(_alternative(assistant, request, offer, line) for line in offer.lines)
    several = "choice-offer-yes-all" if len(offer.product_ids) > 1 else "choice-offer-yes"
    message_id = {
        "upgrade": "choice-offer-that",
        "subscription": "choice-offer-plain",
        "coupon": "choice-offer-plain",
    }.get(offer.kind, several)
    return (assistant.choice(request, message_id, "affirm", ChoiceKind.ACCEPT, offer_id=offer.id),)


def _alternative(assistant: Assistant, request: Request, offer: Offer, line: QuoteLine) -> Choice:
    """One of several; which one it is travels with the button."""
    entities = {"offer_id": offer.id, "choice": line.every or line.product_id}
    product = assistant.catalogue.product(line.product_id)
    if line.every:
        message_id = "choice-plan-year" if line.every == "year" else "choice-plan-month"
        title = assistant.say(request, message_id, price=line.unit_price)
    else:
        title = assistant.say(request, "choice-add", product=product or line.product_id)
    return Choice(shortened(title), ChoiceKind.ACCEPT, "affirm", entities)
