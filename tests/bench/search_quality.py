"""How often the product that is looked for is among the first ten: ours, BM25 alone and vectors alone, on the same
queries, products and text fields, in one run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
import numpy.typing as npt

from catalog.catalogue import Catalogue
from catalog.domain.product import Product
from catalog.search.encoders import Encoder, Vectors
from tests.bench.search_queries import FAMILIES, Query, known_item_queries

SHOWN = 10
LEAST_GAIN = 0.05
_SEED = 20_260_302
_RESAMPLES = 2_000
Found = npt.NDArray[np.bool_]
# From the titles of even positions the weights of `ranking` were fitted; only the others are counted.
_HELD_OUT = 1


@dataclass(frozen=True)
class Outcome:
    """By query, whether each side showed the product."""

    families: npt.NDArray[np.str_]
    found: dict[str, Found]

    def gain(self, over: str, family: str = "") -> tuple[float, float, float]:
        """(mean, low, high) of ours minus a peer: a bootstrap interval of 95 % over the queries."""
        chosen = self._of(family)
        differences = self.found["ours"][chosen].astype(float) - self.found[over][chosen]
        drawn = np.random.default_rng(_SEED).integers(0, len(differences), (_RESAMPLES, len(differences)))
        means = differences[drawn].mean(axis=1)
        return float(differences.mean()), float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))

    def success(self, side: str, family: str = "") -> float:
        """Share of the queries (of one family) for which the product was shown."""
        return float(self.found[side][self._of(family)].mean())

    def _of(self, family: str) -> Found:
        return np.ones(len(self.families), dtype=np.bool_) if not family else self.families == family

    def lines(self) -> list[str]:
        """A table: success@10 by family, and ours against each peer."""
        made = []
        for family in (*FAMILIES, ""):
            ours = self.success("ours", family)
            peers = []
            for peer in ("bm25", "vectors"):
                mean, low, high = self.gain(peer, family)
                ratio = ours / max(self.success(peer, family), 1e-9)
                peers.append(
                    f"{peer} {self.success(peer, family):.3f} ({mean:+.3f} [{low:+.3f}, {high:+.3f}], x{ratio:.2f})"
                )
            made.append(f"  {family or 'all':12s} ours {ours:.3f}   {'   '.join(peers)}")
        return made


def compare(catalogue: Catalogue, encoder: Encoder, vectors: Vectors, per_family: int) -> Outcome:
    """Ask all three sides. `vectors` are the catalogue's own, by position."""
    products = catalogue.products()
    queries = known_item_queries(products[_HELD_OUT::2], per_family, _SEED)
    texts = [query.text for query in queries]
    sides: dict[str, Callable[[Sequence[str]], list[list[str]]]] = {
        "ours": lambda asked: [[hit.product.id for hit in catalogue.search(text, limit=SHOWN).hits] for text in asked],
        "bm25": lambda asked: _by_bm25(products, asked),
        "vectors": lambda asked: _by_vectors(products, vectors, encoder.encode(asked)),
    }
    found = {name: _found(queries, ask(texts)) for name, ask in sides.items()}
    return Outcome(np.array([query.family for query in queries]), found)


def _found(queries: Sequence[Query], shown: Sequence[Sequence[str]]) -> Found:
    return np.array([query.target in ids for query, ids in zip(queries, shown, strict=True)])


def _by_bm25(products: Sequence[Product], texts: Sequence[str]) -> list[list[str]]:
    """bm25s as it comes, with its own words and list of English stop words. Titles three times does best for it."""
    documents = [f"{(product.title + ' ') * 3}{product.product_type} {product.description}" for product in products]
    index = bm25s.BM25()
    index.index(bm25s.tokenize(documents, stopwords="en", show_progress=False), show_progress=False)
    asked = bm25s.tokenize(list(texts), stopwords="en", show_progress=False)
    places, _ = index.retrieve(asked, k=min(SHOWN, len(products)), show_progress=False)
    return [[products[place].id for place in row] for row in places]


def _by_vectors(products: Sequence[Product], vectors: Vectors, asked: Vectors) -> list[list[str]]:
    """The nearest by cosine, all compared."""
    best = np.argsort(-(asked @ vectors.T), axis=1)[:, :SHOWN]
    return [[products[place].id for place in row] for row in best]
