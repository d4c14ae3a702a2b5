"""Offer something, or say nothing: one pure function. The same inputs always give the same choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.selling.eligibility import ineligible
from actions.selling.facts import CandidateFacts, ProductFacts, Rules, Situation
from actions.selling.pressure import hold
from actions.selling.pricing import PriceWorking, work_price
from actions.selling.ranking import rank

POLICY_VERSION = "1"


@dataclass(frozen=True)
class Verdict:
    """What became of one candidate, in rank order. `refused` is empty for one that may be offered."""

    product_id: str
    score: float
    refused: str = ""
    because_of: str = ""


@dataclass(frozen=True)
class Choice:
    """The decision. `propensity` is the probability with which this policy chooses so: always 1.0, as it is
    deterministic. `price` is the working behind a pitch."""

    action: str
    reason: str
    verdicts: tuple[Verdict, ...] = ()
    chosen: str = ""
    price: PriceWorking | None = None
    propensity: float = 1.0


def decide(situation: Situation, candidates: Sequence[CandidateFacts], rules: Rules) -> Choice:
    """Choose at most one candidate. Candidates are judged even where pressure keeps us silent, so that the
    ledger can tell what would have been offered. The moment is `situation.now`."""
    if situation.moment == "held_back":
        return Choice("silent", situation.held_back)
    ranked = rank(candidates, situation.subject.id if situation.subject else "")
    verdicts = tuple(_verdict(candidate, situation, rules) for candidate in ranked)
    silence = hold(situation, rules.offers)
    if silence:
        return Choice("silent", silence, verdicts)
    passed = [candidate for candidate, verdict in zip(ranked, verdicts, strict=True) if not verdict.refused]
    if not passed:
        return Choice("silent", "nothing_fits" if candidates else "nothing_known", verdicts)
    best = passed[0]
    price = work_price(_anchor(best, situation), best.product, rules.bundles, rules.bundles.discount_percent)
    reason = "asked_for" if situation.moment == "on_request" else "fits_cart"
    return Choice("pitch", reason, verdicts, best.product.id, price)


def fitting(choice: Choice) -> tuple[str, ...]:
    """The products that passed the gate, best first."""
    return tuple(verdict.product_id for verdict in choice.verdicts if not verdict.refused)


def _verdict(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Verdict:
    refusal = ineligible(candidate, situation, rules)
    if refusal is None:
        return Verdict(candidate.product.id, candidate.score)
    return Verdict(candidate.product.id, candidate.score, refusal.reason, refusal.because_of)


def _anchor(candidate: CandidateFacts, situation: Situation) -> ProductFacts | None:
    """What the candidate makes a pair with: the cart's product that the evidence names, else the one at hand.
    A product that is part of a deal already does not earn a second discount."""
    free = {line.product.id: line.product for line in situation.cart if not line.in_quote}
    subject = situation.subject.id if situation.subject else ""
    return free.get(candidate.evidence.anchor_id) or free.get(subject)
