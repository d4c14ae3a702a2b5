"""How the three processes are started, and the token and addresses between them."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path

import aiohttp

from actions.settings import REPOSITORY, Settings
from bot.gateway.rasa_client import answers_ok
from bot.supervisor.ports import ensure_free, free_port
from bot.supervisor.process import ProcessSpec

RASA_PYTHON = REPOSITORY / ".venv-rasa" / "bin" / "python"

# What a child may see of our own environment: the way to programmes, the user's home, the language.
# Secrets of other programmes stay outside.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "SSL_CERT_FILE", "SYSTEMROOT")


def with_internal_addresses(settings: Settings) -> Settings:
    """The settings with ports and a token for the inside, where none were given.

    Raises SupervisorError when a port that was asked for is taken.
    """
    for port, name in ((settings.rasa_port, "PAIRWELL_RASA_PORT"), (settings.actions_port, "PAIRWELL_ACTIONS_PORT")):
        if port:
            ensure_free("127.0.0.1", port, name)
    return replace(
        settings,
        rasa_port=settings.rasa_port or free_port(),
        actions_port=settings.actions_port or free_port(),
        internal_token=settings.internal_token or secrets.token_urlsafe(32),
    )


def child_environment(
    settings: Settings, inherited: Mapping[str, str], extra: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The environment of a child process: the settings, and little else of the `inherited` one."""
    return {
        **{name: inherited[name] for name in _PASSED_ON if name in inherited},
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONUNBUFFERED": "1",
        # Each process runs one thing at a time; more threads only make them hinder one another.
        "OMP_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
        **settings.environment(),
        **(extra or {}),
    }


def _answers(address: str, token: str = "") -> Callable[[], Awaitable[bool]]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def is_ready() -> bool:
        async with aiohttp.ClientSession(headers=headers) as http:
            return await answers_ok(http, address)

    return is_ready


def rasa_spec(settings: Settings, inherited: Mapping[str, str], model: Path, encoder: Path) -> ProcessSpec:
    """The Rasa server, in its own environment."""
    return ProcessSpec(
        name="rasa",
        command=(
            str(RASA_PYTHON),
            "-m",
            "bot.nlu.server",
            "--port",
            str(settings.rasa_port),
            "--model",
            str(model),
        ),
        is_ready=_answers(f"{settings.rasa_url}/webhooks/pairwell/ready", settings.internal_token),
        folder=REPOSITORY,
        environment=child_environment(
            settings,
            inherited,
            {
                "PAIRWELL_ACTIONS_URL": settings.actions_url,
                "PAIRWELL_TRACKER_DB": str(settings.tracker),
                "PAIRWELL_ENCODER": str(encoder),
            },
        ),
        ready_within=120,
    )


def actions_spec(settings: Settings, inherited: Mapping[str, str]) -> ProcessSpec:
    """The action server."""
    return ProcessSpec(
        name="actions",
        command=(sys.executable, "-m", "actions.server"),
        is_ready=_answers(f"{settings.actions_url}/health"),
        folder=REPOSITORY,
        environment=child_environment(settings, inherited),
        ready_within=90,
    )


def gateway_spec(settings: Settings, inherited: Mapping[str, str]) -> ProcessSpec:
    """The gateway."""
    return ProcessSpec(
        name="gateway",
        command=(sys.executable, "-m", "bot.gateway"),
        is_ready=_answers(f"{settings.address}/healthz"),
        folder=REPOSITORY,
        environment=child_environment(settings, inherited),
        ready_within=60,
    )
