"""Colours, materials, brands, sizes, kinds and uses in a sentence, and which of them are surely conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from catalog.search.draft import Draft, Field
from catalog.search.words import COLOUR_WORDS, COLOURS, SIZE_LETTERS, SIZE_NAMES, STOP_WORDS, key, size_keys

_TONES = frozenset(("light", "dark", "bright", "pale", "deep", "royal", "hot", "baby", "sky"))
_MADE_OF = frozenset(("in", "of", "from", "with"))
_COLOUR_CUES = frozenset(("color", "colour", "colored", "coloured"))
_ONE_SIZE = r"(?:(?:uk|eu|us)\s?)?\d{1,2}(?:\.5)?(?![\w.%])|(?:extra |x-?)?(?:small|large)\b|medium\b|x{0,3}[sl]\b|m\b"
_SAYS_SIZE = re.compile(
    rf"\b(?:(?:in )?(?:an? )?(?:sizes?|sized)\W{{0,2}}|in (?:an? )?)(?P<size>{_ONE_SIZE})"
    rf"(?:\s?(?:or|and|/)\s?(?:an? )?(?P<other>{_ONE_SIZE}))?|\b(?P<system>(?:uk|eu|us)\s?\d{{1,2}}(?:\.5)?)(?![\w.])"
)
# "In a 12" says a size only where the shop has it.
_IN_A = re.compile(r"in (?:an? )?(?!size)")
_USE_ENDS = frozenset(
    ("with", "that", "under", "in", "and", "or", "but", "not", "without", "over", "below", "about", "up")
)
_LONGEST_USE = 4


def colour_at(draft: Draft, number: int) -> tuple[str, int] | None:
    """(colour, how many tokens) where a colour is named from this token on: "red", "light blue", "lime green"."""
    if not draft.free(number):
        return None
    colors, token = draft.vocabulary.colors, draft.tokens[number]
    following = draft.tokens[number + 1].word if draft.free(number + 1) else ""
    is_shade = token.raw in _TONES or (following in COLOURS.get(token.word, ()) and following != token.word)
    if is_shade and following in colors and following not in STOP_WORDS:
        name = f"{token.word} {following}"
        return (name if name in colors else token.word if token.word in colors else following), 2
    return (token.word, 1) if token.word in colors else None


def take_colours(draft: Draft) -> None:
    """Every colour that the shop knows."""
    number = 0
    while number < len(draft.tokens):
        found = colour_at(draft, number)
        if found is not None:
            cued = _before(draft, number) in _COLOUR_CUES | {"in"} or _after(draft, number + found[1]) in _COLOUR_CUES
            sure = (cued and found[0] in COLOUR_WORDS) or _is_sure(draft, found[0], cued=cued)
            _note(draft, "color", found[0], number, found[1], sure=sure)
        number += found[1] if found else 1


def take_materials(draft: Draft) -> None:
    """Materials, apart from the noun that a phrase ends with: a wine glass need not be of glass."""
    for number, token in enumerate(draft.tokens):
        if token.word in draft.vocabulary.materials and draft.free(number) and token.word not in STOP_WORDS:
            cued = _before(draft, number) in _MADE_OF
            is_noun = number > 0 and not _telling_after(draft, number) and not cued
            sure = not is_noun and _is_sure(draft, token.word, cued=cued)
            _note(draft, "material", token.word, number, 1, sure=sure)


def take_brands(draft: Draft) -> None:
    """Brands of the shop, the longest name first."""
    for number in range(len(draft.tokens)):
        length = draft.longest_name(number, draft.vocabulary.brands)
        if length:
            name = " ".join(draft.words(range(number, number + length)))
            cued = _before(draft, number) in ("by", "from", "brand")
            _note(draft, "brand", name, number, length, sure=_is_sure(draft, name, cued=cued))


def take_said_sizes(draft: Draft) -> None:
    """Sizes that are called so, in a shop that has any: "size 12", "in a medium", "UK 7"."""
    sizes = draft.vocabulary.sizes
    for match in _SAYS_SIZE.finditer(draft.plain) if sizes else ():
        numbers = draft.numbers(match.start(), match.end())
        said = [size for size in match.group("size", "other", "system") if size]
        in_a = match["size"] is not None and _IN_A.match(match[0]) is not None
        known = [size for size in said if size_keys(size) & (sizes | SIZE_LETTERS) or (size[-1].isdigit() and not in_a)]
        if known and numbers and all(draft.free(number) for number in numbers):
            _note_size(draft, known, numbers, sure=True)


def take_bare_sizes(draft: Draft) -> None:
    """ "Merino shirt XL": sizes in letters or words, where the shop's clothes come in them."""
    if draft.vocabulary.sizes.isdisjoint(SIZE_LETTERS) or any(part.field == "size" for part in draft.parts):
        return
    for name in (*sorted(SIZE_NAMES, key=len, reverse=True), *sorted(SIZE_LETTERS - {"s", "m", "l"})):
        words = name.split()
        for number in range(len(draft.tokens)):
            numbers = list(range(number, number + len(words)))
            if all(map(draft.free, numbers)) and [draft.tokens[one].raw for one in numbers] == words:
                _note_size(draft, [name], numbers, sure=_is_sure(draft, name, cued=False))


