"""New items: whose counts stand in for those that an item does not have yet.

The nearest-neighbour hybrid: an item without orders takes the scores of the items that read most like it, and
some more where one of those is in the basket, since near-twins are often bought together.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from catalog.complements.ranking.items import Floats, Items, Places

_NEIGHBOURS = 15
# Sharpens the likeness, so that the nearest speak loudest.
_SHARPNESS = 4
# Rows whose likeness is worked out at once: bounds the memory.
_CHUNK = 512


def text_neighbours(items: Items, words: sparse.csr_array, wanted: Places, known: Places) -> sparse.csr_array:
    """(wanted, known) weights of the known items that read most like each wanted one; rows sum to 1 (or 0)."""
    if not len(wanted) or not len(known):
        return sparse.csr_array((len(wanted), len(known)), dtype=np.float32)
    blocks = [
        _nearest(_likeness(items, words, wanted[begin : begin + _CHUNK], known))
        for begin in range(0, len(wanted), _CHUNK)
    ]
    return sparse.csr_array(sparse.vstack(blocks, format="csr"))


def _likeness(items: Items, words: sparse.csr_array, rows: Places, columns: Places) -> Floats:
    """Half the cosine of meanings, half that of words."""
    meant = items.vectors[rows] @ items.vectors[columns].T
    said = (words[rows] @ words[columns].T).todense()
    return np.clip(0.5 * meant + 0.5 * np.asarray(said), 0.0, 1.0).astype(np.float32)


def _nearest(likeness: Floats) -> sparse.csr_array:
    count = min(_NEIGHBOURS, likeness.shape[1])
    nearest = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
    weights = np.take_along_axis(likeness, nearest, axis=1).astype(np.float64) ** _SHARPNESS
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)
    rows = np.repeat(np.arange(len(likeness)), count)
    return sparse.csr_array((weights.ravel().astype(np.float32), (rows, nearest.ravel())), shape=likeness.shape)


def twin_weight(weights: Floats) -> float:
    """What an item's best partners are worth in the linear model: the mean of each row's five largest weights."""
    count = min(5, weights.shape[1])
    if count == 0:
        return 0.0
    return float(-np.partition(-weights, count - 1, axis=1)[:, :count].mean())
