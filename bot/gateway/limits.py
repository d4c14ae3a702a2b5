"""Rate limits: a token bucket per key, in memory. (Several gateways would each count for themselves.)"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """`burst` at once, and then `per_second` more."""

    burst: float
    per_second: float


@dataclass
class _Bucket:
    left: float
    at: float


class RateLimiter:
    """Counts per key. The oldest unused keys are forgotten beyond `remembered`, so memory stays bounded.

    It runs on a monotonic clock of its own: what it protects is this machine, not a rule of the shop.
    """

    def __init__(self, rate: Rate, *, remembered: int = 20_000, seconds: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._remembered, self._seconds = rate, remembered, seconds
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait_seconds(self, key: str) -> float:
        """Take one. 0.0 when there was one to take, else the seconds until there is."""
        now = self._seconds()
        bucket = self._buckets.pop(key, None) or _Bucket(self._rate.burst, now)
        bucket.left = min(self._rate.burst, bucket.left + (now - bucket.at) * self._rate.per_second)
        bucket.at = now
        self._buckets[key] = bucket
        while len(self._buckets) > self._remembered:
            self._buckets.popitem(last=False)
        if bucket.left >= 1:
            bucket.left -= 1
            return 0.0
        return (1 - bucket.left) / self._rate.per_second
