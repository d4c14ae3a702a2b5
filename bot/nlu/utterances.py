"""What a shopper wrote, made fit for understanding; what a button means, as if it had been understood."""

from __future__ import annotations

import re
from typing import Any, Dict, Mapping, Optional

FALLBACK_INTENT = "nlu_fallback"
# Nobody means anything that takes longer to say; what follows would only cost time.
LONGEST_TEXT = 2000

# Spaces and invisible characters that would hide a leading slash from the check below.
_LEADING = re.compile(r"^[\s\u200b-\u200f\u2060\ufeff]+")
_COMMAND = re.compile(r"^/+\s*\w")


def clean(text: str) -> str:
    """The text as it is understood: without surrounding space, cut to LONGEST_TEXT characters."""
    return _LEADING.sub("", text.replace("\x00", " ")).strip()[:LONGEST_TEXT]


def is_command(text: str) -> bool:
    """Whether a cleaned text looks like Rasa's "/intent{...}", which a shopper must never force."""
    return bool(_COMMAND.match(text))


def is_wordless(text: str) -> bool:
    """Whether a cleaned text has no letter and no figure: empty, or signs and emoji only."""
    return not any(character.isalnum() for character in text)


def without_slash(text: str) -> str:
    """A cleaned text that Rasa cannot take for a command."""
    return text.lstrip("/").lstrip()


def understood(
    text: str,
    intent: str,
    entities: Optional[Mapping[str, str]] = None,
    metadata: Optional[Mapping[str, Any]] = None,
) -> Dict[str, Any]:
    """Parse data with one certain intent, in the form that Rasa's pipeline gives."""
    certain = {"name": intent, "confidence": 1.0}
    return {
        "text": text,
        "intent": certain,
        "intent_ranking": [certain],
        "entities": [{"entity": name, "value": value} for name, value in (entities or {}).items()],
        "metadata": dict(metadata or {}),
    }
