"""Answers in free words to the question that the assistant just asked ("the large one", "42", "the second")."""

from __future__ import annotations

import re

from actions.conversation.adding import ask_variant, put_in_cart
from actions.conversation.assistant import Assistant
from actions.conversation.model import Reply, Request
from actions.conversation.references import SURE, by_place
from actions.conversation.variants import differ_in, narrowed, says_variant

# More words than this, or one of these, is a new request and no answer.
LONGEST_ANSWER = 7
_NEW_REQUEST = re.compile(
    r"\b(show|looking|search|find|do you|have you|what|how|why|when|where|which|does|is it|are they|compare|instead)\b",
    re.I,
)


def answered_question(assistant: Assistant, request: Request) -> Reply | None:
    """Add what the shopper chose, or ask for what is still open; None when this is no answer."""
    question, text = request.memory.question, request.text
    if question is None or question.ask not in ("which_product", "which_variant") or not text:
        return None
    if len(text.split()) > LONGEST_ANSWER or _NEW_REQUEST.search(text):
        return None
    products = assistant.products(question.ids)
    placed = by_place(request, products)
    if placed is not None:
        return put_in_cart(assistant, request, placed, question.quantity)
    if question.ask == "which_variant":
        if not says_variant(products, text):
            return None
        left = narrowed(products, text)
        if len(left) == 1 or differ_in(left) == "nothing":
            return put_in_cart(assistant, request, left[0], question.quantity)
        return ask_variant(assistant, request, left, question.quantity)
    hits = [hit for hit in assistant.catalogue.resolve(text, among=question.ids) if hit.product.id in question.ids]
    if hits and hits[0].score >= SURE:
        return put_in_cart(assistant, request, hits[0].product, question.quantity)
    return None
