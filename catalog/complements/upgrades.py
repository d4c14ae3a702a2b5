"""A better one of the same thing, for a little more: what an upgrade is, and by what it is better."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from catalog.complements.compatibility import FitRules
from catalog.complements.directions import Direction, learn_directions
from catalog.complements.qualities import Quality, amount_of, noticed, qualities_of, shown
from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.search import measures
from catalog.search.shelf import Shelf

# So much dearer an upgrade is, in per cent of the present price, both ends included.
DEARER = (10, 25)
# A kind of more things is rather a department ("Toys"): there, the title must name the same thing as well.
_DEPARTMENT = 150
# Kinds guessed from titles, and departments, are too rough to say what a thing is for ("action figure"): there,
# it has to read nearly the same, too. Cosine of MiniLM.
_SAME_NEED = 0.7
# From so many things of a kind, evenly spread, the directions are learned.
_LEARNED_FROM = 400
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Change:
    """One quality that is otherwise: `before` in the product, `after` in the upgrade.

    `attribute` is the feed's column, "" for a measure of the title. Amounts are in `unit` (see `Quality`); the texts
    say them as people write them.
    """

    attribute: str
    before: float
    after: float
    unit: str

    @property
    def before_text(self) -> str:
        """What the product has: "1900 g"."""
        return shown(self.before, Quality(self.attribute, self.unit))

    @property
    def after_text(self) -> str:
        """What the upgrade has: "1280 g"."""
        return shown(self.after, Quality(self.attribute, self.unit))


@dataclass(frozen=True)
class Upgrade:
    """A better product of the same kind. `difference` is what it costs more at today's prices.

    `improvements` are what it has better, most first, never empty; `trade_offs` what it has worse, most first: less in
    sum than it gains, but whoever tells the one can tell the other. `gain` orders upgrades; it is no probability.
    """

    product: Product
    difference: Money
    improvements: tuple[Change, ...]
    trade_offs: tuple[Change, ...]
    gain: float


class UpgradeFinder:
    """Finds upgrades on one shelf. Which way a quality is better is learned per kind, when first asked. `cosine` is
    that of the products at two positions."""

    def __init__(self, shelf: Shelf, fit: FitRules, cosine: Callable[[int, int], float]) -> None:
        self._shelf, self._fit, self._cosine = shelf, fit, cosine
        self._directions = lru_cache(maxsize=4096)(self._learned)
        self._wide = lru_cache(maxsize=4096)(self._is_department)

    def upgrades(self, product_id: str, limit: int = 3, dearer: tuple[int, int] = DEARER) -> list[Upgrade]:
        """The most gain for the price first, one product of each group; empty for an unknown id, and where nothing
        says that another one is better. `dearer` are per cent of the present price."""
        place = self._shelf.position.get(product_id)
        if place is None:
            return []
        number, head = self._need(place)
        directions = self._directions(number, head)
        if not directions:
            return []
        product = self._shelf.products[place]
        serving = (
            other for other in self._affordable(place, self._members(number, head), dearer)
            if self._serves(place, other, rough=bool(head) or not product.kind)
        )  # fmt: skip
        found = [(other, compared(product, self._shelf.products[other], directions)) for other in serving]
        better = [(self._order(place, other, upgrade), upgrade) for other, upgrade in found if upgrade is not None]
        best: dict[str, Upgrade] = {}
        for _, upgrade in sorted(better, key=lambda one: one[0]):
            best.setdefault(upgrade.product.group_id or upgrade.product.id, upgrade)
        return list(best.values())[:limit]

    def _order(self, place: int, other: int, upgrade: Upgrade) -> tuple[float, bool, int, str]:
        """Most gain for the price first; of variants that are as good, the product's colour, then the most bought."""
        other_colour = self._shelf.facets[other].colors.isdisjoint(self._shelf.facets[place].colors)
        worth = round(upgrade.gain / upgrade.difference.minor, 12)
        return -worth, other_colour, -int(self._shelf.popularity[other]), upgrade.product.id

    def _need(self, place: int) -> tuple[int, str]:
        """(number of the kind, head noun where the kind is a department)."""
        number = int(self._shelf.columns.unit_numbers[place])
        return number, self._shelf.facets[place].head if self._wide(number) else ""

    def _is_department(self, number: int) -> bool:
        return len(np.unique(self._shelf.columns.groups[self._members(number, "")])) > _DEPARTMENT

    def _members(self, number: int, head: str) -> Places:
        """Positions of a kind, of those that the title names so where `head` is given."""
        members = np.flatnonzero(self._shelf.columns.unit_numbers == number)
        return members[self._shelf.columns.postings["title"].has(head, members)] if head else members

    def _learned(self, number: int, head: str) -> tuple[Direction, ...]:
        """Variants count as one thing; the regular price counts, because a sale makes nothing worse."""
        members = self._members(number, head)
        things = members[np.unique(self._shelf.columns.groups[members], return_index=True)[1]]
        spread = np.linspace(0, len(things) - 1, min(len(things), _LEARNED_FROM)).astype(np.int64)
        products = [self._shelf.products[thing] for thing in np.sort(things)[spread].tolist()]
        return tuple(learn_directions(with_silent_no(products)))

    def _affordable(self, place: int, members: Places, dearer: tuple[int, int]) -> list[int]:
        """What of a kind is of another group, in stock and within the price band."""
        sieve, groups = self._shelf.sieve, self._shelf.columns.groups
        price = int(sieve.prices[place])
        least, most = (price * (100 + percent) for percent in dearer)
        prices = sieve.prices[members] * 100
        fitting = (prices >= least) & (prices <= most) & (sieve.prices[members] > price) & sieve.in_stock[members]
        places: list[int] = members[fitting & (price > 0) & (groups[members] != groups[place])].tolist()
        return places

    def _serves(self, place: int, other: int, *, rough: bool) -> bool:
        """Whether it is for the same wearer, fits all that the product is declared to fit, and, in a `rough` kind, is
        near in meaning."""
        product, candidate = self._shelf.products[place], self._shelf.products[other]
        own, others = self._shelf.facets[place].sizes, self._shelf.facets[other].sizes
        # "500 ml" is an amount and may be more; "M" is who it fits.
        worn = own and others and not measures.in_text(product.size)
        if (worn and own.isdisjoint(others)) or _wearer(product) != _wearer(candidate):
            return False
        hosts, new_hosts = self._fit.hosts_of(product), self._fit.hosts_of(candidate)
        if not hosts <= new_hosts or (new_hosts and not hosts):
            return False
        return not rough or self._cosine(place, other) >= _SAME_NEED


