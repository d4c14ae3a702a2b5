"""A locale pack: every word that the assistant says, from one Fluent file, with money as the locale writes it.

A message of the file may hold several wordings (its value, then its attributes): what a shopper would hear
too often is varied by the number of the turn, never by chance, so that a conversation can be replayed.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from babel.numbers import format_currency
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from actions.settings import REPOSITORY
from catalog.domain.errors import PairwellError
from catalog.domain.money import Money, decimals

LOCALES = REPOSITORY / "data" / "locales"
Value = str | int | float | Money


class SpeechError(PairwellError):
    """A message is missing from the locale pack, or was asked for without one of its values."""


def format_money(amount: Money, locale: str) -> str:
    """The amount as people of `locale` ("en-GB") write it: "£49.00"."""
    major = Decimal(amount.minor).scaleb(-decimals(amount.currency))
    return format_currency(major, amount.currency, locale=locale.replace("-", "_"))


class Pack:
    """The messages of one language. Read-only once made, so threads may share it."""

    def __init__(self, source: str, locale: str) -> None:
        """`source` is the text of a Fluent file, `locale` ("en-GB") decides how money and numbers look."""
        self.locale = locale
        resource = FluentResource(source)
        self.ids = frozenset(entry.id.name for entry in resource.body if isinstance(entry, ast.Message))
        self._bundle = FluentBundle([locale], use_isolating=False)
        self._bundle.add_resource(resource)

    def say(self, message_id: str, turn_index: int = 0, **values: Value) -> str:
        """The message with its values put in; the n-th turn hears its n-th wording.

        Raises SpeechError for an unknown message or a missing value.
        """
        if message_id not in self.ids:
            raise SpeechError(f"data/locales: there is no message {message_id!r}; add it to the pack")
        message = self._bundle.get_message(message_id)
        wordings = [pattern for pattern in (message.value, *message.attributes.values()) if pattern is not None]
        spoken = {
            name: format_money(value, self.locale) if isinstance(value, Money) else value
            for name, value in values.items()
        }
        text, errors = self._bundle.format_pattern(wordings[turn_index % len(wordings)], spoken)
        if errors:
            raise SpeechError(f"data/locales: message {message_id!r}: {errors[0]}; give it that value")
        return str(text)


def load_pack(locale: str, folder: Path = LOCALES) -> Pack:
    """The pack of the locale's language ("en" of "en-GB"). Raises SpeechError when there is none."""
    language = locale.replace("_", "-").split("-")[0].lower()
    path = folder / f"{language}.ftl"
    if not path.is_file():
        raise SpeechError(f"there is no locale pack {path.name}; languages: {', '.join(languages(folder))}")
    return Pack(path.read_text(encoding="utf-8"), locale)


def languages(folder: Path = LOCALES) -> list[str]:
    """The languages that have a pack."""
    return sorted(path.stem for path in folder.glob("*.ftl"))
