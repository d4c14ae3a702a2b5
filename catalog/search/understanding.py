"""What a shopper's sentence asks for: conditions, order and quantity, and the words that are left to match."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.search import measures
from catalog.search.filters import Filters, Measure, Sort
from catalog.search.price_words import take_prices
from catalog.search.vocabulary import Vocabulary
from catalog.search.words import (
    COLOUR_WORDS,
    NUMBER_WORDS,
    SIZE_LETTERS,
    SIZE_NAMES,
    STOP_WORDS,
    fold,
    key,
    plain_lower,
    raw_words,
    size_keys,
    tokens,
)

_LONGEST = 600
_CHEAPEST = re.compile(r"\b(?:the )?(?:cheapest|least expensive|lowest[- ]priced?|most affordable|cheap|inexpensive)\b")
_NOT_DEAR = re.compile(r"\b(?:not|nothing|isnt|without being) (?:too |so |very |that )?(?:expensive|pricey|dear)\b")
_DEAREST = re.compile(r"\b(?:the )?(?:most expensive|priciest|dearest|highest[- ]priced?)\b")
_STOCK = re.compile(r"\b(?:(?:is |are |that is |thats )?in stock(?: now)?|available (?:right )?now|ready to ship)\b")
_NUMBER_BEFORE_UNIT = re.compile(rf"\b({'|'.join(list(NUMBER_WORDS)[:12])})(?=[\s-]+(?:{measures.UNIT_PATTERN})\b)")
_SLEEPS = re.compile(r"\b(?:sleeps|for a family of|family of)\s+(\d+)\b")
_GIFT_FOR = re.compile(r"\b(?:gifts?|presents?)(?= (?:ideas? )?for\b)")
_COMPARED = re.compile(
    rf"\b(?P<how>under|below|less than|up to|lighter than|smaller than|no more than|at most|over|above|more than|"
    rf"at least|around|about|roughly|circa)\s+{measures.MEASURE.pattern}"
)
_AT_LEAST = ("over", "above", "more than", "at least")
_ABOUT = ("around", "about", "roughly", "circa")
_SIZE = re.compile(r"\b(?:in )?(?:a )?sizes?\s+(?P<size>(?:uk |eu |us )?(?:\d{1,2}(?:\.5)?|[a-z]{1,4}\b))")
_QUANTITY = re.compile(
    r"^\W*(?:(?:can|could|would|please|pls|add|put|get|want|need|take|buy|order|ill|i|id|you|me|have|like|give|us|"
    r"to|another|just|and|also|the|my|grab|make it|ok|yes)\s+)*"
    rf"(?P<number>\d{{1,2}}|{'|'.join(NUMBER_WORDS)})\s*(?:x\b|×|of\b|pairs? of\b|more\b)?\s+(?=[a-z])"
)
_NEGATION = re.compile(
    r"\b(?:but\s+)?(?:not|no|without|w/o|except|excluding|anything but|other than|nothing in|minus|non|dont want|"
    r"isnt|arent)[\s-]+(?:(?:in|the|a|an|any|with|made of|made from)\s+)*(?P<rest>[a-z][^,.;!?]*)"
)
_NOT_A_THING = STOP_WORDS | {
    *("too", "sure", "more", "less", "under", "over", "only", "bothered", "problem", "idea", "thanks"),
    *("matter", "rush", "hurry", "longer", "expensive", "than", "hard"),
}
_FOR_CONTEXT = re.compile(r"\bfor (?:my|the|a|an|our|his|her|their)\s+[^,.;!?]*")
_PHRASE_END = re.compile(r"[,.;:!?]|\b(?:for|with|that|which|who|to|in|on|from|made|suitable|and|or|but|so|thats)\b")


@dataclass(frozen=True)
class Understood:
    """`text`: what is left to match by meaning and words, typos settled. `quantity`: how many are wanted, if
    said. `filters.not_terms` are words that the shopper ruled out."""

    text: str
    filters: Filters
    sort: Sort = "relevance"
    quantity: int | None = None


def understand(text: str, vocabulary: Vocabulary, currency: str) -> Understood:
    """Read one sentence. Never raises; what is not understood stays in `text`."""
    rest = plain_lower(text[:_LONGEST])
    rest, sort = _take_sort(_GIFT_FOR.sub(" ", rest))
    rest = _NUMBER_BEFORE_UNIT.sub(lambda match: str(NUMBER_WORDS[match[1]]), rest)
    rest = _SLEEPS.sub(lambda match: f" {match[1]} person ", rest)
    rest, wanted = _take_measures(rest)
    rest, (lowest, highest) = take_prices(rest, currency)
    rest, in_stock = _cut(_STOCK, rest)
    rest, quantity = _take_quantity(rest)
    rest, not_colors, not_terms = _take_negations(rest, vocabulary)
    rest, sizes = _take_sizes(rest, vocabulary)
    written = [(word, vocabulary.correct(fold(word))) for word in raw_words(rest)]
    words = [word for _, word in written]
    told = " ".join(words)
    filters = Filters(
        price_min=lowest,
        price_max=highest,
        kinds=_kinds(rest, vocabulary),
        brands=_named(told, vocabulary.brands),
        colors=frozenset(word for word in words if word in vocabulary.colors),
        sizes=sizes,
        materials=frozenset(word for word in words if word in vocabulary.materials and word not in STOP_WORDS),
        not_colors=not_colors,
        not_terms=not_terms,
        in_stock_only=in_stock,
        measures=wanted,
    )
    # Known words stay as they were written, which the sentence model reads best.
    left = " ".join(raw if fold(raw) == word else word for raw, word in written if word not in STOP_WORDS)
    return Understood(left, filters, sort, quantity)


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, bool]:
    shorter = pattern.sub(" ", text)
    return shorter, shorter != text


def _take_sort(text: str) -> tuple[str, Sort]:
    for pattern, sort in ((_DEAREST, "price_desc"), (_NOT_DEAR, "price_asc"), (_CHEAPEST, "price_asc")):
        text, found = _cut(pattern, text)
        if found:
            return text, sort  # type: ignore[return-value]
    return text, "relevance"


def _take_measures(text: str) -> tuple[str, tuple[Measure, ...]]:
    """Compared measures are cut out; a plain one ("2 person") stays, since titles say it too."""
    wanted: list[Measure] = []

    def compared(match: re.Match[str]) -> str:
        amount, unit = measures.base(float(match["number"].replace(",", ".")), match["unit"])
        if match["how"] in _ABOUT:
            wanted.append(Measure(unit, amount * 0.85, amount * 1.15))
        else:
            least = match["how"] in _AT_LEAST
            wanted.append(Measure(unit, amount, float("inf")) if least else Measure(unit, 0.0, amount))
        return " , "

    text = _COMPARED.sub(compared, text)
    wanted += [Measure(unit, amount, amount) for amount, unit in sorted(measures.in_text(text))]
    return text, tuple(wanted)


def _take_quantity(text: str) -> tuple[str, int | None]:
    match = _QUANTITY.match(text)
    if match is None or measures.MEASURE.match(text, match.start("number")):
        return text, None
    number = match["number"]
    value = int(number) if number.isdigit() else NUMBER_WORDS[number]
    return text[: match.start("number")] + text[match.end() :], value if 1 <= value <= 99 else None


def _take_negations(text: str, vocabulary: Vocabulary) -> tuple[str, frozenset[str], frozenset[str]]:
    colors: set[str] = set()
    terms: set[str] = set()

    def ruled_out(match: re.Match[str]) -> str:
        words = match["rest"].split()
        taken = 0
        for position, word in enumerate(words):
            folded = vocabulary.correct(tokens(word)[0]) if tokens(word) else ""
            if folded in vocabulary.colors | COLOUR_WORDS:
                colors.add(folded)
            elif word in ("or", "and", "nor", "and/or") and position == taken and taken:
                pass
            elif taken == 0 and folded in vocabulary.words and folded not in _NOT_A_THING:
                terms.add(folded)
            else:
                break
            taken = position + 1
        if not colors and not terms:
            return match[0]
        return " " + " ".join(words[taken:])

    return _NEGATION.sub(ruled_out, text), frozenset(colors), frozenset(terms)


def _take_sizes(text: str, vocabulary: Vocabulary) -> tuple[str, frozenset[str]]:
    match = _SIZE.search(text)
    if match is not None and (
        size_keys(match["size"]) & (vocabulary.sizes | SIZE_LETTERS) or match["size"][-1].isdigit()
    ):
        return f"{text[: match.start()]} {text[match.end() :]}", frozenset((_shown_size(match["size"]),))
    if vocabulary.sizes.isdisjoint(SIZE_LETTERS):
        return text, frozenset()
    for name in sorted((*SIZE_NAMES, *(SIZE_LETTERS - {"s", "m", "l"})), key=len, reverse=True):
        if re.search(rf"\b{name}\b", text):
            return re.sub(rf"\b{name}\b", " ", text), frozenset((_shown_size(name),))
    return text, frozenset()


def _shown_size(text: str) -> str:
    return SIZE_NAMES.get(key(text), key(text)).upper()


def _named(text: str, names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if re.search(rf"\b{re.escape(name)}\b", text))


def _kinds(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The kinds named, longest name first.

    A kind counts where a noun phrase ends with it: "a red tent for two", but not "gas for my tent" (what it is
    for is not what it is) nor "keep my coffee hot".
    """
    for phrase in _PHRASE_END.split(measures.MEASURE.sub(" ", _FOR_CONTEXT.sub(" ", text))):
        words = [vocabulary.correct(word) for word in tokens(phrase)]
        while words and (words[-1] in STOP_WORDS or words[-1] in vocabulary.colors or words[-1][0].isdigit()):
            words.pop()
        for length in range(min(4, len(words)), 0, -1):
            means = vocabulary.kinds.get(" ".join(words[-length:]))
            if means:
                return means
    return frozenset()
