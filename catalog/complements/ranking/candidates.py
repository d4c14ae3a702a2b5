"""Scoring every item for a basket in four ways, and choosing the few that are looked at closely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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


@dataclass(frozen=True)
class Spoken:
    """What a basket says of the head: `rows` of it and how much each counts (one may come twice), 1 for an item of
    the basket, less for one that stands in for an item without orders of its own."""

    rows: Places
    shares: Floats


def spoken(model: ItemModel, places: Places, shares: Floats) -> Spoken:
    """What items at these places say, each counting by its share."""
    known, new = model.head_row[places], model.tail_row[places]
    mine, own_shares = known[known >= 0], shares[known >= 0]
    if len(mine) == len(places):
        return Spoken(mine, own_shares)
    borrowed, lengths = model.borrowed, np.diff(model.borrowed.indptr)
    asked = new[new >= 0]
    entries = [np.arange(borrowed.indptr[row], borrowed.indptr[row + 1]) for row in asked]
    chosen = np.concatenate(entries) if entries else np.zeros(0, np.int64)
    lent = borrowed.data[chosen] * np.repeat(shares[new >= 0], lengths[asked])
    rows = np.concatenate((mine, borrowed.indices[chosen].astype(np.int64)))
    return Spoken(rows, np.concatenate((own_shares, lent)).astype(np.float32))


def score(model: ItemModel, baskets: Sequence[Places], *, new: bool = True) -> Scored:
    """All lists for some baskets, none of them empty; without `new` the tail is left out, as if it were empty."""
    said = [spoken(model, basket, np.ones(len(basket), np.float32)) for basket in baskets]
    head, twins = _head(model, said)
    means, spreads = head.mean(axis=2), head.std(axis=2) + 1e-9
    single = np.array([len(basket) == 1 for basket in baskets])
    mix = np.where(single[:, None], np.array(_SINGLE), np.array(_SEVERAL)).astype(np.float32).T / spreads
    tail = _tail(model, head, twins) if new else np.zeros((*head.shape[:2], 0), np.float32)
    blend, tail_blend = (np.einsum("lb,lbi->bi", mix, part - means[:, :, None]) for part in (head, tail))
    return Scored(head, tail, means, spreads, blend, tail_blend)


def _head(model: ItemModel, said: Sequence[Spoken]) -> tuple[Floats, Floats]:
    """((lists, baskets, head) scores, (baskets, head) what the baskets hold or borrow)."""
    size = len(model.head)
    head, held = np.empty((len(LISTS), len(said), size), np.float32), np.zeros((len(said), size), np.float32)
    # One by one: a basket has few rows, and gathering those beats a sparse product of any shape.
    for number, one in enumerate(said):
        for row, matrix in enumerate((model.weights, model.sized, model.buyers)):
            np.matmul(one.shares, matrix[one.rows], out=head[row, number])
        np.add.at(held[number], one.rows, one.shares)
    np.multiply(head[1], model.damping, out=head[3])
    return head, held


def _tail(model: ItemModel, head: Floats, held: Floats) -> Floats:
    """The lists of items without orders of their own, from those that stand in for them."""
    lists, baskets, size = head.shape
    if not len(model.tail):
        return np.zeros((lists, baskets, 0), np.float32)
    columns = np.concatenate((head, held[None])).reshape(-1, size).T
    scores = (model.borrowed @ columns).T.reshape(lists + 1, baskets, -1)
    scores[0] += model.twin * scores[lists]
    return np.asarray(scores[:lists], dtype=np.float32)


def best(scores: Floats, allowed: npt.NDArray[np.bool_], count: int) -> Places:
    """Columns of the highest allowed scores of one basket, best first, equal ones in their own order."""
    usable = np.flatnonzero(allowed)
    if len(usable) > count:
        held = scores[usable]
        floor = np.partition(held, len(held) - count)[len(held) - count]
        usable = usable[held >= floor]
    return usable[np.argsort(-scores[usable], kind="stable")][:count]
