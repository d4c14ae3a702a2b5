"""Errors of the chat API: one JSON form for all, `{"error": {"code", "message", "field"}}`."""

from __future__ import annotations

import json

from aiohttp import web


class ApiError(Exception):
    """A request that is refused. `code` is stable for programmes, the message is for people."""

    def __init__(
        self, status: int, code: str, message: str, field: str | None = None, headers: dict[str, str] | None = None
    ) -> None:
        self.status, self.code, self.message, self.field = status, code, message, field
        self.headers = headers or {}
        super().__init__(message)

    def response(self) -> web.Response:
        """The answer to send."""
        return error_response(self.status, self.code, self.message, self.field, self.headers)


def error_response(
    status: int, code: str, message: str, field: str | None = None, headers: dict[str, str] | None = None
) -> web.Response:
    """An error in the API's one form."""
    body = {"error": {"code": code, "message": message, "field": field}}
    return web.Response(
        status=status, text=json.dumps(body, ensure_ascii=False), content_type="application/json", headers=headers
    )
