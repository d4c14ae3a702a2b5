"""Turns that were not understood: try the catalogue and the FAQ, then ask, then offer a person."""

from __future__ import annotations

from actions.conversation.assistant import Assistant
from actions.conversation.finding import search
from actions.conversation.model import Reply, Request
from actions.conversation.pending import answered_question
from actions.conversation.references import SURE, by_name
from actions.conversation.shop_questions import certain_answer, contact_text
from actions.speech.messages import ChoiceKind, Message

FAILURES_TILL_HUMAN = 2


def unclear(assistant: Assistant, request: Request) -> Reply:
    """A product or an answer where the text strongly names one; else one short question with three ways on."""
    answered = answered_question(assistant, request)
    if answered is not None:
        return answered
    if any(character.isalnum() for character in request.text):
        known = certain_answer(assistant, request)
        if known is not None:
            return known
        if by_name(assistant, request.text, request).score >= SURE:
            return search(assistant, request, request.text)
    failures = request.memory.failures + 1
    memory = request.remembering(failures=failures, question=None)
    if failures >= FAILURES_TILL_HUMAN:
        text = " ".join((assistant.say(request, "unclear-again"), contact_text(assistant, request)))
        return Reply((Message(text, (assistant.human_choice(request),)),), memory)
    message_id = "unclear" if any(character.isalnum() for character in request.text) else "unclear-no-words"
    choices = (
        assistant.choice(request, "choice-help", "ask_help"),
        assistant.choice(request, "choice-show-cart", "show_cart", ChoiceKind.SHOW),
        assistant.human_choice(request),
    )
    return assistant.reply(request, message_id, choices=choices, memory=memory)
