"""What goes with a basket, ours beside the known ways, on 1,554 real orders of a month (the demo shop's where those are
missing): the hidden item among the first ten, the part of the shop that is shown, and the time it takes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from threadpoolctl import threadpool_limits

from tests.bench import basket_speed
from tests.bench.basket_contest import MEASURES, OURS, Contest, enter_ours, enter_peers, open_contest
from tests.bench.basket_data import open_shop
from tests.bench.basket_month import VARIANTS, Month, month_of
from tests.bench.basket_ours import Ours, learned
from tests.bench.basket_peers import Doubles, Past, ease_weights
from tests.bench.complement_bars import quality_bars, speed_bars
from tests.bench.peer_settings import PEERS


def table(contest: Contest) -> list[str]:
    """All systems on all variants, best first."""
    systems = sorted(contest.answers, key=lambda name: -contest.mean(name, "whole", "hit@10"))
    made = []
    for measure in MEASURES:
        made.append(f"{measure:26s}" + "".join(f"{variant:>18s}" for variant in VARIANTS) + f"{'coverage':>12s}")
        for name in systems:
            answers = contest.answers[name]
            cells = [f"{contest.mean(name, v, measure):18.3f}" if v in answers else f"{'-':>18s}" for v in VARIANTS]
            made.append(f"  {name:24s}" + "".join(cells) + f"{answers['whole'].coverage():12.3f}")
        made.append(
            f"  {'ours / best peer':24s}" + "".join(f"{_over_best(contest, v, measure):>18s}" for v in VARIANTS)
        )
    return made


def _over_best(contest: Contest, variant: str, measure: str) -> str:
    ratio = contest.ratio(OURS, contest.best_peer(variant, measure), variant, measure)
    return f"{ratio.value:.2f} [{ratio.low:.2f},{ratio.high:.2f}]"


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """(seconds by the clock, of processor time, result) on one thread."""
    clock, processor = time.perf_counter(), time.process_time()
    with threadpool_limits(1):
        result = work()
    return time.perf_counter() - clock, time.process_time() - processor, result


def say(text: str) -> None:
    """What is going on."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def contested(month: Month, past: Past) -> tuple[Contest, Ours]:
    """All answers, and our ranker. Prints what training takes."""
    say("learning ours")
    clock, processor, ranker = timed(lambda: learned(month.shop, month.lines(without_new=False)))
    ease_clock, ease_processor, _ = timed(lambda: _ease(past))
    print(
        f"a full training on one thread: ours {processor:.1f} s of processor time ({clock:.1f} s by the clock), "
        f"EASE {ease_processor:.1f} s ({ease_clock:.1f} s), ratio {processor / ease_processor:.0f}",
        flush=True,
    )
    say("learning ours, a tenth of the items taken for new")
    without_new = learned(month.shop, month.lines(without_new=True))
    contest, ours = open_contest(month), Ours(ranker, month.pool)
    enter_ours(contest, month, ours, Ours(without_new, month.pool), say)
    enter_peers(contest, month, past, month.past(without_new=True), say)
    return contest, ours


def _ease(past: Past) -> Doubles:
    return ease_weights(past, PEERS["EASE"].whole["ridge"], 0.0, 0.0)


def main() -> int:
    """Measure, print, and say by the exit code whether the figures hold (those of real orders; invented ones are only
    shown)."""
    shop = open_shop()
    month = month_of(shop, shop.month)
    whole = month.cases["whole"]
    print(f"{len(month.pool)} items, {len(month.orders)} orders of the month, {len(whole)} baskets that lack one item")
    past = month.past(without_new=False)
    contest, ours = contested(month, past)
    print("\n".join(table(contest)), flush=True)
    timings = basket_speed.measure(ours, _ease(past), past.counts, whole)
    print("a basket on one thread")
    print("\n".join(basket_speed.lines(timings)))
    bars = [*quality_bars(contest), *speed_bars(timings)]
    print("figures with an interval of 95 % over orders")
    print("\n".join(str(bar) if shop.real else bar.figure for bar in bars))
    if any(timing.is_disturbed for timing in timings.values()):
        print("note: other programs keep this machine busy; times vary")
    return 0 if not shop.real or all(bar.holds for bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
