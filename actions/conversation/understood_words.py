"""What was understood of a search, and what differs in what was found instead, in words that can be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from actions.conversation.assistant import Assistant
from actions.conversation.model import Request
from catalog.domain.money import Money

if TYPE_CHECKING:
    from catalog.catalogue import Difference, Filters, Part, SearchResult, Understood

# In this order people name what they want.
_WANTED = ("kind", "color", "size", "brand", "material", "measure")
_READINGS_AT_ONCE = 2


def understood_words(assistant: Assistant, request: Request, understood: Understood) -> str:
    """What was taken as a condition: "tents, 2 person, up to £200.00, not black"; "nothing" for none."""
    hard = [part for part in understood.parts if part.hard]
    words = [_wanted(assistant, request, part) for field in _WANTED for part in hard if part.field == field]
    words += _price(assistant, request, understood.filters)
    if understood.sort != "relevance":
        words.append(assistant.say(request, "filter-is-sorted", order=understood.sort))
    if understood.filters.in_stock_only:
        words.append(assistant.say(request, "filter-is-in-stock"))
    words += [assistant.say(request, "filter-is-not", value=part.name) for part in hard if part.negated]
    return ", ".join(dict.fromkeys(word for word in words if word)) or "nothing"


def _wanted(assistant: Assistant, request: Request, part: Part) -> str:
    if part.negated:
        return ""
    return assistant.say(request, "filter-is-size", size=part.name) if part.field == "size" else part.name


def _price(assistant: Assistant, request: Request, filters: Filters) -> list[str]:
    lowest, highest = filters.price_min, filters.price_max
    if lowest is not None and highest is not None:
        return [assistant.say(request, "filter-is-between", low=lowest, high=highest)]
    if highest is not None:
        return [assistant.say(request, "filter-is-up-to", price=highest)]
    return [] if lowest is None else [assistant.say(request, "filter-is-from", price=lowest)]


def readings(assistant: Assistant, request: Request, understood: Understood) -> list[str]:
    """The guesses behind an answer, one sentence each: a typing error that was read over, a price in another money."""
    sentences = [
        assistant.say(request, "find-read-as", said=part.said, meant=part.name)
        for part in understood.parts
        if part.how == "typo"
    ][:_READINGS_AT_ONCE]
    other_money = [part.said for part in understood.parts if part.how == "other_currency"]
    if other_money:
        currency = assistant.config.currency
        sentences.append(assistant.say(request, "find-other-currency", said=other_money[0], currency=currency))
    return sentences


def differing_words(assistant: Assistant, request: Request, result: SearchResult) -> str:
    """What the hits have otherwise than asked: "No red tents, but these are maroon."; "" where nothing was given up."""
    if not result.relaxed:
        return ""
    found = assistant.catalogue.differences(result)
    fields = dict.fromkeys(difference.field for differing in found for difference in differing)
    kind = next((part.name for part in result.understood.parts if part.field == "kind" and part.hard), "nothing")
    sentences = [
        _sentence(assistant, request, [one for differing in found for one in differing if one.field == field], kind)
        for field in fields
    ]
    return " ".join(sentences)


def _sentence(assistant: Assistant, request: Request, differing: Sequence[Difference], kind: str) -> str:
    """One sentence for all hits that differ in one thing; the first of them is the nearest."""
    nearest, count = differing[0], len(differing)
    if nearest.field == "price" and isinstance(nearest.asked, Money) and isinstance(nearest.has, Money):
        message_id = "differs-price-above" if nearest.above else "differs-price-below"
        gap = max(nearest.asked, nearest.has) - min(nearest.asked, nearest.has)
        return assistant.say(request, message_id, asked=nearest.asked, has=nearest.has, gap=gap)
    if nearest.field == "stock":
        return assistant.say(request, "differs-stock", count=count)
    values = _values(differing)
    if not values:
        return assistant.say(request, "differs-unsaid", asked=str(nearest.asked))
    has = values[0]
    if len(values) > 1 and nearest.field != "measure":
        has = assistant.say(request, "list-and", values=", ".join(values[:-1]), last=values[-1])
    return assistant.say(request, f"differs-{nearest.field}", asked=str(nearest.asked), has=has, count=count, kind=kind)


def _values(differing: Sequence[Difference]) -> list[str]:
    """What the hits have instead, each thing once, the nearest first; sizes one by one."""
    if differing[0].field == "size":
        sizes = list(dict.fromkeys(size for one in differing for size in str(one.has).split(", ") if size))
        return sorted(sizes, key=float) if all(size.isdigit() for size in sizes) else sizes
    return list(dict.fromkeys(str(one.has) for one in differing if one.has))
