"""What the simulated shop sells just now: products at today's prices, which the merchant may change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from actions.shop.sets import MerchantSets
from catalog.domain.money import Money
from catalog.domain.product import Availability, Product
from catalog.domain.shop import MerchantBundle, ShopConfig


class Shelf:
    """One shop at one moment. `products` is shared between shelves and never changed: what the merchant changes
    lies over it. `version` changes with every change."""

    def __init__(
        self,
        config: ShopConfig,
        products: Mapping[str, Product],
        bundles: Sequence[MerchantBundle] = (),
        sets: MerchantSets | None = None,
    ) -> None:
        self.config, self.bundles = config, tuple(bundles)
        self.sets = sets or MerchantSets(bundles, config.bundles, config.selling.time_zone)
        self._products, self._changed, self._changes = products, dict[str, Product](), 0

    @property
    def version(self) -> str:
        """Names what is sold now."""
        return f"simulated-{self._changes}"

    def product(self, product_id: str, now: datetime | None = None) -> Product | None:
        """One product as it is priced at `now`, without it as the feed has it; None where the shop never had it."""
        product = self._changed.get(product_id) or self._products.get(product_id)
        return product if product is None or now is None else product.at(now)

    def some(self, product_ids: Iterable[str], now: datetime | None = None) -> dict[str, Product]:
        """Those of the products that the shop has, by id, in the order asked, as `product` gives them."""
        found = ((product_id, self.product(product_id, now)) for product_id in product_ids)
        return {product_id: product for product_id, product in found if product is not None}

    def all(self) -> list[Product]:
        """Every product as the feed has it, in its order."""
        return [self._changed.get(product.id, product) for product in self._products.values()]

    def change(self, product: Product) -> None:
        """Put a changed product in the place of the one with its id."""
        self._changed[product.id] = product
        self._changes += 1


def repriced(product: Product, percent: int) -> Product:
    """The product at `percent` of its regular price, at least one minor unit, and in no sale."""
    price = max(product.price.share(percent, 100), Money(1, product.price.currency))
    return _timeless(replace(product, price=price, sale_price=None))


def on_sale(product: Product, percent: int) -> Product:
    """The product reduced by `percent` of its regular price, at least to one minor unit."""
    price = max(product.price.share(100 - percent, 100), Money(1, product.price.currency))
    return _timeless(replace(product, sale_price=price))


def _timeless(product: Product) -> Product:
    """What the merchant says today counts from now on, whatever the feed's calendar said."""
    return replace(product, sale_from=None, sale_until=None, price_list=(), history=())


def sold_out(product: Product) -> Product:
    """The product, gone."""
    return replace(product, availability=Availability.OUT_OF_STOCK)
