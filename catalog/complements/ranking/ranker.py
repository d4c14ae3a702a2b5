"""Ranking what goes with a basket, for anybody and for a known customer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from catalog.complements.ranking.candidates import Scored, best, score
from catalog.complements.ranking.customers import CustomerPast, Customers
from catalog.complements.ranking.features import known_features, new_features
from catalog.complements.ranking.history_features import Taste, history_features, taste_of
from catalog.complements.ranking.item_model import ItemModel
from catalog.complements.ranking.items import Floats, Items, Places
from catalog.complements.ranking.trees import Trees

Mask = npt.NDArray[np.bool_]
# All that go with a basket, only what the customer never bought, only what the customer bought before.
Which = Literal["all", "new", "again"]
KNOWN_CANDIDATES = 60
NEW_CANDIDATES = 20
# Of a known customer also what was bought before, and what suits the taste.
CUSTOMER_CANDIDATES = 30
_TASTE = 0.3
_BOUGHT = 1.5
# A thing that this customer never bought counts as much as three that are bought again: who buys again does not
# need telling.
NEW_COUNTS = math.log(3.0)
# What stands in for orders of its own is worth a third of them.
_UNSURE = math.log(3.0)


@dataclass(frozen=True)
class Forests:
    """The trees for one item in the basket, for several, for items without orders, and for known customers."""

    single: Trees
    several: Trees
    new: Trees | None
    customer: Trees | None


@dataclass(frozen=True)
class Ranked:
    """A place and its log-odds of being the next thing in the basket (without trees: a score)."""

    place: int
    score: float


class ComplementRanker:
    """Read only; safe to share between threads. Without `forests` (too few orders) candidates are ranked by the
    item model alone."""

    def __init__(
        self, items: Items, model: ItemModel, forests: Forests | None = None, customers: Customers | None = None
    ) -> None:
        self.items, self.model, self._forests, self._customers = items, model, forests, customers

    @property
    def knows_odds(self) -> bool:
        """Whether scores are log-odds, learned from orders that were held back."""
        return self._forests is not None

    def past(self, customer: int) -> CustomerPast | None:
        """What the customer with this key bought; None where nobody is known by it."""
        return self._customers.past(customer) if self._customers is not None else None

    def places(self, ids: Sequence[str]) -> Places:
        """Places of the known ones of these ids, each once, in their order."""
        found = (self.items.place[item_id] for item_id in dict.fromkeys(ids) if item_id in self.items.place)
        return np.fromiter(found, dtype=np.int64)

    def rank(
        self, basket: Places, limit: int, *, allowed: Places | None = None, customer: int = 0, which: Which = "all"
    ) -> list[Ranked]:
        """The best items for a basket, never one of it. `customer` is a key of `order_history`, 0 for nobody.

        `allowed` are the places to choose from. Equal scores are settled by place. An empty basket gets what
        this customer, or everybody, buys most.
        """
        mask = self._mask(basket, allowed)
        past = self.past(customer)
        if which != "all":
            mask &= _was_bought(len(self.items), past) == (which == "again")
        places, scores = self._scores(basket, mask, past, limit)
        order = np.lexsort((places, -scores))[:limit]
        return [Ranked(int(places[row]), float(scores[row])) for row in order]

    def _mask(self, basket: Places, allowed: Places | None) -> Mask:
        mask = np.ones(len(self.items), np.bool_)
        if allowed is not None:
            mask[:] = False
            mask[allowed] = True
        mask[basket] = False
        return mask

    def _scores(self, basket: Places, mask: Mask, past: CustomerPast | None, limit: int) -> tuple[Places, Floats]:
        if not len(basket):
            return self._favourites(mask)
        if not len(self.model.head):
            return self._alike(basket, mask)
        model = self.model
        scored = score(model, [basket])
        known = best(scored.blend[0], mask[model.head], max(limit, KNOWN_CANDIDATES))
        new = best(scored.tail_blend[0], mask[model.tail], max(limit, NEW_CANDIDATES))
        if past is None or self._forests is None or self._forests.customer is None:
            scores = self._known_scores(scored, basket, known)
        else:
            known, scores = self._for_customer(scored, basket, known, mask, past)
        new_scores = self._new_scores(scored, basket, new, scored.blend[0, known], scores)
        return np.concatenate((model.head[known], model.tail[new])), np.concatenate((scores, new_scores))

    def _favourites(self, mask: Mask) -> tuple[Places, Floats]:
        """By the logarithm of the share of recent orders."""
        places = np.flatnonzero(mask)
        return places, self.model.profiles[places, 5]

    def _alike(self, basket: Places, mask: Mask) -> tuple[Places, Floats]:
        """Where no orders say anything: by the mean cosine with the basket's titles."""
        places = np.flatnonzero(mask)
        return places, (self.items.vectors[places] @ self.items.vectors[basket].T).mean(axis=1)

    def _known_scores(self, scored: Scored, basket: Places, candidates: Places) -> Floats:
        if self._forests is None:
            return np.asarray(scored.blend[0, candidates])
        forest = self._forests.single if len(basket) == 1 else self._forests.several
        return forest.scores(known_features(self.model, self.items, scored, 0, basket, candidates))

    def _new_scores(
        self, scored: Scored, basket: Places, candidates: Places, known_blend: Floats, known_scores: Floats
    ) -> Floats:
        if not len(candidates):
            return np.zeros(0, np.float32)
        if self._forests is None:
            return np.asarray(scored.tail_blend[0, candidates])
        if self._forests.new is None:
            return _as_known(scored.tail_blend[0, candidates], known_blend, known_scores)
        features = new_features(self.model, self.items, scored, 0, basket, candidates)
        return self._forests.new.scores(features)

    def _for_customer(
        self, scored: Scored, basket: Places, known: Places, mask: Mask, past: CustomerPast
    ) -> tuple[Places, Floats]:
        assert self._forests is not None
        assert self._forests.customer is not None
        assert self._customers is not None
        taste = taste_of(self.model, past)
        known = with_customers_own(self.model, scored.blend[0], known, mask, past, taste)
        places = self.model.head[known]
        scores = self._known_scores(scored, basket, known)
        features = history_features(self.model, self.items, self._customers, past, taste, basket, places, scores)
        bought = _was_bought(len(self.items), past)[places]
        return known, self._forests.customer.scores(features) - NEW_COUNTS * bought.astype(np.float32)


def with_customers_own(
    model: ItemModel, blend: Floats, known: Places, mask: Mask, past: CustomerPast, taste: Taste
) -> Places:
    """The candidates, and after them those that this customer would choose."""
    own = blend + np.float32(_TASTE) * taste.standard
    rows = model.head_row[past.bought.items]
    own[rows[rows >= 0]] += np.float32(_BOUGHT)
    rest = mask[model.head]
    rest[known] = False
    return np.concatenate((known, best(own, rest, CUSTOMER_CANDIDATES)))


def _as_known(blend: Floats, known_blend: Floats, known_scores: Floats) -> Floats:
    """Log-odds for items that no trees were learned for: those of the known item of the same rank by the blend, less
    `_UNSURE`, since what was borrowed is worth less than what was counted."""
    if not len(known_blend):
        return np.full(len(blend), -np.inf, np.float32)
    return np.interp(blend, np.sort(known_blend), np.sort(known_scores)).astype(np.float32) - np.float32(_UNSURE)


def _was_bought(size: int, past: CustomerPast | None) -> Mask:
    mask = np.zeros(size, np.bool_)
    if past is not None:
        mask[past.items] = True
    return mask
