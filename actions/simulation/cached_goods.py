"""The catalogue's answers, remembered: many simulated shoppers carry the same popular things."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from actions.selling.goods import Again, Complement, Fit, Goods, LearnedSet, Upgrade
from catalog.domain.product import Product
from catalog.domain.shop import MerchantBundle

_ANSWERS, _PAIRS = 65_536, 1_000_000


class CachedGoods:
    """Implements `Goods` over another one that never changes; each question is asked once."""

    def __init__(self, goods: Goods) -> None:
        self.version = goods.version
        self._product = goods.product
        self._complements: Any = lru_cache(_ANSWERS)(goods.complements)
        self._upgrades: Any = lru_cache(_ANSWERS)(goods.upgrades)
        self._reorders: Any = lru_cache(_ANSWERS)(goods.reorders)
        self._sets_with: Any = lru_cache(_ANSWERS)(goods.bundles_with)
        self._learned: Any = lru_cache(_ANSWERS)(goods.bundles_for)
        self._alike: Any = lru_cache(_PAIRS)(goods.look_alike)
        self._fit: Any = lru_cache(_PAIRS)(goods.compatible)

    def product(self, product_id: str) -> Product | None:
        """One product by id."""
        return self._product(product_id)

    def complements(self, product_ids: Sequence[str], limit: int = 30, customer_id: str = "") -> Sequence[Complement]:
        """What goes with these products, best first."""
        found: Sequence[Complement] = self._complements(tuple(product_ids), limit, customer_id)
        return found

    def upgrades(self, product_id: str, limit: int = 3, dearer: tuple[int, int] = (10, 25)) -> Sequence[Upgrade]:
        """Better ones of the same thing."""
        found: Sequence[Upgrade] = self._upgrades(product_id, limit, dearer)
        return found

    def reorders(self, product_ids: Sequence[str], customer_id: str, limit: int = 5) -> Sequence[Again]:
        """What a customer of the past order file may need again."""
        found: Sequence[Again] = self._reorders(tuple(product_ids), customer_id, limit)
        return found

    def bundles_with(self, product_id: str) -> Sequence[MerchantBundle]:
        """The merchant's sets that hold a product."""
        found: Sequence[MerchantBundle] = self._sets_with(product_id)
        return found

    def bundles_for(self, product_ids: Sequence[str], limit: int = 3) -> Sequence[LearnedSet]:
        """Sets learned from orders that complete a cart."""
        found: Sequence[LearnedSet] = self._learned(tuple(product_ids), limit)
        return found

    def look_alike(self, a: str, b: str) -> bool:
        """Whether one repeats the other."""
        return bool(self._alike(a, b))

    def compatible(self, accessory_id: str, host_id: str) -> Fit | None:
        """What is declared about one fitting the other."""
        found: Fit | None = self._fit(accessory_id, host_id)
        return found
