"""Building the index of a shop: only what changed is embedded or counted anew."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from catalog.complements.counts import count_together, save_counts
from catalog.domain.errors import IndexUnusable
from catalog.domain.product import Product
from catalog.domain.shop import ShopDocuments
from catalog.embedding import KnownVectors, content_hashes, embed_texts, product_vectors
from catalog.feed.faults import Findings
from catalog.feed.orders import read_orders
from catalog.search import index_files
from catalog.search.encoders import EmbeddingModel, NoProgress, Progress, Vectors
from catalog.search.facets import facets_of
from catalog.search.faq import faq_key, faq_texts
from catalog.search.heads import learn_heads
from catalog.search.index_files import IndexMeta, NewVersion
from catalog.search.learned import learn, texts_key
from catalog.search.partial_vectors import PartialVectors
from catalog.search.vectors import VectorIndex, write_vectors

# One joint order says nothing and is most of the file.
_LEAST_TOGETHER = 2


def build_index(
    home: Path,
    products: Sequence[Product],
    orders_path: Path | None,
    documents: ShopDocuments,
    model: EmbeddingModel,
    progress: Progress | None = None,
) -> str:
    """Bring the index under `home` up to date and return its version; does nothing where it is so already.

    The running shop goes on with the version that it has open. A build that was interrupted goes on where it was; of
    two at a time, one waits for the other. Raises FeedFaults for unreadable orders.
    """
    progress = progress or NoProgress()
    meta = IndexMeta(
        model=model.name,
        dimension=0,
        product_ids=[product.id for product in products],
        hashes=content_hashes(products),
        faq_key=faq_key(documents.faq),
        counts_key=_counts_key(products, orders_path),
        texts_key=texts_key(products),
    )
    version = _digest((str(meta.format), meta.model, meta.texts_key, meta.faq_key, meta.counts_key))
    with index_files.only_builder(home):
        old = _usable(home)
        if old is not None and old[0] == version == index_files.current_version(home):
            return version
        with NewVersion(home) as new:
            _write(home, old, new, products, orders_path, documents, meta, model, progress)
            dimension = VectorIndex(new.folder).dimension
            new.publish(version, replace(meta, dimension=dimension))
    return version


def _write(
    home: Path,
    old: tuple[str, IndexMeta] | None,
    new: NewVersion,
    products: Sequence[Product],
    orders_path: Path | None,
    documents: ShopDocuments,
    meta: IndexMeta,
    model: EmbeddingModel,
    progress: Progress,
) -> None:
    """Write all files of a new version; of the old one, what still holds is taken over."""
    once = EmbeddingModel(model.name, lru_cache(maxsize=1)(model.load))
    before = index_files.index_folder(home) / old[0] if old is not None and old[1].model == meta.model else None
    known = KnownVectors(before, old[1].hashes) if old is not None and before is not None else None
    partial = PartialVectors(index_files.index_folder(home), meta.model)
    write_vectors(new.folder, product_vectors(products, meta.hashes, known, partial, once, progress), before)
    np.save(new.folder / index_files.FAQ, _faq_vectors(before, old, documents, meta, once, progress))
    _learn(new.folder, before, old, products, meta, progress)
    _count(home, old, products, orders_path, meta, new.folder, progress)
    partial.remove()


def _learn(
    target: Path,
    before: Path | None,
    old: tuple[str, IndexMeta] | None,
    products: Sequence[Product],
    meta: IndexMeta,
    progress: Progress,
) -> None:
    """Write what is learned from the products' texts, or copy the old where the texts are the same."""
    folder = target / index_files.LEARNED
    if old is not None and before is not None and old[1].texts_key == meta.texts_key:
        shutil.copytree(before / index_files.LEARNED, folder)
        return
    progress.start("Reading products", 1)
    folder.mkdir()
    learn(products).save(folder)
    progress.advance(1)


def _usable(home: Path) -> tuple[str, IndexMeta] | None:
    try:
        return index_files.usable_version(home)
    except IndexUnusable:
        return None


def _digest(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()[:16]


def _counts_key(products: Sequence[Product], orders_path: Path | None) -> str:
    if orders_path is None:
        return ""
    units = (f"{product.id} {product.group_id} {product.product_type} {product.title}" for product in products)
    return _digest((index_files.file_digest(orders_path), *units))


def _faq_vectors(
    before: Path | None,
    old: tuple[str, IndexMeta] | None,
    documents: ShopDocuments,
    meta: IndexMeta,
    model: EmbeddingModel,
    progress: Progress,
) -> Vectors:
    texts = [text for _, text in faq_texts(documents.faq)]
    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    if old is not None and before is not None and old[1].faq_key == meta.faq_key:
        kept: Vectors = np.load(before / index_files.FAQ)
        return kept
    return embed_texts(model, "Embedding the FAQ", texts, progress)


def _count(
    home: Path,
    old: tuple[str, IndexMeta] | None,
    products: Sequence[Product],
    orders_path: Path | None,
    meta: IndexMeta,
    target: Path,
    progress: Progress,
) -> None:
    """Write the counts of orders into `target`, or copy the old ones where orders and products are the same."""
    if orders_path is None:
        return
    if old is not None and old[1].counts_key == meta.counts_key:
        for name in index_files.COUNTED:
            shutil.copyfile(index_files.index_folder(home) / old[0] / name, target / name)
        return
    progress.start("Counting orders", 3)
    findings = Findings()
    lines = read_orders(orders_path, frozenset(meta.product_ids), findings).frame
    findings.raise_any()
    progress.advance(1)
    heads = learn_heads(product.title for product in products)
    kinds = {
        product.id: kind_unit(facets.leaf_kind, facets.phrase)
        for product, facets in ((product, facets_of(product, heads)) for product in products)
    }
    groups = {product.id: product.group_id or product.id for product in products}
    save_counts(target / index_files.GROUPS, count_together(lines, groups, _LEAST_TOGETHER))
    progress.advance(1)
    save_counts(target / index_files.KINDS, count_together(lines, kinds, _LEAST_TOGETHER))
    popularity = lines.unique(["order_id", "product_id"]).group_by("product_id").len().sort("product_id")
    (target / index_files.POPULARITY).write_text(json.dumps(dict(popularity.iter_rows())), encoding="utf-8")
    progress.advance(1)


def kind_unit(leaf_kind: str, phrase: str) -> str:
    """What a product counts as among kinds: its product_type's last level, else what its title says it is."""
    return leaf_kind or phrase
