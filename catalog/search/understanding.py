"""What a shopper's sentence asks for: conditions, order and quantity, and the words that are left to match.

A sentence is often a product's title typed from memory, and a condition too many hides that product. So a word becomes
a condition only where it surely is one: titles are read with the same eyes (`facets`), words that titles say of other
things are doubtful, and a long row of words without any sign of a request is matched, not obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from catalog.search import measures
from catalog.search.conditions import (
    take_bare_sizes,
    take_brands,
    take_colours,
    take_kinds,
    take_materials,
    take_said_sizes,
    take_uses,
)
from catalog.search.draft import Draft, Field, How, Part
from catalog.search.filters import Filters, Measure, Sort
from catalog.search.measures import MeasureSaid
from catalog.search.negation import take_negations
from catalog.search.price_words import Limits, PriceSaid, limits, prices_in
from catalog.search.reading import Reading
from catalog.search.vocabulary import Vocabulary
from catalog.search.words import NUMBER_WORDS

__all__ = ["Part", "Understood", "understand", "without_parts"]

_CHEAP = r"\b(?:the )?(?:cheapest|least expensive|lowest[- ]priced?|most affordable|cheap|inexpensive)\b"
_NOT_DEAR = r"\b(?:not|nothing|isn'?t|without being) (?:too |so |very |that )?(?:expensive|pricey|dear)\b"
_DEAR = r"\b(?:the )?(?:most expensive|priciest|dearest|highest[- ]priced?)\b"
_ORDERS: tuple[tuple[re.Pattern[str], Sort], ...] = (
    (re.compile(_DEAR), "price_desc"),
    (re.compile(_NOT_DEAR), "price_asc"),
    (re.compile(_CHEAP), "price_asc"),
)
_STOCK = re.compile(r"\b(?:(?:is |are |that is |that'?s )?in stock(?: now)?|available (?:right )?now|ready to ship)\b")
_SLEEPS = re.compile(
    r"\b(?:(?:sleeps|(?:for )?(?:a )?family of)\s+|for\s+(?=\w+\s*(?:$|[,.!?]|adults?\b|under\b)))"
    r"(?P<number>\d{1,2}|two|three|four|five|six|seven|eight)\b"
)
_GIFT_FOR = re.compile(r"\b(?:gifts?|presents?)(?= (?:ideas? )?for\b)")
_QUANTITY = re.compile(
    r"^\W*(?P<asking>(?:(?:can|could|would|please|pls|add|put|get|want|need|take|buy|order|i'?ll|i|i'?d|you|me|have|like|"
    r"give|us|to|another|just|and|also|the|my|grab|make it|ok|yes)\s+)*)"
    rf"(?P<number>\d{{1,2}}|{'|'.join(NUMBER_WORDS)})\s*(?:x\b|of\b|pairs? of\b|more\b)?\s+(?=[a-z])"
)
_MOST_WANTED = 99


@dataclass(frozen=True)
class Understood:
    """`text`: what is left to match by meaning and words, typos settled. `quantity`: how many are wanted, if said.

    `filters` hold what was surely asked; `parts` all that was read, in the order of the text, with the words that it
    came from and how it was read, so that it can be said back and corrected.
    """

    text: str
    filters: Filters
    sort: Sort = "relevance"
    quantity: int | None = None
    parts: tuple[Part, ...] = ()


def understand(text: str, vocabulary: Vocabulary, currency: str) -> Understood:
    """Read one sentence for a shop that sells in `currency`. Never raises; what is not understood stays in `text`."""
    draft = Draft(Reading(text, vocabulary.spelling.condition_word), vocabulary)
    said = measures.said_in(draft.plain)
    _mark_measures(draft, said)
    gift = _GIFT_FOR.search(draft.plain)
    sort = _take_order(draft)
    lowest, highest = _take_prices(draft, said, currency)
    in_stock = _take_stock(draft)
    take_negations(draft)
    take_said_sizes(draft)
    compared = any(measure.compared and not _is_of_a_title(draft, measure) for measure in said)
    draft.settle_manner(has_condition=compared)
    if gift is not None and not draft.is_like_a_title:
        draft.take(draft.numbers(*gift.span()), gone=True)
    quantity = _take_quantity(draft)
    take_bare_sizes(draft)
    take_brands(draft)
    take_colours(draft)
    take_materials(draft)
    take_kinds(draft)
    wanted = _take_measures(draft, said) or _take_sleepers(draft)
    take_uses(draft)
    parts = tuple(sorted(draft.parts, key=lambda part: (part.span, part.field, part.values)))
    filters = Filters(
        price_min=lowest,
        price_max=highest,
        kinds=_values(parts, "kind"),
        brands=_values(parts, "brand"),
        colors=_values(parts, "color"),
        sizes=_values(parts, "size"),
        materials=_values(parts, "material"),
        not_kinds=_ruled_out(parts, "kind"),
        not_brands=_ruled_out(parts, "brand"),
        not_colors=_ruled_out(parts, "color"),
        not_materials=_ruled_out(parts, "material"),
        not_terms=_ruled_out(parts, "term"),
        in_stock_only=in_stock,
        measures=wanted,
    )
    return Understood(_left(draft), filters, sort, quantity, parts)


def without_parts(text: str, parts: Iterable[Part], fields: Collection[Field]) -> str:
    """The text without the words that the parts of these fields were read from: the shopper takes them back."""
    kept = list(Reading(text).text)
    for part in parts:
        if part.field in fields:
            start, end = part.span
            kept[start:end] = " " * (end - start)
    return " ".join("".join(kept).split())


def _values(parts: Iterable[Part], field: Field) -> frozenset[str]:
    """What is wanted of a field. What is ruled out as well is not wanted."""
    parts = list(parts)
    asked = (part for part in parts if part.field == field and part.hard and not part.negated)
    return frozenset(value for part in asked for value in part.values) - _ruled_out(parts, field)


def _ruled_out(parts: Iterable[Part], field: Field) -> frozenset[str]:
    ruled = (part for part in parts if part.field == field and part.hard and part.negated)
    return frozenset(value for part in ruled for value in part.values)


def _take_order(draft: Draft) -> Sort:
    for pattern, sort in _ORDERS:
        match = pattern.search(draft.plain)
        if match is None:
            continue
        numbers = draft.numbers(*match.span())
        hard = not draft.named_in_a_title(draft.words(numbers)) or draft.is_request
        draft.add("order", (sort,), *match.span(), name=match[0], hard=hard)
        draft.take(numbers, gone=hard)
        if hard:
            return sort
    return "relevance"


def _take_prices(draft: Draft, said: list[MeasureSaid], currency: str) -> Limits:
    text = draft.plain
    for measure in said:
        text = f"{text[: measure.start]}{',' * (measure.end - measure.start)}{text[measure.end :]}"
    asked: list[PriceSaid] = []
    for price in prices_in(text, currency):
        numbers = draft.numbers(price.start, price.end)
        signs = [sign for sign in "£$€" if sign in text[price.start : price.end]]
        hard = draft.is_request or not draft.named_in_a_title((*draft.words(numbers), *signs))
        how: How = "other_currency" if price.other_currency else "said"
        draft.add("price", (), price.start, price.end, how=how, hard=hard and not price.other_currency)
        draft.take(numbers, gone=hard)
        if hard:
            asked.append(price)
    return limits(asked)


def _take_stock(draft: Draft) -> bool:
    match = _STOCK.search(draft.plain)
    if match is None:
        return False
    draft.add("stock", (), *match.span(), hard=True)
    draft.take(draft.numbers(*match.span()), gone=True)
    return True


def _take_quantity(draft: Draft) -> int | None:
    match = _QUANTITY.match(draft.plain)
    numbers = draft.numbers(*match.span()) if match else []
    number = next((one for one in numbers if match and draft.tokens[one].start >= match.start("number")), None)
    if match is None or number is None or number in draft.measured or not draft.free(number):
        return None
    # "6 string guitar" and "12 pencils tall tube" are names; "can you add 12 pencils" is not.
    pair = " ".join(draft.words(range(number, min(number + 2, len(draft.tokens)))))
    if not match["asking"].strip() and (draft.is_like_a_title or pair in draft.vocabulary.pairs):
        return None
    written = match["number"]
    value = int(written) if written.isdigit() else NUMBER_WORDS[written]
    if not 1 <= value <= _MOST_WANTED:
        return None
    draft.add("quantity", (str(value),), match.start("number"), match.end(), name=str(value), hard=True)
    draft.take([one for one in numbers if one >= number], gone=True)
    return value


def _mark_measures(draft: Draft, said: list[MeasureSaid]) -> None:
    for measure in said:
        numbers = draft.numbers(measure.start, measure.end)
        draft.measured.update(numbers)
        if measure.compared:
            draft.take(numbers, gone=False)


def _take_measures(draft: Draft, said: list[MeasureSaid]) -> tuple[Measure, ...]:
    """Compared measures are cut out; a plain one ("2 person") stays, since titles say it too."""
    wanted: list[Measure] = []
    for measure in said:
        if measure.unit not in _units_of_kind(draft):
            continue
        numbers = draft.numbers(measure.start, measure.end)
        hard = draft.is_request or not (draft.is_like_a_title or (measure.compared and _is_of_a_title(draft, measure)))
        name = draft.plain[measure.start : measure.end].strip()
        draft.add("measure", (measure.unit,), measure.start, measure.end, name=name, hard=hard)
        draft.take(numbers, gone=hard and measure.compared)
        if hard:
            wanted.append(Measure(measure.unit, measure.low, measure.high))
    return tuple(dict.fromkeys(wanted))


def _is_of_a_title(draft: Draft, measure: MeasureSaid) -> bool:
    return bool(draft.named_in_a_title(draft.words(draft.numbers(measure.start, measure.end))))


def _units_of_kind(draft: Draft) -> frozenset[str]:
    """The units that the kind asked for has; those of all products where no kind is asked for."""
    units = draft.vocabulary.units
    kinds = sorted(_values(draft.parts, "kind"))
    return frozenset().union(*(units.get(kind, frozenset()) for kind in kinds or [""]))


def _take_sleepers(draft: Draft) -> tuple[Measure, ...]:
    """ "Sleeps 4", "for a family of five", "a tent for two": so many people, where such things are sold by that."""
    match = _SLEEPS.search(draft.plain) if "person" in _units_of_kind(draft) else None
    numbers = draft.numbers(*match.span()) if match else []
    if match is None or draft.is_like_a_title or not all(number not in draft.gone for number in numbers):
        return ()
    if match[0].startswith("for") and "family" not in match[0] and not _values(draft.parts, "kind"):
        return ()
    number = float(NUMBER_WORDS.get(match["number"]) or match["number"])
    draft.add("measure", ("person",), *match.span(), name=f"{number:g} person", hard=True)
    draft.take(numbers, gone=True)
    return (Measure("person", number, number),)


def _left(draft: Draft) -> str:
    """The words to match. Known ones stay as they were written, which the sentence model reads best."""
    kept = (number for number in range(len(draft.tokens)) if number not in draft.gone)
    return " ".join(draft.written(number) for number in kept if not draft.is_mere_sentence(number))
