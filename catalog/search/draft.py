"""A sentence while it is being understood: its words, what was read from which of them, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from catalog.search.kinds import named_kinds
from catalog.search.reading import Reading, Token
from catalog.search.spelling import Guess
from catalog.search.title_phrases import CONDITION_WORDS
from catalog.search.vocabulary import LONGEST_NAME, Vocabulary
from catalog.search.words import STOP_WORDS

Field = Literal[
    "kind", "brand", "color", "size", "material", "measure", "price", "stock", "order", "quantity", "use", "term",
    "word",
]  # fmt: skip
How = Literal["said", "typo", "compound", "synonym", "other_currency"]

_GREETING = r"(?:hi|hello|hey|ok|okay|please|so|and|good (?:morning|evening))\b\W*"
_GREETING = r"(?:hi|hello|hey|ok|okay|please|so|and|good (?:morning|evening))\b\W*"
_REQUEST = re.compile(
    rf"^\W*(?:{_GREETING})*"
    r"(?:i(?:'?m|'?ve|'?d|'?ll)?\s+(?:need|want|am|would|like|have|wish|search|could|can|look|was|think|after)"
    r"|i'?m|i'?d|we\s+(?:need|want|are|have)|do you|have you|you got|can you|could you|got any|any\b|show|find|get me"
    r"|give me|looking|need|want|is there|are there|which|where|what|something|anything)\b|\?\s*$|\bplease\b"
)
# From so many telling words on, a text without any sign of a request is rather a title typed by heart; one less where
# it does not end with a kind of thing either.
_TITLE_WORDS = 5


@dataclass(frozen=True)
class Part:
    """One thing that was understood.

    `field` is what it is about ("term": any other word that is ruled out; "word": a word that is only matched).
    `values` are the comparable forms that were read, `name` the thing in words that can be said back. `said` are the
    shopper's own words and `span` their place in the text. `how` tells a guess from what was said: a corrected typing
    error, two words for one, a synonym, a price in another currency. `hard` parts are conditions; the others are
    matched, no more. `negated` ones are ruled out.
    """

    field: Field
    values: tuple[str, ...]
    said: str
    span: tuple[int, int]
    name: str = ""
    how: How = "said"
    hard: bool = False
    negated: bool = False


class Draft:
    """`tokens` are the words with typing errors settled; one that the shop writes as two is two of them.

    `gone` are the numbers of the tokens that say a condition and are not matched, `read` of those that a part was
    read from, `measured` of those that say a number with its unit; `corrected` ones are not as they were typed, and
    `guessed` ones may be another word as well.
    """

    def __init__(self, reading: Reading, vocabulary: Vocabulary) -> None:
        self.reading, self.vocabulary = reading, vocabulary
        self.plain = reading.plain
        self.tokens: list[Token] = []
        self.parts: list[Part] = []
        self.gone: set[int] = set()
        self.read: set[int] = set()
        self.measured: set[int] = set()
        self.corrected: set[int] = set()
        self.guessed: set[int] = set()
        self.is_like_a_title = False
        for number, token in enumerate(reading.tokens):
            self._settle(token, as_written=number in reading.quoted)

    def _settle(self, token: Token, *, as_written: bool) -> None:
        guess = Guess(token.word)
        if not as_written and token.raw not in STOP_WORDS and token.word not in CONDITION_WORDS | STOP_WORDS:
            guess = self.vocabulary.spelling.guess(token.word)
        if guess.word == token.word:
            self.tokens.append(token)
            return
        words = guess.word.split(" ")
        self.parts.append(
            Part(
                "word",
                (guess.word,),
                *self.where(token.start, token.end),
                name=guess.word,
                how="compound" if len(words) > 1 else "typo",
            )
        )
        numbers = range(len(self.tokens), len(self.tokens) + len(words))
        self.corrected.update(numbers)
        self.guessed.update(numbers if not guess.sure else ())
        for place, word in enumerate(words):
            self.tokens.append(replace(token, raw=word, word=word, fresh=token.fresh and place == 0))

    def where(self, start: int, end: int) -> tuple[str, tuple[int, int]]:
        """(words as said, span in the text) of a stretch of the plain text."""
        return self.reading.said(start, end), self.reading.span(start, end)

    def free(self, number: int) -> bool:
        """Whether the token is there and nothing was read from it yet."""
        return 0 <= number < len(self.tokens) and number not in self.read

    def numbers(self, start: int, end: int) -> list[int]:
        """Numbers of the tokens between two places of the plain text."""
        return [number for number, token in enumerate(self.tokens) if start <= token.start and token.end <= end]

    def words(self, numbers: Iterable[int]) -> list[str]:
        """The folded words of some tokens."""
        return [self.tokens[number].word for number in numbers]

    def longest_name(self, first: int, names: frozenset[str]) -> int:
        """How many free tokens from `first` on are one of the names, the longest one; 0 for none."""
        for length in range(LONGEST_NAME, 0, -1):
            numbers = range(first, first + length)
            if all(self.free(number) for number in numbers) and " ".join(self.words(numbers)) in names:
                return length
        return 0

    def add(self, field: Field, values: Iterable[str], start: int, end: int, **details: object) -> Part:
        """Note a part read from a stretch of the plain text."""
        part = Part(field, tuple(values), *self.where(start, end), **details)  # type: ignore[arg-type]
        self.parts.append(part)
        return part

    def take(self, numbers: Iterable[int], *, gone: bool) -> None:
        """The tokens are read; those that are gone are not matched either."""
        taken = set(numbers)
        self.read |= taken
        if gone:
            self.gone |= taken

    def named_in_a_title(self, condition: Iterable[str]) -> str:
        """Whether the whole text reads like a title that has these words itself: "phrase" or "words", else "". What
        is put as a request must be that title word for word."""
        signs = [sign for sign in "£$€" if sign in self.plain]
        words = [*(token.word for token in self.reading.tokens), *signs]
        titles = self.vocabulary.titles
        return titles.named_in(tuple(words), tuple(dict.fromkeys(condition)), whole=self.is_request)

    @cached_property
    def is_request(self) -> bool:
        """Whether it is put as a wish or a question."""
        return _REQUEST.search(self.plain) is not None

    @cached_property
    def is_long(self) -> bool:
        """Whether it has as many telling words as a title that somebody types by heart."""
        telling = [number for number, token in enumerate(self.tokens) if token.word not in STOP_WORDS]
        # A measure of three tokens ("10,000 mAh") tells as much as one word.
        measures = sum(number in self.measured and number - 1 not in self.measured for number in telling)
        words = len([number for number in telling if number not in self.measured]) + measures
        return words >= (_TITLE_WORDS if self.kinds() else _TITLE_WORDS - 1)

    def kinds(self) -> list[list[int]]:
        """The numbers of the tokens of each kind that is named, among those that say nothing else."""
        left = [number for number in range(len(self.tokens)) if number not in self.gone | self.measured]
        vocabulary = self.vocabulary
        found = named_kinds([self.tokens[number] for number in left], vocabulary.kinds, vocabulary.colors)
        return [left[first:last] for first, last in found]

    def settle_manner(self, *, has_condition: bool) -> None:
        """Decide how the text is to be taken, once its explicit conditions (price, order, "not") are read: a long
        row of words without any sign of a request is like a title."""
        conditions = has_condition or any(part.hard for part in self.parts)
        self.is_like_a_title = self.is_long and not self.is_request and not conditions

    def is_mere_sentence(self, number: int) -> bool:
        """Whether a word carries the sentence and names nothing; "no-show" is a name, for all its words."""
        token = self.tokens[number]
        glued = "-" in (self.plain[token.start - 1 : token.start], self.plain[token.end : token.end + 1])
        return token.word in STOP_WORDS and not (glued and token.raw not in ("and", "of", "in", "to"))

    def written(self, number: int) -> str:
        """A token as the shopper wrote it, or as it was corrected."""
        token = self.tokens[number]
        if token.raw.isascii() or number in self.corrected:
            return token.raw
        return self.reading.said(token.start, token.end).lower()


def wanted_values(parts: Iterable[Part], field: Field) -> frozenset[str]:
    """What is wanted of a field. What is ruled out as well is not wanted."""
    parts = list(parts)
    asked = (part for part in parts if part.field == field and part.hard and not part.negated)
    return frozenset(value for part in asked for value in part.values) - ruled_out(parts, field)


def ruled_out(parts: Iterable[Part], field: Field) -> frozenset[str]:
    """What must not be, of a field."""
    ruled = (part for part in parts if part.field == field and part.hard and part.negated)
    return frozenset(value for part in ruled for value in part.values)
