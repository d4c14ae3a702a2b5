"""Questions about the shop, answered from its own FAQ with the source named; never made up."""

from __future__ import annotations

import re

from actions.conversation.assistant import Assistant
from actions.conversation.cart_words import shipping_gap, shipping_sentence
from actions.conversation.finding import search
from actions.conversation.model import Reply, Request
from actions.speech.messages import Message

# Cosine from which an entry of the FAQ counts as the answer; above the second, other intents yield to it.
FAQ_FLOOR = 0.45
FAQ_CERTAIN = 0.68
_LOOKS_FOR_PRODUCT = re.compile(
    r"\b(show me|looking for|do you (?:have|sell|stock)|have you got|find me|i need|i want|any)\b", re.I
)
# What an intent asks about, for turns that are too terse for the FAQ to match ("shipping?").
_TOPIC_WORDS = {
    "ask_shipping": "how much is delivery and how long does it take",
    "ask_returns_policy": "what is your returns policy",
    "ask_payment": "which payment methods do you accept",
    "ask_opening_hours": "what are your opening hours",
    "ask_warranty": "is there a warranty or guarantee",
    "ask_shop": "tell me about the shop",
}


def shop_question(assistant: Assistant, request: Request) -> Reply:
    """The FAQ's answer, or an honest "I don't know" with the way to a person."""
    answer = _from_faq(assistant, request, request.text, FAQ_FLOOR)
    if answer is None and len(request.text.split()) <= 4 and request.intent in _TOPIC_WORDS:
        answer = _from_faq(assistant, request, _TOPIC_WORDS[request.intent], FAQ_FLOOR)
    if answer is None:
        answer = _declared(assistant, request)
    return answer or dont_know(assistant, request)


def certain_answer(assistant: Assistant, request: Request) -> Reply | None:
    """The FAQ's answer where it surely is meant, for turns that were understood as something else."""
    return _from_faq(assistant, request, request.text, FAQ_CERTAIN)


def answer_rest(assistant: Assistant, request: Request) -> Reply | None:
    """Serve what a refusal went on to ask: a shop question, else a product search; None when it is neither."""
    if _LOOKS_FOR_PRODUCT.search(request.text):
        return search(assistant, request, request.text)
    return _from_faq(assistant, request, request.text, FAQ_FLOOR)


def dont_know(assistant: Assistant, request: Request) -> Reply:
    """Say so, and how a person can be reached."""
    text = " ".join((assistant.say(request, "dont-know"), contact_text(assistant, request)))
    return Reply((Message(text, (assistant.human_choice(request),)),), request.remembering(failures=0))


def contact_text(assistant: Assistant, request: Request) -> str:
    """How a person can be reached, as the shop declares it."""
    contact = assistant.config.contact
    ways = [
        assistant.say(request, f"contact-{way}", value=contact[way]) for way in ("email", "phone") if contact.get(way)
    ]
    if not ways:
        return assistant.say(request, "contact-none")
    said = assistant.say(request, "contact-or", one=ways[0], other=ways[1]) if len(ways) > 1 else ways[0]
    sentences = [assistant.say(request, "contact", ways=said)]
    if contact.get("hours"):
        sentences.append(assistant.say(request, "contact-hours", value=contact["hours"]))
    return " ".join(sentences)


def free_shipping(assistant: Assistant, request: Request) -> Reply:
    """How far the cart is from free delivery."""
    free_from = assistant.config.shipping.free_from
    if free_from is None:
        return shop_question(assistant, request)
    cart = assistant.shop.cart(request.turn.shopper_id, request.turn.now)
    sentences = [assistant.say(request, "shipping-free-from", price=free_from)]
    if shipping_gap(assistant, cart) is not None:
        sentences += shipping_sentence(assistant, request, cart)
    return Reply((Message(" ".join(sentences)),), request.remembering(failures=0))


def _from_faq(assistant: Assistant, request: Request, text: str, floor: float) -> Reply | None:
    hits = assistant.catalogue.faq(text, limit=1) if text.strip() else []
    if not hits or hits[0].score < floor:
        return None
    entry = hits[0].entry
    topic = entry.topic.replace("_", " ").replace("-", " ")
    return assistant.reply(
        request, "faq-answer", topic=topic, answer=entry.answer, memory=request.remembering(failures=0)
    )


def _declared(assistant: Assistant, request: Request) -> Reply | None:
    """What shop.yml itself says about delivery and hours, where the FAQ is silent."""
    shipping, contact = assistant.config.shipping, assistant.config.contact
    memory = request.remembering(failures=0)
    if request.intent == "ask_shipping" and shipping.cost is not None:
        sentences = [assistant.say(request, "shipping-cost", price=shipping.cost)]
        if shipping.free_from is not None:
            sentences.append(assistant.say(request, "shipping-free-from", price=shipping.free_from))
        if shipping.days:
            sentences.append(assistant.say(request, "shipping-days", days=shipping.days))
        return Reply((Message(" ".join(sentences)),), memory)
    if request.intent == "ask_opening_hours" and contact.get("hours"):
        return assistant.reply(request, "hours", value=contact["hours"], memory=memory)
    return None
