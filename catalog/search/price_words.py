"""Prices in a shopper's words: "under 80", "between 20 and 30 quid", "60-ish", "a tenner", "1.5k", "€1.299,00"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from catalog.domain.money import Money, decimals
from catalog.search.measures import UNIT_PATTERN
from catalog.search.numbers import WORDS, number

Limits = tuple[Money | None, Money | None]

_DOLLARS = frozenset(("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD"))
_KRONEN = frozenset(("SEK", "NOK", "DKK", "ISK"))
# Written -> the currencies that it may mean. Slang ("bucks") is said of any money: it names none.
_CURRENCIES: dict[str, frozenset[str]] = {
    **dict.fromkeys(("£", "gbp", "pound", "pounds", "p", "pence"), frozenset(("GBP",))),
    **dict.fromkeys(("€", "eur", "euro", "euros"), frozenset(("EUR",))),
    **dict.fromkeys(("$", "dollar", "dollars", "cent", "cents"), _DOLLARS),
    **dict.fromkeys(("us$", "usd"), frozenset(("USD",))),
    **dict.fromkeys(("ca$", "c$", "cad"), frozenset(("CAD",))),
    **dict.fromkeys(("au$", "a$", "aud"), frozenset(("AUD",))),
    **dict.fromkeys(("¥", "yen", "jpy"), frozenset(("JPY", "CNY"))),
    **dict.fromkeys(("₹", "rupee", "rupees", "inr"), frozenset(("INR",))),
    **dict.fromkeys(("chf", "franc", "francs"), frozenset(("CHF",))),
    **dict.fromkeys(("zł", "zl", "pln", "zloty"), frozenset(("PLN",))),
    **dict.fromkeys(("kr", "kroner", "kronor"), _KRONEN),
    **{code.lower(): frozenset((code,)) for code in ("SEK", "NOK", "DKK", "NZD", "CNY", "CZK", "HUF")},
}
_SLANG = frozenset(("quid", "buck", "bucks"))
_HUNDREDTHS = frozenset(("p", "pence", "cent", "cents"))
_NOTES = {"fiver": 5, "tenner": 10, "grand": 1000}
# Of these a number may also be a weight where the shop sells in another money.
_ALSO_WEIGHT = frozenset(("pound", "pounds"))


def _either(words: object) -> str:
    return "|".join(sorted((re.escape(str(word)) for word in words), key=len, reverse=True))  # type: ignore[attr-defined]


_SIGN = rf"(?:{_either(word for word in _CURRENCIES if word not in _HUNDREDTHS and len(word) <= 3)})"
_WORD = rf"(?:{_either((*_CURRENCIES, *_SLANG))})"
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,3}(?: 000)+|\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?"
# "under 2 kg", "over 60 %" and "5th" are no prices.
_NO_UNIT = rf"(?![\d.,]*\d)(?!\s*-?\s*(?!in\b)(?:(?:{UNIT_PATTERN}|x|percent|days?|weeks?|months?|st|nd|rd|th)\b|%|'))"


def _amount(name: str, *, sure: bool = False) -> str:
    """A pattern for one amount whose groups end in `name`; `sure` where it must name a money."""
    figure = rf"(?P<figure_{name}>{_FIGURE}|{WORDS})(?P<thousands_{name}>k\b)?{_NO_UNIT}"
    before, after = rf"(?P<sign_{name}>{_SIGN})\s?", rf"\s?(?P<word_{name}>{_WORD})(?!\w)"
    notes = rf"an? (?P<note_{name}>fiver|tenner|grand)\b"
    if not sure:
        return rf"(?:{notes}|(?:{before})?{figure}(?:{after})?)"
    again = figure.replace(f"_{name}>", f"_{name}2>")
    # "Laptop 1.5k" is money, while "4k" is a screen, "5k" a run and "13.2k" inside a title the resistance of a pickup.
    last = rf"(?P<figure_{name}3>\d{{1,3}}[.,]\d)(?P<thousands_{name}3>k)(?=\s*(?:$|[,!?]))"
    return rf"(?:{notes}|{before}{figure}|{again}{after}|{last})"


_A, _B, _SURE = _amount("a"), _amount("b"), _amount("a", sure=True)
_TO = r"\s*(?:and|to|-)\s*"
_NOT_LESS = r"(?:no|not|nothing) (?:less than|under|below|cheaper than)"
_MOST = (
    r"(?:under|below|beneath|less than|cheaper than|lower than|up to|max(?:imum)?(?: of)?|(?:no|not|nothing|never) "
    r"(?:more than|over|above|dearer than)|at most|within|budget(?: is| of|:)?|spend(?:ing)?|"
    r"not a penny over|<=?)"
)
_LEAST = (
    r"(?:over|above|more than|at least|min(?:imum)?(?: of)?|starting (?:at|from)|upwards of|dearer than|"
    r">=?)"
)
_ABOUT = r"(?:around|about|roughly|approx(?:imately)?\.?|circa|near(?:ly)?|in the region of|~)"
Meaning = Literal["between", "most", "least", "about"]

_PATTERNS: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    (re.compile(rf"\b(?:spend|pay|around|about|budget(?: of| is)?)\s+{_A}{_TO}{_B}"), "between"),
    (re.compile(rf"\b(?:between|from|anywhere from)\s+{_A}{_TO}{_B}"), "between"),
    (re.compile(rf"{_amount('a', sure=True)}\s*(?:-|to)\s*{_B}"), "between"),
    (re.compile(rf"(?<![\w.,]){_A}\s*(?:-|to)\s*{_amount('b', sure=True)}"), "between"),
    (re.compile(rf"\b{_NOT_LESS}\s*{_A}"), "least"),
    (re.compile(rf"(?:\b|(?=<)){_MOST}\s*(?:the )?{_A}(?:\s*(?:tops|max))?"), "most"),
    (re.compile(rf"(?<![\w.,]){_A}\s*(?:or|and)\s*(?:less|under|below|cheaper)\b"), "most"),
    (re.compile(rf"(?<![\w.,]){_A}\s*(?:tops|max(?:imum)?|at most|at the most|budget|to spend)\b"), "most"),
    (re.compile(rf"(?<![\w.,]){_A}\s*(?:or|and)\s*(?:more|over|up|above)\b"), "least"),
    (re.compile(rf"(?:\b|(?=>)){_LEAST}\s*(?:the )?{_A}"), "least"),
    (re.compile(rf"\b(?:from|starting)\s+{_SURE}"), "least"),
    (re.compile(rf"(?<![\w.,]){_A}\s*-?\s*(?:ish\b|or so\b|or thereabouts\b)"), "about"),
    (re.compile(rf"(?:\b|(?=~)){_ABOUT}\s*(?:the )?{_SURE}(?: mark\b)?"), "about"),
    (re.compile(rf"(?:\b|(?=~)){_ABOUT}\s*(?:the )?{_A}(?: mark\b|(?=\s*(?:$|[,.!?])))"), "about"),
    (re.compile(rf"\b(?:for|(?:got|have)(?: about| only| around)?)\s+{_SURE}"), "most"),
    (re.compile(rf"(?<![\w.,]){_SURE}"), "about"),
)
_OF_AGE = re.compile(r"\b(?:kids?|child(?:ren)?|bab(?:y|ies)|toddlers?|boys?|girls?|age[ds]?|years?|teens?|size)\W+$")
_THINGS = re.compile(r"\s+(?!(?:plus|please|thanks|tops|less|pls)\b)[a-z]{2,}s\b")
_COUNTING = re.compile(r"\s*(?:up to|over|above|more than|at least|min|no more|not more)")
_GROWN_UP = 18
# Stands in place of what is read already: no word, no number, no space.
_READ = "\0"


@dataclass(frozen=True)
class PriceSaid:
    """What a stretch of text says about price. `other_currency` is what the shopper wrote ("$50") where that is
    another money than the shop's; then there are no limits."""

    low: Money | None
    high: Money | None
    start: int
    end: int
    other_currency: bool = False


