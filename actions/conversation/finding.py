"""Finding: free text to product cards, with what was understood and what had to be given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.conversation.assistant import CARDS_AT_ONCE, Assistant
from actions.conversation.model import Reply, Request
from actions.conversation.pending import answered_question
from actions.speech.messages import Choice, Message
from catalog.domain.product import Product

if TYPE_CHECKING:
    from catalog.catalogue import SearchResult


def find(assistant: Assistant, request: Request) -> Reply:
    """Free text with attributes to at most four products."""
    return answered_question(assistant, request) or search(
        assistant, request, request.text or request.memory.last_query
    )


def search(assistant: Assistant, request: Request, query: str) -> Reply:
    """Search for `query` and show what was found, what was understood and what had to be relaxed."""
    result = assistant.catalogue.search(query, limit=CARDS_AT_ONCE)
    return show(assistant, request, query, result)


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
