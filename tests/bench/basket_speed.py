"""How long one basket takes, ours beside EASE and a look-up of the most bought, in turns and on one thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from tests.bench.basket_cases import Cases, Places
from tests.bench.basket_ours import Ours
from tests.bench.basket_peers import Doubles
from tests.bench.basket_scores import SHOWN

OURS, KNOWN, EASE, LOOK_UP = "ours", "ours, customer known", "EASE", "most bought"
_TIMED, _WARM_UP = 600, 20
_SEED = 3
# By the clock so much more than processor time: somebody else was at work.
_DISTURBED = 1.2


@dataclass(frozen=True)
class Timing:
    """Milliseconds of each basket: by the clock, and of processor time, which other programs disturb less."""

    clock: Doubles
    processor: Doubles

    @property
    def p95(self) -> float:
        """95th percentile of processor time."""
        return float(np.quantile(self.processor, 0.95))

    @property
    def median(self) -> float:
        """Of processor time."""
        return float(np.median(self.processor))

    @property
    def is_disturbed(self) -> bool:
        """Whether other programs kept this one waiting."""
        return float(self.clock.sum()) > _DISTURBED * float(self.processor.sum())

    def __str__(self) -> str:
        clock, processor = (np.quantile(times, (0.5, 0.95)) for times in (self.clock, self.processor))
        return (
            f"p50 {processor[0]:.3f} p95 {processor[1]:.3f} ms of processor time, "
            f"p50 {clock[0]:.3f} p95 {clock[1]:.3f} ms by the clock"
        )


def measure(ranker: Ours, weights: Doubles, counts: Doubles, cases: Cases) -> dict[str, Timing]:
    """Time some baskets on all sides. `weights` are EASE's, `counts` the orders with each item."""
    item_weights = np.ascontiguousarray(weights, dtype=np.float32)
    most_bought = np.argsort(-counts, kind="stable")

    def by_weights(basket: Places) -> Places:
        scores = item_weights[basket].sum(axis=0)
        scores[basket] = -np.inf
        best = np.argpartition(-scores, SHOWN)[:SHOWN]
        return np.asarray(best[np.argsort(-scores[best])])

    def looked_up(basket: Places) -> Places:
        first = most_bought[: SHOWN + len(basket)]
        return first[~np.isin(first, basket)][:SHOWN]

    sides: dict[str, Callable[[Places, int], object]] = {
        OURS: lambda basket, customer: ranker.shown(basket),
        KNOWN: lambda basket, customer: ranker.shown(basket, customer=customer),
        EASE: lambda basket, customer: by_weights(basket),
        LOOK_UP: lambda basket, customer: looked_up(basket),
    }
    chosen = np.random.default_rng(_SEED).permutation(len(cases))[: _TIMED + _WARM_UP]
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
    with threadpool_limits(1):
        for number in chosen:
            for name, ask in sides.items():
                clock, processor = time.perf_counter(), time.process_time()
                ask(cases.baskets[number], cases.customers[number])
                times[name].append((1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)))
    return {name: Timing(*np.array(rows[_WARM_UP:]).T) for name, rows in times.items()}


def lines(timings: dict[str, Timing]) -> list[str]:
    """What was measured, with ratios of the medians."""
    made = [f"  {name:20s} {timing}" for name, timing in timings.items()]
    for mine in (OURS, KNOWN):
        over = ", ".join(f"{timings[mine].median / timings[peer].median:.1f} x {peer}" for peer in (EASE, LOOK_UP))
        made.append(f"  {mine} takes {over}")
    return made
