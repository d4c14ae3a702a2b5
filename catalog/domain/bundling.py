"""Bundle arithmetic: floors, the saving of a set, and its shares to the cent. Standard library only, pure.

The saving of a set is a percentage of its parts at today's prices, cut back so that no part goes under its
floor. Shares are allocated by largest remainder (Hamilton), so that the lines add up.
"""

from __future__ import annotations

from collections.abc import Sequence

from catalog.domain.money import Money, largest_remainder, total, zero
from catalog.domain.offer_rules import BundleRules


def floor_of(price: Money, cost: Money | None, floor: Money | None, rules: BundleRules) -> Money:
    """The margin floor of a product at today's `price`: the highest of its declared floor and its cost plus the
    least margin; where the shop told neither, a share of today's price. Fractions of a cent round up, in the
    shop's favour."""
    return Money(floor_minor(price, cost, floor, rules), price.currency)


def floor_minor(price: Money, cost: Money | None, floor: Money | None, rules: BundleRules) -> int:
    """`floor_of` in minor units, for where nothing but a comparison is wanted."""
    if cost is None:
        return _up(price.minor, rules.min_price_percent) if floor is None else floor.minor
    by_cost = _up(cost.minor, 100 + rules.min_margin_percent)
    return by_cost if floor is None else max(floor.minor, by_cost)


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
    shares = share_minor(saving.minor, weights, [most.minor for most in room])
    return [Money(share, saving.currency) for share in shares]


def share_minor(saving: int, weights: Sequence[int], room: Sequence[int]) -> list[int]:
    """`share_saving` in minor units."""
    if saving > sum(room):
        raise ValueError(f"a saving of {saving} does not fit above the floors")
    shares, left = [0] * len(room), saving
    while left > 0:
        free = [index for index in range(len(room)) if shares[index] < room[index]]
        for index, part in zip(free, largest_remainder(left, [weights[i] for i in free]), strict=True):
            taken = min(part, room[index] - shares[index])
            shares[index] += taken
            left -= taken
    return shares


def share_up(amount: Money, percent: int) -> Money:
    """`percent` of an amount, every fraction rounded up."""
    return Money(_up(amount.minor, percent), amount.currency)


def _up(minor: int, percent: int) -> int:
    return -(-minor * percent // 100)
