"""Finding: free text to product cards, and refining what was shown ("cheaper", "in blue", "more")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from actions.conversation.assistant import CARDS_AT_ONCE, Assistant
from actions.conversation.model import Reply, Request
from actions.conversation.pending import answered_question
from actions.conversation.references import by_place
from actions.speech.messages import Choice, Message
from catalog.domain.product import Product

if TYPE_CHECKING:
    from catalog.catalogue import SearchResult

_CHEAPER = re.compile(r"\b(cheap\w*|less expensive|lower price\w*|too (?:expensive|dear|much|pricey)|budget)\b", re.I)
_DEARER = re.compile(r"\b(better|fancier|dearer|more expensive|premium|higher[- ]end|nicer)\b", re.I)
_MORE = re.compile(r"\b(more|others?|else|next|alternatives?|different)\b", re.I)


def find(assistant: Assistant, request: Request) -> Reply:
    """Free text with attributes to at most four products."""
    return answered_question(assistant, request) or search(
        assistant, request, request.text or request.memory.last_query
    )


def search(assistant: Assistant, request: Request, query: str) -> Reply:
    """Search for `query` and show what was found, what was understood and what had to be relaxed."""
    result = assistant.catalogue.search(query, limit=CARDS_AT_ONCE)
    return show(assistant, request, query, result)


def refine(assistant: Assistant, request: Request) -> Reply:
    """Change the last search: cheaper, better, another colour or size, or simply more of it."""
    answered = answered_question(assistant, request)
    if answered is not None:
        return answered
    text, memory = request.text, request.memory
    shown = assistant.products(memory.shown)
    placed = by_place(request, shown)
    if placed is not None:
        return detail(assistant, request, placed)
    if not memory.last_query:
        focused = assistant.catalogue.product(request.focus)
        query = f"{focused.kind or focused.title} {text}" if focused else text
        return search(assistant, request, query)
    if _MORE.search(text) and not _adds_something(assistant, text):
        return _more(assistant, request)
    if shown and (_CHEAPER.search(text) or _DEARER.search(text)) and not _states_price(assistant, text):
        return _by_price(assistant, request, shown)
    return search(assistant, request, f"{_without_contradiction(assistant, memory.last_query, text)} {text}")


def _adds_something(assistant: Assistant, text: str) -> bool:
    filters = assistant.catalogue.understand(text).filters
    return any((filters.colors, filters.sizes, filters.kinds, filters.price_max, filters.price_min))


def _states_price(assistant: Assistant, text: str) -> bool:
    filters = assistant.catalogue.understand(text).filters
    return filters.price_max is not None or filters.price_min is not None


def _without_contradiction(assistant: Assistant, query: str, text: str) -> str:
    """The last query without the colours, sizes or price that `text` replaces."""
    new, old = assistant.catalogue.understand(text).filters, assistant.catalogue.understand(query).filters
    for new_values, old_values in ((new.colors, old.colors), (new.sizes, old.sizes)):
        for value in old_values if new_values else ():
            query = re.sub(rf"\b{re.escape(value)}\b", " ", query, flags=re.IGNORECASE)
    if new.price_max is not None or new.price_min is not None:
        query = re.sub(r"\b(under|below|over|less than|up to|max)\s*[£$€]?\s*\d+(?:\.\d+)?", " ", query, flags=re.I)
    return " ".join(query.split())


def _more(assistant: Assistant, request: Request) -> Reply:
    query = request.memory.last_query
    understood = assistant.catalogue.understand(query)
    seen = frozenset(request.memory.shown)
    result = assistant.catalogue.search(
        query, limit=CARDS_AT_ONCE, filters=replace(understood.filters, exclude_ids=seen)
    )
    hits = [hit for hit in result.hits if hit.product.id not in seen]
    if not hits:
        return assistant.reply(request, "find-no-more", choices=[assistant.human_choice(request)])
    return show(assistant, request, query, replace(result, hits=tuple(hits)))


def _by_price(assistant: Assistant, request: Request, shown: Sequence[Product]) -> Reply:
    """Cheaper than the cheapest shown, or dearer than the dearest, of the same search."""
    query, cheaper = request.memory.last_query, bool(_CHEAPER.search(request.text))
    prices = sorted(product.current_price for product in shown)
    filters = assistant.catalogue.understand(query).filters
    one = replace(prices[0], minor=1)
    bounded = replace(filters, price_max=prices[0] - one) if cheaper else replace(filters, price_min=prices[-1] + one)
    result = assistant.catalogue.search(query, limit=CARDS_AT_ONCE, filters=bounded)
    hits = tuple(
        hit
        for hit in result.hits
        if (hit.product.current_price < prices[0] if cheaper else prices[-1] < hit.product.current_price)
    )
    if not hits:
        message_id = "find-none-cheaper" if cheaper else "find-none-better"
        return assistant.reply(request, message_id, price=prices[0] if cheaper else prices[-1])
    return show(assistant, request, query, replace(result, hits=hits, relaxed=()))


def show(assistant: Assistant, request: Request, query: str, result: SearchResult) -> Reply:
    """The found products as cards, each with a button that adds it."""
    products = [hit.product for hit in result.hits][:CARDS_AT_ONCE]
    if not products:
        return assistant.reply(request, "find-nothing", choices=[assistant.human_choice(request)])
    relaxed = ", ".join(assistant.say(request, f"filter-{name}") for name in result.relaxed if name in _FILTERS)
    if relaxed:
        text = assistant.say(request, "find-relaxed", filters=relaxed, count=len(products))
    else:
        text = assistant.say(
            request, "find-found", count=len(products), understood=_understood(assistant, request, result)
        )
    choices = [assistant.add_choice(request, product) for product in products if product.in_stock]
    if len(products) > 1:
        choices.append(assistant.choice(request, "choice-compare", "compare_products"))
    message = Message(text, tuple(choices), tuple(assistant.card(product) for product in products))
    memory = request.remembering(
        shown=tuple(product.id for product in products),
        focus=products[0].id if len(products) == 1 else "",
        page_seen=request.turn.product_in_view,
        last_query=query[:200],
        failures=0,
    )
    return Reply((message,), memory)


# The conditions that the catalogue may give up, by its names.
_FILTERS = ("price", "colors", "sizes", "brands", "materials", "kinds", "stock", "measures")


def _understood(assistant: Assistant, request: Request, result: SearchResult) -> str:
    """What was taken as a condition, in words: "up to £80.00, size M, not black"; "nothing" for none."""
    filters = result.understood.filters
    parts = sorted(color.lower() for color in filters.colors)
    parts += [assistant.say(request, "filter-is-size", size=size) for size in sorted(filters.sizes)]
    parts += sorted(filters.brands) + sorted(material.lower() for material in filters.materials)
    parts += [assistant.say(request, "filter-is-not", value=value) for value in sorted(filters.not_colors)]
    parts += [assistant.say(request, "filter-is-not", value=value) for value in sorted(filters.not_terms)]
    if filters.price_min is not None and filters.price_max is not None:
        parts.append(assistant.say(request, "filter-is-between", low=filters.price_min, high=filters.price_max))
    elif filters.price_max is not None:
        parts.append(assistant.say(request, "filter-is-up-to", price=filters.price_max))
    elif filters.price_min is not None:
        parts.append(assistant.say(request, "filter-is-from", price=filters.price_min))
    return ", ".join(parts) or "nothing"


def detail(assistant: Assistant, request: Request, product: Product) -> Reply:
    """One product, shown by itself."""
    text = assistant.say(request, "product-shown", product=product, price=product.current_price)
    choices: list[Choice] = [assistant.add_choice(request, product)] if product.in_stock else []
    choices.append(assistant.choice(request, "choice-goes-with", "goes_with", product_id=product.id))
    return Reply(
        (Message(text, tuple(choices), (assistant.card(product),)),), assistant.focused(request, product, failures=0)
    )
