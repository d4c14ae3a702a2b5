"""The merchant's sets as live promotions: whoever has all parts in the cart pays the set's price. Pure.

A set saves its percentage of its parts at today's prices, at most `max_discount_percent`, and no part goes under
its floor. A part on sale is not reduced again, unless the shop says `stack_with_sale`; it still completes the set.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product
from zoneinfo import ZoneInfo

from actions.shop.choosing import Claim
from catalog.domain.bundling import floor_of, room_above, set_discounts
from catalog.domain.money import Money, zero
from catalog.domain.offer_rules import BundleRules
from catalog.domain.product import Product
from catalog.domain.shop import MerchantBundle

SET = "set:"
# A part may be any variant of a group: so many ways to fill one set from one cart are looked at.
_MOST_WAYS = 64


@dataclass(frozen=True)
class SetUse:
    """One way to fill a set: how many of each product, what each is reduced by, and the saving in minor units."""

    id: str
    units: Mapping[str, int]
    discounts: Mapping[str, Money]
    saving: int

    def claim(self, otherwise: int) -> Claim:
        """As a claim on the cart's units, which would save `otherwise` (minor units) without it."""
        return Claim(self.id, self.units, self.discounts, self.saving - otherwise)


class MerchantSets:
    """The sets of one shop with its rules about reductions, made once per version of the shop."""

    def __init__(self, bundles: Sequence[MerchantBundle], rules: BundleRules, time_zone: str = "UTC") -> None:
        self.rules, self.zone = rules, ZoneInfo(time_zone)
        self.titles = {SET + bundle.id: bundle.title for bundle in bundles}
        # By their first part: most carts hold the first part of no set, and then nothing more is looked at.
        self._by_first: defaultdict[str, list[MerchantBundle]] = defaultdict(list)
        for bundle in bundles:
            if bundle.discount_percent > 0 and bundle.product_ids:
                self._by_first[bundle.product_ids[0]].append(bundle)

    def fitting(self, cart: Mapping[str, Product], quantities: Mapping[str, int], now: datetime) -> list[SetUse]:
        """Every way in which a set that is valid today fits the products of a cart, the largest saving first,
        then by the set's id. `cart` is what is in it by product id, `quantities` how many."""
        if not self._by_first:
            return []
        named: dict[str, list[Product]] = {}
        for one in cart.values():
            for name in {one.id, one.group_id} - {""}:
                named.setdefault(name, []).append(one)
        bundles = [bundle for name in named for bundle in self._by_first.get(name, ())]
        if not bundles:
            return []
        today = day_of(now, self.zone)
        uses = [
            use
            for bundle in bundles
            if is_live(bundle, today) and all(part in named for part in bundle.product_ids)
            for use in self._ways(bundle, [named[part] for part in bundle.product_ids], quantities)
        ]
        return sorted(uses, key=lambda use: (-use.saving, use.id, sorted(use.units)))

    def _ways(
        self, bundle: MerchantBundle, options: Sequence[Sequence[Product]], quantities: Mapping[str, int]
    ) -> list[SetUse]:
        dearest_first = [sorted(some, key=lambda one: (-one.current_price.minor, one.id)) for some in options]
        found: dict[tuple[str, ...], SetUse] = {}
        for parts in islice(product(*dearest_first), _MOST_WAYS):
            key = tuple(sorted(part.id for part in parts))
            units = Counter(key)
            if key not in found and all(quantities[product_id] >= n for product_id, n in units.items()):
                found[key] = self._use(bundle, parts, units)
        return [use for use in found.values() if use.saving > 0]

    def _use(self, bundle: MerchantBundle, parts: Sequence[Product], units: Mapping[str, int]) -> SetUse:
        shares = set_shares(bundle, parts, self.rules)
        discounts: dict[str, Money] = {}
        for part, share in zip(parts, shares, strict=True):
            discounts[part.id] = discounts.get(part.id, zero(share.currency)) + share
        return SetUse(SET + bundle.id, units, discounts, sum(share.minor for share in shares))


def set_shares(bundle: MerchantBundle, parts: Sequence[Product], rules: BundleRules) -> list[Money]:
    """What a set takes off each of its `parts` today, in their order."""
    percent = min(bundle.discount_percent, rules.max_discount_percent)
    return set_discounts([part.current_price for part in parts], [_room(part, rules) for part in parts], percent)


def day_of(now: datetime, zone: ZoneInfo) -> str:
    """The day of the shop's calendar, as bundles.yml writes days."""
    return now.astimezone(zone).date().isoformat()


def is_live(bundle: MerchantBundle, today: str) -> bool:
    """Whether a set counts today: its first and its last day included; a day that is not told does not limit."""
    return (not bundle.valid_from or bundle.valid_from <= today) and (
        not bundle.valid_until or today <= bundle.valid_until
    )


def _room(part: Product, rules: BundleRules) -> Money:
    price = part.current_price
    if price < part.price and not rules.stack_with_sale:
        return zero(price.currency)
    return room_above(price, floor_of(price, part.cost, part.floor, rules))


NO_SETS = MerchantSets((), BundleRules())
