"""The learned ranking of a cart, by groups of variants: what goes with it, and what this customer may need again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from catalog.complements.order_history import key_of
from catalog.complements.ranking.last_bought import LastBought
from catalog.complements.ranking.ranker import ComplementRanker, Ranked, Which

# Beyond so many the odds are too small to tell candidates apart.
_LOOKED_AT = 100
# A thing without orders of its own is only worth a word where its chance is no smaller than this.
_LEAST_CHANCE = 0.01


@dataclass(frozen=True)
class Reorder:
    """The variant that a customer bought last of something, and may need again. `score` orders them; `orders` is in
    how many of the customer's orders any variant of it was, the last at `last_bought`."""

    product_id: str
    score: float
    orders: int
    last_bought: datetime


@dataclass(frozen=True)
class Odds:
    """How probable each group is to be the cart's next thing: the best ones only, each within (0, 1). `fresh` are
    the likely ones among them that have no orders of their own to go by; `owned` is what the customer has bought."""

    by_group: Mapping[str, float]
    fresh: frozenset[str]
    owned: frozenset[str]

    @property
    def least(self) -> float:
        """No group outside is more probable than this."""
        return min(self.by_group.values(), default=0.0)


class CartModel:
    """Read-only. `newest` is the time of the newest order that was learned from, in seconds since 1970."""

    def __init__(self, ranker: ComplementRanker, last: LastBought, newest: int) -> None:
        self._ranker, self._last, self._newest = ranker, last, newest

    def odds(self, groups: Sequence[str], customer_id: str = "") -> Odds:
        """For a cart. Of a known customer only what was never bought before, in the order of the customer's taste."""
        basket, past = self._ranker.places(groups), self._ranker.past(key_of(customer_id))
        owned = frozenset(() if past is None else (self._ranker.items.ids[place] for place in past.bought.items))
        if not self._ranker.knows_odds or not len(basket):
            return Odds({}, frozenset(), owned)
        which: Which = "all" if past is None else "new"
        ranked = self._ranker.rank(basket, _LOOKED_AT, customer=key_of(customer_id), which=which)
        probable = 1.0 / (1.0 + np.exp(-np.array([one.score for one in ranked])))
        names = [self._ranker.items.ids[one.place] for one in ranked]
        likely = zip(names, ranked, probable.tolist(), strict=True)
        fresh = frozenset(name for name, one, chance in likely if chance >= _LEAST_CHANCE and self._is_fresh(one))
        return Odds(dict(zip(names, probable.tolist(), strict=True)), fresh, owned)

    def reorders(self, groups: Sequence[str], customer_id: str, limit: int) -> list[Reorder]:
        """What the customer bought before and a cart lacks, most probable first."""
        key = key_of(customer_id)
        past = self._ranker.past(key)
        if past is None:
            return []
        found = []
        for one in self._ranker.rank(self._ranker.places(groups), limit, customer=key, which="again"):
            product_id = self._last.product_id(key, one.place)
            if product_id is not None:
                row = int(np.searchsorted(past.bought.items, one.place))
                age = timedelta(days=float(past.bought.days_since[row]))
                last_bought = datetime.fromtimestamp(self._newest, UTC) - age
                found.append(Reorder(product_id, round(one.score, 6), int(past.bought.orders[row]), last_bought))
        return found

    def _is_fresh(self, one: Ranked) -> bool:
        return bool(self._ranker.model.head_row[one.place] < 0)
