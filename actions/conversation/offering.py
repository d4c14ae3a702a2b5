"""A no to an offer: for now, to a kind, to everything; stop and resume. A sentence that declines and asks is answered
too."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.conversation.accepting import settled
from actions.conversation.assistant import Assistant
from actions.conversation.confirming import refused
from actions.conversation.confusion import unclear
from actions.conversation.model import Reply, Request
from actions.conversation.shop_questions import answer_rest
from actions.selling.model import Scope

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
_EVERYTHING = re.compile(r"\b(?:anything|nothing|everything)\b(?:\s+else)?", re.I)
# "No more bundles", "I never want care plans": a no to the kind that is named.
_OF_A_KIND = re.compile(r"\b(?:no|any|more|never|ever|don'?t (?:want|need|like)|not (?:into|interested in))\b", re.I)
_KIND_NAMES = {
    "bundle": re.compile(r"\b(?:bundles?|sets?|package deals?)\b", re.I),
    "service_plan": re.compile(r"\b(?:(?:care|service|protection) )?plans?\b|\binsurances?\b", re.I),
    "subscription": re.compile(r"\bsubscriptions?\b|\b(?:repeat(?:ed)?|regular) deliver(?:y|ies)\b", re.I),
    "coupon": re.compile(r"\b(?:coupons?|vouchers?)\b", re.I),
    "upgrade": re.compile(r"\bupgrades?\b", re.I),
    "add_on": re.compile(r"\b(?:add-?ons?|extras?)\b", re.I),
    "complement": re.compile(r"\b(?:accessor(?:y|ies)|extras?)\b", re.I),
}


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
    scope = _scope(assistant, request)
    answer = assistant.desk.decline(request.turn, request.entity("offer_id"), scope)
    memory = request.remembering(question=None, failures=0)
    if answer.outcome == "no_offer":
        if request.text and request.confidence < SURE_OF_A_NO and not rest:
            # Doubtful words are a no only to something that was asked.
            return unclear(assistant, request)
        reply = assistant.reply(request, "fine-as-it-is", memory=memory)
        return _with_rest(assistant, request, reply, rest)
    if scope is Scope.KIND:
        rest = ""
    words = "offer-declined-session" if answer.session_ended else message_id
    return _with_rest(
        assistant, request, settled(assistant.reply(request, words, memory=memory), answer, "offer_declined"), rest
    )


def _scope(assistant: Assistant, request: Request) -> Scope:
    """How far a no reaches by its words: everything, the kind that it names, else this one."""
    if _EVERYTHING.search(request.text):
        return Scope.EVERYTHING
    offer = assistant.desk.open_offer(request.turn.conversation_id) if _OF_A_KIND.search(request.text) else None
    if offer is None:
        return Scope.ITEM
    text = request.text.lower()
    kinds = {product.kind.lower() for product in assistant.products(offer.product_ids) if product.kind}
    names = _KIND_NAMES.get(offer.kind)
    named = any(re.search(rf"\b{re.escape(kind)}\b", text) for kind in kinds)
    return Scope.KIND if named or (names is not None and names.search(text)) else Scope.ITEM


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
    served = answer_rest(assistant, replace(request.saying(rest), suggest=False)) if rest else None
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
    return settled(assistant.reply(request, "offers-stopped", memory=memory), answer, "stopped")


def resume(assistant: Assistant, request: Request) -> Reply:
    """Offers are welcome again."""
    answer = assistant.desk.resume(request.turn)
    memory = request.remembering(question=None, failures=0)
    return settled(assistant.reply(request, "offers-resumed", memory=memory), answer, "resumed")
