"""An action server that answers each action with what it was asked, for tests of the Rasa side alone."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast


class FakeActionServer(ThreadingHTTPServer):
    """Listens on a free loopback port. It sets the slot `last_query` to the first text of a conversation."""

    def __init__(self, token: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.token = token


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != f"/webhook?token={cast(FakeActionServer, self.server).token}":
            self._answer(403, {"error": "wrong token"})
            return
        call = json.loads(content)
        tracker = call["tracker"]
        events = []
        if not tracker["slots"]["last_query"]:
            events.append({"event": "slot", "name": "last_query", "value": tracker["latest_message"]["text"][:80]})
        echo = {
            "action": call["next_action"],
            "latest": tracker["latest_message"],
            "slots": tracker["slots"],
            "posted_bytes": len(content),
            "messages": [],
        }
        self._answer(200, {"events": events, "responses": [{"custom": {"pairwell": echo}}]})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""
