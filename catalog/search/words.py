"""Words as the search sees them: folded to lower case and singular, in any script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from catalog.search.word_lists import (
    COLOUR_WORDS,
    COLOURS,
    MATERIAL_WORDS,
    NUMBER_WORDS,
    PATTERN_WORDS,
    SIZE_LETTERS,
    SIZE_NAMES,
    SIZE_OR_COUNT_WORDS,
    STOP_WORDS,
)

__all__ = [
    "COLOURS", "COLOUR_WORDS", "MATERIAL_WORDS", "NUMBER_WORDS", "PATTERN_WORDS", "SIZE_LETTERS", "SIZE_NAMES",
    "SIZE_OR_COUNT_WORDS", "STOP_WORDS", "WORD", "colour_keys", "content_tokens", "fold", "key", "lowered",
    "plain_char", "plain_lower", "raw_words", "size_keys", "tokens",
]  # fmt: skip

# One letter before a hyphen belongs to what follows ("t-light"); an apostrophe belongs to its word ("men's").
_LATIN = r"(?:(?<![a-z0-9_])[a-z]-(?=[a-z]{2}))?[a-z]+(?:'[a-z]+)*"
_NUMBER = r"\d+(?:\.\d+)?"
# Vowel signs of Indic scripts and Thai are no letters to `re`, yet a word is nothing without them.
_OTHER = r"(?:[^\W\d_a-z]|[\u0900-\u0e7f])(?:[^\W\d_]|[\u0900-\u0e7f])*(?:'(?:[^\W\d_])+)*"
WORD = re.compile(rf"{_LATIN}(?:[^\W\d_a-z][^\W\d_]*)?|{_NUMBER}|{_OTHER}")
_ASCII_WORD = re.compile(rf"{_LATIN}|{_NUMBER}")
# Chinese, Japanese and Thai write no spaces: pairs of signs stand for their words.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{3,}")

_ALIKE = {
    "’": "'", "‘": "'", "´": "'", "′": "'", "″": '"', "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-",
    "‑": "-", "−": "-", "×": "x", "⁄": "/", "™": " ", "℠": " ", "№": " ", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o",
    "ł": "l", "đ": "d", "ı": "i", "ى": "ي", "ٱ": "ا", "ة": "ه", "\u0640": "", "\u0964": " ", "\u0965": " ",
}  # fmt: skip
# Accents of Latin, Greek and Cyrillic, the points of Hebrew, the vowel signs of Arabic: left out in writing as often
# as not. Marks of other scripts (Japanese, Devanagari, Thai) make another word and stay.
_MARKS = ((0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED))


def plain_char(char: str) -> str:
    """One character in lower case without accent: "É" -> "e", "½" -> " 1/2", "٣" -> "3"; "" for an unseen one."""
    char = char.lower()
    if char in _ALIKE:
        return _ALIKE[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    category = unicodedata.category(char) if len(char) == 1 else ""
    if category in ("Cf", "Cc"):
        return "" if category == "Cf" else " "
    parts = unicodedata.normalize("NFKD", char)
    if category == "No" and "\u2044" in parts:
        return " " + parts.replace("\u2044", "/")
    kept = "".join(_ALIKE.get(part, part) for part in parts.lower() if not _is_mark(part))
    return unicodedata.normalize("NFC", kept)


def _is_mark(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _MARKS)


class _PlainTable(dict[int, str]):
    """A table for `str.translate` that works each character out once."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = plain_char(chr(code))
        return plain


_PLAIN = _PlainTable()


def lowered(text: str) -> str:
    """Lower case, without accents and unseen characters, quotes and dashes made plain."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).translate(_PLAIN)


_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_LONE_LETTER = re.compile(r"\b([a-z])-(?=[a-z]{2})")


def plain_lower(text: str) -> str:
    """`lowered`, without the apostrophes of words; "t-light" becomes "tlight"."""
    return _LONE_LETTER.sub(r"\1", _APOSTROPHE.sub("", lowered(text)))


_IRREGULAR = {
    **{"knives": "knife", "shelves": "shelf", "leaves": "leaf", "scarves": "scarf", "halves": "half"},
    **{
        "children": "child",
        "childrens": "child",
        "feet": "foot",
        "teeth": "tooth",
        "mice": "mouse",
        "buses": "bus",
        "gases": "gas",
    },
    **{"lens": "lens", "lenses": "lens"},
    **{f"{word}es": f"{word}e" for word in ("sho", "to", "cano", "ho", "obo", "alo", "axo")},
}


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The singular of a lower-case English word, by its ending; good enough to match, not to print.

    "Hoodie", "hoodies" and "hoody" are one: "hoody".
    """
    if len(word) < 4 or (word[-1] not in "sen" and word[-2:] != "ie"):
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith(("ies", "ie")):
        return word[: word.rindex("ie")] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses", "oes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def raw_words(text: str) -> list[str]:
    """Lower-case words and numbers in order, not folded: "2-Person Tents" -> ["2", "person", "tents"]."""
    plain = lowered(text)
    found = (_ASCII_WORD if plain.isascii() else WORD).findall(plain)
    if found and ("'" in plain or "-" in plain):
        # All at once, which is quicker than word by word.
        found = "\n".join(found).replace("'", "").replace("-", "").split("\n")
    return list(found)


def tokens(text: str) -> list[str]:
    """Folded words and numbers in order: "2-Person Tents, 60cm" -> ["2", "person", "tent", "60", "cm"].

    A run of a script without spaces gives its pairs of signs: "防水帐篷" -> ["防水", "水帐", "帐篷"].
    """
    words = [fold(word) for word in raw_words(text)]
    if not text.isascii():
        return [part for word in words for part in _parts(word)]
    return words


def _parts(word: str) -> list[str]:
    if not _UNSPACED.fullmatch(word):
        return [word]
    return [word[place : place + 2] for place in range(len(word) - 1)]


def content_tokens(text: str) -> list[str]:
    """`tokens` without the words that carry a sentence but name nothing."""
    return [token for token in tokens(text) if token not in STOP_WORDS]


def key(text: str) -> str:
    """A name in comparable form: "Sleeping Bags" -> "sleeping bag"."""
    return " ".join(tokens(text))


def colour_keys(text: str, *, free_text: bool = False) -> frozenset[str]:
    """Colours named in a colour column, each with its plain colour: "Navy/White" -> navy, blue, white.

    In free text only words that are first of all colours count.
    """
    allowed = COLOUR_WORDS if free_text else frozenset(COLOURS)
    named = [COLOURS[token] for token in tokens(text) if token in allowed]
    keys = frozenset().union(*named) if named else frozenset()
    return keys if free_text or not text.strip() else keys | {key(part) for part in re.split(r"[/,;&]", text)}


def size_keys(text: str) -> frozenset[str]:
    """A size in comparable forms: "Medium" -> m; "UK 7" -> uk 7, 7; "42 EU" -> 42 eu, 42."""
    whole = key(text)
    if not whole:
        return frozenset()
    whole = SIZE_NAMES.get(whole, whole)
    return frozenset((whole, *(part for part in whole.split() if part[0].isdigit() or part in SIZE_LETTERS)))
