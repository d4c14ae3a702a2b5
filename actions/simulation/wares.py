"""What simulated shoppers come for: baskets of real things of the shop, drawn by how often each is bought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from actions.selling.goods import Goods
from catalog.domain.product import Product

# So many baskets are drawn once and shared: the same few questions are then asked of the catalogue.
_BASKETS, _THINGS = 160, 3
_NEXT_BY_EVIDENCE = 0.6


@dataclass(frozen=True)
class Wares:
    """`baskets` are sequences of product ids; `rivals` are two or three things of one kind, by a thing of them."""

    baskets: tuple[tuple[str, ...], ...]
    rivals: Mapping[str, tuple[str, ...]]

    def basket(self, rng: Random) -> list[str]:
        """What one shopper comes for, the main thing first."""
        basket = rng.choice(self.baskets)
        return list(basket[: rng.choice((1, 1, 2, 2, 3))])


def draw_wares(products: Sequence[Product], popularity: Mapping[str, int], goods: Goods, rng: Random) -> Wares:
    """Draw the baskets: the first thing by its number of orders, further ones from what goes with it, or by number.

    Raises ValueError where the shop has nothing in stock.
    """
    sold = [product for product in products if product.in_stock and product.current_price.minor > 0]
    if not sold:
        raise ValueError("nothing is in stock: there is nothing to shop for")
    weights = list(accumulate(popularity.get(product.id, 0) + 1 for product in sold))
    in_stock = {product.id for product in sold}
    baskets = []
    for _ in range(_BASKETS):
        basket = [rng.choices(sold, cum_weights=weights)[0].id]
        near = [found.product_id for found in goods.complements((basket[0],)) if found.product_id in in_stock][:4]
        while len(basket) < _THINGS:
            by_evidence = near and rng.random() < _NEXT_BY_EVIDENCE
            basket.append(rng.choice(near) if by_evidence else rng.choices(sold, cum_weights=weights)[0].id)
        baskets.append(tuple(dict.fromkeys(basket)))
    wanted = dict.fromkeys(product_id for basket in baskets for product_id in basket)
    return Wares(tuple(baskets), {product_id: _rivals(product_id, sold) for product_id in wanted})


def _rivals(product_id: str, sold: Sequence[Product]) -> tuple[str, ...]:
    """The thing itself and up to two others of its kind, nearest in price, one of each group."""
    own = next(product for product in sold if product.id == product_id)
    others = [one for one in sold if one.kind == own.kind and not one.same_group(own)]
    others.sort(key=lambda one: (abs(one.current_price.minor - own.current_price.minor), one.id))
    found: dict[str, str] = {}
    for one in others:
        found.setdefault(one.group_id or one.id, one.id)
    return (product_id, *list(found.values())[:2])
