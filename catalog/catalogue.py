"""The catalogue: one read-only snapshot of what a shop sells, how it is found, and what goes with what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from catalog.complements.alternatives import AlternativeFinder
from catalog.complements.bundle_finder import BundleFinder, BundleSuggestion
from catalog.complements.cart_model import Reorder
from catalog.complements.compatibility import Compatibility, FitRules
from catalog.complements.evidence import Complement, Evidence
from catalog.complements.evidence_files import POPULARITY, OrderEvidence, open_evidence
from catalog.complements.finder import ComplementFinder
from catalog.complements.look_alikes import look_alike
from catalog.complements.pieces import Evidences
from catalog.complements.upgrades import DEARER, Change, Upgrade, UpgradeFinder
from catalog.domain.errors import IndexUnusable
from catalog.domain.product import Product
from catalog.domain.shop import MerchantBundle, ShopDocuments
from catalog.indexing import build_index
from catalog.search import index_files, naming
from catalog.search.differences import Difference, differences, nearest_first
from catalog.search.encoders import EmbeddingModel, Encoder, NoProgress, Progress, Vectors
from catalog.search.engine import Hit, SearchEngine, SearchResult
from catalog.search.faq import FaqHit, FaqIndex, faq_key
from catalog.search.filters import Filters, Measure
from catalog.search.index_files import IndexMeta
from catalog.search.learned import open_learned, texts_key
from catalog.search.shelf import Shelf
from catalog.search.understanding import Part, Understood
from catalog.search.vectors import ProductVectors, VectorIndex

__all__ = [
    "BundleSuggestion", "Catalogue", "Change", "Compatibility", "Complement", "Difference", "EmbeddingModel", "Encoder",
    "Evidence", "FaqHit", "Filters", "Hit", "Measure", "NoProgress", "Part", "Progress", "Reorder", "SearchResult",
    "Understood", "Upgrade", "build_index", "open_catalogue",
]  # fmt: skip
# From so many hits the nearest are chosen.
_POOL = 60


class Catalogue:
    """Read-only and safe to share between threads. Made by `open_catalogue`."""

    def __init__(
        self, version: str, documents: ShopDocuments, shelf: Shelf, engine: SearchEngine, faq: FaqIndex,
        vectors: ProductVectors, orders: OrderEvidence,
    ) -> None:  # fmt: skip
        self.version, self.documents = version, documents
        self._shelf, self._engine, self._faq, self._vectors = shelf, engine, faq, vectors
        self._fit = FitRules(documents.compatibility, shelf.products)
        self._alike = lru_cache(maxsize=65536)(self._places_look_alike)
        pieces = Evidences(shelf, orders.groups, orders.kinds, self._fit, self._neighbours, vectors.cosine)
        self._finder = ComplementFinder(shelf, orders.groups, pieces, self._fit, self._alike, orders.model)
        self._alternatives = AlternativeFinder(shelf, vectors.neighbours, self._alike, self._finder.goes_along)
        self._model = orders.model
        self._bundles = BundleFinder(shelf, orders.bundles, self._fit, self._alike)
        self._upgrades = UpgradeFinder(shelf, self._fit, vectors.cosine)

    def product(self, product_id: str) -> Product | None:
        """One product by its id."""
        place = self._shelf.position.get(product_id)
        return None if place is None else self._shelf.products[place]

    def products(self) -> Sequence[Product]:
        """All products, in the feed's order."""
        return self._shelf.products

    def variants(self, product_id: str) -> list[Product]:
        """The product's group, itself included, in the feed's order; empty for an unknown id."""
        place = self._shelf.position.get(product_id)
        return [] if place is None else [self._shelf.products[variant] for variant in self._shelf.group(place)]

    def search(self, text: str, *, limit: int = 5, filters: Filters | None = None) -> SearchResult:
        """Products for free text. `filters` are added to what the text itself asks."""
        return self._engine.search(text, limit, filters)

    def differences(self, result: SearchResult) -> list[tuple[Difference, ...]]:
        """For each hit what it has otherwise than asked; nothing where it keeps every condition."""
        return [self._differing(result.understood, hit.product.id) for hit in result.hits]

    def nearest(self, text: str, *, limit: int = 5, filters: Filters | None = None) -> SearchResult:
        """What comes nearest to a search: as `search`, but where conditions had to be given up, what differs least
        in them comes first instead of what reads best."""
        result = self._engine.search(text, _POOL, filters)
        if result.relaxed:
            hits = nearest_first(result.hits, self.differences(result), in_words=not result.understood.filters.kinds)
            result = replace(result, hits=tuple(hits))
        return replace(result, hits=result.hits[:limit])

    def _differing(self, understood: Understood, product_id: str) -> tuple[Difference, ...]:
        place = self._shelf.position[product_id]
        product, facets = self._shelf.products[place], self._shelf.facets[place]
        return differences(understood, product, facets, self.variants(product_id))

    def understand(self, text: str) -> Understood:
        """What of the text are conditions, order and quantity."""
        return self._engine.understand(text)

    def resolve(self, phrase: str, among: Sequence[str] = ()) -> list[Hit]:
        """Which product a phrase names, score 0..1, best first. `among` (ids shown) are preferred."""
        return naming.resolve(self._shelf, phrase, among)

    def complements(self, product_ids: Sequence[str], limit: int = 30, customer_id: str = "") -> list[Complement]:
        """What goes with a cart, best first, with the counts behind each; never a look-alike or a variant.

        Of a customer whose past orders are known, by the order file's `customer_id`, the taste counts, and nothing
        bought before is suggested.
        """
        return self._finder.complements(product_ids, limit, customer_id)

    def reorders(self, product_ids: Sequence[str], customer_id: str, limit: int = 5) -> list[Reorder]:
        """What a customer, by the order file's `customer_id`, bought before and may need again with this cart, most
        probable first; only what the shop still has. Empty where nothing is known of the customer."""
        groups = [self._shelf.group_key(self._shelf.position[i]) for i in product_ids if i in self._shelf.position]
        found = [] if self._model is None else self._model.reorders(groups, customer_id, limit)
        return [reorder for reorder in found if reorder.product_id in self._shelf.position]

    def alternatives(self, product_id: str, limit: int = 10) -> list[Hit]:
        """Other products for the same need, nearest first, in stock before sold out; score is the cosine. None is a
        variant or among the product's complements."""
        return self._alternatives.alternatives(product_id, limit)

    def upgrades(self, product_id: str, limit: int = 3, dearer: tuple[int, int] = DEARER) -> list[Upgrade]:
        """Better ones of the same thing, in stock and 10 to 25 % dearer, by what each is better; most gain for the
        price first. Which way is better is learned from the shop; empty where nothing says so."""
        return self._upgrades.upgrades(product_id, limit, dearer)

    def look_alike(self, a: str, b: str) -> bool:
        """Whether two products are one thing to a shopper: a variant, another colour, the same in other words."""
        places = self._shelf.position.get(a), self._shelf.position.get(b)
        if places[0] is None or places[1] is None:
            return a == b
        return self._alike(min(places[0], places[1]), max(places[0], places[1]))

    def compatible(self, accessory_id: str, host_id: str) -> Compatibility | None:
        """What the shop declares about the fit of two products; None when it declares nothing."""
        accessory, host = self.product(accessory_id), self.product(host_id)
        return self._fit.between(accessory, host) if accessory and host else None

    def faq(self, text: str, limit: int = 3) -> list[FaqHit]:
        """The shop's own answers nearest to a question; score is the cosine."""
        return self._faq.find(text, limit)

    def bundles_with(self, product_id: str) -> list[MerchantBundle]:
        """The merchant's own sets that hold a product, by its id or by its item_group_id."""
        product = self.product(product_id)
        names = {product_id} | ({product.group_id} if product and product.group_id else set())
        return [bundle for bundle in self.documents.bundles if names.intersection(bundle.product_ids)]

    def bundles_for(self, product_ids: Sequence[str], limit: int = 3) -> list[BundleSuggestion]:
        """Sets learned from orders that complete a cart, best first, with the counts behind each."""
        return self._bundles.bundles_for(product_ids, limit)

    def _places_look_alike(self, a: int, b: int) -> bool:
        shelf = self._shelf
        cosine = self._vectors.cosine(a, b)
        return look_alike(shelf.products[a], shelf.products[b], shelf.facets[a], shelf.facets[b], cosine)

    def _neighbours(self, place: int, limit: int) -> list[tuple[int, float]]:
        return self._vectors.neighbours(place, limit)


