"""What filters and names look up of all products, as columns instead of objects: a filter then costs the length of
a few posting lists, not a walk over every product."""

from __future__ import annotations

import hashlib
import json
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


def gather_columns(products: Sequence[Product], facets: Iterable[Facets]) -> Columns:
    """Read all products once; `facets` are theirs, in order, and are not kept."""
    gatherings = {name: Gathering() for name in _POSTINGS}
    units: dict[str, int] = {}
    groups: dict[str, int] = {}
    size = len(products)
    group_numbers, unit_numbers = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32)
    for place, (product, facet) in enumerate(zip(products, facets, strict=True)):
        for name, values in _values(product, facet):
            gatherings[name].add(place, values)
        group_numbers[place] = groups.setdefault(product.group_id or product.id, len(groups))
        unit_numbers[place] = units.setdefault(facet.leaf_kind or facet.phrase, len(units))
    hashes = np.fromiter((_title_hash(product.title) for product in products), dtype=np.uint64, count=size)
    order = np.argsort(hashes, kind="stable").astype(np.int32)
    return Columns(
        postings={name: gathering.postings() for name, gathering in gatherings.items()},
        units=list(units),
        groups=group_numbers,
        id_rank=_ranks([product.id for product in products]),
        unit_numbers=unit_numbers,
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
