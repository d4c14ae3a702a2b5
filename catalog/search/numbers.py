"""Numbers as people write them: "1,299.00", "1.299,00", "1 1/2", "1.5k", "twenty five", "half a", "a dozen"."""

from __future__ import annotations

import re

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES: dict[str, float] = {
    **{word: value for value, word in enumerate((*_ONES, *_TEENS), start=1)},
    **{word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)},
    **{"a": 1, "an": 1, "half": 0.5, "quarter": 0.25, "dozen": 12},
}
_MULTIPLES = {"hundred": 100, "thousand": 1000, "grand": 1000}

FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3})+,\d+|\d+(?:[.,]\d+)?"
FRACTION = r"(?:\d{1,3}[\s-]{1,2})?\d{1,2}\s?/\s?\d{1,3}(?![\d/])"
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_ONES)}))?|{'|'.join((*_TEENS, *_ONES))})"
_SHARE = r"(?:half(?: an?)?|(?:a )?quarter(?: of)?(?: an?)?)"
WORDS = (
    rf"(?:(?:an?|{_SMALL}) (?:{'|'.join(_MULTIPLES)})(?: (?:and )?{_SMALL})?"
    rf"|{_SMALL} and a half|{_SMALL}|{_SHARE})"
)
# Longest readings first: "1 1/2" is no "1".
NUMBER = rf"(?:{FRACTION}|{FIGURE}|{WORDS})"
_WHOLE_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")


def figure(text: str) -> float:
    """A number in figures; of two kinds of signs in it the last one is the decimal sign.

    A comma before three figures parts thousands ("1,299"), any other comma decimals ("1,5").
    """
    comma, point = text.rfind(","), text.rfind(".")
    if comma > point >= 0:
        return float(text.replace(".", "").replace(",", "."))
    if comma >= 0 and (point >= 0 or _WHOLE_THOUSANDS.fullmatch(text)):
        return float(text.replace(",", ""))
    return float(text.replace(",", "."))


def number(text: str) -> float | None:
    """The value of anything that `NUMBER` matches, in lower case; None for a fraction of zero parts."""
    if "/" in text:
        return _fraction(text)
    if text[0].isdigit():
        return figure(text)
    return _spoken(text)


def _fraction(text: str) -> float | None:
    *whole, upper, lower = (int(part) for part in re.findall(r"\d+", text))
    return None if lower == 0 else sum(whole) + upper / lower


def _spoken(text: str) -> float:
    value = 0.0
    for word in re.findall(r"[a-z]+", text):
        if word in _MULTIPLES:
            value = max(value, 1.0) * _MULTIPLES[word]
        elif word in ("half", "quarter") or word not in ("a", "an"):
            value += _VALUES.get(word, 0.0)
        elif value == 0.0:
            value = 1.0 if re.match(rf"an? (?:{'|'.join(_MULTIPLES)})", text) else 0.0
    return value
