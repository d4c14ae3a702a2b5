"""Claims (promise `true-words`): what may be said for an offer, each computed, each with what it was computed from.

A claim with counts needs enough of them, and certainty: the lower end of the Wilson score interval (E. B. Wilson,
JASA 22, 1927) of the share of orders must lie above what chance would give. Too few data, no claim.
"""

from __future__ import annotations

from math import sqrt

from actions.selling.facts import CandidateFacts, Gain, ProductFacts
from actions.selling.model import Claim, Evidence
from catalog.domain.offer_rules import OfferRules

_Z = 1.959964  # 95 %, two-sided
# A ratio is put in words ("lasts twice as long") for the columns that count how long a thing lasts.
_LIFETIMES = frozenset({"lifetime_uses", "lifetime_days", "warranty_years"})


def wilson_lower(hits: int, trials: int) -> float:
    """The lower bound of the 95 % Wilson score interval of `hits` of `trials`; 0.0 without trials."""
    if trials <= 0:
        return 0.0
    share, square = hits / trials, _Z * _Z
    middle = share + square / (2 * trials)
    spread = _Z * sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    return (middle - spread) / (1 + square / trials)


def surely_together(evidence: Evidence) -> bool:
    """Whether orders show two things together surely more often than chance."""
    if evidence.source != "orders" or evidence.lift <= 1.0 or evidence.anchor_orders <= 0:
        return False
    if evidence.lower_lift > 0.0:
        return evidence.lower_lift > 1.0
    by_chance = evidence.together / evidence.anchor_orders / evidence.lift
    return wilson_lower(evidence.together, evidence.anchor_orders) > by_chance


def claim_of(evidence: Evidence, rules: OfferRules) -> Claim | None:
    """The claim with counts that this evidence carries; None where it carries none: too few orders, or not surely
    more often together than chance would have it."""
    if evidence.together < rules.claim_min_together or evidence.anchor_orders < rules.claim_min_anchor:
        return None
    if not surely_together(evidence):
        return None
    return Claim("orders", anchor_id=evidence.anchor_id, numbers=(evidence.together, evidence.anchor_orders))


def why_together(candidate: CandidateFacts, rules: OfferRules) -> tuple[Claim, ...]:
    """Why it goes with the cart: counts, declared fit, or kinds; empty where nothing of it is sure."""
    evidence = candidate.evidence
    counted = claim_of(evidence, rules)
    if counted is not None:
        return (counted,)
    if evidence.source == "compatibility" or evidence.note:
        return (Claim("fits", anchor_id=evidence.anchor_id, texts=(evidence.note,) if evidence.note else ()),)
    if evidence.source == "attributes" or surely_together(evidence):
        return (Claim("goes_with", anchor_id=evidence.anchor_id),)
    return ()


def has_reason(candidate: CandidateFacts) -> bool:
    """Whether `why_together` says anything."""
    evidence = candidate.evidence
    if evidence.source in ("compatibility", "attributes") or evidence.note:
        return True
    return surely_together(evidence)


def about_products(products: tuple[ProductFacts, ...], rules: OfferRules) -> tuple[Claim, ...]:
    """What is true of the things themselves: made of something recycled, rated by so many."""
    claims = []
    for product in products:
        if product.recycled:
            claims.append(Claim("recycled", product.id, texts=(product.recycled,)))
        if product.rating > 0 and product.ratings >= rules.claim_min_ratings:
            claims.append(Claim("rating", product.id, numbers=(product.rating, product.ratings)))
    return tuple(claims)


def gain_claim(product_id: str, anchor_id: str, gain: Gain, better: bool = True) -> Claim:
    """By what an upgrade is better (or worse): with both values, and the ratio where it is about lasting."""
    lasting = better and gain.ratio >= 200 and gain.attribute in _LIFETIMES
    about = "lasts" if lasting else "better" if better else "worse"
    numbers = (gain.ratio,) if lasting else ()
    return Claim(about, product_id, anchor_id, numbers, (gain.attribute, gain.before, gain.after))
