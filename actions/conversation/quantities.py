"""How many: the quantity that a sentence asks for, in digits or in words."""

from __future__ import annotations

import re

MOST = 99
_WORDS = {
    word: number
    for number, words in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
    for word in (words,)
} | {"a": 1, "an": 1, "couple": 2, "pair": 2, "both": 2, "half a dozen": 6, "dozen": 12, "a dozen": 12, "another": 1}
# "a 2 person tent", "size 7", "3 tier", "under 80": numbers that count something else.
_NOT_A_COUNT = re.compile(
    r"\b(?:size|under|over|below|above|than|order|number|no|uk|eu|level|aero|mk|version)\s*[#.]?\s*\d+(?:[.,]\d+)?"
    r"|\b\d+(?:[.,]\d+)?\s*-?\s*(?:persons?|people|man|tier|cm|mm|m|kg|g|ml|l|litres?|liters?|w|watts?|inch|"
    r"pounds?|quid|gbp|eur|euros?|dollars?|seasons?|pack|pc|piece|pieces|burner)\b"
    r"|[£$€]\s*\d+(?:[.,]\d+)?|\d+[.,]\d+|#\s*\d+",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?<![\w-])(?:x\s*)?(\d{1,3})(?:\s*x)?(?![\w-])", re.IGNORECASE)
_COUNT_WORD = re.compile(
    r"\b(half a dozen|a dozen|dozen|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|couple|pair)\b"
)


def read_quantity(text: str) -> int | None:
    """A quantity written alone: "3", "three", "x2"; None when it is none. Never below 0, never above 99."""
    cleaned = text.strip().lower().removeprefix("x").removesuffix("x").strip()
    if cleaned.isdecimal():
        return min(int(cleaned), MOST)
    return _WORDS.get(cleaned)


def quantity_in(text: str, product_words: str = "") -> int | None:
    """The quantity in a sentence, leaving out numbers of the product's name and of its measures."""
    rest = _NOT_A_COUNT.sub(" ", text.lower())
    own_numbers = set(re.findall(r"\d+", product_words))
    for match in _COUNT.finditer(rest):
        if match[1] not in own_numbers:
            return min(int(match[1]), MOST)
    word = _COUNT_WORD.search(rest)
    if word and word[1] not in product_words.lower().split():
        return _WORDS[word[1]]
    return None
