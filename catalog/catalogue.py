"""The catalogue: one read-only snapshot of what a shop sells, how it is found, and what goes with what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from catalog.complements.bundle import Bundle, load_bundles
from catalog.complements.bundle_finder import BundleFinder, BundleSuggestion
from catalog.complements.compatibility import Compatibility, FitRules
from catalog.complements.counts import CoPurchases, load_counts
from catalog.complements.evidence import Complement, Evidence
from catalog.complements.evidence_files import BUNDLES, GROUPS, KINDS, POPULARITY
from catalog.complements.finder import ComplementFinder
from catalog.complements.look_alikes import look_alike
from catalog.domain.errors import IndexUnusable
from catalog.domain.product import Product
from catalog.domain.shop import MerchantBundle, ShopDocuments
from catalog.indexing import build_index
from catalog.search import index_files, naming
from catalog.search.encoders import EmbeddingModel, Encoder, NoProgress, Progress, Vectors
from catalog.search.engine import Hit, SearchEngine, SearchResult
from catalog.search.faq import FaqHit, FaqIndex, faq_key
from catalog.search.filters import Filters, Measure
from catalog.search.shelf import Shelf
from catalog.search.understanding import Understood
from catalog.search.vectors import VectorIndex

__all__ = [
    "BundleSuggestion", "Catalogue", "Compatibility", "Complement", "EmbeddingModel", "Encoder", "Evidence", "FaqHit",
    "Filters", "Hit", "Measure", "NoProgress", "Progress", "SearchResult", "Understood", "build_index",
    "open_catalogue",
]  # fmt: skip


class Catalogue:
    """Read-only and safe to share between threads. Made by `open_catalogue`."""

    def __init__(
        self, version: str, documents: ShopDocuments, shelf: Shelf, engine: SearchEngine, faq: FaqIndex,
        lookup: _VectorLookup, counts: tuple[CoPurchases | None, CoPurchases | None], bundles: Sequence[Bundle] = (),
    ) -> None:  # fmt: skip
        self.version, self.documents = version, documents
        self._shelf, self._engine, self._faq, self._lookup = shelf, engine, faq, lookup
        self._fit = FitRules(documents.compatibility, shelf.products)
        self._alike = lru_cache(maxsize=65536)(self._places_look_alike)
        self._finder = ComplementFinder(shelf, *counts, self._fit, self._alike, self._neighbours)
        self._bundles = BundleFinder(shelf, bundles, self._fit, self._alike)

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

    def understand(self, text: str) -> Understood:
        """What of the text are conditions, order and quantity."""
        return self._engine.understand(text)

    def resolve(self, phrase: str, among: Sequence[str] = ()) -> list[Hit]:
        """Which product a phrase names, score 0..1, best first. `among` (ids shown) are preferred."""
        return naming.resolve(self._shelf, phrase, among)

    def complements(self, product_ids: Sequence[str], limit: int = 30) -> list[Complement]:
        """What goes with a cart, best first, with the counts behind each; never a look-alike or a variant."""
        return self._finder.complements(product_ids, limit)

    def alternatives(self, product_id: str, limit: int = 10) -> list[Hit]:
        """Other products for the same need, nearest first, in stock before sold out; score is the cosine."""
        place = self._shelf.position.get(product_id)
        if place is None:
            return []
        facets, groups = self._shelf.facets[place], {self._shelf.group_key(place)}
        hits = []
        for other, cosine in self._neighbours(place, 200):
            same_need = self._shelf.facets[other].leaf_kind == facets.leaf_kind and (
                bool(facets.leaf_kind) or self._shelf.facets[other].head == facets.head
            )
            if same_need and self._shelf.group_key(other) not in groups:
                groups.add(self._shelf.group_key(other))
                hits.append(Hit(self._shelf.products[other], round(cosine, 6)))
        return sorted(hits, key=lambda hit: not hit.product.in_stock)[:limit]

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
        """The merchant's own sets that hold a product."""
        return [bundle for bundle in self.documents.bundles if product_id in bundle.product_ids]

    def bundles_for(self, product_ids: Sequence[str], limit: int = 3) -> list[BundleSuggestion]:
        """Sets learned from orders that complete a cart, best first, with the counts behind each."""
        return self._bundles.bundles_for(product_ids, limit)

    def _places_look_alike(self, a: int, b: int) -> bool:
        shelf = self._shelf
        cosine = self._lookup.cosine(a, b)
        return look_alike(shelf.products[a], shelf.products[b], shelf.facets[a], shelf.facets[b], cosine)

    def _neighbours(self, place: int, limit: int) -> list[tuple[int, float]]:
        return self._lookup.neighbours(place, limit)


class _VectorLookup:
    """The stored vectors by product position; a product that is not in the index has none."""

    def __init__(self, index: VectorIndex, places: list[int], size: int) -> None:
        self._index, self._places = index, places
        self._row = [-1] * size
        for row, place in enumerate(places):
            if place >= 0:
                self._row[place] = row

    def _vector(self, place: int) -> Vectors | None:
        row = self._row[place]
        return None if row < 0 else self._index.vectors(np.array([row], dtype=np.int64))[0]

    def cosine(self, a: int, b: int) -> float:
        """Of two products; 0.0 where one is not in the index."""
        first, second = self._vector(a), self._vector(b)
        return 0.0 if first is None or second is None else float(first @ second)

    def neighbours(self, place: int, limit: int) -> list[tuple[int, float]]:
        """(position, cosine) of the nearest other products, nearest first."""
        vector = self._vector(place)
        if vector is None:
            return []
        rows, cosines = self._index.search(vector, limit + 1)
        found = ((self._places[int(row)], float(cosine)) for row, cosine in zip(rows, cosines, strict=True))
        return [(other, cosine) for other, cosine in found if other not in (place, -1)][:limit]


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
    counted = bool(meta.counts_key)
    popularity = json.loads((folder / POPULARITY).read_text(encoding="utf-8")) if counted else {}
    shelf = Shelf(products, popularity, documents.config.currency)
    index = VectorIndex(folder / index_files.VECTORS)
    places = [shelf.position.get(product_id, -1) for product_id in meta.product_ids]
    faq_vectors: Vectors = np.load(folder / index_files.FAQ)
    # An FAQ that changed since the index was built would answer with the wrong entry.
    usable_faq = documents.faq if faq_key(documents.faq) == meta.faq_key else ()
    groups = load_counts(folder / GROUPS) if counted else None
    kinds = load_counts(folder / KINDS) if counted else None
    bundles = load_bundles(folder / BUNDLES) if counted else ()
    return Catalogue(
        version, documents, shelf, SearchEngine(shelf, encoder, index, places),
        FaqIndex(usable_faq, faq_vectors, encoder), _VectorLookup(index, places, len(products)), (groups, kinds),
        bundles,
    )  # fmt: skip
