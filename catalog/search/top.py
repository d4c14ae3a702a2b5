"""The best few of very many scores, the same few each time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
_BLOCKS_EACH = 8


def best_places(scores: npt.NDArray[np.floating], limit: int, ties: npt.NDArray[np.integer]) -> Places:
    """Positions of the `limit` highest scores above 0, best first; of equal scores the lower number in `ties`."""
    floor = _floor(scores, limit)
    found = np.flatnonzero(scores >= floor if floor > 0.0 else scores > 0.0)
    if len(found) > limit:
        values = scores[found]
        found = found[values >= np.partition(values, -limit)[-limit]]
    return found[np.lexsort((ties[found], -scores[found]))][:limit]


def _floor(scores: npt.NDArray[np.floating], limit: int) -> float:
    """A score that at least `limit` positions reach, near the one that just so many do.

    Where the best of each of many blocks is known, `limit` of the blocks hold one score each that is no lower than
    the lowest of those blocks' best. Cheaper than to partition all: most blocks are only read once.
    """
    width = len(scores) // (limit * _BLOCKS_EACH)
    if width < 2:
        return 0.0
    blocks = scores[: len(scores) // width * width].reshape(-1, width).max(axis=1)
    return float(np.partition(blocks, -limit)[-limit])
