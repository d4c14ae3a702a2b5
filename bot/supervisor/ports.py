"""Ports: finding free ones, and saying early that one is taken."""

from __future__ import annotations

import socket
from contextlib import closing

from bot.supervisor.errors import SupervisorError


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ensure_free(host: str, port: int, setting: str) -> None:
    """Raise SupervisorError when `port` cannot be listened on; `setting` is what to change then."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        # As the servers do: a port that was closed a moment ago counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SupervisorError(
                f"{setting}: cannot listen on {host}:{port} ({error.strerror}); "
                f"stop what uses it, or set {setting} to another"
            ) from None
