"""Whether a sentence names something, or only points at what was talked about ("add two", "remove that").

What is named and not found must not be taken for what was talked about: nothing enters the cart, and nothing leaves
it, that was not meant (promise `nothing-by-itself`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from actions.conversation.assistant import Assistant
from actions.conversation.quantities import read_quantity
from catalog.domain.product import Product

_PRONOUN = re.compile(r"\b(?:it|its|this|that|these|those|them|one|ones|same|former|latter)\b", re.I)
_WORD = re.compile(r"[a-z0-9']+")
# Words around a thing that name none themselves.
_AROUND = frozenset(
    _WORD.findall(
        """
    a about actually add added again all alright also am an and another any anyway are as at away back bag basket be
    brilliant but buy can cart change cheers chuck check checkout come cool could deal definitely delete do done
    drop each else exactly extra fewer fine first for from get gimme give go going gonna good got grab great have
    hello hey hi hmm i i'd i'll i'm id if ill im in instead into is item items just keep kindly last left less let
    let's lets like lose love make many maybe me mine more my need no not now of off oh ok okay on once only onto or
    order other others out over perfect piece pieces please pls plus pop product products purchase put quantity
    quick quickly rather really remove right rid second see sell set shopping should so some sorry stick still super
    sure ta take thank thanks the then there thing things think third thx to today together too total trolley twice
    two u up us want wanna was we well what what's will with without would wow yeah yep yes yet you your
        """
    )
)


def names_something_else(assistant: Assistant, text: str, products: Iterable[Product]) -> bool:
    """Whether the words name a thing that none of `products` is. Pronouns point; colours, sizes, prices and quantities
    describe; an empty text (a button) names nothing."""
    if not text or _PRONOUN.search(text):
        return False
    known = {_singular(word) for product in products for word in _words_of(product)}
    left = _WORD.findall(assistant.catalogue.understand(text).text.lower().replace("’", "'"))
    return any(word not in _AROUND and read_quantity(word) is None and _singular(word) not in known for word in left)


def _words_of(product: Product) -> list[str]:
    told = (product.title, product.kind, product.brand, product.color, product.size, product.material, product.id)
    return _WORD.findall(" ".join(told).lower())


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
