"""Building the index of a shop: only what changed is embedded, read or counted anew."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from catalog.complements.evidence_files import EVIDENCE, HISTORY, Units, write_evidence
from catalog.complements.look_alikes import look_alike
from catalog.complements.order_history import load_history
from catalog.complements.ranking.items import Items, log_prices
from catalog.complements.ranking.learning import learn_ranker
from catalog.complements.ranking.ranker_files import code_key, load_ranker, save_ranker
from catalog.domain.errors import IndexUnusable
from catalog.domain.product import Product
from catalog.domain.shop import ShopDocuments
from catalog.embedding import KnownVectors, content_hashes, embed_texts, product_vectors
from catalog.search import index_files
from catalog.search.encoders import EmbeddingModel, HalfVectors, NoProgress, Progress, Vectors
from catalog.search.facets import Facets, facets_of
from catalog.search.faq import faq_key, faq_texts
from catalog.search.index_files import IndexMeta, NewVersion
from catalog.search.learned import Learned, learn, open_learned, texts_key
from catalog.search.partial_vectors import PartialVectors
from catalog.search.vectors import VectorIndex, write_vectors


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
    meta = IndexMeta(
        model=model.name,
        dimension=0,
        product_ids=[product.id for product in products],
        hashes=content_hashes(products),
        faq_key=faq_key(documents.faq),
        counts_key=_counts_key(products, orders_path),
        texts_key=texts_key(products),
        ranker_code=code_key(),
    )
    keys = (str(meta.format), meta.model, meta.texts_key, meta.faq_key, meta.counts_key, meta.ranker_code)
    version = _digest(keys)
    once = EmbeddingModel(model.name, lru_cache(maxsize=1)(model.load))
    with index_files.only_builder(home):
        before = _before(home)
        if before is not None and before.folder.name == version == index_files.current_version(home):
            return version
        with NewVersion(home) as new:
            partial = PartialVectors(index_files.index_folder(home), meta.model)
            build = _Build(new.folder, before, products, meta, once, progress or NoProgress())
            vectors = build.write_vectors(partial)
            build.write_faq(documents)
            learned = build.write_learned()
            build.write_evidence(orders_path, vectors, learned)
            build.write_ranker(vectors)
            new.publish(version, replace(meta, dimension=VectorIndex(new.folder).dimension))
            partial.remove()
    return version


@dataclass(frozen=True)
class _Before:
    """The last good version, from which is taken over what still holds."""

    folder: Path
    meta: IndexMeta


def _before(home: Path) -> _Before | None:
    try:
        version, meta = index_files.usable_version(home)
    except IndexUnusable:
        return None
    return _Before(index_files.index_folder(home) / version, meta)


@dataclass(frozen=True)
class _Build:
    """One version in the making: each step writes its files into `folder`."""

    folder: Path
    before: _Before | None
    products: Sequence[Product]
    meta: IndexMeta
    model: EmbeddingModel
    progress: Progress

    def write_vectors(self, partial: PartialVectors) -> HalfVectors:
        """Those of all products; returned as well."""
        before = self._of_same_model()
        known = KnownVectors(before.folder, before.meta.hashes) if before is not None else None
        vectors = product_vectors(self.products, self.meta.hashes, known, partial, self.model, self.progress)
        write_vectors(self.folder, vectors, before.folder if before is not None else None)
        return vectors

    def write_faq(self, documents: ShopDocuments) -> None:
        """The vectors of the FAQ."""
        before = self._of_same_model()
        texts = [text for _, text in faq_texts(documents.faq)]
        vectors: Vectors = np.zeros((0, 0), dtype=np.float32)
        if texts and before is not None and before.meta.faq_key == self.meta.faq_key:
            vectors = np.load(before.folder / index_files.FAQ)
        elif texts:
            vectors = embed_texts(self.model, "Embedding the FAQ", texts, self.progress)
        np.save(self.folder / index_files.FAQ, vectors)

    def write_learned(self) -> Learned:
        """What is learned from the products' texts; returned as well."""
        folder = self.folder / index_files.LEARNED
        if self.before is not None and self.before.meta.texts_key == self.meta.texts_key:
            shutil.copytree(self.before.folder / index_files.LEARNED, folder)
            return open_learned(folder, len(self.products))
        self.progress.start("Reading products", 1)
        folder.mkdir()
        learned = learn(self.products)
        learned.save(folder)
        self.progress.advance(1)
        return learned

    def write_evidence(self, orders_path: Path | None, vectors: HalfVectors, learned: Learned) -> None:
        """The counts of orders, or the old ones where orders and products are the same."""
        if orders_path is None:
            return
        counted = self.before is not None and self.before.meta.counts_key
        previous = self.before.folder if self.before is not None and counted else None
        if previous is not None and counted == self.meta.counts_key:
            for name in EVIDENCE:
                shutil.copyfile(previous / name, self.folder / name)
            return
        self.progress.start("Counting orders", 1)
        write_evidence(self.folder, previous, orders_path, _units(self.products, vectors, learned))
        self.progress.advance(1)

    def write_ranker(self, vectors: HalfVectors) -> None:
        """What is learned from the counted orders about what goes with a cart."""
        if not self.meta.counts_key:
            return
        folder, before = self.folder / index_files.RANKER, self._of_same_model()
        previous = None
        if before is not None and before.meta.counts_key and before.meta.ranker_code == self.meta.ranker_code:
            previous = before.folder / index_files.RANKER
        if before is not None and previous is not None and _same_inputs(before.meta, self.meta):
            shutil.copytree(previous, folder)
            return
        self.progress.start("Learning what goes together", 1)
        earlier = load_ranker(previous) if previous is not None else None
        groups = {product.id: product.group_id or product.id for product in self.products}
        items = group_items(self.products, vectors)
        save_ranker(folder, learn_ranker(load_history(self.folder / HISTORY), items, groups, earlier))
        self.progress.advance(1)

    def _of_same_model(self) -> _Before | None:
        return self.before if self.before is not None and self.before.meta.model == self.meta.model else None


