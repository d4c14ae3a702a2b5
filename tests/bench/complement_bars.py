"""What the complements must reach, against the best peer of the same run."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.basket_contest import KNOWN, MEASURES, OURS, Contest
from tests.bench.basket_speed import Timing

LEAST_GAIN = 1.03
LEAST_GAIN_WITH_HISTORY = 1.10
LEAST_COLD_ALL, LEAST_COLD_ONLY, LEAST_COLD_MIX = 0.19, 0.45, 0.99
MOST_MS = 2.0
_GAINED = ("whole", "single", "strict", "strict single")


@dataclass(frozen=True)
class Bar:
    """A figure, what it must reach (or must not pass), and what it was measured against."""

    name: str
    value: float
    bound: float
    told: str
    at_most: bool = False

    @property
    def holds(self) -> bool:
        """Whether the figure is as it must be."""
        return self.value <= self.bound if self.at_most else self.value >= self.bound

    @property
    def figure(self) -> str:
        """What was measured, unjudged."""
        return f"  {self.name:32s} {self.told}"

    def __str__(self) -> str:
        bound = f"at {'most' if self.at_most else 'least'} {self.bound:.3f}"
        return f"{self.figure} ({bound}){'' if self.holds else '  DOES NOT HOLD'}"


def quality_bars(contest: Contest) -> list[Bar]:
    """What is found."""
    bars = [_gain(contest, OURS, variant, measure, LEAST_GAIN) for variant in _GAINED for measure in MEASURES]
    bars += [_gain(contest, KNOWN, "whole", measure, LEAST_GAIN_WITH_HISTORY) for measure in MEASURES]
    novel = contest.ratio(KNOWN, OURS, "novel", "hit@10")
    bars.append(Bar("history_novel_hit_ratio", novel.value, 1.0, f"{novel} x ours without history"))
    for variant, least in (("cold all", LEAST_COLD_ALL), ("cold only", LEAST_COLD_ONLY)):
        found = contest.interval(OURS, variant, "hit@10")
        best = contest.best_peer(variant, "hit@10")
        told = f"{found}, {best} {contest.mean(best, variant, 'hit@10'):.3f}"
        bars.append(Bar(f"{_key(variant)}_hit", found.value, least, told))
    bars.append(_gain(contest, OURS, "cold mix", "hit@10", LEAST_COLD_MIX))
    mine, theirs = (contest.answers[name]["whole"].coverage() for name in (OURS, "EASE"))
    bars.append(Bar("coverage_ratio", mine / theirs, 1.0, f"{mine / theirs:.4f} x EASE ({mine:.3f}, {theirs:.3f})"))
    return bars


def _gain(contest: Contest, system: str, variant: str, measure: str, least: float) -> Bar:
    peer = contest.best_peer(variant, measure)
    found = contest.ratio(system, peer, variant, measure)
    name = f"{'history_' if system == KNOWN else ''}{_key(variant)}_{measure.split('@')[0].lower()}_ratio"
    return Bar(name, found.value, least, f"{found} x {peer}")


def _key(variant: str) -> str:
    return variant.replace(" ", "_")


def speed_bars(timings: dict[str, Timing]) -> list[Bar]:
    """How fast a basket is answered."""
    slowest = {name: timings[name].p95 for name in (OURS, KNOWN)}
    told = "{:.3f} ms of processor time"
    return [
        Bar(f"query_p95_ms{'' if name == OURS else '_history'}", p95, MOST_MS, told.format(p95), at_most=True)
        for name, p95 in slowest.items()
    ]
