"""Refining what was shown: cheaper, better, another colour or size, the second one, or simply more of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.conversation.assistant import CARDS_AT_ONCE, Assistant
from actions.conversation.correcting import corrected_query
from actions.conversation.finding import detail, search, show
from actions.conversation.model import Reply, Request
from actions.conversation.pending import answered_question
from actions.conversation.product_facts import options_of
from actions.conversation.references import by_colour_or_size, by_place
from actions.conversation.variants import narrowed, says_variant
from actions.speech.messages import Message
from catalog.domain.product import Product
from catalog.search.understanding import without_parts

_CHEAPER = re.compile(r"\b(cheap\w*|less expensive|lower price\w*|too (?:expensive|dear|much|pricey)|budget)\b", re.I)
_DEARER = re.compile(r"\b(better|fancier|dearer|more expensive|premium|higher[- ]end|nicer)\b", re.I)
_MORE = re.compile(r"\b(more|others?|else|next|alternatives?|different)\b", re.I)
_IT = re.compile(r"\b(it|this|that one|them|they)\b", re.I)
# Words around a bare colour or size: "got any in plum?", "do they come in a size 6".
_CARRYING = re.compile(
    r"\b(?:got|get|any|in|the|a|an|one|ones|do|does|you|have|it|they|them|this|that|come|comes|is|are|there|what|about|"
    r"how|and|or|but|maybe|please|rather|also|with|only|uk|eu|size|sizes|sized|colou?rs?|i|meant|mean|no|actually|"
    r"instead|make|for|me|want|need|prefer|like|would|d|id|can|show)\b"
    r"|[^\w\s]|\b\d{1,2}(?:\.5)?\b|\b(?:xxs|xs|s|m|l|xl|xxl|small|medium|large|extra)\b",
    re.I,
)
LONGEST_RANKING = 60
# Of these the latest word counts; other things are added to the search.
_REPLACED = frozenset(("color", "size", "price", "brand", "measure"))


def only_attributes(assistant: Assistant, text: str) -> bool:
    """Whether a text has nothing but a colour or a size: it refines what was talked about."""
    if not text or len(text) > 60:
        return False
    filters = assistant.catalogue.understand(text).filters
    if not (filters.colors or filters.sizes) or filters.kinds:
        return False
    left = _CARRYING.sub(" ", text.lower()).split()
    return all(word in filters.colors for word in left)


def refine(assistant: Assistant, request: Request) -> Reply:
    """Change the last search by what was said, or turn to one of the products shown."""
    answered = answered_question(assistant, request)
    if answered is not None:
        return answered
    text, memory = request.text, request.memory
    shown = assistant.products(memory.shown)
    corrected = corrected_query(assistant, memory.last_query, text)
    if corrected is not None and not only_attributes(assistant, text):
        return search(assistant, request, corrected)
    placed = by_place(request, shown)
    if placed is not None:
        return _placed(assistant, request, placed)
    focused = assistant.catalogue.product(request.focus)
    if focused is not None and (only_attributes(assistant, text) or _IT.search(text)):
        of_focus = _variant_of(assistant, request, focused)
        if of_focus is not None:
            return of_focus
    if not memory.last_query:
        return search(assistant, request, f"{focused.kind or focused.title} {text}" if focused else text)
    if _MORE.search(text) and not _adds_something(assistant, text):
        return _more(assistant, request, shown)
    if shown and (_CHEAPER.search(text) or _DEARER.search(text)) and not _adds_something(assistant, text):
        return _by_price(assistant, request, shown)
    combined = f"{_without_contradiction(assistant, memory.last_query, text)} {text}"
    found = assistant.catalogue.nearest(combined, limit=CARDS_AT_ONCE)
    return show(assistant, request, combined, found) if found.hits else search(assistant, request, text)


def _placed(assistant: Assistant, request: Request, product: Product) -> Reply:
    """ "The second one in red": that variant of it, or, where there is none, what it does come in."""
    family = assistant.catalogue.variants(product.id)
    filters = assistant.catalogue.understand(request.text).filters
    for wanted, column in ((filters.colors, "color"), (filters.sizes, "size")):
        if not wanted:
            continue
        # Size and colour of the one pointed at stay, where only the other was asked for.
        kept = sorted(narrowed(family, request.text), key=lambda other: _unlike(product, other))
        if not says_variant(family, request.text):
            sentences = options_of(assistant, request, family, column)
            message = Message(
                " ".join(sentences), (assistant.add_choice(request, product),), (assistant.card(product),)
            )
            return Reply((message,), assistant.focused(request, product, failures=0))
        return detail(assistant, request, kept[0])
    return detail(assistant, request, product)


def _unlike(product: Product, other: Product) -> tuple[bool, int, str]:
    return (not other.in_stock, (product.color != other.color) + (product.size != other.size), other.id)


def _variant_of(assistant: Assistant, request: Request, focused: Product) -> Reply | None:
    """The product talked about in the colour or size that is asked for; where it has none, what it has."""
    described = by_colour_or_size(assistant, request, [])
    if described is not None:
        return detail(assistant, request, described)
    family = assistant.catalogue.variants(focused.id)
    filters = assistant.catalogue.understand(request.text).filters
    column = "color" if filters.colors else "size" if filters.sizes else ""
    if not column or says_variant(family, request.text) or not _IT.search(request.text):
        return None
    sentences = options_of(assistant, request, family, column)
    if not sentences:
        return None
    message = Message(" ".join(sentences), (assistant.add_choice(request, focused),), (assistant.card(focused),))
    return Reply((message,), assistant.focused(request, focused, failures=0))


def _adds_something(assistant: Assistant, text: str) -> bool:
    filters = assistant.catalogue.understand(text).filters
    return any((filters.colors, filters.sizes, filters.kinds, filters.price_max, filters.price_min))


def _without_contradiction(assistant: Assistant, query: str, text: str) -> str:
    """The last query without what `text` says anew: another colour takes the first one's place."""
    new, old = assistant.catalogue.understand(text).parts, assistant.catalogue.understand(query).parts
    return without_parts(query, old, {part.field for part in new if part.field in _REPLACED})


