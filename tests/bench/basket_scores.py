"""Where the hidden item comes, and what follows from that: hit@10, nDCG@10, and how much of the shop is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tests.bench.basket_cases import Cases, Places
from tests.bench.basket_data import Mask
from tests.bench.basket_peers import Scoring

SHOWN = 10
_CHUNK = 512
_TIES_SEED = 5


@dataclass(frozen=True)
class Answers:
    """Of each case the hidden item's rank from 0 (any number from `SHOWN` on where it is not shown), and which items
    were shown at all."""

    ranks: Places
    shown: Mask

    def only(self, kept: Mask) -> Answers:
        """The answers to some of the cases."""
        return Answers(self.ranks[kept], self.shown)

    def hits(self) -> npt.NDArray[np.float64]:
        """hit@10 of each case: whether the hidden item is shown."""
        return (self.ranks < SHOWN).astype(np.float64)

    def gains(self) -> npt.NDArray[np.float64]:
        """nDCG@10 of each case; one item is sought, so the best possible gain is 1."""
        return np.where(self.ranks < SHOWN, 1.0 / np.log2(self.ranks + 2.0), 0.0)

    def coverage(self) -> float:
        """Share of all items that were shown to anybody."""
        return float(self.shown.mean())


def tie_order(counts: npt.NDArray[np.float64]) -> Places:
    """Columns in the order in which equal scores stand: the more bought first, then by chance."""
    chance = np.random.default_rng(_TIES_SEED).random(len(counts))
    return np.lexsort((chance, -counts))


def basket_rows(baskets: Sequence[Places], size: int) -> sparse.csr_array:
    """(baskets, items) ones."""
    rows = np.repeat(np.arange(len(baskets)), [len(basket) for basket in baskets])
    ones = np.ones(len(rows), np.float32)
    return sparse.csr_array((ones, (rows, np.concatenate(baskets))), shape=(len(baskets), size))


def answers_of(scoring: Scoring, cases: Cases, order: Places, last: Mask | None = None) -> Answers:
    """What a peer answers. Equal scores stand in `order`; the items of `last` come after all others."""
    ranks, shown = [], np.zeros(len(order), np.bool_)
    for begin in range(0, len(cases), _CHUNK):
        rows = basket_rows(cases.baskets[begin : begin + _CHUNK], len(order))
        scores = np.array(scoring(rows), dtype=np.float32)
        if last is not None:
            scores[:, last] = np.finfo(np.float32).min
        if cases.only is not None:
            scores[:, ~cases.only] = -np.inf
        scores[rows.nonzero()] = -np.inf
        hidden = cases.hidden[begin : begin + _CHUNK]
        ranks.append(ranks_of(scores, hidden, order))
        top = np.argpartition(-scores, min(SHOWN, len(order)) - 1, axis=1)[:, :SHOWN]
        shown[top] = True
    return Answers(np.concatenate(ranks), shown)


def ranks_of(scores: npt.NDArray[np.float32], hidden: Places, order: Places) -> Places:
    """How many columns stand before the hidden one, of each row."""
    spot = np.empty(len(order), np.int64)
    spot[order] = np.arange(len(order))
    own = np.take_along_axis(scores, hidden[:, None], axis=1)
    before = (scores > own) | ((scores == own) & (spot[None, :] < spot[hidden][:, None]))
    return np.asarray(before.sum(axis=1), dtype=np.int64)
