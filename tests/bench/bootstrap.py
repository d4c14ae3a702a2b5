"""Intervals of means and of ratios of means, by drawing orders anew: the cases of one order are no strangers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RESAMPLES = 2_000
_SEED = 20_110_901
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A figure and its interval of 95 %."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.4f} [{self.low:.4f}, {self.high:.4f}]"


@dataclass(frozen=True)
class Clusters:
    """Which cluster (order) each case is of, and how much the case counts."""

    numbers: npt.NDArray[np.int64]
    weights: Doubles

    def mean(self, values: Doubles) -> float:
        """Weighted mean over the cases."""
        return float((values * self.weights).sum() / self.weights.sum())

    def interval(self, values: Doubles) -> Estimate:
        """The mean, with its interval."""
        return _ratio(self._drawn(values * self.weights), self._drawn(self.weights))

    def ratio(self, values: Doubles, others: Doubles) -> Estimate:
        """The mean of some values over that of others of the same cases, with its interval: both are drawn together."""
        return _ratio(self._drawn(values * self.weights), self._drawn(others * self.weights))

    def _drawn(self, values: Doubles) -> Doubles:
        """(1 + RESAMPLES,) sums of the clusters as they are, and of as many clusters drawn with replacement; the same
        clusters each time."""
        _, rows = np.unique(self.numbers, return_inverse=True)
        sums = np.bincount(rows, values)
        rng = np.random.default_rng(_SEED)
        drawn = (sums[rng.integers(0, len(sums), len(sums))].sum() for _ in range(RESAMPLES))
        return np.array([sums.sum(), *drawn])


def _ratio(over: Doubles, under: Doubles) -> Estimate:
    ratios = over / np.maximum(under, 1e-12)
    return Estimate(float(ratios[0]), float(np.quantile(ratios[1:], 0.025)), float(np.quantile(ratios[1:], 0.975)))
