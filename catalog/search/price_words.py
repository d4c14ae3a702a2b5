"""Prices in a shopper's words: "under 80", "between 20 and 30 quid", "60-ish", "£50 or less"."""

from __future__ import annotations

import re
from collections.abc import Callable

from catalog.domain.money import Money, decimals
from catalog.search.measures import UNIT_PATTERN

Limits = tuple[Money | None, Money | None]

_SIGN = r"(?:£|\$|€|gbp|usd|eur)\s*"
_WORD = r"\s*(?:quid|pounds?|gbp|euros?|eur|dollars?|usd|bucks?|£|€)(?!\w)"
_NUMBER = r"\d{1,6}(?:[.,]\d{1,2})?"
# "under 2 kg" and "over 60 litres" are no prices.
_NO_UNIT = rf"(?![\d.,]*\d)(?!\s*-?\s*(?:{UNIT_PATTERN}|%|x|hours?|days?|weeks?|years?)\b)"
_AMOUNT = rf"(?:{_SIGN})?({_NUMBER}){_NO_UNIT}(?:{_WORD})?"
_SURE = rf"(?:{_SIGN}({_NUMBER}){_NO_UNIT}(?:{_WORD})?|({_NUMBER}){_WORD})"
_MOST = (
    r"(?:under|below|beneath|less than|cheaper than|lower than|up to|max(?:imum)?(?: of)?|"
    r"(?:no|not) more than|not over|at most|within|budget(?: is| of)?|(?:got|have) (?:about )?|to spend|<=?)"
)
_LEAST = r"(?:over|above|more than|at least|min(?:imum)?(?: of)?|starting (?:at|from)|upwards of|dearer than|>=?)"

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\b(?:between|from)\s+{_AMOUNT}\s*(?:and|to|-|–)\s*{_AMOUNT}"), "between"),
    (re.compile(rf"{_SIGN}({_NUMBER})\s*(?:-|–|to)\s*{_AMOUNT}"), "between"),
    (re.compile(rf"\b({_NUMBER})\s*(?:-|–|to)\s*({_NUMBER}){_WORD}"), "between"),
    (re.compile(rf"(?:\b|(?=<)){_MOST}\s*{_AMOUNT}(?:\s*(?:tops|max))?"), "most"),
    (re.compile(rf"{_AMOUNT}\s*(?:or|and)\s*(?:less|under|below|cheaper)\b"), "most"),
    (re.compile(rf"{_AMOUNT}\s*(?:tops|max(?:imum)?|at most|budget)\b"), "most"),
    (re.compile(rf"{_AMOUNT}\s*(?:or|and)\s*(?:more|over|up|above)\b"), "least"),
    (re.compile(rf"(?:\b|(?=>)){_LEAST}\s*{_AMOUNT}"), "least"),
    (re.compile(rf"{_AMOUNT}\s*-?\s*ish\b"), "about"),
    (re.compile(rf"\b(?:around|about|roughly|approx(?:imately)?|circa|near)\s*{_SURE}"), "about"),
    (
        re.compile(rf"\b(?:around|about|roughly|approx(?:imately)?|circa)\s+({_NUMBER}){_NO_UNIT}(?=\s*(?:$|[,.!?]))"),
        "about",
    ),
    (re.compile(rf"\bfor\s+{_SURE}"), "most"),
    (re.compile(_SURE), "about"),
)


def take_prices(text: str, currency: str) -> tuple[str, Limits]:
    """Cut what is said about price out of a lower-case text: (the rest, (lowest, highest)), limits included.

    "About 60" means 15 % to either side. Later statements never overrule earlier ones.
    """
    for pattern, meaning in _PATTERNS:
        match = pattern.search(text)
        if match is None:
            continue
        amounts = [_money(group, currency) for group in match.groups() if group]
        return f"{text[: match.start()]} {text[match.end() :]}", _MEANINGS[meaning](amounts)
    return text, (None, None)


def _money(text: str, currency: str) -> Money:
    whole, _, part = text.replace(",", ".").partition(".")
    places = decimals(currency)
    return Money(int(whole) * 10**places + int((part[:places]).ljust(places, "0") or 0), currency)


_MEANINGS: dict[str, Callable[[list[Money]], Limits]] = {
    "between": lambda amounts: (min(amounts), max(amounts)),
    "most": lambda amounts: (None, amounts[0]),
    "least": lambda amounts: (amounts[0], None),
    "about": lambda amounts: (amounts[0].share(85, 100), amounts[0].share(115, 100)),
}
