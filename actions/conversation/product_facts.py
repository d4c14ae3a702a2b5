"""What is known about one product: answered from the catalogue only. What it does not say is not made up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from actions.conversation.adding import variant_choice
from actions.conversation.assistant import CARDS_AT_ONCE, Assistant
from actions.conversation.columns import column_words, columns_of
from actions.conversation.finding import shown_alone
from actions.conversation.model import Reply, Request
from actions.conversation.pending import answered_question
from actions.conversation.references import meant_product
from actions.conversation.shop_questions import certain_answer, contact_text
from actions.conversation.suggesting import with_offer
from actions.conversation.variants import mentions_color, mentions_size, says_variant
from actions.speech.messages import Message
from catalog.domain.product import Product

_ANYTHING = re.compile(r"\b(tell me (?:more )?about|more about|details?|describe|description|show me|info\w*)\b", re.I)
_PRICE = re.compile(r"\b(price|cost\w*|how much|expensive|cheap|£|\$|€)", re.I)
_STOCK = re.compile(r"\b(in stock|stock|available|availability|sold out|left|have (?:it|this|that|any))\b", re.I)
_SIZES = re.compile(r"\b(sizes?|sized|come in an?|small|medium|large)\b", re.I)
_COLORS = re.compile(r"\b(colou?rs?|shades?)\b", re.I)
# A question's words -> names of feed columns that answer it, besides the column's own name.
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "weight": ("heavy", "weigh", "weighs", "light", "grams"),
    "material": ("made of", "made from", "fabric", "what is it made"),
    "capacity": ("how many people", "sleep", "sleeps", "hold", "litres", "liters", "volume"),
    "waterproof": ("rain", "water resistant", "hydrostatic", "water"),
    "care": ("wash", "clean", "washing", "iron", "tumble"),
    "warranty": ("guarantee", "guaranteed"),
    "season": ("winter", "summer", "cold", "seasons"),
    "recycled": ("sustainable", "eco", "environment"),
    "power": ("watts", "watt", "bright"),
    "battery": ("charge", "batteries", "runtime"),
    "lifetime": ("how long does it last", "last"),
    "use": ("used for", "good for", "suitable"),
}
NAME_FLOOR = 82
# Words of five letters and more that ask without naming anything.
_COMMON = frozenset(
    {"about", "there", "their", "would", "could", "should", "which", "where", "these", "those", "other"}
)


def ask_product(assistant: Assistant, request: Request) -> Reply:
    """Price, stock, sizes, colours, material, or any column of the feed, for the product in question."""
    answered = answered_question(assistant, request)
    if answered is not None:
        return answered
    meant = meant_product(assistant, request)
    if not meant.products:
        return certain_answer(assistant, request) or assistant.reply(request, "ask-which-product")
    if not meant.sure:
        return _which(assistant, request, meant.products)
    product = meant.first
    if not request.text:
        return full_detail(assistant, request, product)
    if _ANYTHING.search(request.text):
        return full_detail(assistant, request, product)
    sentences = facts(assistant, request, product)
    memory = assistant.focused(request, product, failures=0)
    if not sentences:
        faq = certain_answer(assistant, request)
        if faq is not None:
            return faq
        return _unknown(assistant, request, product)
    family = assistant.catalogue.variants(product.id)
    choices = [assistant.add_choice(request, product)] if product.in_stock else []
    if not product.in_stock:
        choices = [variant_choice(variant, 1) for variant in family if variant.in_stock][:4]
    message = Message(" ".join(sentences), tuple(choices), (assistant.card(product),))
    reply = Reply((message,), memory)
    return with_offer(assistant, request, reply, "looking", (product.id,)) if product.in_stock else reply


def _described(assistant: Assistant, request: Request, product: Product) -> list[str]:
    """The sentence of the description that has a word of the question, told as the shop's own."""
    asked = set(re.findall(r"[a-z]{5,}", request.text.lower())) - _COMMON
    asked -= set(re.findall(r"[a-z]{5,}", f"{product.title} {product.kind}".lower()))
    for sentence in re.split(r"(?<=[.!?])\s+", product.description):
        if asked & set(re.findall(r"[a-z]{5,}", sentence.lower())):
            return [assistant.say(request, "fact-described", product=product, text=sentence)]
    return []


