"""Scoring every item for a basket in four ways, and choosing the few that are looked at closely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from catalog.complements.ranking.item_model import ItemModel
from catalog.complements.ranking.items import Floats, Places

LISTS = ("linear", "sized", "buyers", "damped")
# How much each list counts when candidates are chosen: one item in the basket, several.
_SINGLE = (0.5, 1.0, 0.5, 0.5)
_SEVERAL = (1.0, 0.15, 0.0, 0.15)


@dataclass(frozen=True)
class Scored:
    """Scores of `LISTS` for some baskets: `head` (lists, baskets, head), `tail` (lists, baskets, tail), `means`
    and `spreads` (lists, baskets) over the head. `blend` (baskets, head) and `tail_blend` (baskets, tail) are the
    lists in one number, in the head's standard deviations."""

    head: Floats
    tail: Floats
    means: Floats
    spreads: Floats
    blend: Floats
    tail_blend: Floats


def as_rows(model: ItemModel, baskets: list[Places]) -> sparse.csr_array:
    """(baskets, head): ones for the basket's items, what stands in for those without orders of their own."""
    rows, columns = _pairs(baskets, model.head_row)
    known = sparse.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(baskets), len(model.head)))
    if not len(model.tail):
        return known
    rows, columns = _pairs(baskets, model.tail_row)
    new = sparse.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(baskets), len(model.tail)))
    return sparse.csr_array(known + new @ model.borrowed)


def _pairs(baskets: list[Places], row_of: Places) -> tuple[Places, Places]:
    sizes = [len(basket) for basket in baskets]
    rows = np.repeat(np.arange(len(baskets)), sizes)
    columns = row_of[np.concatenate(baskets)] if baskets else np.zeros(0, np.int64)
    return rows[columns >= 0], columns[columns >= 0]


def score(model: ItemModel, rows: sparse.csr_array, single: npt.NDArray[np.bool_]) -> Scored:
    """All lists for the baskets of `as_rows`; `single` tells which of them hold one item."""
    linear, sized, buyers = rows @ model.weights, rows @ model.sized, rows @ model.buyers
    head = np.stack([linear, sized, buyers, sized * model.damping]).astype(np.float32)
    means, spreads = head.mean(axis=2), head.std(axis=2) + 1e-9
    mix = np.where(single[:, None], np.array(_SINGLE), np.array(_SEVERAL)).astype(np.float32).T / spreads
    tail = _tail(model, rows, head)
    blend, tail_blend = (np.einsum("lb,lbi->bi", mix, part - means[:, :, None]) for part in (head, tail))
    return Scored(head, tail, means, spreads, blend, tail_blend)


def _tail(model: ItemModel, rows: sparse.csr_array, head: Floats) -> Floats:
    """The lists of items without orders of their own, from those that stand in for them."""
    if not len(model.tail):
        return np.zeros((*head.shape[:2], 0), np.float32)
    lists, baskets, size = head.shape
    borrowed = (model.borrowed @ head.reshape(lists * baskets, size).T).T.reshape(lists, baskets, -1)
    borrowed[0] += model.twin * np.asarray((rows @ model.borrowed.T).todense())
    return np.asarray(borrowed, dtype=np.float32)


def best(scores: Floats, allowed: npt.NDArray[np.bool_], count: int) -> Places:
    """Columns of the highest allowed scores of one basket, best first, equal ones in their own order."""
    usable = np.flatnonzero(allowed)
    if len(usable) > count:
        held = scores[usable]
        floor = np.partition(held, len(held) - count)[len(held) - count]
        usable = usable[held >= floor]
    return usable[np.argsort(-scores[usable], kind="stable")][:count]
