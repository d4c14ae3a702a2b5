"""Which kinds of product a phrase names: a kind counts where a noun phrase ends with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from catalog.search.reading import Token, phrase
from catalog.search.word_lists import MERE_MATERIALS, SIZE_OR_COUNT_WORDS, STOP_WORDS

KindNames = Mapping[str, frozenset[str]]

# A noun phrase ends before these.
_PHRASE_ENDS = frozenset(
    (
        *("for", "with", "that", "which", "who", "to", "in", "on", "from", "made", "suitable", "and", "or", "but"),
        *("of", "so", "thats", "without", "not", "no", "under", "over", "between", "below", "about", "by"),
    )
)
# "Gas for my stove", "jacket with hood": what it is for or has is not what it is.
_ASIDES = frozenset(("of", "for", "with", "in", "on", "from", "to", "by", "about", "without"))
# "A pair of boots" are boots, while "map of the lakes" is a map.
_CONTAINERS = frozenset(
    ("pair", "set", "pack", "box", "lot", "kind", "type", "sort", "piece", "couple", "bunch", "roll", "range", "choice")
)
# Who a thing is for may be said after it: "jacket mens".
AUDIENCES = frozenset(
    (
        *("man", "men", "woman", "women", "lady", "gent", "kid", "child", "boy", "girl", "baby", "toddler"),
        *("adult", "unisex", "junior", "youth", "teen"),
    )
)
_SEEKING = frozenset(("looking", "look", "searching", "search", "hunting", "shopping", "asking", "hoping", "wish"))
_JOINTS = frozenset(("and", "or"))
_LONGEST_NAME = 4


def kind_names(product_types: Iterable[str]) -> dict[str, frozenset[str]]:
    """A name, or its last word, or a part of "tents and shelters" -> the kinds that it may mean. `product_types`
    are the names of kinds in comparable form. A full name means itself only."""
    known = frozenset(name for name in product_types if name)
    kinds: dict[str, set[str]] = {}
    for name in sorted(known):
        kinds.setdefault(name, set()).add(name)
        kinds.setdefault(name.split()[-1], set()).add(name)
        for part in name.split(" and "):
            kinds.setdefault(part.strip() or name, set()).add(name)
    return {name: frozenset((name,)) if name in known else frozenset(means) for name, means in kinds.items()}


def with_synonyms(kinds: KindNames, synonyms: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """The names of kinds, and the same with a synonym for their last word: "guitar amp" is a guitar amplifier."""
    more = {
        " ".join((*name.split()[:-1], other)): means
        for name, means in kinds.items()
        for other in synonyms.get(name.split()[-1], ())
    }
    return {**more, **kinds}


def named_kinds(tokens: Sequence[Token], kinds: KindNames, colors: Collection[str]) -> list[tuple[int, int]]:
    """The kinds that the first noun phrase with any ends with, each as (first, one past the last) of `tokens`.

    "Boots or shoes" names two; "tent and gear spray" none of tents, since such phrases share their last word. Colours,
    materials, sizes and whom it is for may follow the noun ("tent green 2 person"). Tokens that say something else,
    like a price, must be left out before.
    """
    for group in _phrases(tokens) if kinds else ():
        found = [_at_the_end(tokens, first, last, kinds, colors) for first, last in group]
        if found[-1] is not None:
            return [place for place in found if place is not None]
    return []


def _phrases(tokens: Sequence[Token]) -> list[list[tuple[int, int]]]:
    """Where the noun phrases are, as (first, one past the last), those joined by "and" or "or" in one list. What a
    thing is for, or goes with, is left out."""
    found: list[list[tuple[int, int]]] = []
    first, told, aside, joined = 0, False, False, False
    for number in range(len(tokens) + 1):
        token = tokens[number] if number < len(tokens) else None
        ends = token is not None and token.raw in _PHRASE_ENDS
        if token is not None and not ends and not token.fresh:
            told = told or token.raw not in STOP_WORDS
            continue
        is_container = ends and token is not None and token.raw == "of" and tokens[number - 1].word in _CONTAINERS
        if is_container and number > 0:
            first, told = number + 1, False
            continue
        if first < number and not aside:
            found = [*found[:-1], [*found[-1], (first, number)]] if joined and found else [*found, [(first, number)]]
        if token is None:
            break
        joined = token.raw in _JOINTS
        aside = (aside and joined) or (ends and _begins_aside(tokens, number, told=told))
        told = told or token.raw not in STOP_WORDS
        first = number + 1 if ends else number
    return found


def _begins_aside(tokens: Sequence[Token], number: int, *, told: bool) -> bool:
    """Whether what follows tells about a thing named before, or says what something is for; "looking for" does not."""
    word = tokens[number].raw
    seeks = word == "for" and number > 0 and tokens[number - 1].raw in _SEEKING
    return word in _ASIDES and not seeks and (told or word == "for")


def _at_the_end(
    tokens: Sequence[Token], first: int, last: int, kinds: KindNames, colors: Collection[str]
) -> tuple[int, int] | None:
    for end in range(last, first, -1):
        found = _ending_at(tokens, first, end, kinds)
        if found is not None:
            return found
        if not _may_follow(tokens[end - 1], colors):
            return None
    return None


def _ending_at(tokens: Sequence[Token], first: int, end: int, kinds: KindNames) -> tuple[int, int] | None:
    for length in range(min(_LONGEST_NAME, end - first), 0, -1):
        if phrase(tokens[end - length : end]) in kinds:
            return end - length, end
    return None


def _may_follow(token: Token, colors: Collection[str]) -> bool:
    word = token.word
    return (
        word in STOP_WORDS
        or word in colors
        or word in AUDIENCES
        or word in SIZE_OR_COUNT_WORDS
        or word in MERE_MATERIALS
        or not word[0].isalpha()
    )
