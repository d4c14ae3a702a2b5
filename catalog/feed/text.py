"""Plain text from what feeds contain: mark-up, entities and control characters removed."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

_MARKED_UP = re.compile(r"<[a-zA-Z/!]|&#?\w+;")
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_BLOCKS = frozenset(["p", "br", "li", "div", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"])
_UNSEEN = frozenset(("script", "style"))


class _Words(HTMLParser):
    """Keeps the words of a piece of HTML; scripts and styles are dropped, blocks become spaces."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _UNSEEN
        if tag in _BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _UNSEEN))
        if tag in _BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def plain(text: str) -> str:
    """One line of plain text: no tags, no entities, no control characters, single spaces."""
    if _MARKED_UP.search(text):
        words = _Words()
        words.feed(text)
        words.close()
        text = "".join(words.parts)
    text = _HEADING.sub("", unicodedata.normalize("NFC", text))
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
