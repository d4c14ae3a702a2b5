"""Between people: greeting, thanks, what the assistant is, complaints, a human, haste, languages."""

from __future__ import annotations

from actions.conversation.assistant import Assistant
from actions.conversation.model import Memory, Reply, Request
from actions.conversation.shop_questions import contact_text
from actions.conversation.suggesting import after_order, fresh_order
from actions.speech.messages import Choice, ChoiceKind, Message


def greet(assistant: Assistant, request: Request) -> Reply:
    """Say hello; at first contact also what one talks to (promise `open-identity`)."""
    first = request.turn.turn_index <= 1
    message_id = "hello-first" if first else "hello-again"
    choices = [] if not first else [assistant.choice(request, "choice-help", "ask_help")]
    return assistant.reply(request, message_id, shop=assistant.config.name, choices=choices, memory=_heard(request))


def introduction(assistant: Assistant, request: Request) -> Message:
    """The sentence that opens a conversation which does not begin with a greeting."""
    return Message(assistant.say(request, "introduction", shop=assistant.config.name))


def goodbye(assistant: Assistant, request: Request) -> Reply:
    """Say goodbye; a filled cart is mentioned, not pressed."""
    cart = assistant.shop.cart(request.turn.shopper_id, request.turn.now)
    reply = assistant.reply(request, "goodbye-cart" if cart.lines else "goodbye", memory=_heard(request))
    return after_order(assistant, request, reply, fresh_order(assistant, request))


def thanks(assistant: Assistant, request: Request) -> Reply:
    """You're welcome; soon after an order, perhaps with what goes with it."""
    reply = assistant.reply(request, "welcome", memory=_heard(request))
    return after_order(assistant, request, reply, fresh_order(assistant, request))


def smalltalk(assistant: Assistant, request: Request) -> Reply:
    """A friendly word, and back to what it can do."""
    return assistant.reply(request, "smalltalk", shop=assistant.config.name, memory=_heard(request))


def ask_bot(assistant: Assistant, request: Request) -> Reply:
    """Yes, a bot; a person is one phrase away."""
    choices = [assistant.human_choice(request)]
    return assistant.reply(request, "i-am-a-bot", shop=assistant.config.name, choices=choices, memory=_heard(request))


def ask_help(assistant: Assistant, request: Request) -> Reply:
    """What it can do."""
    choices = [
        assistant.choice(request, "choice-show-cart", "show_cart", ChoiceKind.SHOW),
        assistant.human_choice(request),
    ]
    return assistant.reply(request, "what-i-can-do", choices=choices, memory=_heard(request))


def complaint(assistant: Assistant, request: Request) -> Reply:
    """Acknowledge, offer a person, suggest nothing (promise `read-the-room`)."""
    held = assistant.desk.hold_back(request.turn, "complaint")
    text = " ".join((assistant.say(request, "complaint"), contact_text(assistant, request)))
    memory = request.remembering(mood="upset", failures=0)
    return Reply((Message(text, (assistant.human_choice(request),)),), memory).decided(held)


def human(assistant: Assistant, request: Request) -> Reply:
    """Hand over, with the ways to reach a person."""
    held = assistant.desk.hold_back(request.turn, "handover")
    text = " ".join((assistant.say(request, "handover"), contact_text(assistant, request)))
    return Reply((Message(text),), _heard(request), handover=True).decided(held)


def hurry(assistant: Assistant, request: Request) -> Reply:
    """Be brief from now on and suggest nothing."""
    held = assistant.desk.hold_back(request.turn, "hurried")
    memory = request.remembering(mood=request.memory.mood if request.memory.mood == "upset" else "hurried")
    cart = assistant.shop.cart(request.turn.shopper_id, request.turn.now)
    choices: list[Choice] = []
    if cart.lines:
        choices = [assistant.choice(request, "choice-checkout", "checkout", ChoiceKind.CHECKOUT)]
    return assistant.reply(request, "hurried", choices=choices, memory=memory).decided(held)


def change_language(assistant: Assistant, request: Request) -> Reply:
    """Only the languages that are there, said honestly."""
    return assistant.reply(request, "only-english", choices=[assistant.human_choice(request)], memory=_heard(request))


def _heard(request: Request) -> Memory:
    """The memory after a turn that was understood."""
    return request.remembering(failures=0)
