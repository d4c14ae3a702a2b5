"""Who a request comes from: signed shopper cookies, chat tokens and form tokens.

Nothing is believed that the gateway did not sign. Each purpose signs with its own salt, so that one kind of
token never passes for another. Ages are counted by the gateway's clock, which is passed in as `now`.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

SHOPPER_COOKIE = "pairwell_shopper"
COOKIE_LIFETIME = timedelta(days=365)
TOKEN_LIFETIME = timedelta(hours=12)
# A chat that a shopper comes back to within this time goes on where it was.
RENEWABLE_FOR = timedelta(days=90)


class NotAuthorised(Exception):
    """The token is missing, forged, too old, or signed for something else. `code` is the API's error code."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class ChatSession:
    """What a chat token stands for."""

    conversation_id: str
    shopper_id: str
    expires_at: datetime


class Signer:
    """Signs and checks all that the gateway hands out. Needs the secret key only; keeps no state."""

    def __init__(self, secret_key: str) -> None:
        self._chat = URLSafeSerializer(secret_key, salt="pairwell-chat")
        self._cookie = URLSafeSerializer(secret_key, salt="pairwell-shopper")
        self._form = URLSafeSerializer(secret_key, salt="pairwell-form")

    def chat_token(self, conversation_id: str, shopper_id: str, now: datetime) -> tuple[str, datetime]:
        """A token for one conversation of one shopper, and when it runs out."""
        expires_at = now + TOKEN_LIFETIME
        fields = {"c": conversation_id, "s": shopper_id, "e": int(expires_at.timestamp())}
        return self._text(self._chat.dumps(fields)), expires_at

    def read_chat_token(self, token: str, now: datetime, grace: timedelta = timedelta(0)) -> ChatSession:
        """The session behind a token. `grace` is for renewal: how long ago it may have run out.

        Raises NotAuthorised.
        """
        fields = self._read(self._chat, token, {"c": str, "s": str, "e": int})
        expires_at = datetime.fromtimestamp(fields["e"], tz=now.tzinfo)
        if now > expires_at + grace:
            raise NotAuthorised("token_expired", "this chat session has run out; ask for a new one")
        return ChatSession(fields["c"], fields["s"], expires_at)

    def shopper_cookie(self, shopper_id: str, now: datetime) -> str:
        """The value of the cookie that makes page and chat share a shopper."""
        return self._text(self._cookie.dumps({"s": shopper_id, "e": int((now + COOKIE_LIFETIME).timestamp())}))

    def read_shopper_cookie(self, value: str, now: datetime) -> str | None:
        """The shopper of a cookie; None for a missing, forged or outdated one (a new shopper then)."""
        try:
            fields = self._read(self._cookie, value, {"s": str, "e": int})
        except NotAuthorised:
            return None
        return fields["s"] if now.timestamp() <= fields["e"] else None

    def form_token(self, shopper_id: str) -> str:
        """A token that a form of this shopper carries, against forged requests from other sites."""
        return self._text(self._form.dumps({"s": shopper_id}))

    def is_form_token(self, token: str, shopper_id: str) -> bool:
        """Whether a form came from a page that was made for this shopper."""
        return bool(shopper_id) and hmac.compare_digest(token.encode(), self.form_token(shopper_id).encode())

    @staticmethod
    def _text(signed: str | bytes) -> str:
        return signed if isinstance(signed, str) else signed.decode()

    @staticmethod
    def _read(serializer: URLSafeSerializer, token: str, shape: dict[str, type]) -> dict[str, Any]:
        try:
            fields = serializer.loads(token)
        except BadSignature:
            raise NotAuthorised("token_invalid", "this is not a token of ours; ask for a new session") from None
        if not isinstance(fields, dict) or any(not isinstance(fields.get(key), kind) for key, kind in shape.items()):
            raise NotAuthorised("token_invalid", "this token has another form; ask for a new session")
        return fields


def new_shopper_id() -> str:
    """An id that nobody can guess."""
    return f"s-{secrets.token_urlsafe(12)}"
