"""Bundle arithmetic: floors, the saving of a set, and its shares to the cent. Standard library only, pure.

The saving of a set is a percentage of its parts at today's prices, cut back so that no part goes under its
floor. Shares are allocated by largest remainder (Hamilton), so that the lines add up.
"""

from __future__ import annotations

from collections.abc import Sequence

from catalog.domain.money import Money, total, zero
from catalog.domain.offer_rules import BundleRules


def floor_of(price: Money, cost: Money | None, floor: Money | None, rules: BundleRules) -> Money:
    """The margin floor of a product at today's `price`: the highest of its declared floor and its cost plus the
    least margin; where the shop told neither, a share of today's price. Fractions of a cent round up, in the
    shop's favour."""
    known = []
    if floor is not None:
        known.append(floor)
    if cost is not None:
        known.append(share_up(cost, 100 + rules.min_margin_percent))
    return max(known) if known else share_up(price, rules.min_price_percent)


def room_above(price: Money, lowest: Money) -> Money:
    """How much a price can be cut before it reaches `lowest`; nothing where it lies below already."""
    return max(price - lowest, zero(price.currency))


def set_discounts(prices: Sequence[Money], room: Sequence[Money], percent: int) -> list[Money]:
    """The discount of each part of a set that saves `percent` of `prices`, no part beyond its `room`."""
    currency = prices[0].currency
    wanted = total(list(prices), currency).share(percent, 100)
    saving = min(wanted, total(list(room), currency))
    return share_saving(saving, [price.minor for price in prices], room)


def share_saving(saving: Money, weights: Sequence[int], room: Sequence[Money]) -> list[Money]:
    """Share `saving` over lines in proportion to `weights` (largest remainder), no line beyond its `room`.

    The shares add up exactly. `saving` must not exceed the room altogether (ValueError).
    """
    if saving > total(list(room), saving.currency):
        raise ValueError(f"a saving of {saving} does not fit above the floors")
    shares = [zero(saving.currency)] * len(room)
    left = saving
    while left.minor > 0:
        free = [index for index in range(len(room)) if shares[index] < room[index]]
        for index, part in zip(free, left.allocate([weights[i] for i in free]), strict=True):
            taken = min(part, room[index] - shares[index])
            shares[index] += taken
            left -= taken
    return shares


def share_up(amount: Money, percent: int) -> Money:
    """`percent` of an amount, every fraction rounded up."""
    return Money(-(-amount.minor * percent // 100), amount.currency)