def prices_in(text: str, currency: str) -> list[PriceSaid]:
    """All that a lower-case text says about price, in its order, for a shop that sells in `currency`.

    "About 60" means 15 % to either side. An amount that names another currency is not converted and sets no limit.
    """
    found: list[PriceSaid] = []
    for pattern, meaning in _PATTERNS:
        for match in pattern.finditer(text):
            said = _read(match, meaning, currency)
            if said is not None:
                found.append(said)
                text = text[: match.start()] + _READ * len(match[0]) + text[match.end() :]
    return sorted(found, key=lambda said: said.start)


def limits(found: list[PriceSaid]) -> Limits:
    """(lowest, highest) of all: the first that sets a bound counts for it."""
    lowest = next((said.low for said in found if said.low is not None), None)
    highest = next((said.high for said in found if said.high is not None), None)
    if lowest is not None and highest is not None and highest < lowest:
        return highest, lowest
    return lowest, highest


def _read(match: re.Match[str], meaning: Meaning, currency: str) -> PriceSaid | None:
    amounts = list(_amounts(match))
    named = frozenset().union(*(names for _, names in amounts)) if amounts else frozenset()
    if not amounts or (not _names_money(match) and _no_price_meant(match, meaning, amounts)):
        return None
    if named & _ALSO_WEIGHT and currency != "GBP":
        return None
    if named == {"p"} and meaning == "about":
        return None  # "EMG 35P" is a name
    if named & _HUNDREDTHS and any(value >= 1 for value, written in amounts if written & _HUNDREDTHS):
        return None  # "1080p" is a screen
    money = [_CURRENCIES[name] for name in sorted(named) if name in _CURRENCIES]
    if any(currency not in currencies for currencies in money):
        return PriceSaid(None, None, match.start(), match.end(), other_currency=True)
    low, high = _limits(meaning, [_money(value, currency) for value, _ in amounts])
    return PriceSaid(low, high, match.start(), match.end())


