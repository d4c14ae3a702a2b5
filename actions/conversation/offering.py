"""Answers to an offer: yes, no, not now, stop, resume. A sentence that declines and asks is answered too."""

from __future__ import annotations

import re

from actions.conversation.adding import add, cart_choices
from actions.conversation.assistant import Assistant
from actions.conversation.cart_words import shipping_sentence
from actions.conversation.confirming import confirmed, refused
from actions.conversation.confusion import unclear
from actions.conversation.model import Reply, Request
from actions.conversation.offer_words import offer_choices, offered_name
from actions.conversation.shop_questions import answer_rest
from actions.selling.model import Answer, Offer, Scope
from actions.speech.messages import Message

_REFUSAL = re.compile(
    r"^\W*(?:(?:no|nope|nah|not?)\b[\s,]*(?:thanks?(?:\s+you)?|thank you|ta|cheers)?"
    r"|(?:i'?m|im|i am)\s+(?:good|fine|ok|okay|alright)"
    r"|not interested|not (?:now|today)|i'?ll pass|pass|leave it|maybe later)\b"
    r"[\s,.;:!–-]*(?:but|and)?\s*",
    re.I,
)
SURE_OF_A_NO = 0.5
# A refusal that cannot be a correction ("no, I meant the blue one" is none).
_PLAIN_REFUSAL = re.compile(r"^\W*(?:no thanks?|no thank you|nah thanks|no ta|not interested|i'?ll pass)\b", re.I)
# "I'll take it" says yes to the very thing talked about.
_TAKES_IT = re.compile(
    r"\b(?:i'?ll|i will|let me|lemme|gonna)\s+(?:take|have|buy|get)\s+(?:it|this|that|them|these|one)\b"
    r"|\b(?:add|put|pop|chuck)\s+(?:it|this|that|them|these|one)\b"
    r"|\bi(?:'d like to)?\s+(?:take|want|buy)\s+(?:it|this|that|them|these|one)\b",
    re.I,
)
_EVERYTHING = re.compile(r"\b(?:anything|nothing|everything)\b(?:\s+else)?", re.I)


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
    return Reply((_asked_again(assistant, request, offer),), request.remembering(failures=0))


def _asked_again(assistant: Assistant, request: Request, offer: Offer) -> Message:
    text = assistant.say(request, "offer-meant", product=offered_name(assistant, offer), price=offer.price)
    return Message(text, offer_choices(assistant, request, offer), offer_id=offer.id)


def accepted(assistant: Assistant, request: Request) -> Reply:
    """Accept at the quoted price, or say why that is no longer possible."""
    answer = assistant.desk.accept(request.turn, request.entity("offer_id"))
    memory = request.remembering(question=None, failures=0)
    if answer.outcome == "no_offer" or answer.offer is None:
        return assistant.reply(request, "nothing-open", memory=memory)
    name = offered_name(assistant, answer.offer)
    if answer.outcome == "accepted":
        message_id = "offer-accepted-bundle" if answer.offer.saving else "offer-accepted"
        text = assistant.say(request, message_id, product=name, saving=answer.offer.saving, total=answer.cart.total)
        sentences = [text, *shipping_sentence(assistant, request, answer.cart)]
        message = Message(" ".join(sentences), cart_choices(assistant, request))
        return _settled(Reply((message,), memory), answer, "offer_accepted")
    if answer.outcome == "already_accepted":
        reply = assistant.reply(
            request, "offer-already-accepted", product=name, choices=cart_choices(assistant, request), memory=memory
        )
        return _settled(reply, answer, "offer_accepted")
    today = assistant.products(answer.offer.product_ids)
    reply = assistant.reply(
        request,
        "offer-declined-before" if answer.outcome == "declined" else f"offer-{answer.outcome}",
        product=name,
        choices=[assistant.add_choice(request, product) for product in today if product.in_stock],
        memory=memory,
    )
    return _settled(reply, answer, f"offer_{answer.outcome}")


def deny(assistant: Assistant, request: Request) -> Reply:
    """A no: to the offer or the question, remembered; then the rest of the sentence is answered."""
    return _declined(assistant, request, "offer-declined")


def not_now(assistant: Assistant, request: Request) -> Reply:
    """A friendly no for now."""
    return _declined(assistant, request, "offer-later")


def _declined(assistant: Assistant, request: Request, message_id: str) -> Reply:
    rest = rest_after_refusal(request.text)
    question = request.memory.question
    if question is not None and not request.entity("offer_id"):
        reply = refused(assistant, request, question)
        return _with_rest(assistant, request, reply, rest)
    scope = Scope.EVERYTHING if _EVERYTHING.search(request.text) else Scope.ITEM
    answer = assistant.desk.decline(request.turn, request.entity("offer_id"), scope)
    memory = request.remembering(question=None, failures=0)
    if answer.outcome == "no_offer":
        if request.text and request.confidence < SURE_OF_A_NO and not rest:
            # Doubtful words are a no only to something that was asked.
            return unclear(assistant, request)
        reply = assistant.reply(request, "fine-as-it-is", memory=memory)
        return _with_rest(assistant, request, reply, rest)
    words = "offer-declined-session" if answer.session_ended else message_id
    return _with_rest(
        assistant, request, _settled(assistant.reply(request, words, memory=memory), answer, "offer_declined"), rest
    )


def rest_after_refusal(text: str) -> str:
    """What a sentence asks besides refusing: "what's the return policy?" of "no thanks, what's the …"; or ""."""
    match = _REFUSAL.match(text)
    if match is None:
        return ""
    rest = text[match.end() :].strip()
    return rest if len(rest.split()) >= 3 else ""


def refuses_plainly(text: str) -> bool:
    """Whether a sentence begins with words that can only refuse, whatever it goes on to ask."""
    return bool(_PLAIN_REFUSAL.match(text))


def _with_rest(assistant: Assistant, request: Request, reply: Reply, rest: str) -> Reply:
    """The refusal is acknowledged first, then what else was asked is served, where it can be."""
    served = answer_rest(assistant, request.saying(rest)) if rest else None
    if served is None:
        return reply
    memory = served.memory
    return Reply(
        (*reply.messages, *served.messages),
        type(memory)(**{**memory.__dict__, "question": None}),
        reply.decision,
        reply.reason,
        reply.settled,
    )


def stop(assistant: Assistant, request: Request) -> Reply:
    """No offers any more, until they are asked for."""
    answer = assistant.desk.stop(request.turn)
    memory = request.remembering(question=None, failures=0)
    return _settled(assistant.reply(request, "offers-stopped", memory=memory), answer, "stopped")


def resume(assistant: Assistant, request: Request) -> Reply:
    """Offers are welcome again."""
    answer = assistant.desk.resume(request.turn)
    memory = request.remembering(question=None, failures=0)
    return _settled(assistant.reply(request, "offers-resumed", memory=memory), answer, "resumed")


def _settled(reply: Reply, answer: Answer, reason: str) -> Reply:
    return Reply(reply.messages, reply.memory, "none", reason, answer.offer, cart=answer.cart)
