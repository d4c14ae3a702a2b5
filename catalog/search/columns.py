"""What filters and names look up of all products, as columns instead of objects: a filter then costs the length of
a few posting lists, not a walk over every product."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from catalog.domain.product import Product
from catalog.search.facets import Facets
from catalog.search.postings import Gathering, Postings
from catalog.search.words import content_tokens, key, tokens

Numbers = npt.NDArray[np.int32]
# By facet, the values of one product.
_SETS = ("kinds", "colors", "sizes", "materials", "words")
_POSTINGS = (*_SETS, "brand", "measures", "names", "title")
_ARRAYS = ("groups", "id_rank", "unit_numbers", "title_hashes", "title_places")


@dataclass(frozen=True)
class Columns:
    """`postings` by facet: kinds, brand, colors, sizes, materials, words, measures ("<unit> <amount>"), `names`
    (the words that name a product) and `title` (those of its title).

    By position: `groups`, the number of the product's group; `id_rank`, its place in the order of ids;
    `unit_numbers`, which of `units` it counts as among kinds. `title_hashes` ascend and belong to `title_places`.
    """

    postings: Mapping[str, Postings]
    units: Sequence[str]
    groups: Numbers
    id_rank: Numbers
    unit_numbers: Numbers
    title_hashes: npt.NDArray[np.uint64]
    title_places: Numbers

    def titled(self, title: str) -> list[int]:
        """Positions of the products with this title, written anyhow, in the feed's order."""
        wanted = np.uint64(_title_hash(title))
        first, last = (int(np.searchsorted(self.title_hashes, wanted, side=side)) for side in ("left", "right"))
        places: list[int] = self.title_places[first:last].tolist()
        return places

    def save(self, folder: Path) -> None:
        """Write them as files of `folder`."""
        for name in _POSTINGS:
            self.postings[name].save(folder, name)
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        (folder / "units.json").write_text(json.dumps(self.units), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> Columns:
        """What `save` wrote, memory-mapped."""
        postings = {name: Postings.open(folder, name) for name in _POSTINGS}
        arrays = {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS}
        units = json.loads((folder / "units.json").read_text(encoding="utf-8"))
        return cls(postings=postings, units=units, **arrays)


class ColumnGathering:
    """Collects the columns of one product after the other, in the order of positions."""

    def __init__(self) -> None:
        self._postings = {name: Gathering() for name in _POSTINGS}
        self._units: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        self._group_numbers, self._unit_numbers, self._title_hashes = array("i"), array("i"), array("Q")
        self._ids: list[str] = []

    def add(self, product: Product, facets: Facets) -> None:
        """One more product."""
        for name, values in _values(product, facets):
            self._postings[name].add(len(self._ids), values)
        self._ids.append(product.id)
        self._group_numbers.append(self._groups.setdefault(product.group_id or product.id, len(self._groups)))
        self._unit_numbers.append(self._units.setdefault(facets.leaf_kind or facets.phrase, len(self._units)))
        self._title_hashes.append(_title_hash(product.title))

    def columns(self) -> Columns:
        """Those of all products added."""
        hashes = np.array(self._title_hashes, dtype=np.uint64)
        order = np.argsort(hashes, kind="stable").astype(np.int32)
        return Columns(
            postings={name: gathering.postings() for name, gathering in self._postings.items()},
            units=list(self._units),
            groups=np.array(self._group_numbers, dtype=np.int32),
            id_rank=_ranks(self._ids),
            unit_numbers=np.array(self._unit_numbers, dtype=np.int32),
            title_hashes=hashes[order],
            title_places=order,
        )


def _values(product: Product, facet: Facets) -> Iterator[tuple[str, Iterable[str]]]:
    for name in _SETS:
        yield name, getattr(facet, name)
    yield "brand", (facet.brand,) if facet.brand else ()
    yield "measures", {f"{unit} {amount!r}" for amount, unit in facet.measures}
    yield "names", name_words(product, facet)
    yield "title", title_words(product)


def name_words(product: Product, facets: Facets) -> frozenset[str]:
    """The words that name a product: title, kind, colour, size, brand."""
    named = set(tokens(f"{product.title} {product.color} {product.size} {product.brand} {product.material}"))
    named.update(facets.colors, facets.sizes)
    for kind in facets.kinds if facets.leaf_kind else ():
        named.update(kind.split())
    return frozenset(named)


def title_words(product: Product) -> frozenset[str]:
    """The words of the title that tell something."""
    return frozenset(content_tokens(product.title))


def _ranks(ids: Sequence[str]) -> Numbers:
    ranks = np.zeros(len(ids), dtype=np.int32)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.int32)
    return ranks


def _title_hash(title: str) -> int:
    # 64 bits: among a million titles, two that differ collide once in 40 million shops.
    return int.from_bytes(hashlib.blake2b(key(title).encode(), digest_size=8).digest())