def compared(product: Product, candidate: Product, directions: Sequence[Direction]) -> Upgrade | None:
    """The candidate as an upgrade; None where it is not better, or nobody knows that it is no worse.

    What is gained must outweigh what is lost, in shares of the kind (see `Direction.gain`): much heavier is no
    upgrade for a little brighter. What the product states, the candidate has to state too.
    """
    stated, others = qualities_of(product), qualities_of(candidate)
    changes: list[tuple[float, Change]] = []
    for direction in directions:
        before = amount_of(direction.quality, product, stated)
        after = amount_of(direction.quality, candidate, others)
        if before is None:
            continue
        if after is None:
            return None
        if noticed(before, after):
            gain = direction.gain(before, after)
            changes.append((gain, Change(direction.quality.attribute, before, after, direction.quality.unit)))
    better = sorted((one for one in changes if one[0] > 0), key=lambda one: (-one[0], one[1].attribute))
    worse = sorted((one for one in changes if one[0] < 0), key=lambda one: (one[0], one[1].attribute))
    gain = sum(share for share, _ in changes)
    if not better or gain <= 0:
        return None
    difference = candidate.current_price - product.current_price
    return Upgrade(candidate, difference, _only(better), _only(worse), round(gain, 6))


def with_silent_no(products: Sequence[Product]) -> list[tuple[int, Mapping[Quality, float]]]:
    """(regular price in minor units, amounts) of products of one kind; a column of yes and no says no where it is
    empty."""
    stated = [qualities_of(product) for product in products]
    known = dict.fromkeys(quality for amounts in stated for quality in amounts)
    things: list[tuple[int, Mapping[Quality, float]]] = []
    for product, amounts in zip(products, stated, strict=True):
        had = {quality: amount_of(quality, product, amounts) for quality in known}
        things.append((product.price.minor, {quality: one for quality, one in had.items() if one is not None}))
    return things


def _only(changes: Sequence[tuple[float, Change]]) -> tuple[Change, ...]:
    return tuple(change for _, change in changes)


def _wearer(product: Product) -> tuple[str, str]:
    """(gender, age_group), Google's fields for clothes, as they read where they are left empty."""
    gender, age = (product.attributes.get(name, "").strip().lower() for name in ("gender", "age_group"))
    return gender or "unisex", age or "adult"