def _more(assistant: Assistant, request: Request, shown: Sequence[Product]) -> Reply:
    """The next page of the same ranking: what stands behind the last product shown."""
    query = request.memory.last_query
    result = assistant.catalogue.search(query, limit=LONGEST_RANKING)
    places = [
        place for place, hit in enumerate(result.hits) if any(hit.product.same_group(product) for product in shown)
    ]
    rest = result.hits[max(places, default=-1) + 1 :]
    if not rest:
        return assistant.reply(request, "find-no-more", choices=[assistant.human_choice(request)])
    return show(assistant, request, query, replace(result, hits=rest[:CARDS_AT_ONCE]))


def _by_price(assistant: Assistant, request: Request, shown: Sequence[Product]) -> Reply:
    """Cheaper than the cheapest shown, or dearer than the dearest, of the same search and of the kinds shown: a
    cheaper stove is no pack of coffee papers."""
    query, cheaper = request.memory.last_query, bool(_CHEAPER.search(request.text))
    prices = sorted(product.current_price for product in shown)
    filters = assistant.catalogue.understand(query).filters
    one = replace(prices[0], minor=1)
    bounded = replace(filters, price_max=prices[0] - one) if cheaper else replace(filters, price_min=prices[-1] + one)
    result = assistant.catalogue.search(query, limit=LONGEST_RANKING, filters=bounded)
    kinds = {product.kind for product in shown}
    hits = tuple(
        hit
        for hit in result.hits
        if (hit.product.current_price < prices[0] if cheaper else prices[-1] < hit.product.current_price)
        and hit.product.kind in kinds
    )[:CARDS_AT_ONCE]
    if not hits:
        message_id = "find-none-cheaper" if cheaper else "find-none-better"
        return assistant.reply(request, message_id, price=prices[0] if cheaper else prices[-1])
    return show(assistant, request, query, replace(result, hits=hits, relaxed=()))
