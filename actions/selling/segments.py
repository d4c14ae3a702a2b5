"""Who is shopping, told by what they did (docs/tuning.md has the rules). Pure.

A segment chooses what is offered. It never changes a price unless the shop declares it, and then it is said.
"""

from __future__ import annotations

from types import MappingProxyType

from actions.selling.facts import Behaviour
from catalog.domain.offer_rules import SegmentRules

# Which kinds suit whom; the weight `ranking.segment` says how much that counts.
AFFINITY = MappingProxyType(
    {
        "new": frozenset({"complement", "tiers"}),
        "loyal": frozenset({"reorder", "coupon", "subscription"}),
        "high_spender": frozenset({"upgrade", "service_plan"}),
        "value_seeker": frozenset({"bundle", "free_shipping", "coupon"}),
        "gift_buyer": frozenset({"bundle", "add_on"}),
    }
)


def segment_of(behaviour: Behaviour, rules: SegmentRules) -> str:
    """ "gift_buyer" | "value_seeker" | "high_spender" | "loyal" | "new" | "regular", the first that holds.

    What this conversation shows goes before what past orders say: who buys a present today is a gift buyer today.
    """
    if behaviour.gift:
        return "gift_buyer"
    if behaviour.asked_cheaper or _buys_reduced(behaviour, rules):
        return "value_seeker"
    if _spends(behaviour, rules):
        return "high_spender"
    if behaviour.orders >= rules.loyal_from_orders:
        return "loyal"
    return "regular" if behaviour.orders else "new"


def _buys_reduced(behaviour: Behaviour, rules: SegmentRules) -> bool:
    return behaviour.lines > 0 and behaviour.reduced_lines * 100 >= behaviour.lines * rules.value_from_sale_percent


def _spends(behaviour: Behaviour, rules: SegmentRules) -> bool:
    """Whether the mean order reaches what the shop declares high."""
    least = rules.high_spender_from
    return least is not None and behaviour.orders > 0 and behaviour.spent >= least.minor * behaviour.orders


def declared_percent(segment: str, rules: SegmentRules) -> int | None:
    """The bundle saving that the shop declares for a segment, in percent; None where it declares none."""
    return dict(rules.prices).get(segment)


def suits(segment: str, kind: str) -> bool:
    """Whether a kind of offer suits a segment."""
    return kind in AFFINITY.get(segment, ())
