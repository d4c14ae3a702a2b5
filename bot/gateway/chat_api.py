"""The chat API of contracts.md: session, messages, page. (Events stand in event_stream.py.)"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from aiohttp import web

from actions.speech.messages import ChoiceKind
from actions.store.conversations import Conversation, StoredInbound, UnknownConversation
from bot.channels.widget import ALWAYS_LIVE, BadInbound, Inbound, decode_message, parse_object
from bot.gateway.errors import ApiError
from bot.gateway.events import STORED, conversation_topic
from bot.gateway.limits import RateLimiter
from bot.gateway.services import SERVICES, Services
from bot.gateway.sessions import (
    COOKIE_LIFETIME,
    RENEWABLE_FOR,
    SHOPPER_COOKIE,
    ChatSession,
    NotAuthorised,
    new_shopper_id,
)

# How long a button may be tapped after it was shown.
CHOICE_LIFETIME = timedelta(days=30)


def _limited(limiter: RateLimiter, key: str) -> None:
    wait = limiter.wait_seconds(key)
    if wait:
        seconds = str(int(wait) + 1)
        raise ApiError(
            429, "too_many_requests", f"too fast; try again in {seconds} s", headers={"Retry-After": seconds}
        )


def bearer_token(request: web.Request) -> str:
    """The token of the Authorization header; empty where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def authorised(request: web.Request, token: str) -> ChatSession:
    """The session of a token, or a 401."""
    services = request.app[SERVICES]
    if not token:
        raise ApiError(401, "token_missing", "send the session's token as Authorization: Bearer …")
    try:
        return services.signer.read_chat_token(token, services.clock.now())
    except NotAuthorised as refusal:
        raise ApiError(401, refusal.code, str(refusal)) from None


