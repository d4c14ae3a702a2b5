"""The figures of many simulated conversations: what offers earned and what they cost in patience."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from actions.selling.model import Offer
from actions.simulation.playing import Played, Violation
from actions.simulation.shelf import Shelf
from actions.simulation.witness import Seen
from catalog.domain.money import Money, total, zero

# So many violations are kept in words, of each promise; all are counted.
_KEPT = 20


@dataclass
class Figures:
    """Counts of one group of conversations (a shopper model, or a kind of offer). `revenue` is what accepted offers
    added to carts, `margin` that less what the things cost the shop; plans, which are paid later, are in neither."""

    currency: str
    conversations: int = 0
    turns: int = 0
    decisions: int = 0
    offers: int = 0
    accepted: int = 0
    declined: int = 0
    stops: int = 0
    revenue: Money = field(init=False)
    margin: Money = field(init=False)

    def __post_init__(self) -> None:
        self.revenue = self.margin = zero(self.currency)

    def merge(self, other: Figures) -> None:
        """Count what `other` counted, too."""
        for name in ("conversations", "turns", "decisions", "offers", "accepted", "declined", "stops"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.revenue += other.revenue
        self.margin += other.margin

    def to_json(self) -> dict[str, int | str]:
        """JSON-ready; money as text."""
        return {name: str(value) if isinstance(value, Money) else value for name, value in vars(self).items()}


@dataclass
class Tally:
    """Figures by shopper model and by kind of offer, reasons of silence, and violations."""

    currency: str
    by_model: dict[str, Figures] = field(default_factory=dict)
    by_kind: dict[str, Figures] = field(default_factory=dict)
    silences: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)

    @property
    def whole(self) -> Figures:
        """All models together."""
        whole = Figures(self.currency)
        for figures in self.by_model.values():
            whole.merge(figures)
        return whole

    def count(self, played: Played, shelf: Shelf) -> None:
        """Add one conversation. `shelf` tells what things cost the shop."""
        model = self.by_model.setdefault(played.model, Figures(self.currency))
        model.conversations += 1
        for seen in played.turns:
            model.turns += 1
            self._count_decision(model, seen)
            self._count_answer(model, seen, shelf)
        self.add_violations(played.violations)

    def add_violations(self, found: Iterable[Violation]) -> None:
        """Count violations; of each promise the first ones are kept in words."""
        for one in found:
            self.broken[one.promise] += 1
            if self.broken[one.promise] <= _KEPT:
                self.violations.append(one)

    def merge(self, other: Tally) -> None:
        """Count what `other` counted, too."""
        for mine, theirs in ((self.by_model, other.by_model), (self.by_kind, other.by_kind)):
            for name, figures in theirs.items():
                mine.setdefault(name, Figures(self.currency)).merge(figures)
        self.silences += other.silences
        self.broken += other.broken
        self.violations = sorted((*self.violations, *other.violations), key=lambda one: (one.number, one.turn))

    def to_json(self) -> dict[str, object]:
        """JSON-ready; money as text."""
        return {
            "whole": self.whole.to_json(),
            "by_model": {name: figures.to_json() for name, figures in sorted(self.by_model.items())},
            "by_kind": {name: figures.to_json() for name, figures in sorted(self.by_kind.items())},
            "silences": dict(self.silences.most_common()),
            "violations": {"count": dict(self.broken), "examples": [str(one) for one in self.violations]},
        }

    def _count_decision(self, model: Figures, seen: Seen) -> None:
        decision = seen.decision
        if decision is None:
            return
        model.decisions += 1
        if decision.offer is None:
            self.silences[decision.reason] += 1
        else:
            model.offers += 1
            self._kind(decision.offer).offers += 1

    def _count_answer(self, model: Figures, seen: Seen, shelf: Shelf) -> None:
        answer = seen.answer
        if answer is None:
            return
        if answer.outcome == "stopped":
            model.stops += 1
        groups = [model, self._kind(answer.offer)] if answer.offer is not None else []
        for figures in groups:
            if answer.outcome == "declined" and seen.move.what == "decline":
                figures.declined += 1
            elif answer.outcome == "accepted" and answer.offer is not None:
                figures.accepted += 1
                revenue, cost = _earned(answer.offer, shelf)
                figures.revenue += revenue
                figures.margin += revenue - cost

    def _kind(self, offer: Offer) -> Figures:
        return self.by_kind.setdefault(offer.kind, Figures(self.currency))


def _earned(offer: Offer, shelf: Shelf) -> tuple[Money, Money]:
    """What an accepted offer adds to the cart, and what the things cost the shop."""
    currency = offer.price.currency
    bought = [line for line in offer.lines if line.added and not line.every]
    if not bought:
        return zero(currency), zero(currency)
    margin = shelf.config.selling.ranking.unknown_margin
    known = ((line, shelf.product(line.product_id)) for line in bought)
    costs = [one.cost if one and one.cost else line.unit_price.share(100 - margin, 100) for line, one in known]
    return offer.price, total(costs, currency)
