"""A yes: to an offer, to one of its alternatives, or to a question of the assistant's own. Unclear is no."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from babel.dates import format_date

from actions.conversation.adding import add, cart_choices
from actions.conversation.alternatives import chosen
from actions.conversation.assistant import Assistant
from actions.conversation.cart_words import shipping_sentence
from actions.conversation.claim_words import name_of, offered_name
from actions.conversation.confirming import confirmed
from actions.conversation.model import Reply, Request
from actions.conversation.offer_buttons import offer_choices
from actions.conversation.offer_words import offer_phrase
from actions.selling.deal import alternative, coupon_of
from actions.selling.model import Answer, Offer
from actions.shop.coupons import last_day
from actions.speech.messages import Choice, Message

# "I'll take it" says yes to the very thing talked about.
_TAKES_IT = re.compile(
    r"\b(?:i'?ll|i will|let me|lemme|gonna)\s+(?:take|have|buy|get)\s+(?:it|this|that|them|these|one)\b"
    r"|\b(?:add|put|pop|chuck)\s+(?:it|this|that|them|these|one)\b"
    r"|\bi(?:'d like to)?\s+(?:take|want|buy)\s+(?:it|this|that|them|these|one)\b",
    re.I,
)


def affirm(assistant: Assistant, request: Request) -> Reply:
    """A yes: to the offer whose button it is, else to the question just asked, else to the open offer."""
    question = request.memory.question
    if question is not None and not request.entity("offer_id"):
        return confirmed(assistant, request, question)
    if request.entity("offer_id") or request.memory.offer_open:
        return accepted(assistant, request)
    if _TAKES_IT.search(request.text) and (request.focus or request.memory.shown):
        return add(assistant, request)
    offer = assistant.desk.open_offer(request.turn.conversation_id)
    if offer is None:
        return accepted(assistant, request)
    # Other products have been talked about since: a yes must be a yes to that very thing.
    text = assistant.say(request, "offer-meant", offer=offer_phrase(assistant, request, offer))
    message = Message(text, offer_choices(assistant, request, offer), offer_id=offer.id)
    return Reply((message,), request.remembering(failures=0))


def accepted(assistant: Assistant, request: Request) -> Reply:
    """Accept at the quoted price, or say why that is no longer possible, or which alternative is still open."""
    offer_id = request.entity("offer_id")
    offer = assistant.desk.open_offer(request.turn.conversation_id)
    open_one = offer if offer is not None and offer_id in ("", offer.id) else None
    # An offer that is open no more is told so by the desk, whatever was chosen of it.
    choice = chosen(assistant, request, open_one) if open_one is not None else request.entity("choice")
    answer = assistant.desk.accept(request.turn, offer_id, choice)
    memory = request.remembering(question=None, failures=0)
    if answer.outcome == "no_offer" or answer.offer is None:
        return assistant.reply(request, "nothing-open", memory=memory)
    if answer.outcome == "which_one":
        text = assistant.say(request, "offer-which-one")
        message = Message(text, offer_choices(assistant, request, answer.offer), offer_id=answer.offer.id)
        return Reply((message,), memory)
    if answer.outcome in ("accepted", "already_accepted"):
        taken = alternative(answer.offer, choice) if answer.offer.choose_one else answer.offer
        say = _taken if answer.outcome == "accepted" else _taken_before
        sentence = say(assistant, request, taken, answer)
        sentences = [sentence, *(shipping_sentence(assistant, request, answer.cart) if _adds(taken) else ())]
        choices = cart_choices(assistant, request) if answer.cart.lines else ()
        return settled(Reply((Message(" ".join(sentences), choices),), memory), answer, "offer_accepted")
    text, choices = _too_late(assistant, request, answer.offer, answer.outcome)
    return settled(Reply((Message(text, choices),), memory), answer, f"offer_{answer.outcome}")


def settled(reply: Reply, answer: Answer, reason: str) -> Reply:
    """The reply with the settled offer, and the cart as it stands after it."""
    return Reply(reply.messages, reply.memory, "none", reason, answer.offer, cart=answer.cart)


def _adds(offer: Offer | None) -> bool:
    """Whether a yes put something in the cart that is paid with it: no coupon and no plan."""
    return offer is not None and any(not line.every for line in offer.lines)


def _taken(assistant: Assistant, request: Request, offer: Offer | None, answer: Answer) -> str:
    """What a yes did, in one sentence."""
    if offer is None:
        return assistant.say(request, "offer-accepted-before")
    name, total = offered_name(assistant, offer), answer.cart.total
    if not offer.lines:
        until = _coupon_until(assistant, request, offer)
        return assistant.say(request, "offer-accepted-coupon", percent=offer.percent, date=until)
    line = offer.lines[0]
    if line.every.startswith("days:"):
        days = int(line.every.removeprefix("days:"))
        return assistant.say(request, "offer-accepted-delivery", product=name, days=days, price=line.unit_price)
    if line.every:
        return assistant.say(request, "offer-accepted-plan", product=name, every=line.every, price=line.unit_price)
    if offer.saving:
        return assistant.say(request, "offer-accepted-bundle", product=name, saving=offer.saving, total=total)
    if offer.replaces:
        anchor = name_of(assistant, request, offer.replaces)
        return assistant.say(request, "offer-accepted-upgrade", product=name, anchor=anchor, total=total)
    return assistant.say(request, "offer-accepted", product=name, total=total)


def _taken_before(assistant: Assistant, request: Request, offer: Offer | None, answer: Answer) -> str:
    """The second yes to the same offer does nothing, and that is said."""
    if not _adds(offer) or offer is None:
        return assistant.say(request, "offer-accepted-before")
    return assistant.say(request, "offer-already-accepted", product=offered_name(assistant, offer))


def _too_late(assistant: Assistant, request: Request, offer: Offer, outcome: str) -> tuple[str, tuple[Choice, ...]]:
    """Why it cannot be taken any more; what it would add can still be had at today's price."""
    if not _adds(offer) or offer.choose_one:
        message_id = {"expired": "offer-run-out", "stale": "offer-changed"}.get(outcome, "offer-refused-before")
        return assistant.say(request, message_id), ()
    message_id = "offer-declined-before" if outcome == "declined" else f"offer-{outcome}"
    today = [product for product in assistant.products(offer.product_ids) if product.in_stock]
    text = assistant.say(request, message_id, product=offered_name(assistant, offer))
    return text, tuple(assistant.add_choice(request, product) for product in today)


def _coupon_until(assistant: Assistant, request: Request, offer: Offer) -> str:
    """The last day of a coupon by the shop's calendar, as the locale writes it. It is valid from the yes on."""
    day = last_day(coupon_of(offer, request.turn.now), ZoneInfo(assistant.config.selling.time_zone))
    return format_date(day, "d MMMM y", locale=assistant.pack.locale.replace("-", "_"))
