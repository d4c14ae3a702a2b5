"""Help for somebody who cannot decide: before any deal, a comparison or a recommendation."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation.assistant import Assistant
from actions.conversation.model import Reply, Request
from actions.conversation.offer_buttons import offer_choices
from actions.conversation.signals import hesitates
from actions.speech.messages import Message


def wants_help(request: Request) -> bool:
    """Whether the turn hesitates between things that were shown, and no help was given yet. Who answers a question of
    ours, or is asked about an offer, is not interrupted."""
    memory = request.memory
    if memory.mood != "undecided" or memory.helped or not hesitates(request.text):
        return False
    return len(memory.shown) > 1 and memory.question is None and not memory.offer_open


def help_choosing(assistant: Assistant, request: Request) -> Reply:
    """The ways of being helped, as buttons."""
    return Reply((_help(assistant, request),), request.remembering(failures=0))


def hesitates_at_offer(request: Request) -> bool:
    """Whether the turn hesitates at an open offer: unclear is no, and nothing is to be done."""
    return request.memory.offer_open and request.memory.question is None and hesitates(request.text)


def wait(assistant: Assistant, request: Request) -> Reply:
    """Nothing happens without a yes; the answers stand there once more, where the offer still awaits one."""
    offer = assistant.desk.open_offer(request.turn.conversation_id)
    choices = offer_choices(assistant, request, offer) if offer is not None else ()
    text = assistant.say(request, "offer-take-your-time")
    message = Message(text, choices, offer_id=offer.id if offer is not None else "")
    return Reply((message,), request.remembering(failures=0))


def with_help(assistant: Assistant, request: Request, reply: Reply) -> Reply:
    """The reply with the ways of being helped after it."""
    return replace(reply, messages=(*reply.messages, _help(assistant, request)))


def _help(assistant: Assistant, request: Request) -> Message:
    choices = (
        assistant.choice(request, "choice-compare", "compare_products"),
        assistant.choice(request, "choice-recommend", "ask_recommendation"),
    )
    return Message(assistant.say(request, "help-choosing"), choices)
