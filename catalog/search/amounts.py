"""Prices, measures and quantities in a sentence, and which of them are surely conditions."""

from __future__ import annotations

import re

from catalog.search.draft import Draft, How, wanted_values
from catalog.search.filters import Measure
from catalog.search.measures import MeasureSaid
from catalog.search.price_words import Limits, PriceSaid, limits, prices_in
from catalog.search.words import NUMBER_WORDS

_SLEEPS = re.compile(
    r"\b(?:(?:sleeps|(?:for )?(?:a )?family of)\s+|for\s+(?=\w+\s*(?:$|[,.!?]|adults?\b|under\b)))"
    r"(?P<number>\d{1,2}|two|three|four|five|six|seven|eight)\b"
)
_QUANTITY = re.compile(
    r"^\W*(?P<asking>(?:(?:can|could|would|please|pls|add|put|get|want|need|take|buy|order|i'?ll|i|i'?d|you|me|have|like|"
    r"give|us|to|another|just|and|also|the|my|grab|make it|ok|yes)\s+)*)"
    rf"(?P<number>\d{{1,2}}|{'|'.join(NUMBER_WORDS)})\s*(?:x\b|of\b|pairs? of\b|more\b)?\s+(?=[a-z])"
)
_MOST_WANTED = 99


def take_quantity(draft: Draft) -> int | None:
    """How many are wanted, where the sentence begins with it: "can you add two enamel mugs"."""
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


def mark_measures(draft: Draft, said: list[MeasureSaid]) -> None:
    """Keep the words of all measures from being read as anything else."""
    for measure in said:
        numbers = draft.numbers(measure.start, measure.end)
        draft.measured.update(numbers)
        if measure.compared:
            draft.take(numbers, gone=False)


def take_measures(draft: Draft, said: list[MeasureSaid]) -> tuple[Measure, ...]:
    """Compared measures are cut out; a plain one ("2 person") stays, since titles say it too."""
    wanted: list[Measure] = []
    for measure in said:
        if measure.unit not in _units_of_kind(draft):
            continue
        numbers = draft.numbers(measure.start, measure.end)
        hard = not (draft.is_like_a_title or (measure.compared and is_of_a_title(draft, measure)))
        name = draft.plain[measure.start : measure.end].strip()
        draft.add("measure", (measure.unit,), measure.start, measure.end, name=name, hard=hard)
        draft.take(numbers, gone=hard and measure.compared)
        if hard:
            wanted.append(Measure(measure.unit, measure.low, measure.high))
    return tuple(dict.fromkeys(wanted))


def is_of_a_title(draft: Draft, measure: MeasureSaid) -> bool:
    """Whether the whole text reads like a title that says this measure itself."""
    return bool(draft.named_in_a_title(draft.words(draft.numbers(measure.start, measure.end))))


def _units_of_kind(draft: Draft) -> frozenset[str]:
    """The units that the kind asked for has; those of all products where no kind is asked for."""
    units = draft.vocabulary.units
    kinds = sorted(wanted_values(draft.parts, "kind"))
    return frozenset().union(*(units.get(kind, frozenset()) for kind in kinds or [""]))


def take_sleepers(draft: Draft) -> tuple[Measure, ...]:
    """ "Sleeps 4", "for a family of five", "a tent for two": so many people, where such things are sold by that."""
    match = _SLEEPS.search(draft.plain) if "person" in _units_of_kind(draft) else None
    numbers = draft.numbers(*match.span()) if match else []
    if match is None or draft.is_like_a_title or not all(number not in draft.gone for number in numbers):
        return ()
    if match[0].startswith("for") and "family" not in match[0] and not wanted_values(draft.parts, "kind"):
        return ()
    number = float(NUMBER_WORDS.get(match["number"]) or match["number"])
    draft.add(
        "measure", ("person",), *match.span(), name=f"{number:g} {'person' if number == 1 else 'people'}", hard=True
    )
    draft.take(numbers, gone=True)
    return (Measure("person", number, number),)


def take_prices(draft: Draft, said: list[MeasureSaid], currency: str) -> Limits:
    """The limits of all that is said about price, measures apart; none from an amount in another currency."""
    text = draft.plain
    for measure in said:
        text = f"{text[: measure.start]}{',' * (measure.end - measure.start)}{text[measure.end :]}"
    asked: list[PriceSaid] = []
    for price in prices_in(text, currency):
        numbers = draft.numbers(price.start, price.end)
        signs = [sign for sign in "£$€" if sign in text[price.start : price.end]]
        hard = not draft.named_in_a_title((*draft.words(numbers), *signs))
        how: How = "other_currency" if price.other_currency else "said"
        draft.add("price", (), price.start, price.end, how=how, hard=hard and not price.other_currency)
        draft.take(numbers, gone=hard)
        if hard:
            asked.append(price)
    return limits(asked)
