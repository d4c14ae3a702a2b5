"""What a sentence rules out, and how far each "not" reaches: "not black or navy", "without a hood", "no Fell"."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.search.conditions import colour_at
from catalog.search.draft import Draft, Field
from catalog.search.word_lists import LACKING
from catalog.search.words import STOP_WORDS

_ALONE = frozenset(("not", "no", "without", "except", "excluding", "neither", "isnt", "arent", "avoid", "hate"))
_TOGETHER = frozenset(
    (
        *(("anything", "but"), ("all", "but"), ("everything", "but"), ("other", "than"), ("apart", "from")),
        *(("nothing", "in"), ("nothing", "with"), ("nothing", "made"), ("dont", "want"), ("not", "want")),
        *(("dont", "like"), ("not", "like"), ("dont", "need"), ("not", "need"), ("allergic", "to"), ("w", "o")),
        *(("instead", "of"), ("rather", "than"), ("anything", "except"), ("allergy", "to"), ("i", "hate")),
    )
)
_BETWEEN = frozenset(
    ("in", "the", "a", "an", "any", "with", "made", "of", "from", "for", "by", "my", "have", "be", "it")
)
_BRAND_WORDS = frozenset(("brand", "make", "label"))
_LISTING = frozenset(("or", "and", "nor"))
# "Not bad", "not too heavy", "no problem": nothing is ruled out.
_NOTHING_MEANT = STOP_WORDS | frozenset(
    (
        *("too", "sure", "more", "less", "under", "over", "only", "just", "bothered", "problem", "idea", "matter"),
        *("rush", "hurry", "longer", "expensive", "than", "hard", "bad", "fussy", "picky", "yet", "now", "even"),
        *("necessarily", "much", "many", "big", "bigger", "small", "smaller", "large", "larger", "heavy", "heavier"),
        *("light", "long", "short", "thick", "thin", "wide", "bulky", "cheap", "dear", "pricey", "quite", "fancy"),
        *("about", "above", "below", "between", "around", "up", "max", "no", "not", "without", "worry", "doubt"),
        *("included", "include", "including", "available", "applicable", "intended", "required", "real"),
        *("matter", "particular", "preference", "limit", "but", "if", "i", "ever", "thank", "frill", "nonsense"),
    )
)


@dataclass(frozen=True)
class _Ruled:
    """A thing ruled out: `length` tokens from `number` on."""

    field: Field
    values: frozenset[str]
    number: int
    length: int


def take_negations(draft: Draft) -> None:
    """Read all that is ruled out as negated parts; its words are not matched.

    Where a title says the very words ("DO NOT TOUCH MY STUFF DOOR HANGER"), they may be its name and are matched.
    """
    number = 0
    while number < len(draft.tokens):
        length = _trigger(draft, number)
        number = _rule_out(draft, number, number + length) if length else number + 1


def _trigger(draft: Draft, number: int) -> int:
    """How many tokens from here on say "not"; 0 for none."""
    if not draft.free(number):
        return 0
    token = draft.tokens[number]
    if draft.free(number + 1) and (token.raw, draft.tokens[number + 1].raw) in _TOGETHER:
        return 2
    if token.raw == "non":
        # "Non stick" is a quality; only of what things are made or look like, "non" means "not".
        return int(draft.free(number + 1) and draft.tokens[number + 1].word in _looks(draft))
    glued = draft.plain[token.end : token.end + 1] == "-"
    return int(token.raw in _ALONE and not glued)


def _looks(draft: Draft) -> frozenset[str]:
    return draft.vocabulary.colors | draft.vocabulary.materials | draft.vocabulary.brands


def _rule_out(draft: Draft, trigger: int, number: int) -> int:
    """Read the things after a trigger; the number of the token to go on with."""
    number = _past(draft, number, _BETWEEN)
    number = _past(draft, number, _BRAND_WORDS)
    found: list[_Ruled] = []
    if draft.free(number) and draft.tokens[number].fresh:
        return trigger + 1
    while (ruled := _thing(draft, number)) is not None:
        found.append(ruled)
        number = _next_in_list(draft, ruled)
        if number < 0:
            break
    if not found:
        return trigger + 1
    for place, ruled in enumerate(found):
        _note(draft, trigger if place == 0 else found[place - 1].number + found[place - 1].length, ruled)
    return found[-1].number + found[-1].length


def _past(draft: Draft, number: int, words: frozenset[str]) -> int:
    while draft.free(number) and not draft.tokens[number].fresh and draft.tokens[number].raw in words:
        number += 1
    return number


def _next_in_list(draft: Draft, ruled: _Ruled) -> int:
    """Where the next thing of the list begins; -1 where it ends. "Or" and "nor" go on with anything, "and" with the
    like ("not black and navy", but "not black and waterproof"), a comma where an "or" is still to come."""
    after = ruled.number + ruled.length
    if not draft.free(after):
        return -1
    if draft.tokens[after].raw in _LISTING:
        number = _past(draft, _past(draft, after + 1, _ALONE), _BETWEEN)
        following = _thing(draft, number)
        goes_on = draft.tokens[after].raw != "and" or (following is not None and following.field == ruled.field)
        return number if goes_on else -1
    if draft.tokens[after].fresh:
        following = _thing(draft, after)
        if following is not None and following.field == ruled.field:
            end = following.number + following.length
            return after if draft.free(end) and draft.tokens[end].raw in ("or", "nor") else -1
    return -1


def _thing(draft: Draft, number: int) -> _Ruled | None:
    """What the tokens from here on name: a brand, colour, material or kind of the shop, else a word or two."""
    if not draft.free(number):
        return None
    vocabulary, word = draft.vocabulary, draft.tokens[number].word
    length = draft.longest_name(number, vocabulary.brands)
    if length:
        return _Ruled("brand", _name(draft, number, length), number, length)
    colour = colour_at(draft, number)
    if colour is not None:
        return _Ruled("color", frozenset((colour[0],)), number, colour[1])
    if word in vocabulary.materials:
        return _Ruled("material", frozenset((word,)), number, 1)
    length = draft.longest_name(number, frozenset(vocabulary.kinds))
    if length and not _is_telling(draft, number + length):
        (name,) = _name(draft, number, length)
        return _Ruled("kind", vocabulary.kinds[name], number, length)
    if not _is_telling(draft, number):
        return None
    pair = " ".join(draft.words(range(number, min(number + 2, len(draft.tokens)))))
    length = 2 if pair in vocabulary.pairs and _is_telling(draft, number + 1) else 1
    return _Ruled("term", _name(draft, number, length), number, length)


def _is_telling(draft: Draft, number: int) -> bool:
    """Whether a word is there, in the same breath, that can be ruled out."""
    if not draft.free(number):
        return False
    token = draft.tokens[number]
    return len(token.word) > 2 and token.word[0].isalpha() and not {token.raw, token.word} & _NOTHING_MEANT


def _name(draft: Draft, number: int, length: int) -> frozenset[str]:
    return frozenset((" ".join(draft.words(range(number, number + length))),))


def _note(draft: Draft, first: int, ruled: _Ruled) -> None:
    numbers = range(first, ruled.number + ruled.length)
    said = [draft.tokens[number].word for number in numbers if draft.tokens[number].raw not in _BETWEEN]
    named = draft.named_in_a_title(said)
    # A product passes whose title says that it lacks the thing (`Facets.words`); of any other name nothing is sure.
    lacking = named == "phrase" and ruled.field == "term" and draft.tokens[first].raw in LACKING
    hard = not named or (lacking and not draft.is_long)
    words = " ".join(draft.tokens[number].raw for number in range(ruled.number, ruled.number + ruled.length))
    draft.add(
        ruled.field, sorted(ruled.values), draft.tokens[first].start, draft.tokens[numbers[-1]].end,
        name=words, hard=hard, negated=True,
    )  # fmt: skip
    draft.take(numbers, gone=not named)
