"""Titles that hold words which a shopper uses for conditions: "DO NOT TOUCH MY STUFF DOOR HANGER", "toys for kids
under 5". Who types such a title wants that product, and rules nothing out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from catalog.search.words import STOP_WORDS

# Words that begin or end a condition. Sizes, colours and measures need no place here: titles are read for them.
CONDITION_WORDS = frozenset(
    (
        *("not", "no", "non", "without", "except", "excluding", "minus", "nothing", "anything", "never", "neither"),
        *("nor", "isnt", "dont", "other", "avoid", "hate", "allergic", "instead"),
        *("rather", "w"),
        *("under", "below", "beneath", "over", "above", "less", "more", "most", "least", "max", "maximum", "min"),
        *("minimum", "around", "about", "near", "between", "from", "up", "cheaper", "within", "budget", "top", "spend"),
        *("cheap", "cheapest", "inexpensive", "expensive", "affordable", "dearest", "priciest", "lowest", "highest"),
        *("stock", "available", "pound", "quid", "buck", "dollar", "euro", "penny", "fiver", "tenner", "grand"),
    )
)
_MONEY_SIGNS = "£$€"
_SIGN_LAST = [[sign] for sign in _MONEY_SIGNS]
# So much of what was typed must stand in one title before the whole counts as that title.
_MOSTLY = 0.75


class TitlePhrases:
    """Remembers the titles with condition words that it is shown. Safe to share between threads once all are seen."""

    def __init__(self) -> None:
        self._titles: list[str] = []
        self._places: dict[str, list[int]] = {}
        self._remember()

    def _remember(self) -> None:
        self.named_in = lru_cache(maxsize=4096)(self._named_in)

    def see(self, title: str, words: Sequence[str]) -> None:
        """One more title; `words` are its tokens."""
        said = [*words, *(sign for sign in _MONEY_SIGNS if sign in title)]
        if CONDITION_WORDS.isdisjoint(said) and said[-1:] not in _SIGN_LAST:
            return
        line = f" {' '.join(said)} "
        # The same title again says nothing more, were it there 200,000 times.
        if any(self._titles[place] == line for place in self._places.get(said[0], ())[-1:]):
            return
        for word in dict.fromkeys(said):
            self._places.setdefault(word, []).append(len(self._titles))
        self._titles.append(line)

    def __getstate__(self) -> tuple[list[str], dict[str, list[int]]]:
        return self._titles, self._places

    def __setstate__(self, state: tuple[list[str], dict[str, list[int]]]) -> None:
        self._titles, self._places = state
        self._remember()

    def _named_in(self, words: tuple[str, ...], condition: tuple[str, ...], *, whole: bool = False) -> str:
        """Whether one title has all words of the condition and most of all telling `words` (both folded, or money
        signs), or with `whole` every word: "phrase" where the condition's words stand together in it, "words" where
        they are scattered, else ""."""
        said = dict.fromkeys(words)
        telling = [f" {word} " for word in said if whole or word not in STOP_WORDS or word in condition]
        if not condition or not telling:
            return ""
        rarest = min((self._places.get(word, []) for word in condition), key=len)
        needed = len(telling) * (1.0 if whole else _MOSTLY)
        must, together, found = [f" {word} " for word in condition], f" {' '.join(condition)} ", ""
        for place in rarest:
            title = self._titles[place]
            if all(word in title for word in must) and sum(word in title for word in telling) >= needed:
                if together in title:
                    return "phrase"
                found = "words"
        return found