def _amounts(match: re.Match[str]) -> Iterator[tuple[Decimal, frozenset[str]]]:
    """(value, currencies as written) of each amount in the match."""
    groups = match.groupdict()
    for name in ("a", "b"):
        if groups.get(f"note_{name}"):
            yield Decimal(_NOTES[groups[f"note_{name}"]]), frozenset()
            continue
        ways = [way for way in (name, f"{name}2", f"{name}3") if groups.get(f"figure_{way}")]
        if not ways:
            continue
        written = frozenset(filter(None, (groups.get(f"sign_{name}"), groups.get(f"word_{name}"))))
        value = _value(groups[f"figure_{ways[0]}"]) * (1000 if groups.get(f"thousands_{ways[0]}") else 1)
        yield (value / 100 if written & _HUNDREDTHS else value), written


def _names_money(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    named = any(groups.get(f"{part}_{name}") for part in ("sign", "word", "note") for name in "ab")
    return named or bool(groups.get("thousands_a3") or groups.get("thousands_b3"))


def _no_price_meant(match: re.Match[str], meaning: Meaning, amounts: list[tuple[Decimal, frozenset[str]]]) -> bool:
    """Whether a bare number is an age ("kids under 5", "3 and up") or counts things ("up to 4 players")."""
    small = all(value <= _GROWN_UP for value, _ in amounts)
    if small and _OF_AGE.search(match.string, max(0, match.start() - 12), match.start()):
        return True
    if small and meaning == "least" and match[0][0].isdigit():
        return True
    counts = _COUNTING.match(match[0]) is not None or (small and meaning == "between")
    return counts and _THINGS.match(match.string, match.end()) is not None


def _value(text: str) -> Decimal:
    """Exact value of a figure; a lone sign before three figures parts thousands, since prices have two decimals."""
    if not text[0].isdigit():
        return Decimal(str(number(text)))
    text = text.replace(" ", "")
    last = max(text.rfind(","), text.rfind("."))
    if last >= 0 and len(text) - last - 1 != 3:
        return Decimal(re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :])
    return Decimal(re.sub(r"[.,]", "", text))


def _money(value: Decimal, currency: str) -> Money:
    return Money(int((value * 10 ** decimals(currency)).to_integral_value(ROUND_HALF_UP)), currency)


def _limits(meaning: Meaning, amounts: list[Money]) -> Limits:
    if meaning == "between" and len(amounts) == 2:
        return min(amounts), max(amounts)
    if meaning == "most":
        return None, amounts[0]
    if meaning == "least":
        return amounts[0], None
    return amounts[0].share(85, 100), amounts[0].share(115, 100)
