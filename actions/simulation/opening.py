"""Opens an indexed shop for the simulation: its catalogue, without the sentence model, which nobody asks here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from actions.simulation.running import SimulatedShop, simulated_shop
from catalog.catalogue import open_catalogue
from catalog.complements.evidence_files import POPULARITY
from catalog.domain.product import Product
from catalog.domain.shop import ShopDocuments
from catalog.search import index_files
from catalog.search.encoders import Vectors


class _NoWords:
    """Stands in for the sentence model, which takes memory and threads: simulated shoppers search for nothing."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A row of zeros for each text."""
        return np.zeros((len(texts), self.dimension), np.float32)


def open_simulated_shop(home: Path, documents: ShopDocuments, products: Sequence[Product]) -> SimulatedShop:
    """The shop whose index lies under `home`. Raises IndexUnusable, and NothingToSimulate where nothing is sold."""
    version, meta = index_files.usable_version(home)
    catalogue = open_catalogue(home, products, documents, _NoWords(meta.dimension))
    counted = index_files.index_folder(home) / version / POPULARITY
    popularity = json.loads(counted.read_text(encoding="utf-8")) if counted.is_file() else {}
    return simulated_shop(documents, products, catalogue, popularity)
