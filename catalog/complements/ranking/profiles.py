"""What is known of an item by itself: how often, how lately and in what baskets it is bought."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from catalog.complements.ranking.items import Floats, Items
from catalog.complements.ranking.order_matrix import DAY, OrderMatrix

_WINDOWS = (14, 30, 60, 90)
NAMES = (
    "share", *(f"trend_{days}" for days in _WINDOWS), "recent_share", "days_since_last", "age_share", "age_days",
    "log_price", "log_basket", "known_share",
)  # fmt: skip
_NEVER = 400.0


def profiles(matrix: OrderMatrix, items: Items) -> Floats:
    """(items, len(NAMES)) float32. Shares are logarithms of orders with the item against all; a trend is the
    logarithm of an item's orders in so many days against what its share would give; ages are in days."""
    ages = (matrix.newest - matrix.times) / DAY
    held = _counts(matrix, np.ones(len(matrix), np.bool_))
    share = np.maximum(held, 1e-9) / max(len(matrix), 1)
    recent = {days: (_counts(matrix, ages <= days), max(int((ages <= days).sum()), 1)) for days in _WINDOWS}
    trends = [np.log((bought + 0.5) / (orders * share + 0.5)) for bought, orders in recent.values()]
    first, last = _first_and_last(matrix, ages)
    columns = [
        np.log(share), *trends, np.log((recent[30][0] + 0.5) / recent[30][1]), np.log1p(last),
        first / max(float(ages.max(initial=1.0)), 1.0), first, items.log_prices,
        _mean(matrix, np.log(np.maximum(matrix.sizes, 1)), held), _mean(matrix, matrix.customers != 0, held),
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def _counts(matrix: OrderMatrix, rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    return np.asarray(matrix.held[rows].sum(axis=0), dtype=np.float64).ravel()


def _mean(
    matrix: OrderMatrix, values: npt.NDArray[np.generic], held: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Of a value of orders over the orders with each item; 0 without any."""
    summed = matrix.held.T @ values.astype(np.float64)
    return np.asarray(summed / np.maximum(held, 1.0), dtype=np.float64)


def _first_and_last(
    matrix: OrderMatrix, ages: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Days since the first and since the last order of each item; 0 and `_NEVER` without any."""
    of_lines = np.repeat(ages, matrix.sizes)
    first, last = np.zeros(matrix.held.shape[1]), np.full(matrix.held.shape[1], _NEVER)
    np.maximum.at(first, matrix.held.indices, of_lines)
    np.minimum.at(last, matrix.held.indices, of_lines)
    return first, last