def open_catalogue(home: Path, products: Sequence[Product], documents: ShopDocuments, encoder: Encoder) -> Catalogue:
    """Open the index under `home` for these products. Prices and stock are the products' own.

    A damaged current version is passed over for the last good one. Products that the index does not know yet
    are found by their words. Raises IndexUnusable where no version is usable, or `encoder` is of another size.
    """
    version, meta = index_files.usable_version(home)
    folder = index_files.index_folder(home) / version
    if meta.dimension != encoder.dimension:
        sizes = f"{meta.dimension} numbers per text, the encoder gives {encoder.dimension}"
        raise IndexUnusable(f"{folder}: was built with another model ({sizes}); run `pairwell index`")
    shelf = _open_shelf(folder, meta, products, documents.config.currency)
    places = (shelf.position.get(product_id, -1) for product_id in meta.product_ids)
    rows = np.fromiter(places, np.int64, len(meta.product_ids))
    vectors = ProductVectors(VectorIndex(folder), rows, len(products))
    faq_vectors: Vectors = np.load(folder / index_files.FAQ)
    # An FAQ that changed since the index was built would answer with the wrong entry.
    usable_faq = documents.faq if faq_key(documents.faq) == meta.faq_key else ()
    orders = open_evidence(folder) if meta.counts_key else OrderEvidence()
    faq = FaqIndex(usable_faq, faq_vectors, encoder)
    engine = SearchEngine(shelf, encoder, vectors)
    return Catalogue(version, documents, shelf, engine, faq, vectors, orders)


def _open_shelf(folder: Path, meta: IndexMeta, products: Sequence[Product], currency: str) -> Shelf:
    """The products with what was learned from them; learned anew where they changed since the index was built."""
    popularity: dict[str, int] = {}
    if meta.counts_key:
        popularity = json.loads((folder / POPULARITY).read_text(encoding="utf-8"))
    learned = None
    if meta.texts_key == texts_key(products):
        learned = open_learned(folder / index_files.LEARNED, len(products))
    return Shelf(products, popularity, currency, learned)
