"""What the conversation needs of the catalogue and of the store, as protocols. Fakes in tests mirror them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from catalog.domain.product import Product
from catalog.domain.shop import MerchantBundle, ShopDocuments

if TYPE_CHECKING:
    from catalog.catalogue import Compatibility, Difference, FaqHit, Hit, SearchResult, Understood


class Catalogue(Protocol):
    """The read-only snapshot of what the shop sells (catalog.catalogue.Catalogue)."""

    @property
    def version(self) -> str:
        """Names the index that is served; a changed price alone leaves it as it is."""
        ...

    @property
    def documents(self) -> ShopDocuments:
        """The merchant's declarations."""
        ...

    def product(self, product_id: str) -> Product | None:
        """One product by id."""
        ...

    def products(self) -> Sequence[Product]:
        """All products, in the feed's order."""
        ...

    def variants(self, product_id: str) -> list[Product]:
        """The product's group, itself included."""
        ...

    def search(self, text: str, *, limit: int = 5, filters: Any = None) -> SearchResult:
        """Ranked products for free text; see catalog.catalogue."""
        ...

    def nearest(self, text: str, *, limit: int = 5, filters: Any = None) -> SearchResult:
        """As `search`; where conditions had to be given up, what differs least in them comes first."""
        ...

    def differences(self, result: SearchResult) -> list[tuple[Difference, ...]]:
        """For each hit what it has otherwise than asked."""
        ...

    def resolve(self, phrase: str, among: Sequence[str] = ()) -> list[Hit]:
        """Which product a phrase names; scores 0..1, best first."""
        ...

    def understand(self, text: str) -> Understood:
        """What of the text are filters, order and quantity."""
        ...

    def alternatives(self, product_id: str, limit: int = 10) -> list[Hit]:
        """Products that serve the same need."""
        ...

    def look_alike(self, a: str, b: str) -> bool:
        """Whether two products are the same thing to a shopper."""
        ...

    def compatible(self, accessory_id: str, host_id: str) -> Compatibility | None:
        """What the shop declares about a fit; None when it declares nothing."""
        ...

    def faq(self, text: str, limit: int = 3) -> list[FaqHit]:
        """The shop's own answers nearest to a question, with their cosine."""
        ...

    def bundles_with(self, product_id: str) -> list[MerchantBundle]:
        """The merchant's sets that hold a product."""
        ...


class PersonalData(Protocol):
    """What is kept about one shopper."""

    def export(self, shopper_id: str) -> dict[str, Any]:
        """Everything kept, table by table."""
        ...

    def erase(self, shopper_id: str, now: datetime) -> dict[str, int]:
        """Remove it from every table; how many rows went, table by table."""
        ...
