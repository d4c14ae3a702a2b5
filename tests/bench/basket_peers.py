"""The known ways to tell what goes with a basket: each learns from past orders and scores all items of the pool.

Item-item matrices: row, an item of the basket; column, a candidate; a candidate's score is the sum over the basket.
Settings are in `peer_settings`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from tests.bench.basket_data import Mask

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Scoring = Callable[[sparse.csr_array], Floats]
# Rows whose nearest neighbours are looked for at once: bounds the memory.
_CHUNK = 500


@dataclass(frozen=True)
class Past:
    """What a peer learns from: `held` (orders, items) float32 ones, `ages` of the orders in days, and of the items'
    titles the `words` (items, words; rows of length 1) and `vectors` (items, dimension; rows of length 1)."""

    held: sparse.csr_array
    ages: Doubles
    words: sparse.csr_array
    vectors: Floats

    @cached_property
    def counts(self) -> Doubles:
        """Orders with each item."""
        return np.asarray(self.held.sum(axis=0), dtype=np.float64).ravel()

    @property
    def unsold(self) -> Mask:
        """The items without an order."""
        return np.asarray(self.counts == 0)

    def together(self) -> Doubles:
        """Orders with both items; on the diagonal, with the one."""
        return np.asarray((self.held.T @ self.held).todense(), dtype=np.float64)


def summing(matrix: npt.NDArray[np.floating]) -> Scoring:
    """Scores by the sum of the basket's rows. An item says nothing for itself."""
    weights = np.ascontiguousarray(matrix, dtype=np.float32)
    np.fill_diagonal(weights, 0.0)
    return lambda baskets: np.asarray(baskets @ weights)


def popularity(past: Past, days: float) -> Scoring:
    """Orders of the last days, whatever is in the basket."""
    bought = np.asarray(past.held[past.ages <= days].sum(axis=0), dtype=np.float32).ravel()
    return lambda baskets: np.broadcast_to(bought, (baskets.shape[0], len(bought)))


def conditional(past: Past, prior: float, damping: float) -> Scoring:
    """P(candidate | item), against what everybody buys divided by count ** damping (Deshpande & Karypis 2004)."""
    return summing(_conditional(past, prior, damping))


def _conditional(past: Past, prior: float, damping: float) -> Doubles:
    rates = past.together() / (past.counts[:, None] + prior + 1e-9)
    return np.asarray(rates / np.maximum(past.counts, 1.0)[None, :] ** damping)


def jaccard(past: Past, prior: float) -> Scoring:
    """Orders with both over orders with either (Jaccard 1912)."""
    both = past.together()
    either = past.counts[:, None] + past.counts[None, :] - both
    return summing(both / np.maximum(either + prior, 1.0))


def cosine(past: Past, prior: float) -> Scoring:
    """Cosine of the items' columns of orders (Sarwar et al. 2001), shrunken."""
    length = np.sqrt(past.counts + prior)
    return summing(past.together() / np.maximum(np.outer(length, length), 1e-9))


def random_walk(past: Past, alpha: float, beta: float) -> Scoring:
    """RP3beta (Paudel et al. 2016): the chance to get from item to order to item, each step's probability raised to
    alpha, over the candidate's count ** beta."""
    sizes = np.maximum(np.asarray(past.held.sum(axis=1)).ravel(), 1.0)
    to_order = sparse.diags_array(np.maximum(past.counts, 1.0) ** -alpha) @ past.held.T
    to_item = sparse.diags_array(sizes**-alpha) @ past.held
    walked = np.asarray((to_order @ to_item).todense())
    return summing(walked / np.maximum(past.counts, 1.0)[None, :] ** beta)


def ease(past: Past, ridge: float, dropout: float = 0.0, titles: float = 0.0) -> Scoring:
    """EASE (Steck 2019); with `dropout` EDLAE (Steck 2020), with `titles` CEASE (Jeunen et al. 2020)."""
    return summing(ease_weights(past, ridge, dropout, titles))


def ease_weights(past: Past, ridge: float, dropout: float, titles: float) -> Doubles:
    """B = I - P / diag(P), P = (G + penalty)^-1. With `dropout` p the penalty is p / (1 - p) diag(G) + ridge; with
    side information G = orders' counts + titles * words' counts."""
    gram = past.together()
    if titles:
        gram += titles * np.asarray((past.words @ past.words.T).todense())
    diagonal = np.diag_indices_from(gram)
    gram[diagonal] += dropout / (1.0 - dropout) * gram[diagonal] + ridge
    inverse = linalg.inv(gram, overwrite_a=True, check_finite=False, assume_a="pos")
    return np.asarray(-inverse / np.diag(inverse)[None, :])


def meaning(past: Past, largest: bool) -> Scoring:
    """How near a title comes to those of the basket: mean of the cosines, or the largest of them."""
    cosines = past.vectors @ past.vectors.T
    if not largest:
        return summing(cosines)

    def scores(baskets: sparse.csr_array) -> Floats:
        rows = np.split(baskets.indices, baskets.indptr[1:-1])
        return np.stack([cosines[row].max(axis=0) for row in rows])

    return scores


def neighbours(past: Past, base: str, count: int, shrinkage: float, gain: float, twin: float) -> Scoring:
    """Co-purchases where an item has them, those of its nearest titles where it has not.

    An item of n orders speaks for itself with n / (n + shrinkage), and for the rest the `count` sold items nearest in
    words and meaning stand in, weighted by likeness ** 4. A candidate without orders gets `gain` times what they get,
    and `twin` of a good partner's score where one of them is itself in the basket.
    """
    weights = _BASES[base](past)
    np.fill_diagonal(weights, 0.0)
    good = float(np.sort(weights, axis=1)[:, -5:].mean())
    own = np.where(past.unsold, 0.0, past.counts / np.maximum(past.counts + shrinkage, 1.0))
    stand_in = sparse.diags_array(1.0 - own) @ _nearest_titles(past, count)
    candidates = sparse.diags_array(np.where(past.unsold, gain, 1.0)) @ stand_in
    lent = (candidates @ weights.T).T + twin * good * candidates.T.todense()
    columns = weights * own[None, :] + lent
    return summing(columns * own[:, None] + np.asarray(stand_in @ columns))


def _nearest_titles(past: Past, count: int) -> sparse.csr_array:
    """(items, items): the nearest sold ones of each, rows summing to 1 (or 0)."""
    size = len(past.counts)
    parts = []
    for begin in range(0, size, _CHUNK):
        rows = np.arange(begin, min(begin + _CHUNK, size))
        likeness = 0.5 * (past.vectors[rows] @ past.vectors.T)
        likeness += 0.5 * np.asarray((past.words[rows] @ past.words.T).todense())
        likeness = np.clip(likeness, 0.0, 1.0) ** 4
        likeness[np.arange(len(rows)), rows] = 0.0
        likeness[:, past.unsold] = 0.0
        likeness[likeness < -np.partition(-likeness, count - 1, axis=1)[:, count - 1 : count]] = 0.0
        parts.append(sparse.csr_array(likeness / np.maximum(likeness.sum(axis=1, keepdims=True), 1e-12)))
    return sparse.csr_array(sparse.vstack(parts, format="csr"))


# What stood best under the neighbours, in the month that `peer_settings` names.
_BASES: dict[str, Callable[[Past], Doubles]] = {
    "conditional": lambda past: _conditional(past, 0.0, 0.1),
    "CEASE": lambda past: ease_weights(past, 20.0, 0.0, 5.0),
}
