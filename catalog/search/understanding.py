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
from catalog.search.amounts import (
    is_of_a_title,
    mark_measures,
    take_measures,
    take_prices,
    take_quantity,
    take_sleepers,
)
from catalog.search.conditions import (
    take_bare_sizes,
    take_brands,
    take_colours,
    take_kinds,
    take_materials,
    take_said_sizes,
    take_uses,
)
from catalog.search.draft import Draft, Field, Part, ruled_out, wanted_values
from catalog.search.filters import Filters, Sort
from catalog.search.negation import take_negations
from catalog.search.reading import Reading
from catalog.search.vocabulary import Vocabulary

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
_GIFT_FOR = re.compile(r"\b(?:gifts?|presents?)(?= (?:ideas? )?for\b)")


@dataclass(frozen=True)
class Understood:
    """`text`: what is left to match by meaning and words, typos settled. `quantity`: how many are wanted, if said.

    `filters` hold what was surely asked; `parts` all that was read, in the order of the text, with the words that it
    came from and how it was read, so that it can be said back and corrected. `also` are synonyms of words of `text`,
    learned from the shop's texts: worth matching, though less than what was said.
    """

    text: str
    filters: Filters
    sort: Sort = "relevance"
    quantity: int | None = None
    parts: tuple[Part, ...] = ()
    also: tuple[str, ...] = ()


def understand(text: str, vocabulary: Vocabulary, currency: str) -> Understood:
    """Read one sentence for a shop that sells in `currency`. Never raises; what is not understood stays in `text`."""
    draft = Draft(Reading(text, vocabulary.spelling.condition_word), vocabulary)
    said = measures.said_in(draft.plain)
    mark_measures(draft, said)
    gift = _GIFT_FOR.search(draft.plain)
    sort = _take_order(draft)
    lowest, highest = take_prices(draft, said, currency)
    in_stock = _take_stock(draft)
    take_negations(draft)
    take_said_sizes(draft)
    compared = any(measure.compared and not is_of_a_title(draft, measure) for measure in said)
    draft.settle_manner(has_condition=compared)
    if gift is not None and not draft.is_like_a_title:
        draft.take(draft.numbers(*gift.span()), gone=True)
    quantity = take_quantity(draft)
    take_bare_sizes(draft)
    take_brands(draft)
    take_colours(draft)
    take_materials(draft)
    take_kinds(draft)
    wanted = take_measures(draft, said) or take_sleepers(draft)
    take_uses(draft)
    parts = tuple(sorted(draft.parts, key=lambda part: (part.span, part.field, part.values)))
    filters = Filters(
        price_min=lowest,
        price_max=highest,
        kinds=wanted_values(parts, "kind"),
        brands=wanted_values(parts, "brand"),
        colors=wanted_values(parts, "color"),
        sizes=wanted_values(parts, "size"),
        materials=wanted_values(parts, "material"),
        not_kinds=ruled_out(parts, "kind"),
        not_brands=ruled_out(parts, "brand"),
        not_colors=ruled_out(parts, "color"),
        not_materials=ruled_out(parts, "material"),
        not_terms=ruled_out(parts, "term"),
        in_stock_only=in_stock,
        measures=wanted,
    )
    return Understood(_left(draft), filters, sort, quantity, parts, _synonyms(draft))


def without_parts(text: str, parts: Iterable[Part], fields: Collection[Field]) -> str:
    """The text without the words that the parts of these fields were read from: the shopper takes them back."""
    kept = list(Reading(text).text)
    for part in parts:
        if part.field in fields:
            start, end = part.span
            kept[start:end] = " " * (end - start)
    return " ".join("".join(kept).split())


def _take_order(draft: Draft) -> Sort:
    for pattern, sort in _ORDERS:
        match = pattern.search(draft.plain)
        if match is None:
            continue
        numbers = draft.numbers(*match.span())
        hard = not draft.named_in_a_title(draft.words(numbers))
        draft.add("order", (sort,), *match.span(), name=match[0], hard=hard)
        draft.take(numbers, gone=hard)
        if hard:
            return sort
    return "relevance"


def _take_stock(draft: Draft) -> bool:
    match = _STOCK.search(draft.plain)
    if match is None:
        return False
    draft.add("stock", (), *match.span(), hard=True)
    draft.take(draft.numbers(*match.span()), gone=True)
    return True


def _left(draft: Draft) -> str:
    """The words to match. Known ones stay as they were written, which the sentence model reads best."""
    kept = (number for number in range(len(draft.tokens)) if number not in draft.gone)
    return " ".join(draft.written(number) for number in kept if not draft.is_mere_sentence(number))


def _synonyms(draft: Draft) -> tuple[str, ...]:
    said = [token.word for number, token in enumerate(draft.tokens) if number not in draft.gone]
    others = (other for word in said for other in draft.vocabulary.synonyms.get(word, ()))
    return tuple(dict.fromkeys(other for other in others if other not in said))
