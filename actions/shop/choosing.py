"""Which quotes and sets a cart uses, where several want the same units: those that save the most together. Pure.

No unit serves twice. Taking the largest saving first is not enough: one set over two products can keep two sets
with a partner each from fitting, and then a set more on the shelf would make a cart dearer. So every way is
looked at, as far as the best one found so far leaves something to gain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.domain.money import Money

# Carts in which more ways than this compete are settled by the best way found so far: far more than people fill.
_MOST_STEPS = 500


@dataclass(frozen=True)
class Claim:
    """A promised price for some units. `units` and `discounts` by product, for one use of it; `gain` is what one
    use saves beyond what its units would save otherwise, in minor units, never negative; `most` uses at most."""

    id: str
    units: Mapping[str, int]
    discounts: Mapping[str, Money]
    gain: int
    most: int = 99


def choose(claims: Sequence[Claim], quantities: Mapping[str, int]) -> list[tuple[Claim, int]]:
    """How often each claim is used, so that together they gain the most; unused ones are left out.

    Where several ways gain the same, the one with more of an earlier claim.
    """
    if not claims:
        return []
    search = _Search(claims, Counter(quantities))
    search.walk(0, 0)
    return [(claim, uses) for claim, uses in zip(claims, search.best_uses, strict=True) if uses]


class _Search:
    """Walks the claims in order, most uses first; `best_uses` is the best way so far."""

    def __init__(self, claims: Sequence[Claim], free: Counter[str]) -> None:
        self._claims, self._free = claims, free
        self._uses = [0] * len(claims)
        self._steps, self._best = 0, -1
        self.best_uses = list(self._uses)

    def walk(self, at: int, gained: int) -> None:
        """Settle the claims from place `at` on."""
        self._steps += 1
        if at == len(self._claims):
            if gained > self._best:
                self._best, self.best_uses = gained, list(self._uses)
            return
        for uses in range(self._fits(self._claims[at]), -1, -1):
            self._use(at, uses)
            reached = gained + uses * self._claims[at].gain
            if reached + self._hoped(at + 1) > self._best:
                self.walk(at + 1, reached)
            self._use(at, 0)
            if self._steps > _MOST_STEPS:
                return

    def _fits(self, claim: Claim) -> int:
        fits = claim.most
        for product_id, number in claim.units.items():
            fits = min(fits, self._free[product_id] // number)
        return fits

    def _hoped(self, at: int) -> int:
        """What the claims from `at` on gain at most: each as if it had the free units for itself."""
        return sum(claim.gain * self._fits(claim) for claim in self._claims[at:])

    def _use(self, at: int, uses: int) -> None:
        more = uses - self._uses[at]
        for product_id, number in self._claims[at].units.items():
            self._free[product_id] -= number * more
        self._uses[at] = uses
