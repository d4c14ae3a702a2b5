"""Lift: how many times more often than by chance two things are bought together, and how sure that is."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

Number = float | npt.NDArray[Any]


def lift(together: Number, first: Number, second: Number, total: Number) -> npt.NDArray[np.float64]:
    """together * total / (first * second), elementwise; 0 where one was never bought.

    Brin, Motwani, Ullman, Tsur: Dynamic itemset counting and implication rules for market basket data (1997),
    there called interest.
    """
    expected = _expected(first, second, total)
    return np.divide(together, expected, out=np.zeros(np.broadcast(together, expected).shape), where=expected > 0)


def lower_lift(
    together: Number, first: Number, second: Number, total: Number, confidence: float = 0.95
) -> npt.NDArray[np.float64]:
    """The lower confidence bound of the lift, one-sided, elementwise; 0 where nothing was bought together.

    The lift of `lower_count(together)`: the orders of each alone and of all are many, and taken as certain.
    """
    return lift(lower_count(together, confidence), first, second, total)


def lower_count(orders: Number, confidence: float = 0.95) -> npt.NDArray[np.float64]:
    """The lower confidence bound, one-sided, of how many orders there are on average where so many were seen.

    Orders are taken as Poisson. The least mean that would give so many or more with a chance of 1 - confidence
    is the quantile of a gamma distribution of shape `orders` (Garwood: Fiducial limits for the Poisson
    distribution, Biometrika 28, 1936). It is exact for rare pairs and cautious for common ones; decayed counts,
    which need not be whole, are taken as they are. 1 order bears 0.05, 10 bear 5.4, 100 bear 84.
    """
    seen = np.asarray(orders, dtype=np.float64)
    # The quantile is dear, and thousands of pairs share a few dozen counts.
    counts, places = np.unique(seen, return_inverse=True)
    sure = special.gammaincinv(np.maximum(counts, np.finfo(float).tiny), 1.0 - confidence)
    return np.asarray(np.where(counts > 0, sure, 0.0)[places].reshape(seen.shape))


def _expected(first: Number, second: Number, total: Number) -> npt.NDArray[np.float64]:
    total = np.asarray(total, dtype=np.float64)
    return np.divide(
        np.multiply(first, second, dtype=np.float64), total,
        out=np.zeros(np.broadcast(first, second, total).shape), where=total > 0,
    )  # fmt: skip