def take_kinds(draft: Draft) -> None:
    """The kinds that a noun phrase ends with."""
    vocabulary = draft.vocabulary
    for numbers in draft.kinds():
        name = " ".join(draft.words(numbers))
        raw = " ".join(draft.tokens[number].raw for number in numbers)
        start, end = draft.tokens[numbers[0]].start, draft.tokens[numbers[-1]].end
        sure = _is_sure(draft, name, cued=False) and draft.guessed.isdisjoint(numbers)
        how = "said" if _says_kind(draft, numbers, vocabulary.kinds[name]) else "synonym"
        draft.add("kind", sorted(vocabulary.kinds[name]), start, end, name=raw, hard=sure, how=how)
        draft.take(numbers, gone=False)


def _says_kind(draft: Draft, numbers: Sequence[int], kinds: Iterable[str]) -> bool:
    """Whether the words stand in the kind's own name, rather than being synonyms of it."""
    words = {word for kind in kinds for word in kind.split()}
    return not words.isdisjoint(draft.words(numbers[-1:]))


def take_uses(draft: Draft) -> None:
    """What or whom it is for ("for hiking", "for a toddler"): a preference, never a condition."""
    for number, token in enumerate(draft.tokens):
        if token.raw != "for" or not draft.free(number):
            continue
        last = number
        while _goes_on(draft, last + 1) and last - number < _LONGEST_USE:
            last += 1
        words = [word for word in draft.words(range(number + 1, last + 1)) if word not in STOP_WORDS]
        if words:
            raw = " ".join(draft.tokens[one].raw for one in range(number, last + 1))
            draft.add("use", words, token.start, draft.tokens[last].end, name=raw)


def _goes_on(draft: Draft, number: int) -> bool:
    return (
        number < len(draft.tokens)
        and number not in draft.gone
        and not draft.tokens[number].fresh
        and draft.tokens[number].raw not in _USE_ENDS
        and not draft.tokens[number].is_number
    )


def _is_sure(draft: Draft, name: str, *, cued: bool) -> bool:
    """Whether a name is a condition: titles bear it out, or the words around it say so; never in a mere title."""
    return (cued or name not in draft.vocabulary.doubtful) and not draft.is_like_a_title


def _before(draft: Draft, number: int) -> str:
    return draft.tokens[number - 1].raw if number > 0 and not draft.tokens[number].fresh else ""


def _after(draft: Draft, number: int) -> str:
    return draft.tokens[number].raw if number < len(draft.tokens) and not draft.tokens[number].fresh else ""


def _telling_after(draft: Draft, number: int) -> bool:
    """Whether another naming word follows in the same breath."""
    following = draft.tokens[number + 1] if number + 1 < len(draft.tokens) else None
    return following is not None and not following.fresh and following.raw not in STOP_WORDS and not following.is_number


def _note(draft: Draft, field: Field, value: str, number: int, length: int, *, sure: bool) -> None:
    numbers = range(number, number + length)
    # Of two words that a typing error may be, the wrong one must not hide what is meant.
    sure = sure and draft.guessed.isdisjoint(numbers)
    start, end = draft.tokens[number].start, draft.tokens[numbers[-1]].end
    raw = " ".join(draft.tokens[one].raw for one in numbers)
    # A brand is said back in the letters that the shopper gave it.
    name = draft.reading.said(start, end) if field == "brand" and draft.corrected.isdisjoint(numbers) else raw
    draft.add(field, (value,), start, end, name=name, hard=sure)
    draft.take(numbers, gone=False)


def _note_size(draft: Draft, said: Sequence[str], numbers: Sequence[int], *, sure: bool) -> None:
    shown = [SIZE_NAMES.get(key(size), key(size)).upper() for size in said]
    start, end = draft.tokens[numbers[0]].start, draft.tokens[numbers[-1]].end
    draft.add("size", shown, start, end, name=" / ".join(shown), hard=sure)
    draft.take(numbers, gone=sure)