def _which(assistant: Assistant, request: Request, products: Sequence[Product]) -> Reply:
    """Several may be meant: show them, each with a button that tells more."""
    one_each = list({product.group_id or product.id: product for product in reversed(products)}.values())[::-1]
    one_each = one_each[:CARDS_AT_ONCE]
    return assistant.reply(
        request,
        "ask-which-of-these",
        choices=[assistant.show_choice(request, product) for product in one_each],
        cards=[assistant.card(product) for product in one_each],
        memory=request.remembering(shown=tuple(product.id for product in one_each), failures=0),
    )


def full_detail(assistant: Assistant, request: Request, product: Product) -> Reply:
    """All that a shopper wants to see first: description, price, stock, variants."""
    reply = shown_alone(assistant, request, product)
    lines = [product.description] if product.description else []
    lines += _stock(assistant, request, product)
    first = reply.messages[0]
    message = Message("\n".join((first.text, *lines)), first.choices, first.cards)
    return with_offer(assistant, request, Reply((message,), reply.memory), "looking", (product.id,))


def facts(assistant: Assistant, request: Request, product: Product) -> list[str]:
    """The sentences that answer what was asked about `product`; empty when the catalogue does not say."""
    text = request.text
    family = assistant.catalogue.variants(product.id) or [product]
    sentences = []
    if _PRICE.search(text):
        before = product.compare_at
        message_id = "fact-price" if before is None else "fact-price-reduced"
        sentences.append(
            assistant.say(
                request, message_id, product=product, price=product.current_price, before=before or product.price
            )
        )
    asks_variant = says_variant(family, text)
    if _SIZES.search(text) or (asks_variant and any(mentions_size(one, text) for one in family)):
        sentences += options_of(assistant, request, family, "size")
    if _COLORS.search(text) or (asks_variant and any(mentions_color(one, text) for one in family)):
        sentences += options_of(assistant, request, family, "color")
    if _STOCK.search(text) and not sentences:
        sentences += _stock(assistant, request, product)
    sentences += _columns(assistant, request, product)
    return sentences or _described(assistant, request, product)


def _stock(assistant: Assistant, request: Request, product: Product) -> list[str]:
    return [assistant.say(request, f"fact-stock-{product.availability.value.replace('_', '-')}", product=product)]


def options_of(assistant: Assistant, request: Request, family: list[Product], column: str) -> list[str]:
    """The sizes or colours there are, with those that are sold out named."""
    values = {getattr(one, column): False for one in family if getattr(one, column)}
    for one in family:
        if one.in_stock and getattr(one, column):
            values[getattr(one, column)] = True
    there = ", ".join(value for value, in_stock in values.items() if in_stock)
    gone = ", ".join(value for value, in_stock in values.items() if not in_stock)
    sentences = []
    if there:
        sentences.append(assistant.say(request, f"fact-{column}s", values=there))
    if gone:
        sentences.append(assistant.say(request, "fact-values-gone", values=gone))
    return sentences


def _columns(assistant: Assistant, request: Request, product: Product) -> list[str]:
    text = request.text.lower()
    sentences = []
    for name, value in columns_of(product).items():
        words, unit = column_words(name)
        asked = fuzz.partial_ratio(words, text) >= NAME_FLOOR if len(words) > 3 else f" {words} " in f" {text} "
        asked = asked or any(word in text for key, group in _SYNONYMS.items() if key in words for word in group)
        if asked:
            said = f"{value} {unit}".strip()
            sentences.append(assistant.say(request, "fact-column", product=product, name=words, value=said))
    return sentences[:3]


def _unknown(assistant: Assistant, request: Request, product: Product) -> Reply:
    """What the catalogue does not say: admitted, with the description and the way to a person."""
    text = " ".join((assistant.say(request, "fact-unknown", product=product), contact_text(assistant, request)))
    choices = (assistant.human_choice(request), assistant.show_choice(request, product))
    return Reply((Message(text, choices),), assistant.focused(request, product, failures=0))
