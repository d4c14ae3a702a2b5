"""The shop's own answers, found by meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from catalog.domain.shop import FaqEntry
from catalog.search.encoders import Encoder, Vectors


@dataclass(frozen=True)
class FaqHit:
    """`score` is the cosine between the question asked and the entry's nearest question or its answer."""

    entry: FaqEntry
    score: float


def faq_texts(entries: Sequence[FaqEntry]) -> list[tuple[int, str]]:
    """(number of the entry, text) for everything of the FAQ that is embedded."""
    return [(number, text) for number, entry in enumerate(entries) for text in (*entry.questions, entry.answer)]


def faq_key(entries: Sequence[FaqEntry]) -> str:
    """Changes whenever a text of the FAQ does: vectors under another key belong to other answers."""
    return hashlib.sha256("\0".join(text for _, text in faq_texts(entries)).encode()).hexdigest()[:16]


class FaqIndex:
    """`vectors` has one row for each of `faq_texts(entries)`."""

    def __init__(self, entries: Sequence[FaqEntry], vectors: Vectors, encoder: Encoder) -> None:
        self._entries, self._vectors, self._encoder = tuple(entries), vectors, encoder
        self._owner = [number for number, _ in faq_texts(entries)]

    def find(self, text: str, limit: int = 3) -> list[FaqHit]:
        """The nearest entries, best first; nothing for an empty text or FAQ."""
        if not self._entries or not text.strip():
            return []
        cosines = self._vectors @ self._encoder.encode([text])[0]
        best = np.full(len(self._entries), -1.0, dtype=np.float32)
        np.maximum.at(best, self._owner, cosines)
        order = sorted(range(len(best)), key=lambda number: (-best[number], number))
        return [FaqHit(self._entries[number], float(best[number])) for number in order[:limit]]
