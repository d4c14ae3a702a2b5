"""What the gate must remember of a shopper: refusals with their half-lives, what was offered, bought, sent back. Pure.

A no holds in its conversation for ever, and everywhere for the session. After that it fades: the strengths of all
refusals of a thing, each halved after every half-life, are added up; while they come to more than a half, the thing
is not offered; what is left below that lowers its chance. "Stop" has no half-life: it holds until it is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from actions.selling.facts import Memory
from actions.selling.goods import Bought
from actions.selling.model import Scope
from actions.selling.pressure import History, PastDecline, session_of
from catalog.domain.offer_rules import OfferRules
from catalog.domain.product import Product

# More than this is left of a refusal: it still forbids.
FORBIDS = 0.5
_DAY = timedelta(days=1)
# Below this nothing of a refusal is left that could matter.
_GONE = 0.01


def memory_of(
    history: History,
    conversation_id: str,
    now: datetime,
    rules: OfferRules,
    bought: Sequence[Bought] = (),
    products: Mapping[str, Product] | None = None,
) -> Memory:
    """The memory at `now`. `products` are those of what was bought, for their variants; missing ones count by id."""
    start = session_of(history, now, rules)
    near = [d for d in history.declines if d.conversation_id == conversation_id or d.created_at >= start]
    far = [d for d in history.declines if d.conversation_id != conversation_id and d.created_at < start]
    strengths = _strengths(far, now, rules.item_half_life_days, _items)
    kind_strengths = _strengths(far, now, rules.kind_half_life_days, _kinds)
    kept = [one for one in bought if not one.returned]
    back = [one for one in bought if one.returned]
    known = products or {}
    return Memory(
        declined=_sorted([*(i for d in near for i in d.product_ids), *_forbidden(strengths)]),
        declined_kinds=_sorted([*(kind for d in near for kind in _kinds(d)), *_forbidden(kind_strengths)]),
        declined_offers=_sorted(d.offer_kind for d in near if d.offer_kind),
        declined_percent=min((d.percent for d in near if d.percent >= 0), default=-1),
        faded=_faded(strengths),
        faded_kinds=_faded(kind_strengths),
        offered=_offered(history, conversation_id, start),
        owned=_sorted([*history.owned, *(one.product_id for one in kept)]),
        owned_groups=_groups(kept, known),
        owned_kinds=_sorted(known[one.product_id].kind for one in kept if one.product_id in known),
        returned=_sorted([*history.returned, *(one.product_id for one in back)]),
        returned_groups=_groups(back, known),
        thanked=_sorted(p.offer.evidence.note for p in history.offers if p.offer.kind == "coupon"),
    )


def _items(decline: PastDecline) -> tuple[str, ...]:
    return decline.product_ids


def _kinds(decline: PastDecline) -> tuple[str, ...]:
    return decline.kinds if decline.scope is Scope.KIND else ()


def _strengths(
    declines: Sequence[PastDecline],
    now: datetime,
    half_life_days: int,
    names_of: Callable[[PastDecline], tuple[str, ...]],
) -> dict[str, float]:
    """What is left of the refusals of each name, added up."""
    left: dict[str, float] = {}
    for decline in declines:
        strength = 0.5 ** ((now - decline.created_at) / _DAY / half_life_days)
        for name in names_of(decline):
            left[name] = left.get(name, 0.0) + strength
    return left


def _forbidden(strengths: Mapping[str, float]) -> list[str]:
    return [name for name, left in strengths.items() if left > FORBIDS]


def _faded(strengths: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted((name, round(left, 6)) for name, left in strengths.items() if _GONE <= left <= FORBIDS))


def _offered(history: History, conversation_id: str, start: datetime) -> tuple[str, ...]:
    """What was put before the shopper in this conversation or this session."""
    here = (p for p in history.offers if p.offer.conversation_id == conversation_id or p.offer.created_at >= start)
    return _sorted(product_id for past in here for product_id in (*past.offer.shown, *past.offer.product_ids))


def _groups(bought: Sequence[Bought], products: Mapping[str, Product]) -> tuple[str, ...]:
    groups = (products[one.product_id].group_id for one in bought if one.product_id in products)
    return _sorted(group for group in groups if group)


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
