"""The learned ranking of a cart, by groups of variants: what goes with it, and what this customer may need again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from catalog.complements.order_history import key_of
from catalog.complements.ranking.ranker import ComplementRanker, Ranked, Which

# Beyond so many the odds are too small to tell candidates apart.
_LOOKED_AT = 100


@dataclass(frozen=True)
class Reorder:
    """A group of variants that a customer bought before and may need again. `score` orders them; `orders` is in how
    many of the customer's orders it was, the last at `last_bought`."""

    group: str
    score: float
    orders: int
    last_bought: datetime


@dataclass(frozen=True)
class Odds:
    """How probable each group is to be the cart's next thing: the best ones only, each within (0, 1). `fresh` are
    those among them that have no orders of their own to go by; `owned` are what the customer bought before."""

    by_group: Mapping[str, float]
    fresh: frozenset[str]
    owned: frozenset[str]

    @property
    def least(self) -> float:
        """No group outside is more probable than this."""
        return min(self.by_group.values(), default=0.0)


class CartModel:
    """Read-only. `newest` is the time of the newest order that was learned from, in seconds since 1970."""

    def __init__(self, ranker: ComplementRanker, newest: int) -> None:
        self._ranker, self._newest = ranker, newest

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
        fresh = frozenset(name for name, one in zip(names, ranked, strict=True) if self._is_fresh(one))
        return Odds(dict(zip(names, probable.tolist(), strict=True)), fresh, owned)

    def reorders(self, groups: Sequence[str], customer_id: str, limit: int) -> list[Reorder]:
        """What the customer bought before and a cart lacks, most probable first."""
        past = self._ranker.past(key_of(customer_id))
        if past is None:
            return []
        ranked = self._ranker.rank(self._ranker.places(groups), limit, customer=key_of(customer_id), which="again")
        bought = past.bought
        rows = np.searchsorted(bought.items, [one.place for one in ranked])
        return [
            Reorder(
                self._ranker.items.ids[one.place], round(one.score, 6), int(bought.orders[row]),
                datetime.fromtimestamp(self._newest, UTC) - timedelta(days=float(bought.days_since[row])),
            )
            for one, row in zip(ranked, rows.tolist(), strict=True)
        ]  # fmt: skip

    def _is_fresh(self, one: Ranked) -> bool:
        return bool(self._ranker.model.head_row[one.place] < 0)
