"""The search box of the shop page, by the same catalogue that the assistant searches."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catalog.catalogue import Catalogue

from actions.settings import Settings
from actions.store.database import Database
from actions.store.shop_data import current_version, read_documents, read_products


class CatalogueSearch:
    """query, limit → product ids, best first. The catalogue is opened at the first search, and again when
    another shop is loaded."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings, self._database = settings, database
        self._lock = threading.Lock()
        self._opened: tuple[str | None, Catalogue] | None = None

    def __call__(self, query: str, limit: int) -> list[str]:
        """Search. Raises IndexUnusable or NoShopLoaded."""
        found = self._catalogue().search(query, limit=limit)
        return [hit.product.id for hit in found.hits]

    def _catalogue(self) -> Catalogue:
        # Here, not above: a gateway whose page nobody searches needs neither FAISS nor the sentence model.
        from catalog.catalogue import open_catalogue
        from catalog.encoder.export import ensure_encoder
        from catalog.encoder.onnx_encoder import OnnxEncoder

        version = current_version(self._database)
        with self._lock:
            if self._opened is None or self._opened[0] != version:
                products, documents = read_products(self._database), read_documents(self._database)
                encoder = OnnxEncoder(ensure_encoder(self._settings.home, self._settings.embedding_model))
                self._opened = (version, open_catalogue(self._settings.shop_home, products, documents, encoder))
            return self._opened[1]
