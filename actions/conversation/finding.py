"""Finding: free text to product cards, with what was understood and what had to be given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.conversation.assistant import CARDS_AT_ONCE, Assistant
from actions.conversation.model import Reply, Request
from actions.conversation.pending import answered_question
from actions.conversation.suggesting import with_offer
from actions.conversation.understood_words import differing_words, readings, understood_words
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
    return show(assistant, request, query, assistant.catalogue.nearest(query, limit=CARDS_AT_ONCE))


def show(assistant: Assistant, request: Request, query: str, result: SearchResult) -> Reply:
    """The found products as cards, each with a button that adds it."""
    products = [hit.product for hit in result.hits][:CARDS_AT_ONCE]
    guesses = readings(assistant, request, result.understood)
    if not products:
        text = " ".join((*guesses, assistant.say(request, "find-nothing")))
        return Reply((Message(text, (assistant.human_choice(request),)),), request.memory)
    text = " ".join((*guesses, _heading(assistant, request, result, len(products))))
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
    reply = Reply((message,), memory)
    return with_offer(assistant, request, reply, "looking", memory.shown) if len(products) == 1 else reply


def _heading(assistant: Assistant, request: Request, result: SearchResult, count: int) -> str:
    differing = differing_words(assistant, request, result)
    if differing:
        return assistant.say(request, "find-nearest", differing=differing, count=count)
    understood = understood_words(assistant, request, result.understood)
    return assistant.say(request, "find-found", count=count, understood=understood)


def detail(assistant: Assistant, request: Request, product: Product) -> Reply:
    """One product, shown by itself; then what the desk offers to somebody who looks at it."""
    return with_offer(assistant, request, shown_alone(assistant, request, product), "looking", (product.id,))


def shown_alone(assistant: Assistant, request: Request, product: Product) -> Reply:
    """One product, shown by itself."""
    text = assistant.say(request, "product-shown", product=product, price=product.current_price)
    choices: list[Choice] = [assistant.add_choice(request, product)] if product.in_stock else []
    choices.append(assistant.choice(request, "choice-goes-with", "goes_with", product_id=product.id))
    return Reply(
        (Message(text, tuple(choices), (assistant.card(product),)),), assistant.focused(request, product, failures=0)
    )
