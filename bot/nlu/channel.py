"""The gateway's way into Rasa: one request is one turn, answered with what the action said.

POST turn   {"sender", "text"} or {"sender", "intent", "entities": {…}}, and "metadata": {…}
            → 200 {"results": [custom payloads]}; 400 malformed, 401 wrong token, 503 no model yet
GET  ready  → 200 when a model is loaded, else 503

A free text never forces an intent, however it begins; an intent comes only in its own field, from the gateway.
"""

from __future__ import annotations

import hmac
import logging
from typing import Any, Awaitable, Callable, Dict, Mapping, Optional

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.nlu.guard import judge_unparsed
from bot.nlu.utterances import clean, understood, without_slash

logger = logging.getLogger(__name__)


class Malformed(ValueError):
    """A turn that breaks the protocol; the text names the field and the mend."""


class PairwellInput(InputChannel):
    """The input channel `pairwell` (see the module's text)."""

    def __init__(self, token: str) -> None:
        if not token:
            raise ValueError("credentials.yml: token is empty; set PAIRWELL_INTERNAL_TOKEN")
        self._authorization = f"Bearer {token}".encode()

    @classmethod
    def name(cls) -> str:
        """The channel's name and the path it is served under."""
        return "pairwell"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> InputChannel:
        """From the channel's entry in credentials.yml."""
        return cls(str((credentials or {}).get("token") or ""))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of this channel."""
        routes = Blueprint("pairwell", "pairwell")

        @routes.middleware("request")
        async def only_with_token(request: Request) -> Optional[HTTPResponse]:
            given = request.headers.get("authorization", "").encode()
            if hmac.compare_digest(given, self._authorization):
                return None
            return response.json({"error": "wrong or missing token"}, status=401)

        @routes.route("/ready", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            loaded = _has_model(request)
            return response.json({"ready": loaded}, status=200 if loaded else 503)

        @routes.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            if not _has_model(request):
                return response.json({"error": "no model is loaded yet"}, status=503)
            output = CollectingOutputChannel()
            try:
                message = read_turn(_body(request), output)
            except Malformed as error:
                return response.json({"error": str(error)}, status=400)
            try:
                await on_new_message(message)
            except Exception:
                logger.exception("the turn of conversation %s failed", message.sender_id)
                return response.json({"error": "the turn failed; Rasa's log has the reason"}, status=500)
            return response.json({"results": [sent["custom"] for sent in output.messages if "custom" in sent]})

        return routes


def read_turn(body: Any, output: CollectingOutputChannel) -> UserMessage:
    """The message that a request's body stands for. Raises Malformed, naming the field."""
    if not isinstance(body, Mapping):
        raise Malformed("the body must be a JSON object")
    sender, metadata = body.get("sender"), body.get("metadata", {})
    if not isinstance(sender, str) or not 0 < len(sender) <= 255:
        raise Malformed("sender: a text of 1 to 255 characters, the conversation's id")
    if not isinstance(metadata, Mapping):
        raise Malformed("metadata: a JSON object")
    if ("text" in body) == ("intent" in body):
        raise Malformed("send either text or intent, not both and not neither")
    if "text" in body:
        text, parse_data = _read_text(body["text"], metadata)
    else:
        text, parse_data = _read_intent(body, metadata)
    return UserMessage(
        text,
        output,
        sender,
        parse_data=parse_data,
        input_channel=str(metadata.get("channel") or "pairwell"),
        message_id=metadata.get("turn_id"),
        metadata=dict(metadata),
    )


def _read_text(text: Any, metadata: Mapping[str, Any]) -> Any:
    if not isinstance(text, str):
        raise Malformed("text: a text")
    cleaned = clean(text)
    intent = judge_unparsed(cleaned, bool(metadata.get("offer_open")))
    if intent is not None:
        return without_slash(cleaned), understood(cleaned, intent, metadata=metadata)
    return without_slash(cleaned), None


def _read_intent(body: Mapping[str, Any], metadata: Mapping[str, Any]) -> Any:
    intent, entities = body["intent"], body.get("entities", {})
    if not isinstance(intent, str) or not intent.isidentifier():
        raise Malformed("intent: the name of an intent")
    if not isinstance(entities, Mapping) or not all(isinstance(value, str) for value in entities.values()):
        raise Malformed("entities: a JSON object of texts")
    return "", understood("", intent, entities, metadata)


def _body(request: Request) -> Any:
    try:
        return request.json
    except Exception as error:
        raise Malformed("the body is no JSON") from error


def _has_model(request: Request) -> bool:
    agent = getattr(request.app.ctx, "agent", None)
    return agent is not None and agent.is_ready()
