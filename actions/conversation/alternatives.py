"""Which alternative of an offer is meant: by its button, or by words that name one and say nothing else."""

from __future__ import annotations

import re

from actions.conversation.assistant import Assistant
from actions.conversation.model import Request
from actions.conversation.offer_words import TIERS
from actions.conversation.references import by_place
from actions.selling.model import Offer
from catalog.domain.product import Product

_PERIODS = {
    "month": frozenset({"month", "months", "monthly"}),
    "year": frozenset({"year", "years", "yearly", "annual", "annually", "year's"}),
}
_AROUND_A_CHOICE = """
yes yeah yep yup sure ok okay please pls thanks thank you cheers i i'd i'll id ill will would like love want take go for
with have get buy add choose pick prefer give me my let's lets us the a an one option number that this it to in into of
by per each paid pay plan care cover cart basket payment then and just think
"""
_PLACE_WORDS = """
first second third fourth 1st 2nd 3rd 4th last middle cheapest cheaper dearest dearer most more expensive priciest
former latter top bottom
"""
# Words that change nothing in a choice. "Not", "but" and whatever asks are none of them.
_AROUND = frozenset(_AROUND_A_CHOICE.split())
_PLACES = frozenset(_PLACE_WORDS.split())
_REFUSALS = frozenset({"deny", "not_now", "stop_offers"})


def names_alternative(assistant: Assistant, request: Request) -> bool:
    """Whether a turn that was not understood as a yes chooses one of the alternatives just offered: "the yearly one",
    "the second one please"."""
    memory = request.memory
    if not memory.offer_open or memory.question is not None or request.intent in _REFUSALS:
        return False
    if not request.text or request.entity("product_id") or "?" in request.text:
        return False
    offer = assistant.desk.open_offer(request.turn.conversation_id)
    return offer is not None and bool(chosen(assistant, request, offer))


def chosen(assistant: Assistant, request: Request, offer: Offer) -> str:
    """The chosen alternative as the desk takes it: a product id, or "month" and "year" for a plan. "" where the offer
    has none, and where none is surely meant: unclear is no."""
    if not offer.choose_one:
        return ""
    given = request.entity("choice")
    if given in {line.every or line.product_id for line in offer.lines}:
        return given
    words = re.findall(r"[a-z0-9']+", request.text.lower().replace("’", "'"))
    telling = [word for word in words if word not in _AROUND]
    if not telling or "?" in request.text:
        return ""
    if offer.lines[0].every:
        return next((every for every, names in _PERIODS.items() if names.issuperset(telling)), "")
    return _product(request, telling, assistant.products(offer.product_ids))


def _product(request: Request, telling: list[str], products: list[Product]) -> str:
    """By tier, by place, or by words of one title that no other has all of."""
    if len(telling) == 1 and telling[0] in TIERS:
        place = TIERS.index(telling[0])
        return products[place].id if place < len(products) else ""
    if _PLACES.issuperset(telling):
        placed = by_place(request.saying(f"the {' '.join(telling)} one"), products)
        return placed.id if placed is not None else ""
    named = [product for product in products if set(telling) <= _title_words(product)]
    return named[0].id if len(named) == 1 else ""


def _title_words(product: Product) -> set[str]:
    return set(re.findall(r"[a-z0-9']+", f"{product.title} {product.brand} {product.color} {product.size}".lower()))
