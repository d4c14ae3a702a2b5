"""The kinds of offers, one module each; a new one is added here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from actions.selling.kinds.add_on import AddOn
from actions.selling.kinds.bundle import Bundle
from actions.selling.kinds.complement import Complement
from actions.selling.kinds.coupon import Coupon
from actions.selling.kinds.free_shipping import FreeShipping
from actions.selling.kinds.plans import ServicePlan, Subscription
from actions.selling.kinds.plugin import BUNDLE as BUNDLE
from actions.selling.kinds.plugin import QUESTION as QUESTION
from actions.selling.kinds.plugin import Kind
from actions.selling.kinds.reorder import Reorder
from actions.selling.kinds.tiers import Tiers
from actions.selling.kinds.upgrade import Upgrade

_ALL: tuple[Kind, ...] = (
    *(Complement(), Bundle(), Upgrade(), Tiers(), AddOn(), FreeShipping()),
    *(ServicePlan(), Subscription(), Coupon(), Reorder()),
)
# By name, in the order that breaks ties.
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
PLACES: Mapping[str, int] = MappingProxyType({kind.name: place for place, kind in enumerate(_ALL)})


def kinds_at(moment: str, without: tuple[str, ...]) -> tuple[Kind, ...]:
    """The kinds that may speak at a moment, less those that the shop does not want."""
    return tuple(kind for kind in _ALL if moment in kind.moments and kind.name not in without)
