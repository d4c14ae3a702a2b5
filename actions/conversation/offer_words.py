"""An offer in words: what is in it for the shopper, then the price with its working, then a plain question.

Every claim carries its evidence and is said only where there are data enough (promise `true-words`); every
offer has a decline beside the accept (promise `always-a-way-out`).
"""

from __future__ import annotations

from collections.abc import Sequence

from actions.conversation.assistant import Assistant
from actions.conversation.claim_words import anchor_name, claims_text, name_of, offered_name
from actions.conversation.model import Request
from actions.conversation.offer_buttons import offer_choices
from actions.conversation.offer_prices import PRICING, price_text
from actions.selling.kinds import KINDS, QUESTION
from actions.selling.model import Claim, Offer
from actions.speech.messages import Message
from catalog.domain.product import Product

TIERS = ("good", "better", "best")
# Said of the things themselves: one of them is enough beside the reason.
_ABOUT_THINGS = frozenset({"recycled", "rating"})
_ENOUGH = 2


def offer_message(assistant: Assistant, request: Request, offer: Offer) -> Message:
    """The bubble that makes the offer: benefit, working, question; yes, no and why."""
    if offer.kind == "tiers":
        text = tiers_text(assistant, request, assistant.products(offer.product_ids))
        text = "\n".join((text, question_text(assistant, request, offer)))
    else:
        sentences = (
            *benefit_texts(assistant, request, offer),
            price_text(assistant, request, offer),
            question_text(assistant, request, offer),
        )
        text = " ".join(sentences)
    cards = tuple(assistant.card(product) for product in assistant.products(offer.product_ids))
    return Message(text, offer_choices(assistant, request, offer), cards, offer.id)


def benefit_texts(assistant: Assistant, request: Request, offer: Offer) -> list[str]:
    """Why it is offered, benefit first; what says a price is left to `price_text`."""
    claims = _worth_saying(offer.claims)
    sentences = claims_text(assistant, request, offer, claims)
    if offer.kind != "upgrade":
        return sentences
    anchor = name_of(assistant, request, offer.replaces or offer.evidence.anchor_id)
    return [assistant.say(request, "offer-upgrade", product=offered_name(assistant, offer), anchor=anchor), *sentences]


def _worth_saying(claims: Sequence[Claim]) -> list[Claim]:
    """Reasons; beside a single one, the first of what is true of the things themselves."""
    reasons = [claim for claim in claims if claim.about not in _ABOUT_THINGS | PRICING]
    things = [claim for claim in claims if claim.about in _ABOUT_THINGS]
    return [*reasons, *things[:1]] if len(reasons) < _ENOUGH else reasons


def question_text(assistant: Assistant, request: Request, offer: Offer) -> str:
    """The plain question that ends an offer."""
    question = KINDS[offer.kind].question
    several = question == QUESTION and len(offer.product_ids) > 1
    return assistant.say(request, f"{QUESTION}-several" if several else question)


def tiers_text(assistant: Assistant, request: Request, products: Sequence[Product]) -> str:
    """Good, better, best: a line each, and what lies between the first and the last."""
    lines = [
        assistant.say(request, f"tier-{tier}", product=product, price=product.current_price)
        for tier, product in zip(TIERS, products, strict=False)
    ]
    if len(products) > 1:
        gap = products[-1].current_price - products[0].current_price
        lines.append(assistant.say(request, "recommend-gap", gap=gap))
    return "\n".join((assistant.say(request, "recommend-heading"), *lines))


def offer_phrase(assistant: Assistant, request: Request, offer: Offer) -> str:
    """What is offered in a few words, for a question or an answer about it: "the care plan for the Aero 2 tent"."""
    if offer.choose_one and not offer.lines[0].every:
        return assistant.say(request, "phrase-one-of", products=_either(assistant, offer))
    if offer.kind == "service_plan":
        return assistant.say(request, "phrase-plan", product=offered_name(assistant, offer))
    if offer.kind == "subscription":
        return assistant.say(request, "phrase-delivery", product=offered_name(assistant, offer), price=offer.price)
    if not offer.lines:
        return assistant.say(request, "phrase-coupon", percent=offer.percent)
    if offer.price.minor <= 0:
        return assistant.say(request, "phrase-product", product=offered_name(assistant, offer))
    return assistant.say(request, "phrase-priced", product=offered_name(assistant, offer), price=offer.price)


def _either(assistant: Assistant, offer: Offer) -> str:
    return offered_name(assistant, offer).replace(" + ", ", ")


def anchor_words(assistant: Assistant, request: Request, offer: Offer) -> str:
    """What the offer goes with, without colour and size: orders are counted for all variants together."""
    return anchor_name(assistant, request, offer.evidence.anchor_id)
