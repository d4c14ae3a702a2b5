"""A shopper's text as words with their places, so that what was understood can be shown where it was said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from catalog.search.words import WORD, fold, lowered

_LONGEST = 600
_MARK_UP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|&(?:[a-zA-Z]{2,8}|#\d{1,6});")
_QUOTED = re.compile(r"\"([^\"]{1,60})\"")
_STOP_SIGNS = re.compile(r"[,;:!?]|\.(?!\d)|\s-\s|[()\[\]|]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number: `raw` in plain lower case, `word` folded; `start` and `end` count in the plain text.
    `fresh` where a comma or another stop stands before it."""

    raw: str
    word: str
    start: int
    end: int
    fresh: bool

    @property
    def is_number(self) -> bool:
        """Whether it is written in figures."""
        return self.raw[0].isdigit()


class Reading:
    """A text cut to the length that is read (600 characters), in plain lower case (`plain`) and as `tokens`.
    Spans are given in the text's NFC form, which is nearly always the text itself."""

    def __init__(self, text: str, respell: Callable[[str], str] | None = None) -> None:
        """`respell` may give another spelling of a word before anything is read: "undr 80" is "under 80"."""
        self.text = unicodedata.normalize("NFC", text[:_LONGEST])
        # Mark-up that was pasted in is no word; it leaves its place, so that spans stay right.
        unmarked = _MARK_UP.sub(lambda match: " " * len(match[0]), self.text)
        self._places: list[int] | None = None
        self.plain = unmarked.lower()
        if not unmarked.isascii():
            parts = [lowered(char) for char in unmarked]
            self.plain = "".join(parts)
            self._places = [place for place, part in enumerate(parts) for _ in part]
        self.tokens = tuple(self._tokens())
        if respell is not None:
            self._respell({token: respell(token.raw) for token in self.tokens})

    def _respell(self, spelled: Mapping[Token, str]) -> None:
        """Put the other spellings in; each letter of one points to where the word was."""
        changed = [(token, word) for token, word in spelled.items() if word != token.raw]
        if not changed:
            return
        plain, places, last = "", [], 0
        old = self._places or range(len(self.plain))
        for token, word in changed:
            plain += self.plain[last : token.start] + word
            middle = [old[token.start], *[old[token.end - 1]] * (len(word) - 1)]
            places += [*old[last : token.start], *middle]
            last = token.end
        self.plain, self._places = plain + self.plain[last:], [*places, *old[last:]]
        self.tokens = tuple(self._tokens())

    def _tokens(self) -> list[Token]:
        found, last = [], 0
        for match in WORD.finditer(self.plain):
            raw = match[0].replace("'", "").replace("-", "") if match[0][0].isalpha() else match[0]
            fresh = bool(_STOP_SIGNS.search(self.plain, last, match.start()))
            found.append(Token(raw, fold(raw), match.start(), match.end(), fresh))
            last = match.end()
        return found

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Places of the plain text as places of `text`."""
        if self._places is None or start >= end:
            return start, end
        return self._places[start], self._places[end - 1] + 1

    def said(self, start: int, end: int) -> str:
        """The words of `text` between two places of the plain text."""
        first, last = self.span(start, end)
        return self.text[first:last].strip()

    def within(self, start: int, end: int) -> list[int]:
        """Numbers of the tokens that lie between two places of the plain text."""
        return [number for number, token in enumerate(self.tokens) if start <= token.start and token.end <= end]

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Numbers of the tokens in double quotes: meant as they are written."""
        spans = [match.span(1) for match in _QUOTED.finditer(self.plain)]
        return frozenset(number for start, end in spans for number in self.within(start, end))


def phrase(tokens: Sequence[Token]) -> str:
    """The folded words of some tokens as one name in comparable form."""
    return " ".join(token.word for token in tokens)
