"""What is known about a shopper, and forgetting it (promise `yours-to-delete`)."""

from __future__ import annotations

from actions.conversation.assistant import Assistant
from actions.conversation.model import OpenQuestion, Reply, Request


def what_is_known(assistant: Assistant, request: Request) -> Reply:
    """What is kept, counted by kind, and that it can be forgotten."""
    kept = assistant.personal_data.export(request.turn.shopper_id)
    counts = {name: len(rows) for name, rows in kept.items() if isinstance(rows, list)}
    return assistant.reply(
        request,
        "privacy-what",
        messages=counts.get("message", 0),
        orders=counts.get("orders", 0),
        offers=counts.get("offer", 0),
        choices=[assistant.choice(request, "choice-forget", "privacy_forget")],
        memory=request.remembering(failures=0),
    )


def ask_forget(assistant: Assistant, request: Request) -> Reply:
    """Ask once before everything is erased: it cannot be undone."""
    memory = request.remembering(question=OpenQuestion("forget_me", "privacy_forget"), failures=0)
    return assistant.reply(request, "privacy-confirm", choices=assistant.yes_no(request), memory=memory)
