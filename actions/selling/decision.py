"""Offer something, or say nothing: one pure function. The same inputs always give the same choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.selling.eligibility import Gate
from actions.selling.facts import CandidateFacts, Rules, Situation
from actions.selling.kinds import KINDS, PLACES
from actions.selling.model import Claim
from actions.selling.pressure import hold
from actions.selling.pricing import PriceWorking
from actions.selling.ranking import Ranking

POLICY_VERSION = "2"
# Where the chance comes from what was bought together, or is set beside it.
_TOGETHER = "together"
_COMPANIONS = frozenset({"orders", "compatibility", "attributes"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one candidate: eligible ones first, best first. `refused` is empty for one that may be
    offered; `value` is what it may be expected to contribute, in minor units, and 0.0 for a refused one."""

    kind: str
    product_ids: tuple[str, ...]
    chance: float
    value: float = 0.0
    refused: str = ""
    because_of: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The decision. `propensity` is the probability with which this policy chooses so: always 1.0, as it is
    deterministic. `kind`, `chosen`, `price` and `claims` are those of a pitch."""

    action: str
    reason: str
    verdicts: tuple[Verdict, ...] = ()
    kind: str = ""
    chosen: tuple[str, ...] = ()
    price: PriceWorking | None = None
    claims: tuple[Claim, ...] = ()
    propensity: float = 1.0


def decide(situation: Situation, candidates: Sequence[CandidateFacts], rules: Rules) -> Choice:
    """Choose at most one candidate. Candidates are judged even where pressure keeps us silent, so that the
    ledger can tell what would have been offered. The moment is `situation.now`."""
    if situation.moment == "held_back":
        return Choice("silent", situation.held_back)
    ranked = _judged(candidates, situation, rules)
    verdicts = tuple(verdict for verdict, _ in ranked)
    silence = hold(situation, rules.offers)
    if silence:
        return Choice("silent", silence, verdicts)
    if not ranked or ranked[0][0].refused:
        return Choice("silent", "nothing_fits" if candidates else "nothing_known", verdicts)
    best = ranked[0][1]
    kind = KINDS[best.kind]
    price = kind.price(best, situation, rules)
    claims = kind.claims(best, price.saving.minor, situation, rules)
    return Choice("pitch", kind.reason(situation), verdicts, best.kind, best.product_ids, price, claims)


def fitting(choice: Choice) -> tuple[str, ...]:
    """The products that passed the gate, best first: what a question may be answered with where no offer is made."""
    passed = (v for v in choice.verdicts if v.refused in ("", "weaker_fit", "help_first", "no_haggling"))
    return tuple(dict.fromkeys(product_id for verdict in passed for product_id in verdict.product_ids))


def chosen_of(choice: Choice, candidates: Sequence[CandidateFacts]) -> CandidateFacts:
    """The candidate behind a pitch."""
    return next(c for c in candidates if c.kind == choice.kind and c.product_ids == choice.chosen)


def _judged(
    candidates: Sequence[CandidateFacts], situation: Situation, rules: Rules
) -> list[tuple[Verdict, CandidateFacts]]:
    """Every candidate with its verdict, eligible ones first, best first."""
    gate, ranking = Gate(situation, rules), Ranking(situation, rules)
    eligible: list[tuple[Verdict, CandidateFacts]] = []
    refused: list[tuple[Verdict, CandidateFacts]] = []
    best_chance: dict[str, float] = {}
    for candidate in candidates:
        verdict = _verdict(candidate, gate, ranking, situation, rules)
        if verdict.refused:
            refused.append((verdict, candidate))
            continue
        eligible.append((verdict, candidate))
        scale = _scale(candidate)
        if verdict.chance > best_chance.get(scale, 0.0):
            best_chance[scale] = verdict.chance
    least = rules.selling.ranking.least_fit / 100
    fitting_well = []
    for verdict, candidate in eligible:
        if verdict.chance < best_chance[_scale(candidate)] * least:
            weaker = Verdict(verdict.kind, verdict.product_ids, verdict.chance, verdict.value, "weaker_fit")
            refused.append((weaker, candidate))
        else:
            fitting_well.append((verdict, candidate))
    fitting_well.sort(key=_place)
    refused.sort(key=_place)
    return fitting_well + refused


def _scale(candidate: CandidateFacts) -> str:
    """What a chance can be compared with: all that goes with the cart has one scale, each other kind its own."""
    return _TOGETHER if candidate.evidence.source in _COMPANIONS else candidate.kind


def _place(judged: tuple[Verdict, CandidateFacts]) -> tuple[float, float, int, tuple[str, ...]]:
    """Best first: by value; then by chance, by the kind's place, by product ids."""
    verdict = judged[0]
    return (-verdict.value, -verdict.chance, PLACES[verdict.kind], verdict.product_ids)


def _verdict(candidate: CandidateFacts, gate: Gate, ranking: Ranking, situation: Situation, rules: Rules) -> Verdict:
    kind = KINDS[candidate.kind]
    refusal = gate.refusal(candidate, kind.traits)
    if refusal is not None:
        return _refused(candidate, refusal.reason, refusal.because_of)
    unsuited = kind.suits(candidate, situation, rules)
    if unsuited:
        return _refused(candidate, unsuited)
    saving = kind.saving(candidate, situation, rules)
    if saving > 0 or candidate.percent:
        held = _no_deal(kind.percent(candidate, situation, rules), situation)
        if held:
            return _refused(candidate, held)
    if not kind.can_say(candidate, saving, situation, rules):
        return _refused(candidate, "nothing_to_say")
    value = ranking.value(candidate, kind.contribution(candidate, saving, rules))
    return Verdict(candidate.kind, candidate.product_ids, ranking.chance(candidate), value)


def _refused(candidate: CandidateFacts, reason: str, because_of: str = "") -> Verdict:
    return Verdict(candidate.kind, candidate.product_ids, candidate.chance, 0.0, reason, because_of)


def _no_deal(percent: int, situation: Situation) -> str:
    """Why something with a saving may not be offered: who hesitates gets help before a discount, and a no never
    brings a greater one."""
    if situation.mood == "undecided" and not situation.helped:
        return "help_first"
    refused = situation.memory.declined_percent
    return "no_haggling" if 0 <= refused < percent else ""
