"""What fits what: answered from the shop's declarations, and nothing beyond them."""

from __future__ import annotations

import re

from actions.conversation.assistant import CARDS_AT_ONCE, Assistant
from actions.conversation.model import Reply, Request
from actions.conversation.references import by_name, named_products
from actions.conversation.shop_questions import contact_text
from actions.speech.messages import Message
from actions.speech.titles import display_title
from catalog.domain.product import Product

_FITTING = re.compile(
    r"\b(?:fits?|fitting|works? (?:with|on|in)|goes? (?:on|in|with)|compatible (?:with|to)|suitable for|for)\b", re.I
)
# One word ("which gas") names a kind of thing, not a thing.
_NAMING = re.compile(r"\b(?!(?:does|do|will|is|are|can|the|an?|this|that|my|which|what|it)\b)\w+", re.I)


def ask_compatibility(assistant: Assistant, request: Request) -> Reply:
    """ "Does it fit the Aero 2?": what the shop declares, and nothing beyond it."""
    parts, entities = _FITTING.split(request.text), request.every("product")
    named = _declared_pair(assistant, request, parts) or named_products(assistant, parts, request)
    focused = assistant.catalogue.product(request.focus)
    if len(named) < 2 and focused is not None:
        other = named_products(assistant, parts, request, apart_from=focused.id)
        named = [focused, *(other or named_products(assistant, entities, request, apart_from=focused.id))]
    pair = named[:2]
    if len(pair) == 1:
        fitting = _made_for(assistant, request, pair[0])
        if fitting is not None:
            return fitting
    if len(pair) < 2 or pair[0].id == pair[1].id:
        return assistant.reply(request, "fit-which", choices=[assistant.human_choice(request)])
    first, second = pair
    found = assistant.catalogue.compatible(first.id, second.id) or assistant.catalogue.compatible(second.id, first.id)
    memory = assistant.focused(request, first, failures=0)
    if found is None:
        text = " ".join(
            (assistant.say(request, "fit-unknown", one=first, other=second), contact_text(assistant, request))
        )
        return Reply((Message(text, (assistant.human_choice(request),)),), memory)
    message_id = "fit-yes" if found.fits else "fit-no"
    note = found.note.rstrip(".")
    text = assistant.say(request, message_id, one=display_title(first.title), other=display_title(second.title))
    if note:
        text = f"{text} {assistant.say(request, 'fit-note', note=note)}"
    choices = (assistant.add_choice(request, first),) if found.fits and first.in_stock else ()
    return Reply((Message(text, choices, (assistant.card(first),)),), memory)


def _declared_pair(assistant: Assistant, request: Request, parts: list[str]) -> list[Product]:
    """ "Does the Aero 2 footprint fit the Pebble 2": of all that each name may mean, the first pair that
    something is declared about. Empty where the sentence does not name two, or nothing is declared."""
    named = [by_name(assistant, part, request).products for part in parts if len(_NAMING.findall(part)) > 1]
    named = [products for products in named if products]
    if len(named) != 2:
        return []
    for first in named[0][:3]:
        for second in named[1]:
            either = assistant.catalogue.compatible(first.id, second.id)
            if either or assistant.catalogue.compatible(second.id, first.id):
                return [first, second]
    return []


def _made_for(assistant: Assistant, request: Request, host: Product) -> Reply | None:
    """What is declared to fit one product ("which gas does the Spark need?"), narrowed by the words said."""
    if not assistant.catalogue.documents.compatibility:
        return None
    fitting = [
        product
        for product in assistant.catalogue.products()
        if product.in_stock and (found := assistant.catalogue.compatible(product.id, host.id)) and found.fits
    ]
    words = set(re.findall(r"[a-z]{3,}", request.text.lower())) - set(re.findall(r"[a-z]{3,}", host.title.lower()))
    asked = [
        product
        for product in fitting
        if words & set(re.findall(r"[a-z]{3,}", f"{product.title} {product.kind}".lower()))
    ]
    shown = (asked or fitting)[:CARDS_AT_ONCE]
    if not shown:
        return None
    return assistant.reply(
        request,
        "fit-these",
        product=host,
        choices=[assistant.add_choice(request, product) for product in shown],
        cards=[assistant.card(product) for product in shown],
        memory=request.remembering(shown=tuple(product.id for product in shown), failures=0),
    )
