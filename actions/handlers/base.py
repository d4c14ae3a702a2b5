"""What every action shares: the tracker becomes a `Request`, the `Reply` becomes one custom message and slots.

An action never raises and never keeps silent: what goes wrong is logged, and an honest sentence is said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import TurnContext
from actions.conversation.assistant import Assistant
from actions.conversation.cart_words import changes
from actions.conversation.model import Memory, Reply, Request
from actions.conversation.signals import in_context
from actions.conversation.turns import UseCase, take_turn
from actions.speech.messages import Message
from actions.turn import TurnResult

# Rasa holds a conversation for as long as an action runs; the gateway waits 15 seconds.
TIME_LIMIT_SECONDS = 8.0
AssistantSource = Callable[[], Assistant]
log = structlog.get_logger("pairwell.actions")


class ShopAction(Action):  # type: ignore[misc]
    """An action that runs one use case. Subclasses name it; the server registers them one by one."""

    action: ClassVar[str]
    use_case: ClassVar[UseCase]

    def __init__(self, assistants: AssistantSource, time_limit: float = TIME_LIMIT_SECONDS) -> None:
        self._assistants = assistants
        self._time_limit = time_limit

    def name(self) -> str:
        """The name in domain.yml."""
        return self.action

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        """Answer the turn with exactly one `TurnResult`; blocking work is done in a thread."""
        try:
            work = asyncio.to_thread(answer, self._assistants, tracker, type(self).use_case)
            result, events = await asyncio.wait_for(work, self._time_limit)
        except Exception as error:
            log.exception("turn failed", action=self.action, conversation=tracker.sender_id, error=repr(error))
            result, events = apology(self._assistants, tracker), []
        dispatcher.utter_message(json_message=result.to_json())
        return events


def answer(assistants: AssistantSource, tracker: Tracker, use_case: UseCase) -> tuple[TurnResult, list[dict[str, Any]]]:
    """Run the use case; gives what to say and the slots that changed."""
    request = request_of(tracker)
    assistant = assistants().at(request.turn.now)
    reply = take_turn(assistant, request, use_case)
    return result_of(assistant, request, reply, understood(tracker)), slot_events(request.memory, reply.memory)


def request_of(tracker: Tracker) -> Request:
    """The turn that the tracker stands at."""
    message = tracker.latest_message
    memory = Memory.from_slots(tracker.slots)
    turn = in_context(TurnContext.from_metadata(message.get("metadata") or {}, message.get("text") or ""), memory)
    entities = tuple(
        (str(entity["entity"]), str(entity["value"])) for entity in message.get("entities") or () if "value" in entity
    )
    intent = message.get("intent") or {}
    return Request(
        turn=turn,
        memory=memory,
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        entities=entities,
        repeats=_repeats(tracker.events),
    )


def _repeats(events: list[dict[str, Any]]) -> int:
    """How often the words (or the button) of this turn came directly before it."""
    said = [_words_and_button(event) for event in events if event.get("event") == "user"]
    count = 0
    for earlier in reversed(said[:-1]):
        if earlier != said[-1]:
            break
        count += 1
    return count


def _words_and_button(event: dict[str, Any]) -> tuple[str, str, str]:
    parsed = event.get("parse_data") or {}
    values = [(entity.get("entity"), entity.get("value")) for entity in parsed.get("entities") or ()]
    return (event.get("text") or "").strip().casefold(), (parsed.get("intent") or {}).get("name") or "", str(values)


def understood(tracker: Tracker) -> dict[str, Any]:
    """What Rasa made of the message, for the record."""
    message = tracker.latest_message
    intent = message.get("intent") or {}
    return {
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "entities": [
            {"entity": entity.get("entity"), "value": entity.get("value")} for entity in message.get("entities") or ()
        ],
    }


def result_of(assistant: Assistant, request: Request, reply: Reply, parsed: dict[str, Any]) -> TurnResult:
    """The reply as it crosses to the gateway, with the cart as it now is."""
    cart, changed = reply.cart, []
    if cart is None or cart.notes:
        # A shop tells a change once, at the first look: here, where no use case has looked before.
        cart = assistant.shop.cart(request.turn.shopper_id, request.turn.now)
        changed = [Message(sentence) for sentence in changes(assistant, request, cart)]
    return TurnResult(
        messages=(*reply.messages, *changed),
        understood=parsed,
        offer=reply.settled.to_contract() if reply.settled else None,
        decision=reply.decision,
        reason=reply.reason,
        cart=cart.to_contract(),
        handover=reply.handover,
        locale=request.turn.locale,
    )


def slot_events(before: Memory, after: Memory) -> list[dict[str, Any]]:
    """One SlotSet for each slot whose value changed."""
    old, new = before.to_slots(), after.to_slots()
    return [SlotSet(name, value) for name, value in new.items() if value != old[name]]


def apology(assistants: AssistantSource, tracker: Tracker) -> TurnResult:
    """What is said when the turn failed: that it did, and that nothing was bought by it."""
    try:
        text = assistants().pack.say("turn-failed")
    except Exception:
        # Without the pack (or the shop) the gateway finds the words: an empty result is its signal.
        log.exception("no words for an apology", conversation=tracker.sender_id)
        return TurnResult(messages=(), understood=understood(tracker), reason="turn_failed")
    return TurnResult(messages=(Message(text),), understood=understood(tracker), reason="turn_failed")
