"""The merchant's sets that count today, against a cart: whoever has all parts pays the set's price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.selling.goods import Goods
from actions.shop.sets import is_live
from catalog.domain.shop import MerchantBundle


@dataclass(frozen=True)
class LiveSet:
    """A set that something of the cart belongs to: the cart's products that are parts of it, and the parts that are
    missing. A part is a product id, or an item_group_id that any variant serves."""

    bundle: MerchantBundle
    anchor_ids: tuple[str, ...]
    missing: tuple[str, ...]

    def completed_by(self, names: frozenset[str]) -> bool:
        """Whether things with these ids and groups are all that is missing."""
        return bool(self.missing) and names.issuperset(self.missing)


def live_sets(goods: Goods, cart_ids: Sequence[str], today: str) -> list[LiveSet]:
    """The sets with a saving, valid on `today` (2026-03-31), that hold something of the cart."""
    found: Mapping[str, MerchantBundle] = {one.id: one for i in cart_ids for one in goods.bundles_with(i)}
    names = {product_id: names_of(goods, product_id) for product_id in cart_ids}
    sets = []
    for one in found.values():
        if not one.discount_percent or not is_live(one, today):
            continue
        holder: dict[str, str] = {}
        for part in one.product_ids:
            # One thing serves one part, also where its own id and its group are both named.
            holder[part] = next((i for i in cart_ids if part in names[i] and i not in holder.values()), "")
        anchors = tuple(product_id for product_id in holder.values() if product_id)
        sets.append(LiveSet(one, anchors, tuple(part for part, product_id in holder.items() if not product_id)))
    return sets


def names_of(goods: Goods, product_id: str) -> frozenset[str]:
    """By what a set may name a product: its id and its group."""
    product = goods.product(product_id)
    return frozenset({product_id, product.group_id if product else ""} - {""})
