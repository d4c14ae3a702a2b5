"""An offer in words: what is in it for the shopper, then the price with its working, then a plain question.

Every claim carries its counts and is said only where there are data enough (promise `true-words`); every
offer has a decline beside the accept (promise `always-a-way-out`).
"""

from __future__ import annotations

from actions.conversation.assistant import Assistant
from actions.conversation.model import Request
from actions.selling.claims import claim_of
from actions.selling.model import Evidence, Offer
from actions.speech.messages import Choice, ChoiceKind, Message
from actions.speech.titles import display_title, family_name, spoken_name
from catalog.domain.money import total


def offer_message(assistant: Assistant, request: Request, offer: Offer) -> Message:
    """The bubble that makes the offer: benefit, working, question; yes, no and why."""
    sentences = (
        benefit_text(assistant, request, offer),
        price_text(assistant, request, offer),
        assistant.say(request, "offer-question"),
    )
    cards = tuple(assistant.card(product) for product in assistant.products(offer.product_ids))
    return Message(" ".join(sentences), offer_choices(assistant, request, offer), cards, offer.id)


def offer_choices(assistant: Assistant, request: Request, offer: Offer) -> tuple[Choice, ...]:
    """Yes, no and why."""
    return (
        assistant.choice(request, "choice-offer-yes", "affirm", ChoiceKind.ACCEPT, offer_id=offer.id),
        assistant.choice(request, "choice-offer-no", "deny", ChoiceKind.DECLINE, offer_id=offer.id),
        assistant.choice(request, "choice-offer-why", "why_offer", ChoiceKind.WHY, offer_id=offer.id),
    )


def offered_name(assistant: Assistant, offer: Offer) -> str:
    """What accepting adds, by name."""
    return " + ".join(spoken_name(product) for product in assistant.products(offer.product_ids))


def benefit_text(assistant: Assistant, request: Request, offer: Offer) -> str:
    """Why it goes with the cart, in one sentence."""
    return evidence_text(assistant, request, offer.evidence, offer)


def anchor_words(assistant: Assistant, request: Request, evidence: Evidence) -> str:
    """What the offer goes with, without colour and size: orders are counted for all variants together."""
    family = assistant.catalogue.variants(evidence.anchor_id)
    return family_name(family) if family else assistant.say(request, "your-cart")


def counted_name(assistant: Assistant, offer: Offer) -> str:
    """What is offered, without colour and size: orders are counted for all variants together, so a claim with
    counts must not name one of them."""
    families = (assistant.catalogue.variants(product_id) for product_id in offer.product_ids)
    return " + ".join(family_name(family) for family in families if family)


def evidence_text(assistant: Assistant, request: Request, evidence: Evidence, offer: Offer) -> str:
    """The evidence in one sentence: counts where they may be claimed, else the declared fit, else the plain fact."""
    anchor_name = anchor_words(assistant, request, evidence)
    offered = offered_name(assistant, offer)
    if claim_of(evidence, assistant.config.offers) is not None:
        return assistant.say(
            request,
            "evidence-orders",
            product=counted_name(assistant, offer),
            anchor=anchor_name,
            together=evidence.together,
            orders=evidence.anchor_orders,
        )
    message_id = "evidence-fits" if evidence.source == "compatibility" else "evidence-goes-with"
    return assistant.say(request, message_id, product=offered, anchor=anchor_name)


def price_text(assistant: Assistant, request: Request, offer: Offer) -> str:
    """What it costs; with a saving, the parts, their sum, the price together and what is saved."""
    if not offer.saving:
        return assistant.say(request, "offer-price", price=offer.price)
    parts = total([line.unit_price * line.quantity for line in offer.lines], offer.price.currency)
    working = " + ".join(
        assistant.say(
            request,
            "offer-part",
            product=display_title(product.title) if (product := assistant.catalogue.product(line.product_id)) else "",
            quantity=line.quantity,
            price=line.unit_price * line.quantity,
        )
        for line in offer.lines
    )
    return assistant.say(
        request,
        "offer-working",
        working=working,
        parts=parts,
        together=parts - offer.saving,
        saving=offer.saving,
        price=offer.price,
    )
