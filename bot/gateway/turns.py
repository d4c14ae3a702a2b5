"""One turn: a stored message goes to Rasa, what comes back is stored, and whoever watches is told.

When Rasa or the actions fail, the gateway says so in the bot's place: a shopper never waits for nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

import structlog

from actions.speech.messages import Message
from actions.turn import TurnContext, TurnResult
from bot.channels.widget import render_reply
from bot.gateway.clock import Clock
from bot.gateway.events import STORED, Event, EventBus, conversation_topic, shopper_topic
from bot.gateway.message_log import MessageLog, WaitingMessage
from bot.gateway.metrics import Metrics
from bot.gateway.rasa_client import RasaClient, RasaSilent, Utterance
from bot.gateway.wording import Wording

logger = structlog.get_logger(__name__)


class TurnPlayer:
    """Answers waiting messages, one at a time per conversation (the inbox sees to that)."""

    def __init__(
        self,
        log: MessageLog,
        rasa: RasaClient,
        bus: EventBus,
        clock: Clock,
        metrics: Metrics,
        wording: Wording,
        forget: Callable[[str], None],
    ) -> None:
        """`forget(conversation_id)` erases from Rasa's memory what a turn erased from the store: only after
        the turn can that be done, since Rasa writes its memory at the turn's end."""
        self._log, self._rasa, self._bus, self._clock = log, rasa, bus, clock
        self._metrics, self._wording, self._forget = metrics, wording, forget

    async def play_next(self, conversation_id: str) -> bool:
        """Answer the oldest waiting message. False when none waits. Raises what the database raises."""
        waiting = await self._log.next_waiting(conversation_id)
        if waiting is None:
            return False
        topic = conversation_topic(conversation_id)
        self._bus.publish(topic, Event("typing", {"active": True}))
        try:
            await self._answer(waiting)
        finally:
            self._bus.publish(topic, Event("typing", {"active": False}))
        return True

    async def _answer(self, waiting: WaitingMessage) -> None:
        began = time.monotonic()
        failure = ""
        try:
            result = await self._rasa.turn(_utterance(waiting), await self._metadata(waiting))
        except RasaSilent as silence:
            failure = silence.reason
            logger.error("rasa_silent", reason=failure, detail=str(silence), turn_id=waiting.turn_id)
            result = self._apology(waiting)
        now = self._clock.now()
        stored = await self._log.store_result(waiting, result, failure, now)
        self._count(waiting, result, failure, time.monotonic() - began)
        if stored.erased:
            await asyncio.to_thread(self._forget, waiting.conversation.id)
        if stored.replies:
            self._bus.publish(conversation_topic(waiting.conversation.id), STORED)
        else:
            self._say_once(waiting, result, now)
        self._tell_cart(waiting, result)

    def _apology(self, waiting: WaitingMessage) -> TurnResult:
        text = self._wording.sorry(waiting.conversation.locale)
        return TurnResult(messages=(Message(text),), decision="none", reason="gateway_answered")

    async def _metadata(self, waiting: WaitingMessage) -> dict[str, object]:
        conversation = waiting.conversation
        turn = TurnContext(
            conversation_id=conversation.id,
            shopper_id=conversation.shopper_id,
            channel=conversation.channel,
            locale=conversation.locale,
            now=waiting.received_at,
            turn_id=waiting.turn_id,
            turn_index=waiting.turn_index,
            product_in_view=conversation.product_in_view,
        )
        offer_open = await self._log.has_open_offer(conversation, waiting.received_at)
        return {**turn.to_metadata(), "offer_open": offer_open}

    def _count(self, waiting: WaitingMessage, result: TurnResult, failure: str, seconds: float) -> None:
        answered_by = "gateway" if failure else "bot"
        self._metrics.turns.labels(waiting.conversation.channel, answered_by).inc()
        self._metrics.turn_seconds.observe(seconds)
        if failure:
            self._metrics.failures.labels(failure).inc()
        self._metrics.count_result(result)
        logger.info(
            "turn",
            turn_id=waiting.turn_id,
            conversation_id=waiting.conversation.id,
            intent=result.understood.get("intent", ""),
            decision=result.decision,
            reason=result.reason,
            failure=failure,
            ms=round(seconds * 1000),
        )

    def _say_once(self, waiting: WaitingMessage, result: TurnResult, now: datetime) -> None:
        """The answer to "forget me": the conversation is gone, so it is shown but kept nowhere."""
        topic = conversation_topic(waiting.conversation.id)
        for message in result.messages:
            text_only = Message(message.text)
            data = render_reply(text_only, (), waiting.conversation.locale, now.isoformat())
            self._bus.publish(topic, Event("message", data))

    def _tell_cart(self, waiting: WaitingMessage, result: TurnResult) -> None:
        if result.cart is not None:
            count = sum(line["quantity"] for line in result.cart["lines"])
            cart = {"count": count, "total": self._wording.money(result.cart["total"], result.cart["currency"])}
            self._bus.publish(shopper_topic(waiting.conversation.shopper_id), Event("cart", cart))


def _utterance(waiting: WaitingMessage) -> Utterance:
    if waiting.intent:
        return Utterance(waiting.conversation.id, intent=waiting.intent, entities=waiting.entities)
    return Utterance(waiting.conversation.id, text=waiting.text)
