"""Which product a phrase names: "the aero 2 in green", "can you put a red retrospot lunch bag in my basket"."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence

from catalog.search.engine import Hit
from catalog.search.facets import Facets
from catalog.search.filters import Filters
from catalog.search.shelf import Shelf
from catalog.search.understanding import Understood, understand
from catalog.search.words import size_keys, tokens

_MOST_HITS = 10
# A product on the shopper's screen is meant rather than another of the same name.
_SEEN_BONUS = 0.08
_WRONG_SIZE = 0.7
_WRONG_COLOUR = 0.6
# Below this share of the phrase nobody would say that it names the product.
_LEAST_COVERED = 0.34
_SHARE_POWER = 1.5
# A word that a whole shop's titles have ("mug") names so many things that none of them is meant; of such the shortest
# titles are looked at, since the phrase says most of them.
_MOST_SCORED = 500


def resolve(shelf: Shelf, phrase: str, among: Sequence[str] = ()) -> list[Hit]:
    """The products that a phrase may name, best first, score 0..1: how much of the phrase the product's name
    has, and then how much of the name the phrase has. 1.0 for an id or a full title.

    `among` are ids that the shopper sees: preferred, and alone considered (with their variants) when the
    phrase has only a colour or size.
    """
    exact = _exact(shelf, phrase, among)
    if exact:
        return [Hit(shelf.products[place], 1.0) for place in exact]
    understood = understand(phrase, shelf.vocabulary, shelf.currency)
    words = tokens(understood.text)
    seen = {shelf.position[product_id] for product_id in among if product_id in shelf.position}
    family = {variant for place in seen for variant in shelf.group(place)}
    only_attributes = all(word in shelf.vocabulary.colors for word in words)
    if only_attributes and not (family and (words or understood.filters.sizes)):
        return []
    covered = _covered(shelf, words, family)
    if only_attributes:
        covered = {place: covered.get(place, 0.0) if words else 1.0 for place in sorted(family)}
    found = _best(shelf, covered, words, understood, family)
    found.sort(key=lambda item: _order(shelf, item[0], item[1], item[1] in seen))
    return [Hit(shelf.products[place], round(score, 4)) for score, place in found[:_MOST_HITS]]


def _covered(shelf: Shelf, words: Sequence[str], family: set[int]) -> dict[int, float]:
    """Position -> the share of the words, by weight, that its name has, where that is enough to be meant.

    Rare words come first: once what is left cannot reach the least share alone, common words bring nobody new, so
    that "guitar" does not bring up every guitar of the shop.
    """
    often = Counter(words)
    weights = {word: shelf.weight(word) * often[word] for word in sorted(often)}
    left = total = sum(weights.values())
    covered = dict.fromkeys(sorted(family), 0.0)
    for word in sorted(weights, key=lambda word: -weights[word]):
        if weights[word] == 0.0:
            break
        named = shelf.named([word])
        brings_new = left >= _LEAST_COVERED * total
        for place in named if brings_new else named & covered.keys():
            covered[place] = covered.get(place, 0.0) + weights[word]
        left -= weights[word]
    least = _LEAST_COVERED * total
    return {place: weight / total for place, weight in covered.items() if total and weight >= least}


def _best(
    shelf: Shelf, covered: dict[int, float], words: Sequence[str], understood: Understood, family: set[int]
) -> list[tuple[float, int]]:
    """(score, position) of all that may be among the best: a score is never above what the share alone allows."""
    ranked = sorted(covered, key=lambda place: (-covered[place], len(shelf.products[place].title), place))
    found: list[tuple[float, int]] = []
    best: list[float] = []
    for place in ranked:
        share = covered[place]
        if share < _LEAST_COVERED:
            break
        if len(best) == _MOST_HITS and share**_SHARE_POWER + _SEEN_BONUS < best[0]:
            break
        score = _score(shelf, place, share, words, understood)
        score = min(1.0, score + _SEEN_BONUS * (place in family)) if score > 0 else 0.0
        if score > 0:
            found.append((score, place))
            (heapq.heappushpop if len(best) == _MOST_HITS else heapq.heappush)(best, score)
        if len(found) >= _MOST_SCORED:
            break
    return found


def _exact(shelf: Shelf, phrase: str, among: Sequence[str]) -> list[int]:
    """Positions whose id stands in the phrase, in its order, else those whose whole title it is, best first."""
    spelled = (word.strip(".,!?\"'()").upper() for word in phrase.split())
    # A short number is rather a quantity than an id.
    by_id = [shelf.position[word] for word in spelled if len(word) > 4 and word in shelf.position]
    if by_id:
        return list(dict.fromkeys(by_id))[:_MOST_HITS]
    titled = shelf.titled(phrase)[:_MOST_SCORED]
    return sorted(titled, key=lambda place: _order(shelf, 1.0, place, shelf.products[place].id in among))[:_MOST_HITS]


def _score(shelf: Shelf, place: int, covered: float, words: Sequence[str], understood: Understood) -> float:
    title = shelf.title_content[place]
    whole = sum(shelf.weight(word) for word in title)
    said = sum(shelf.weight(word) for word in title if word in words) / whole if whole else 0.0
    score: float = covered**_SHARE_POWER * (0.75 + 0.25 * said)
    asked = understood.filters
    return score * _fit(asked, shelf.facets[place]) if asked.colors or asked.not_colors or asked.sizes else score


def _fit(asked: Filters, facets: Facets) -> float:
    """1.0, and less for another colour or size than asked."""
    fit = 1.0
    if asked.colors and facets.colors and asked.colors.isdisjoint(facets.colors):
        fit *= _WRONG_COLOUR
    if not asked.not_colors.isdisjoint(facets.colors):
        fit *= _WRONG_COLOUR
    if asked.sizes and facets.sizes:
        wanted = frozenset().union(*(size_keys(size) for size in asked.sizes))
        fit *= _WRONG_SIZE if wanted.isdisjoint(facets.sizes) else 1.0
    return fit


def _order(shelf: Shelf, score: float, place: int, seen: bool) -> tuple[float, bool, bool, int, str]:
    product = shelf.products[place]
    return (-round(score, 4), not seen, not product.in_stock, -shelf.popularity[place], product.id)
