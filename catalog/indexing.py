"""Building the index of a shop: only what changed is embedded or counted anew."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from catalog.complements.evidence_files import EVIDENCE, Units, write_evidence
from catalog.complements.look_alikes import look_alike
from catalog.domain.errors import IndexUnusable
from catalog.domain.product import Product
from catalog.domain.shop import ShopDocuments
from catalog.search import index_files
from catalog.search.encoders import EmbeddingModel, NoProgress, Progress, Vectors
from catalog.search.facets import facets_of
from catalog.search.faq import faq_key, faq_texts
from catalog.search.heads import learn_heads
from catalog.search.index_files import IndexMeta, NewVersion
from catalog.search.vectors import VectorIndex, write_vectors

# Texts handed to the model at once: enough to use both cores, few enough for a lively progress bar.
_CHUNK = 128
Embed = Callable[[str, Sequence[str]], Vectors]


def build_index(
    home: Path,
    products: Sequence[Product],
    orders_path: Path | None,
    documents: ShopDocuments,
    model: EmbeddingModel,
    progress: Progress | None = None,
) -> str:
    """Bring the index under `home` up to date and return its version; does nothing where it is so already.

    The running shop goes on with the version that it has open. Raises FeedFaults for unreadable orders.
    """
    progress = progress or NoProgress()
    meta = IndexMeta(
        model=model.name,
        dimension=0,
        product_ids=[product.id for product in products],
        hashes=[product.content_hash() for product in products],
        faq_key=faq_key(documents.faq),
        counts_key=_counts_key(products, orders_path),
    )
    version = _digest((str(meta.format), meta.model, *meta.product_ids, *meta.hashes, meta.faq_key, meta.counts_key))
    old = _usable(home)
    if old is not None and old[0] == version == index_files.current_version(home):
        return version

    def embed(task: str, texts: Sequence[str]) -> Vectors:
        return embed_texts(once, task, texts, progress)

    once = EmbeddingModel(model.name, lru_cache(maxsize=1)(model.load))
    with NewVersion(home) as new:
        vectors = _product_vectors(home, old, products, meta, embed)
        write_vectors(new.folder / index_files.VECTORS, vectors)
        np.save(new.folder / index_files.FAQ, _faq_vectors(home, old, documents, meta, embed))
        _count(home, old, products, orders_path, meta, vectors, new.folder, progress)
        complete = IndexMeta(**{**vars(meta), "dimension": int(vectors.shape[1])})
        new.publish(version, complete)
    return version


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
    return _digest((index_files.file_digest(orders_path), _units_key(products)))


def _units_key(products: Sequence[Product]) -> str:
    return _digest(f"{product.id} {product.group_id} {product.product_type} {product.title}" for product in products)


def embed_texts(model: EmbeddingModel, task: str, texts: Sequence[str], progress: Progress) -> Vectors:
    """One row per text. Texts of like length go together, since padding costs as much as words."""
    progress.start(task, len(texts))
    encoder = model.load()
    rows = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda number: (len(texts[number]), texts[number]))
    for begin in range(0, len(order), _CHUNK):
        chunk = order[begin : begin + _CHUNK]
        rows[chunk] = encoder.encode([texts[number] for number in chunk])
        progress.advance(len(chunk))
    return rows


def _product_vectors(
    home: Path, old: tuple[str, IndexMeta] | None, products: Sequence[Product], meta: IndexMeta, embed: Embed
) -> Vectors:
    """Vectors of all products; those whose text the old index knows are taken from there."""
    kept: dict[str, int] = {}
    if old is not None and old[1].model == meta.model:
        kept = {digest: row for row, digest in enumerate(old[1].hashes)}
    fresh = [row for row, digest in enumerate(meta.hashes) if digest not in kept]
    if old is None or not kept:
        return embed("Embedding products", [product.embedding_text() for product in products])
    index = VectorIndex(index_files.index_folder(home) / old[0] / index_files.VECTORS)
    vectors = np.zeros((len(products), index.dimension), dtype=np.float32)
    reused = [row for row, digest in enumerate(meta.hashes) if digest in kept]
    vectors[reused] = index.vectors(np.array([kept[meta.hashes[row]] for row in reused], dtype=np.int64))
    if fresh:
        vectors[fresh] = embed("Embedding products", [products[row].embedding_text() for row in fresh])
    return vectors


def _faq_vectors(
    home: Path, old: tuple[str, IndexMeta] | None, documents: ShopDocuments, meta: IndexMeta, embed: Embed
) -> Vectors:
    texts = [text for _, text in faq_texts(documents.faq)]
    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    if old is not None and (old[1].model, old[1].faq_key) == (meta.model, meta.faq_key):
        kept: Vectors = np.load(index_files.index_folder(home) / old[0] / index_files.FAQ)
        return kept
    return embed("Embedding the FAQ", texts)


def _count(
    home: Path,
    old: tuple[str, IndexMeta] | None,
    products: Sequence[Product],
    orders_path: Path | None,
    meta: IndexMeta,
    vectors: Vectors,
    target: Path,
    progress: Progress,
) -> None:
    """Write the counts of orders into `target`, or copy the old ones where orders and products are the same."""
    if orders_path is None:
        return
    previous = index_files.index_folder(home) / old[0] if old is not None and old[1].counts_key else None
    if previous is not None and old is not None and old[1].counts_key == meta.counts_key:
        for name in EVIDENCE:
            shutil.copyfile(previous / name, target / name)
        return
    progress.start("Counting orders", 1)
    write_evidence(target, previous, orders_path, _units(products, vectors))
    progress.advance(1)


def _units(products: Sequence[Product], vectors: Vectors) -> Units:
    """What each product counts as; a group looks like its first product."""
    heads = learn_heads(product.title for product in products)
    facets = [facets_of(product, heads) for product in products]
    kinds = [kind_unit(facet.leaf_kind, facet.phrase) for facet in facets]
    groups = [product.group_id or product.id for product in products]
    first = {group: place for place, group in reversed(list(enumerate(groups)))}

    def alike(a: str, b: str) -> bool:
        one, other = first[a], first[b]
        cosine = float(vectors[one] @ vectors[other])
        return look_alike(products[one], products[other], facets[one], facets[other], cosine)

    ids = [product.id for product in products]
    return Units(
        _units_key(products),
        dict(zip(ids, groups, strict=True)),
        dict(zip(ids, kinds, strict=True)),
        {group: kinds[place] for group, place in first.items()},
        alike,
    )


def kind_unit(leaf_kind: str, phrase: str) -> str:
    """What a product counts as among kinds: its product_type's last level, else what its title says it is."""
    return leaf_kind or phrase
