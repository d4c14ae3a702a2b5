"""Which of the eligible candidates comes first: by what it may be expected to contribute. Pure, deterministic.

value = chance of a yes x what a yes earns x one factor for each declared weight (docs/tuning.md):
(1 + weight x quality), where a quality lies between -1 and 1. Nobody's person enters but by the declared segment.
"""

from __future__ import annotations

from actions.selling.facts import CandidateFacts, Rules, Situation
from actions.selling.segments import suits

# So many in stock count as plenty.
_PLENTY = 50


class Ranking:
    """The ranking at one opportunity: what every candidate is weighed with, put together once."""

    def __init__(self, situation: Situation, rules: Rules) -> None:
        self._weights, self._segment = rules.selling.ranking, situation.segment
        memory = situation.memory
        self._known_kinds = frozenset(memory.owned_kinds)
        self._faded = dict(memory.faded), dict(memory.faded_kinds)

    def chance(self, candidate: CandidateFacts) -> float:
        """The chance of a yes: an old no to the thing or its kind still counts for what is left of it."""
        left = 1.0
        of_products, of_kinds = self._faded
        if of_products or of_kinds:
            for product in candidate.products:
                left *= 1.0 - of_products.get(product.id, 0.0)
                left *= 1.0 - of_kinds.get(product.kind, 0.0)
        return candidate.chance * left

    def value(self, candidate: CandidateFacts, contribution: int) -> float:
        """The weighed contribution to expect, in minor units, to three decimals."""
        weights = self._weights
        worth = self.chance(candidate) * contribution
        if weights.fit and (candidate.evidence.source == "compatibility" or candidate.evidence.note):
            worth *= 1 + weights.fit / 100
        if weights.novelty and self._is_new(candidate):
            worth *= 1 + weights.novelty / 100
        if weights.stock:
            worth *= 1 + weights.stock / 100 * _plenty(candidate)
        if weights.segment and suits(self._segment, candidate.kind):
            worth *= 1 + weights.segment / 100
        if weights.priority and (weights.prefer or weights.avoid):
            worth *= max(0.0, 1 + weights.priority / 100 * self._priority(candidate))
        return round(worth, 3)

    def _is_new(self, candidate: CandidateFacts) -> bool:
        """A kind of thing that the shopper never bought here."""
        return not any(product.kind in self._known_kinds for product in candidate.products)

    def _priority(self, candidate: CandidateFacts) -> int:
        """1 for the merchant's favourites, -1 for what is to be avoided; avoiding wins."""
        names = {name for one in candidate.products for name in (one.id, one.group_id, one.kind) if name}
        if names & set(self._weights.avoid):
            return -1
        return 1 if names & set(self._weights.prefer) else 0


def _plenty(candidate: CandidateFacts) -> float:
    """How plentiful the scarcest of its products is, 0 to 1; 0 where nobody says."""
    return min((max(0, min(one.stock, _PLENTY)) for one in candidate.products), default=0) / _PLENTY
