"""What an offer costs, in words: the working where something is saved, both costs of a plan, the difference of an
upgrade (promise `honest-price`)."""

from __future__ import annotations

from actions.conversation.assistant import Assistant
from actions.conversation.claim_words import claim_text
from actions.conversation.model import Request
from actions.selling.model import Offer
from actions.speech.titles import display_title
from catalog.domain.money import total

# Claims that say a price, and that price_text says in its place.
PRICING = frozenset({"dearer", "price_gap", "plan_costs"})


def price_text(assistant: Assistant, request: Request, offer: Offer) -> str:
    """What it costs; with a saving, the parts, their sum, the price together and what is saved. Where the price is a
    segment's, that is said."""
    sentences = [_costs(assistant, request, offer)]
    if offer.segment:
        sentences.append(assistant.say(request, "offer-segment", segment=offer.segment))
    return " ".join(sentences)


def _costs(assistant: Assistant, request: Request, offer: Offer) -> str:
    told = [claim_text(assistant, request, offer, claim) for claim in offer.claims if claim.about in PRICING]
    if told:
        return " ".join(told)
    if not offer.lines:
        return assistant.say(request, "offer-coupon-price")
    if offer.saving:
        return _working(assistant, request, offer)
    cost = assistant.config.shipping.cost
    if offer.kind == "free_shipping" and cost is not None:
        return assistant.say(request, "offer-free-shipping-price", price=offer.price, delivery=cost)
    return assistant.say(request, "offer-price", price=offer.price)


def _working(assistant: Assistant, request: Request, offer: Offer) -> str:
    """The sum, then what it does to the cart: a set may save more than what is added costs."""
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
    message_id = "offer-working" if offer.price.minor > 0 else "offer-working-cheaper"
    return assistant.say(
        request,
        message_id if offer.price else "offer-working-even",
        working=working,
        parts=parts,
        together=parts - offer.saving,
        saving=offer.saving,
        price=offer.price if offer.price.minor > 0 else offer.price * -1,
    )
