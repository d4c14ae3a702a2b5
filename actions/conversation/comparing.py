"""Comparing two or three products by what differs, and good / better / best of a kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.conversation.assistant import Assistant
from actions.conversation.columns import column_words, columns_of
from actions.conversation.model import Reply, Request
from actions.conversation.offer_words import TIERS, offer_message, tiers_text
from actions.conversation.references import named_products
from actions.conversation.suggesting import may_offer, with_offer
from actions.speech.messages import Message
from actions.speech.titles import display_title
from catalog.domain.product import Product

MOST = 3
_SPLIT = re.compile(r"\b(?:vs\.?|versus|and|or|with|to|against|than|between)\b|,|/", re.I)
_BOTH = re.compile(r"\b(them|these|those|both|the two|the three|the first two|all)\b", re.I)


def compare(assistant: Assistant, request: Request) -> Reply:
    """Two or three products, line by line where they differ, with the price difference."""
    products = _compared(assistant, request)
    if len(products) < 2:
        return assistant.reply(request, "compare-which", memory=request.remembering(failures=0))
    text = "\n".join((assistant.say(request, "compare-heading"), *comparison(assistant, request, products)))
    memory = request.remembering(shown=tuple(product.id for product in products), focus="", failures=0, helped=True)
    choices = tuple(assistant.add_choice(request, product) for product in products if product.in_stock)
    cards = tuple(assistant.card(product) for product in products)
    reply = Reply((Message(text, choices, cards),), memory)
    return with_offer(assistant, request, reply, "comparing", memory.shown)


def _compared(assistant: Assistant, request: Request) -> list[Product]:
    named: list[Product] = []
    if not _BOTH.search(request.text):
        # Whole parts of the sentence: an entity may hold only a piece of a name.
        named = named_products(assistant, _SPLIT.split(request.text), request)
    if len(named) < 2:
        named = named_products(assistant, request.every("product"), request) or named
    if len(named) >= 2:
        return named[:MOST]
    shown = assistant.products(request.memory.shown)
    focused = assistant.catalogue.product(request.focus)
    if len(named) == 1 and focused is not None and focused.id != named[0].id:
        return [focused, named[0]]
    # "Them" are things that can stand for one another: the first one's kind, where there are two of it.
    alike = [product for product in shown if product.kind == shown[0].kind]
    return (alike if len(alike) > 1 else shown)[:MOST]


def comparison(assistant: Assistant, request: Request, products: Sequence[Product]) -> list[str]:
    """One line for each thing that differs, then the price difference of dearest and cheapest."""
    lines = []
    rows = [{"brand": product.brand, "material": product.material, **columns_of(product)} for product in products]
    for name in dict.fromkeys(name for row in rows for name in row):
        values = [row.get(name, "") for row in rows]
        if len(set(values)) < 2:
            continue
        words, unit = column_words(name)
        said = " · ".join(f"{value} {unit}".strip() if value else "–" for value in values)
        lines.append(assistant.say(request, "compare-line", name=words, values=said))
    names = " · ".join(display_title(product.title) for product in products)
    prices = " · ".join(assistant.say(request, "amount", price=product.current_price) for product in products)
    ordered = sorted(product.current_price for product in products)
    gap = ordered[-1] - ordered[0]
    head = [
        assistant.say(request, "compare-names", values=names),
        assistant.say(request, "compare-prices", values=prices),
    ]
    tail = [assistant.say(request, "compare-gap" if gap else "compare-same-price", gap=gap)]
    return [*head, *lines[:6], *tail]


def recommend(assistant: Assistant, request: Request) -> Reply:
    """Good, better and best of the kind in question; the choice stays open.

    An offer of the desk's is the answer itself here, with a button for each; else the same is plain information.
    """
    pool = _pool(assistant, request)
    tiers = good_better_best(pool)
    if not tiers:
        return assistant.reply(request, "recommend-which-kind", memory=request.remembering(failures=0))
    choices = [assistant.add_choice(request, product) for product in tiers]
    choices.append(assistant.choice(request, "choice-compare", "compare_products"))
    cards = tuple(assistant.card(product) for product in tiers)
    shown = tuple(product.id for product in tiers)
    memory = request.remembering(shown=shown, focus="", failures=0, helped=True)
    reply = Reply((Message(tiers_text(assistant, request, tiers), tuple(choices), cards),), memory)
    if not may_offer(request, reply):
        return reply
    decision = assistant.desk.opportunity(request.turn, "choosing", shown)
    if decision.offer is not None and decision.action == "pitch":
        message = offer_message(assistant, request, decision.offer)
        memory = replace(memory, shown=decision.offer.product_ids)
        reply = Reply((message,), memory)
    return reply.decided(decision)


def _pool(assistant: Assistant, request: Request) -> list[Product]:
    """What to recommend from: what the sentence asks for, else more of what was shown."""
    phrase = request.entity("product")
    query = phrase or request.memory.last_query
    if not query and request.text:
        query = request.text
    hits = [hit.product for hit in assistant.catalogue.search(query, limit=12).hits] if query else []
    shown = assistant.products(request.memory.shown) if not phrase else []
    pool = list({product.id: product for product in (*shown, *hits)}.values())
    in_stock = [product for product in pool if product.in_stock]
    if not in_stock:
        return []
    kind = in_stock[0].kind
    return [product for product in in_stock if product.kind == kind] if kind else in_stock[:8]


def good_better_best(pool: Sequence[Product]) -> list[Product]:
    """By the merchant's `tier` where the feed has it, the likeliest of each tier; else cheapest, middle, dearest.

    At most three, cheapest first, one of each product group; fewer where there are fewer.
    """
    groups: dict[str, Product] = {}
    for product in pool:
        groups.setdefault(product.group_id or product.id, product)
    by_price = sorted(groups.values(), key=lambda product: (product.current_price.minor, product.id))
    tiered: dict[str, Product] = {}
    for product in groups.values():
        tier = product.attributes.get("tier", "")
        if tier in TIERS:
            tiered.setdefault(tier, product)
    if len(tiered) == len(TIERS):
        return [tiered[tier] for tier in TIERS]
    if len(by_price) <= MOST:
        return by_price
    return [by_price[0], by_price[len(by_price) // 2], by_price[-1]]
