"""Which product a sentence means: by button, by name, by place in the list, by colour, or by "it"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.conversation.assistant import Assistant
from actions.conversation.model import Request
from actions.conversation.quantities import read_quantity
from actions.conversation.variants import mentions_color, mentions_size
from catalog.domain.product import Product

# From here on a name counts as said, and below the second one it is no more than a guess.
SURE = 0.8
LIKELY = 0.5
WHOLE_TITLE = 0.97
# Two products this close in score are not told apart by the name alone.
TOO_CLOSE = 0.06

_POSITIONS = {
    "first": 0, "1st": 0, "one": 0, "top": 0, "second": 1, "2nd": 1, "two": 1, "third": 2, "3rd": 2, "three": 2,
    "fourth": 3, "4th": 3, "four": 3, "fifth": 4, "5th": 4, "last": -1, "bottom": -1, "former": 0, "latter": -1,
    "middle": 1,
}  # fmt: skip
_POSITION = re.compile(
    r"\b(?:the|that)\s+(first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th|last|latter|former|top|bottom|middle)\b"
    r"(?!\s+(?:aid|time|thing|order|week|day))"
    r"|\b(?:number|no\.?|option|nr)\s*(one|two|three|four|[1-5])\b",
    re.IGNORECASE,
)
_BY_PRICE = re.compile(
    r"\bthe\s+(cheap(?:er|est)|dear(?:er|est)|most expensive|more expensive|pric(?:ier|iest))\s*(?:one|of|$)?",
    re.IGNORECASE,
)
# Words of a question that are no part of any product's name.
_ASKING = re.compile(
    r"\b(?:compare[ds]?|comparison|comparing|difference|differ|does|do|did|will|would|can|could|should|fits?|fitting|goes|"
    r"going|what'?s?|which|where|when|who|how|why|tell|about|more|much|many|cost|costs|price|weighs?|heavy|long|"
    r"come|comes|made|match(?:es)?|works?|compatible|recommend|suggest|between|versus|vs|again|out|back)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(it|its|this|that|these|those|them|one|ones)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Meant:
    """The products that may be meant, best first. Only when `sure` is the first one taken without asking. `assumed`
    says that no word led there: they are what was talked about, or shown, last."""

    products: tuple[Product, ...] = ()
    sure: bool = False
    by_button: bool = False
    by_name: bool = False
    assumed: bool = False
    score: float = 0.0

    @property
    def first(self) -> Product:
        """The likeliest; call it only where there are products."""
        return self.products[0]


def meant_product(assistant: Assistant, request: Request) -> Meant:
    """The product that the turn is about. Tries what is surest first; never guesses without saying so."""
    button = assistant.catalogue.product(request.entity("product_id"))
    if button is not None:
        return Meant((button,), sure=True, by_button=True)
    shown = assistant.products(request.memory.shown)
    placed = by_place(request, shown)
    if placed is not None:
        return Meant((placed,), sure=True)
    # The whole sentence first: an entity may hold only a part of the name ("boots" of "Crag leather boots").
    named = by_name(assistant, request.text, request)
    if not named.sure:
        entity = by_name(assistant, request.entity("product"), request)
        named = entity if entity.sure or not named.products else named
    if named.sure:
        return named
    described = by_colour_or_size(assistant, request, shown)
    if described is not None and (_PRONOUN.search(request.text) or not request.entity("product")):
        return Meant((described,), sure=True)
    focused = assistant.catalogue.product(request.focus)
    if focused is not None and _PRONOUN.search(request.text) and not _names_something(request, named):
        return Meant((focused,), sure=True)
    if named.products:
        return named
    if focused is not None and not request.entity("product"):
        return Meant((focused,), sure=True, assumed=True)
    if len(shown) == 1:
        return Meant((shown[0],), sure=not request.entity("product"), assumed=True)
    return Meant(tuple(shown), sure=False, assumed=True)


def _names_something(request: Request, named: Meant) -> bool:
    return bool(request.entity("product")) and bool(named.products)


def by_place(request: Request, shown: Sequence[Product]) -> Product | None:
    """ "The second one", "the cheapest of those": a product of the list last shown."""
    if not shown:
        return None
    match = _POSITION.search(request.text)
    word = (match[1] or match[2]).lower() if match else request.entity("position").lower()
    if word:
        place = int(word) - 1 if word.isdecimal() else _POSITIONS.get(word.removeprefix("the ").split(" ")[0])
        if place is not None and place < len(shown):
            return shown[place]
    price_match = _BY_PRICE.search(request.text)
    if price_match and len(shown) > 1:
        ordered = sorted(shown, key=lambda product: product.current_price.minor)
        return ordered[0] if price_match[1].lower().startswith("cheap") else ordered[-1]
    return None


def by_name(assistant: Assistant, phrase: str, request: Request, apart_from: str = "") -> Meant:
    """The product that a phrase names, with what was shown preferred; never the product `apart_from`."""
    phrase = " ".join(_ASKING.sub(" ", phrase).split())
    if not phrase:
        return Meant()
    among = tuple(dict.fromkeys((*request.memory.shown, *filter(None, (request.focus,)))))
    among = tuple(product_id for product_id in among if product_id != apart_from)
    words = assistant.catalogue.understand(phrase).text.split()
    if all(read_quantity(word) is not None for word in words):
        return Meant()
    hits = [
        hit
        for hit in assistant.catalogue.resolve(phrase, among=among)
        if hit.score >= LIKELY and hit.product.id != apart_from
    ]
    if not hits:
        return Meant()
    best = hits[0]
    rivals = [
        hit for hit in hits[1:] if best.score - hit.score < TOO_CLOSE and not best.product.same_group(hit.product)
    ]
    # One word ("boots") names a kind of thing rather than a thing, unless it is the whole title.
    telling = best.score >= WHOLE_TITLE or len(words) > 1
    sure = best.score >= SURE and telling and not rivals
    return Meant(tuple(hit.product for hit in hits[:4]), sure=sure, by_name=True, score=best.score)


def named_products(
    assistant: Assistant, phrases: Sequence[str], request: Request, apart_from: str = ""
) -> list[Product]:
    """One product for each phrase that names one, without repeats and without the product `apart_from`."""
    found: dict[str, Product] = {}
    for phrase in phrases:
        meant = by_name(assistant, phrase, request, apart_from)
        if meant.products:
            found.setdefault(meant.first.id, meant.first)
    return list(found.values())


def by_colour_or_size(assistant: Assistant, request: Request, shown: Sequence[Product]) -> Product | None:
    """ "The blue one": the only such product shown, else that variant of the product talked about."""
    text = request.text
    if not text:
        return None
    focused = assistant.catalogue.product(request.focus)
    family = assistant.catalogue.variants(focused.id) if focused else []
    for pool in (shown, family):
        for mentions in (mentions_color, mentions_size):
            matching = [product for product in pool if mentions(product, text)]
            if matching and len(matching) < len(pool):
                groups = {product.group_id or product.id for product in matching}
                if len(groups) == 1:
                    return matching[0]
    return None
