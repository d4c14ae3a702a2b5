"""One turn around a use case: who speaks first, what a plain refusal means, how long a question stays open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions.conversation.accepting import accepted
from actions.conversation.alternatives import names_alternative
from actions.conversation.assistant import Assistant
from actions.conversation.confusion import unclear
from actions.conversation.correcting import takes_back
from actions.conversation.hesitating import help_choosing, hesitates_at_offer, wait, wants_help, with_help
from actions.conversation.model import Reply, Request
from actions.conversation.offering import refuses_plainly
from actions.conversation.people import introduction
from actions.conversation.planning import drop_plan, drops_a_plan
from actions.conversation.refining import only_attributes, refine
from actions.conversation.signals import heard
from actions.speech.messages import Message

UseCase = Callable[[Assistant, Request], Reply]
# Intents that settle an offer themselves, or say at first contact what one talks to.
_SETTLING = frozenset({"affirm", "deny", "not_now", "stop_offers", "complaint", "talk_to_human"})
# A bare "in navy?" or "any colour" is too short to be classified; it refines, unless it came with one of these.
_NEVER_TERSE = _SETTLING | {"add_to_cart", "change_quantity", "remove_from_cart", "refine_search", "why_offer"}
# They ask for help themselves, or give none.
_NO_HELP_AFTER = _SETTLING - {"deny", "not_now"} | {"compare_products", "ask_recommendation", "hurry", "goodbye"}
_INTRODUCING = frozenset({"greet", "ask_bot"})
REPEATS_TILL_HELP = 2


def take_turn(assistant: Assistant, request: Request, use_case: UseCase) -> Reply:
    """Run the use case in its place in the conversation.

    A sentence that plainly refuses the open offer and asks something else declines first. A question of the
    assistant's own stays open for one turn: a "yes" three turns later must not empty a cart.
    """
    request = heard(request)
    declined = None
    if _refuses_on_the_side(request):
        declined = assistant.desk.decline(request.turn)
    reply = _answered(assistant, request, use_case)
    if reply.memory.question is not None and reply.memory.question is request.memory.question:
        reply = replace(reply, memory=replace(reply.memory, question=None))
    if declined is not None and declined.outcome == "declined":
        words = "offer-declined-session" if declined.session_ended else "offer-declined"
        reply = reply.after(Message(assistant.say(request, words)))
        reply = replace(reply, settled=reply.settled or declined.offer, reason=reply.reason or "offer_declined")
    if request.repeats >= REPEATS_TILL_HELP and reply.decision != "pitch" and request.text:
        help_message = Message(assistant.say(request, "said-three-times"), (assistant.human_choice(request),))
        reply = replace(reply, messages=(*reply.messages, help_message))
    if request.turn.turn_index <= 1 and request.intent not in _INTRODUCING:
        reply = reply.after(introduction(assistant, request))
    return replace(reply, memory=replace(reply.memory, offer_open=_offer_at_hand(assistant, request, reply)))


def _answered(assistant: Assistant, request: Request, use_case: UseCase) -> Reply:
    """The answer of the use case that is meant; after it, help for somebody who cannot decide."""
    meant = _meant(assistant, request, use_case)
    reply = meant(assistant, request)
    helps = meant is not help_choosing and reply.decision != "pitch" and request.intent not in _NO_HELP_AFTER
    return with_help(assistant, request, reply) if helps and wants_help(request) else reply


def _meant(assistant: Assistant, request: Request, use_case: UseCase) -> UseCase:
    """The use case that the words mean, where they leave no doubt: one of the alternatives just offered, a plan to be
    dropped, a colour or a size, help with a choice. Else the one that was understood."""
    if names_alternative(assistant, request):
        return accepted
    if request.intent != "stop_offers" and drops_a_plan(assistant, request):
        return drop_plan
    if use_case is unclear and hesitates_at_offer(request):
        return wait
    if use_case is unclear and wants_help(request):
        return help_choosing
    terse = only_attributes(assistant, request.text) or (request.memory.last_query and takes_back(request.text))
    return refine if request.intent not in _NEVER_TERSE and terse else use_case


def _offer_at_hand(assistant: Assistant, request: Request, reply: Reply) -> bool:
    """Whether a bare "yes" can only mean the open offer: not once the talk has turned to other products."""
    if reply.decision == "pitch" or not request.memory.offer_open:
        return reply.decision == "pitch"
    offer = assistant.desk.open_offer(request.turn.conversation_id)
    if offer is None:
        return False
    moved_on = reply.memory.shown != request.memory.shown or (
        reply.memory.focus != request.memory.focus and reply.memory.focus not in offer.product_ids
    )
    return not moved_on


def _refuses_on_the_side(request: Request) -> bool:
    return request.intent not in _SETTLING and refuses_plainly(request.text)