def set_shopper_cookie(request: web.Request, response: web.StreamResponse, shopper_id: str) -> None:
    """Give the browser its shopper, for page and chat alike."""
    services = request.app[SERVICES]
    response.set_cookie(
        SHOPPER_COOKIE,
        services.signer.shopper_cookie(shopper_id, services.clock.now()),
        max_age=int(COOKIE_LIFETIME.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=request.secure,
        path="/",
    )


def shopper_of_cookie(request: web.Request) -> str | None:
    """The shopper whom the cookie names, when it is ours."""
    services = request.app[SERVICES]
    value = request.cookies.get(SHOPPER_COOKIE, "")
    return services.signer.read_shopper_cookie(value, services.clock.now()) if value else None


async def _body(request: web.Request) -> dict[str, Any]:
    body = await request.read()
    try:
        return parse_object(body) if body.strip() else {}
    except BadInbound as fault:
        raise ApiError(400, fault.code, str(fault), fault.field) from None


class ChatApi:
    """The handlers, with the rate limits that they share."""

    def __init__(self, services: Services) -> None:
        self._messages = RateLimiter(services.config.message_rate)
        self._sessions = RateLimiter(services.config.session_rate)

    def routes(self) -> list[web.RouteDef]:
        """Where they are."""
        return [
            web.post("/api/chat/session", self.session),
            web.post("/api/chat/messages", self.messages),
            web.post("/api/chat/page", self.page),
        ]

    async def session(self, request: web.Request) -> web.Response:
        """Begin a chat, or go on with the one of an old token that this browser's shopper holds."""
        services = request.app[SERVICES]
        _limited(self._sessions, request.remote or "")
        wishes = await _body(request)
        channel = wishes.get("channel", "widget")
        if channel not in services.config.session_channels:
            raise ApiError(422, "bad_channel", "channel: this one does not begin chats here", "channel")
        locale = await self._locale(services, wishes.get("locale"))
        cookie_shopper = shopper_of_cookie(request)
        conversation = await self._renewed(services, bearer_token(request), cookie_shopper)
        resumed = conversation is not None
        if conversation is None:
            shopper = cookie_shopper or new_shopper_id()
            conversation = await services.log.open(shopper, channel, locale, services.clock.now())
        token, expires_at = services.signer.chat_token(conversation.id, conversation.shopper_id, services.clock.now())
        response = web.json_response(
            {
                "token": token,
                "conversation_id": conversation.id,
                "expires_at": expires_at.isoformat(),
                "resumed": resumed,
                "locale": conversation.locale,
            }
        )
        set_shopper_cookie(request, response, conversation.shopper_id)
        return response

    @staticmethod
    async def _renewed(services: Services, token: str, cookie_shopper: str | None) -> Conversation | None:
        """The old token's conversation, where it is still there and the browser has not another shopper now."""
        if not token:
            return None
        try:
            old = services.signer.read_chat_token(token, services.clock.now(), grace=RENEWABLE_FOR)
        except NotAuthorised:
            return None
        if cookie_shopper is not None and cookie_shopper != old.shopper_id:
            return None
        return await services.log.conversation(old.conversation_id)

    @staticmethod
    async def _locale(services: Services, wish: object) -> str:
        """The shop's own locale, unless the shopper wishes for another of the shop's languages."""
        config = (await services.shelf()).config
        if wish is None:
            return config.locale
        if not isinstance(wish, str) or not 2 <= len(wish) <= 20:
            raise ApiError(422, "bad_locale", "locale: a language tag such as en or en-GB", "locale")
        language = wish.replace("_", "-").split("-")[0].lower()
        if language == config.locale.split("-")[0].lower() or language not in config.languages:
            return config.locale
        return language

    async def messages(self, request: web.Request) -> web.Response:
        """Take a message up: stored first, acknowledged then, answered through the events."""
        services = request.app[SERVICES]
        session = authorised(request, bearer_token(request))
        _limited(self._messages, session.conversation_id)
        try:
            inbound = decode_message(await request.read())
        except BadInbound as fault:
            status = 400 if fault.field is None else 422
            raise ApiError(status, fault.code, str(fault), fault.field) from None
        try:
            stored = await self._store(services, session.conversation_id, inbound)
        except UnknownConversation:
            raise ApiError(401, "conversation_gone", "this conversation was deleted; begin a new one") from None
        if stored.is_new:
            services.bus.publish(conversation_topic(session.conversation_id), STORED)
        # Also for a repeated one: if the first never got answered, this is its second chance.
        services.inbox.wake(session.conversation_id)
        return web.json_response(
            {"id": inbound.id, "event_id": stored.message_id, "duplicate": not stored.is_new}, status=202
        )

    @staticmethod
    async def _store(services: Services, conversation_id: str, inbound: Inbound) -> StoredInbound:
        now = services.clock.now()
        if inbound.text:
            return await services.log.store_text(conversation_id, inbound.id, inbound.text, now)
        found = await services.log.choice(conversation_id, inbound.choice)
        if found is None:
            raise ApiError(404, "unknown_choice", "no such choice was shown in this conversation", "choice")
        choice, shown_at = found
        if not choice.get("intent"):
            raise ApiError(422, "choice_is_a_link", "this choice is a link; open its url", "choice")
        if now - shown_at > CHOICE_LIFETIME and ChoiceKind(choice["kind"]) not in ALWAYS_LIVE:
            raise ApiError(409, "choice_expired", "this choice is too old; ask again", "choice")
        return await services.log.store_choice(conversation_id, inbound.id, choice, now)

    async def page(self, request: web.Request) -> web.Response:
        """Note which page the shopper looks at; a product's page puts that product in view."""
        services = request.app[SERVICES]
        session = authorised(request, bearer_token(request))
        _limited(self._messages, f"page:{session.conversation_id}")
        fields = await _body(request)
        product_id, path = fields.get("product_id"), fields.get("path")
        if (product_id is None) == (path is None):
            raise ApiError(422, "product_id_or_path", "give either product_id or path", "product_id")
        if product_id is not None:
            if not isinstance(product_id, str) or product_id not in (await services.shelf()).by_id:
                raise ApiError(404, "unknown_product", "product_id: the shop has no such product", "product_id")
        elif not isinstance(path, str) or not path.startswith("/") or len(path) > 500:
            raise ApiError(422, "bad_path", "path: begins with / and has at most 500 signs", "path")
        try:
            await services.log.view_product(session.conversation_id, product_id or "")
        except UnknownConversation:
            raise ApiError(401, "conversation_gone", "this conversation was deleted; begin a new one") from None
        return web.json_response({"product_id": product_id or ""})