def _digest(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()[:16]


def _counts_key(products: Sequence[Product], orders_path: Path | None) -> str:
    if orders_path is None:
        return ""
    return _digest((index_files.file_digest(orders_path), _units_key(products)))


def _same_inputs(one: IndexMeta, other: IndexMeta) -> bool:
    """Of the ranker."""
    return (one.counts_key, one.texts_key) == (other.counts_key, other.texts_key)


def group_items(products: Sequence[Product], vectors: HalfVectors) -> Items:
    """What the ranker ranks: each group of variants, by its first product."""
    first: dict[str, int] = {}
    for place, product in enumerate(products):
        first.setdefault(product.group_id or product.id, place)
    places = list(first.values())
    return Items(
        tuple(first), tuple(products[place].title for place in places),
        log_prices(products[place].price.minor for place in places), np.asarray(vectors[places], dtype=np.float32),
    )  # fmt: skip


def _units_key(products: Sequence[Product]) -> str:
    return _digest(f"{product.id} {product.group_id} {product.product_type} {product.title}" for product in products)


def _units(products: Sequence[Product], vectors: HalfVectors, learned: Learned) -> Units:
    """What each product counts as; a group looks like its first product."""
    kinds = [learned.columns.units[number] for number in learned.columns.unit_numbers.tolist()]
    groups = [product.group_id or product.id for product in products]
    first = {group: place for place, group in reversed(list(enumerate(groups)))}

    @lru_cache(maxsize=10_000)
    def facets(place: int) -> Facets:
        return facets_of(products[place], learned.heads)

    def alike(a: str, b: str) -> bool:
        one, other = first[a], first[b]
        cosine = float(vectors[one].astype(np.float32) @ vectors[other].astype(np.float32))
        return look_alike(products[one], products[other], facets(one), facets(other), cosine)

    ids = [product.id for product in products]
    return Units(
        _units_key(products),
        dict(zip(ids, groups, strict=True)),
        dict(zip(ids, kinds, strict=True)),
        {group: kinds[place] for group, place in first.items()},
        alike,
    )
