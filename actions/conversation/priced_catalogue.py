"""The catalogue as it is priced in one turn: every product that it gives is priced at the turn's moment.

What is searched for by price is found by the prices of the snapshot, which are those of the moment the shop was
loaded; what is then shown and said of a product is what it costs now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from actions.conversation.ports import Catalogue
from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.domain.shop import MerchantBundle, ShopDocuments

if TYPE_CHECKING:
    from catalog.catalogue import Compatibility, Difference, FaqHit, Hit, SearchResult, Understood


class PricedCatalogue:
    """Implements the port over another catalogue. Made for one turn of a shop that has timed prices."""

    def __init__(self, catalogue: Catalogue, now: datetime) -> None:
        self._catalogue, self._now = catalogue, now

    @property
    def version(self) -> str:
        """Names the index that is served."""
        return self._catalogue.version

    @property
    def documents(self) -> ShopDocuments:
        """The merchant's declarations."""
        return self._catalogue.documents

    def product(self, product_id: str) -> Product | None:
        """One product by id."""
        found = self._catalogue.product(product_id)
        return None if found is None else found.at(self._now)

    def products(self) -> Sequence[Product]:
        """All products, in the feed's order."""
        return [product.at(self._now) for product in self._catalogue.products()]

    def variants(self, product_id: str) -> list[Product]:
        """The product's group, itself included."""
        return [product.at(self._now) for product in self._catalogue.variants(product_id)]

    def search(self, text: str, *, limit: int = 5, filters: Any = None) -> SearchResult:
        """Ranked products for free text."""
        return self._priced(self._catalogue.search(text, limit=limit, filters=filters))

    def nearest(self, text: str, *, limit: int = 5, filters: Any = None) -> SearchResult:
        """As `search`; what differs least from what was asked comes first."""
        return self._priced(self._catalogue.nearest(text, limit=limit, filters=filters))

    def differences(self, result: SearchResult) -> list[tuple[Difference, ...]]:
        """For each hit what it has otherwise than asked, its price of now among it."""
        found = self._catalogue.differences(result)
        return [
            tuple(said for one in differing if (said := _said_now(one, hit.product.at(self._now).current_price)))
            for hit, differing in zip(result.hits, found, strict=True)
        ]

    def resolve(self, phrase: str, among: Sequence[str] = ()) -> list[Hit]:
        """Which product a phrase names; scores 0..1, best first."""
        return self._hits(self._catalogue.resolve(phrase, among))

    def understand(self, text: str) -> Understood:
        """What of the text are filters, order and quantity."""
        return self._catalogue.understand(text)

    def alternatives(self, product_id: str, limit: int = 10) -> list[Hit]:
        """Products that serve the same need."""
        return self._hits(self._catalogue.alternatives(product_id, limit))

    def look_alike(self, a: str, b: str) -> bool:
        """Whether two products are the same thing to a shopper."""
        return self._catalogue.look_alike(a, b)

    def compatible(self, accessory_id: str, host_id: str) -> Compatibility | None:
        """What the shop declares about a fit; None when it declares nothing."""
        return self._catalogue.compatible(accessory_id, host_id)

    def faq(self, text: str, limit: int = 3) -> list[FaqHit]:
        """The shop's own answers nearest to a question."""
        return self._catalogue.faq(text, limit)

    def bundles_with(self, product_id: str) -> list[MerchantBundle]:
        """The merchant's sets that hold a product."""
        return self._catalogue.bundles_with(product_id)

    def _hits(self, hits: Sequence[Hit]) -> list[Hit]:
        return [replace(hit, product=hit.product.at(self._now)) if hit.product.timed else hit for hit in hits]

    def _priced(self, result: SearchResult) -> SearchResult:
        return replace(result, hits=tuple(self._hits(result.hits)))


def _said_now(difference: Difference, price: Money) -> Difference | None:
    """A difference in price with the price of now; None where that keeps to what was asked."""
    if difference.field != "price" or not isinstance(difference.asked, Money):
        return difference
    keeps = price <= difference.asked if difference.above else price >= difference.asked
    return None if keeps else replace(difference, has=price)
