"""The search beside its peers: what it finds, whether narrow filters are exact, and how long a query takes, on 24,576
real products (the demo shop where those are missing) and on a million made ones."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console

from actions.settings import REPOSITORY, load_settings
from bot.cli.progress import Bars
from bot.supervisor import prepare
from catalog.catalogue import Catalogue, EmbeddingModel, build_index, open_catalogue
from catalog.domain.product import Product
from catalog.domain.shop import ShopConfig, ShopDocuments
from catalog.encoder.onnx_encoder import OnnxEncoder
from catalog.feed.faults import Findings
from catalog.feed.products import read_products
from catalog.search.encoders import Vectors, packaged_model
from catalog.search.index_files import index_folder
from catalog.search.vectors import VectorIndex
from tests.bench import search_quality, search_speed, synthetic_shop

REAL = REPOSITORY.parent / "shared" / "data" / "amazon_products" / "products.csv.gz"
MADE = 1_000_000
MOST_REAL_MS, MOST_MADE_MS = 15.0, 40.0
_PER_FAMILY, _TIMED = 500, 220
_NARROW_TESTS = 40


class SyntheticEncoder:
    """Vectors in clusters, by a text's checksum: a million of them in seconds."""

    dimension = synthetic_shop.DIMENSION

    def __init__(self) -> None:
        self._centres, self._noise = synthetic_shop.centres_and_noise()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text."""
        sums = np.array([zlib.crc32(text.encode()) for text in texts], dtype=np.int64)
        rows = self._centres[sums % len(self._centres)] + self._noise[sums // 7 % len(self._noise)]
        rows += np.roll(self._noise[sums // 11 % len(self._noise)], 17, axis=1)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def opened(home: Path, products: Sequence[Product], model: EmbeddingModel, asking: OnnxEncoder) -> Catalogue:
    """The index of some products, built unless it is there."""
    documents = ShopDocuments(ShopConfig(home.name))
    with Bars(Console(stderr=True)) as bars:
        build_index(home, products, None, documents, model, bars)
    return open_catalogue(home, products, documents, asking)


def stored_vectors(home: Path, catalogue: Catalogue) -> Vectors:
    """All vectors of an index, as float32."""
    index = VectorIndex(index_folder(home) / catalogue.version)
    rows = np.zeros((index.size, index.dimension), dtype=np.float32)
    for first in range(0, index.size, 50_000):
        numbers = np.arange(first, min(first + 50_000, index.size))
        rows[numbers] = index.vectors(numbers)
    return rows


def narrow_misses(home: Path, catalogue: Catalogue, vectors: Vectors) -> tuple[int, float]:
    """(how many of the nearest ten a narrow filter loses, share of the nearest ten that is found without a filter),
    beside comparing all, over some random filters."""
    index = VectorIndex(index_folder(home) / catalogue.version)
    chance = np.random.default_rng(5)
    lost, kept = 0, []
    for number in range(_NARROW_TESTS):
        query = vectors[chance.integers(len(vectors))] + chance.standard_normal(vectors.shape[1]).astype("f4") * 0.02
        query = (query / np.linalg.norm(query)).astype(np.float32)
        cosines = vectors @ query
        allowed = chance.random(len(vectors)) < (0.0002, 0.002, 0.02)[number % 3]
        for mask in (allowed, None):
            rows, _ = index.search(query, 10, mask)
            wanted = np.argsort(-np.where(mask, cosines, -2.0) if mask is not None else -cosines, kind="stable")
            best = wanted[: min(10, len(cosines) if mask is None else int(mask.sum()))]
            missing = len(set(best.tolist()) - set(rows.tolist()))
            if mask is None:
                kept.append(1.0 - missing / len(best))
            else:
                lost += missing
    return lost, float(np.mean(kept))


def real_products() -> list[Product]:
    """The real ones, or the demo shop's."""
    path = REAL if REAL.is_file() else REPOSITORY / "data" / "demo" / "products.csv"
    if path != REAL:
        print(f"bench: {REAL.parent.name} is not beside the repository; the demo shop is measured instead")
    return read_products(path, None, Findings(), allow_free=True)[0]


def on_real(home: Path, asking: OnnxEncoder) -> bool:
    """Quality and speed on real products."""
    products = real_products()
    catalogue = opened(home, products, packaged_model(), asking)
    vectors = stored_vectors(home, catalogue)
    outcome = search_quality.compare(catalogue, asking, vectors, _PER_FAMILY)
    print(f"success@{search_quality.SHOWN} of known-item queries, {len(products)} products (gain with 95 % interval)")
    print("\n".join(outcome.lines()))
    gains = [outcome.gain(peer)[0] for peer in ("bm25", "vectors")]
    print(f"search_gain {min(gains):.3f} over the better peer (at least {search_quality.LEAST_GAIN:.3f})")
    fast = on_speed(home, catalogue, asking, vectors, MOST_REAL_MS)
    return min(gains) >= search_quality.LEAST_GAIN and fast


def on_made(home: Path, asking: OnnxEncoder) -> bool:
    """Speed on a million products."""
    products = synthetic_shop.products(MADE)
    catalogue = opened(home, products, EmbeddingModel("synthetic", SyntheticEncoder), asking)
    return on_speed(home, catalogue, asking, stored_vectors(home, catalogue), MOST_MADE_MS)


def on_speed(home: Path, catalogue: Catalogue, asking: OnnxEncoder, vectors: Vectors, most: float) -> bool:
    """Narrow filters and times of one catalogue."""
    lost, kept = narrow_misses(home, catalogue, vectors)
    print(
        f"narrow filters at {len(vectors)} products: {lost} of the nearest ten lost; without a filter {kept:.4f} found"
    )
    texts = search_speed.shopper_texts(catalogue.products(), _TIMED)
    timings = search_speed.measure(catalogue, asking, vectors, texts)
    print(f"a query with embedding at {len(vectors)} products")
    print("\n".join(search_speed.lines(timings, most)))
    return lost == 0 and timings["ours"].p95 <= most


def main() -> int:
    """Measure, print, and say by the exit code whether the figures hold."""
    settings = load_settings(os.environ)
    asking = OnnxEncoder(prepare.encoder(settings))
    home = settings.home / "bench"
    held = [on_real(home / "search-real", asking), on_made(home / f"search-{MADE}", asking)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
