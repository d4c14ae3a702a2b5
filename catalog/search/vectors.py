"""The vectors side of the search: FAISS files, memory-mapped, filtered inside the scan.

Up to `FLAT_MOST` products: half-precision numbers, scanned whole; a few milliseconds, and exact. Beyond: 8-bit numbers,
which are scanned exactly where a filter leaves few rows; else a coarse 4-bit index of all rows (product quantization in
registers, André 2015) names candidates, and the 8-bit numbers rank them. ADR 0010 has the measurements.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from catalog.domain.errors import IndexUnusable
from catalog.search.encoders import HalfVectors, Vectors

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
VECTORS, COARSE = "vectors.faiss", "coarse.faiss"
FLAT_MOST = 100_000
# Where so few rows pass a filter, each of them is scored: exact, and no slower than candidates.
_NARROW = 50_000
# The coarse index names so many candidates, and at least twice as many as are wanted.
_CANDIDATES, _LEAST_TIMES = 1_200, 2.0
# The coarse index learns from so many rows, evenly spread; one number of 4 bits stands for so many of a vector.
_LEARNED_FROM = 16_384
_NUMBERS_EACH = 4
_CHUNK = 50_000
_VECTORS_KEPT = 8_192


def write_vectors(
    folder: Path, vectors: Vectors | HalfVectors, before: Path | None = None, flat_most: int | None = None
) -> None:
    """Write the rows of `vectors` (length 1 each, float16 or float32, maybe memory-mapped) into `folder`.

    `before` is the folder of the version before: its rounding is kept, so that rows taken from there stay the same.
    `flat_most` stands in for FLAT_MOST.
    """
    size, dimension = vectors.shape
    flat_most = FLAT_MOST if flat_most is None else flat_most
    with _one_thread():
        exact = _empty(vectors, before) if size > flat_most else _flat(dimension)
        coarse = _coarse(vectors) if size > flat_most else None
        for first in range(0, size, _CHUNK):
            rows = np.ascontiguousarray(vectors[first : first + _CHUNK], dtype=np.float32)
            exact.add(rows)
            if coarse is not None:
                coarse.add(rows)
        faiss.write_index(exact, str(folder / VECTORS))
        if coarse is not None:
            faiss.write_index(coarse, str(folder / COARSE))


@contextmanager
def _one_thread() -> Iterator[None]:
    """One query is one thread's work, and so is building: several would wait for each other longer than they work,
    the more so where other programs run, and might round otherwise."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


def _flat(dimension: int) -> Any:
    return faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def _empty(vectors: Vectors | HalfVectors, before: Path | None) -> Any:
    """An 8-bit index without rows, its ranges learned; those of the version before where that has 8 bits too."""
    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    old: Any = faiss.read_index(str(before / VECTORS), faiss.IO_FLAG_MMAP_IFC) if before is not None else None
    if old is not None and old.d == index.d and old.sq.qtype == index.sq.qtype and 2 * old.ntotal >= len(vectors):
        python_faiss: Any = faiss
        python_faiss.copy_array_to_vector(python_faiss.vector_to_array(old.sq.trained), index.sq.trained)
        index.is_trained = True
    else:
        index.train(_sample(vectors, _LEARNED_FROM))
    return index


def _coarse(vectors: Vectors | HalfVectors) -> Any:
    """A trained coarse index without rows: one cell that holds all, since only such an index can be filtered."""
    dimension = vectors.shape[1]
    parts = next(dimension // numbers for numbers in (_NUMBERS_EACH, 2, 1) if dimension % numbers == 0)
    index = faiss.IndexIVFPQFastScan(faiss.IndexFlatIP(dimension), dimension, 1, parts, 4, faiss.METRIC_INNER_PRODUCT)
    index.by_residual = False
    index.train(_sample(vectors, _LEARNED_FROM))
    return index


def _sample(vectors: Vectors | HalfVectors, count: int) -> Vectors:
    chosen = np.linspace(0, len(vectors) - 1, min(count, len(vectors))).astype(np.int64)
    return np.ascontiguousarray(vectors[chosen], dtype=np.float32)


class VectorIndex:
    """A written index, opened read-only through memory mapping: all processes share the pages of the vectors (the
    coarse index, an eighth of them, is each one's own). Adding to such an index would abort the process, so it offers
    no way to. Results never depend on the number of threads: one query is one thread's work."""

    def __init__(self, folder: Path) -> None:
        self._exact = _read(folder / VECTORS)
        self.size, self.dimension = int(self._exact.ntotal), int(self._exact.d)
        self._refined: Any = None
        if (folder / COARSE).is_file():
            self._coarse = _read(folder / COARSE)
            self._refined = faiss.IndexRefine(self._coarse, self._exact)
            if int(self._coarse.ntotal) != self.size:
                raise IndexUnusable(f"{folder / COARSE}: does not belong to its vectors; run `pairwell index`")

    def search(self, query: Vectors, limit: int, allowed: Mask | None = None) -> tuple[Rows, Vectors]:
        """Rows and cosines of the nearest `limit` rows, best first; only rows where `allowed` is true."""
        count = self.size if allowed is None else int(np.count_nonzero(allowed))
        limit = min(limit, count)
        if limit == 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        # faiss's own annotations know only the C++ signatures, not those of its Python layer.
        python_faiss: Any = faiss
        narrowed = {} if count == self.size else {"sel": python_faiss.IDSelectorBitmap(_bits(allowed))}
        if self._refined is None or count <= _NARROW:
            index, parameters = self._exact, python_faiss.SearchParameters(**narrowed)
        else:
            scan = python_faiss.SearchParametersIVF(nprobe=1, **narrowed)
            index = self._refined
            times = max(_LEAST_TIMES, _CANDIDATES / limit)
            parameters = python_faiss.IndexRefineSearchParameters(k_factor=times, base_index_params=scan)
        with _one_thread():
            cosines, rows = index.search(query.reshape(1, -1), limit, params=parameters)
        found = rows[0] >= 0
        return rows[0][found], cosines[0][found]

    def vectors(self, rows: Rows) -> Vectors:
        """The stored vectors of some rows, one each."""
        if len(rows) == 0:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with _one_thread():
            return np.asarray(self._exact.reconstruct_batch(rows), dtype=np.float32)


def _bits(mask: Mask | None) -> npt.NDArray[np.uint8]:
    return np.packbits(np.asarray(mask), bitorder="little")


def _read(path: Path) -> Any:
    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise IndexUnusable(f"{path}: the vectors cannot be read; run `pairwell index` ({error})") from None


class ProductVectors:
    """The stored vectors by product position. `places` gives for each row of the index its product's position, or -1
    where it is no longer sold; a product that is not in the index has no vector."""

    def __init__(self, index: VectorIndex, places: npt.NDArray[np.int64], size: int) -> None:
        self._index, self._places = index, places
        self._rows = np.full(size, -1, dtype=np.int64)
        sold = np.flatnonzero(places >= 0)
        self._rows[places[sold]] = sold
        # Mostly the index holds exactly the products, in order: nothing to translate then.
        self._same = len(places) == size and bool((places == np.arange(size)).all())
        # Pairs are compared again and again, and reading one vector costs more than comparing it.
        self._kept = lru_cache(_VECTORS_KEPT)(self._vector)

    def search(self, query: Vectors, limit: int, allowed: Mask | None = None) -> tuple[Rows, Vectors]:
        """Positions and cosines of the nearest products, best first; only where `allowed` (by position) is true."""
        if self._same:
            return self._index.search(query, limit, allowed)
        usable = self._places >= 0
        if allowed is not None:
            usable[usable] = allowed[self._places[usable]]
        rows, cosines = self._index.search(query, limit, usable)
        return self._places[rows], cosines

    def cosines(self, query: Vectors, places: npt.NDArray[np.integer]) -> Vectors:
        """Of the query and each of some products; 0 where one is not in the index."""
        rows = self._rows[places]
        known = rows >= 0
        cosines = np.zeros(len(places), dtype=np.float32)
        cosines[known] = self._index.vectors(rows[known]) @ query
        return cosines

    def cosine(self, a: int, b: int) -> float:
        """Of two products; 0.0 where one is not in the index."""
        first, second = self._kept(a), self._kept(b)
        return 0.0 if first is None or second is None else float((second.reshape(1, -1) @ first)[0])

    def neighbours(self, place: int, limit: int, allowed: Mask | None = None) -> list[tuple[int, float]]:
        """(position, cosine) of the nearest other products, nearest first; only where `allowed` (by position) is
        true. None for a product that is not in the index."""
        vector = self._vector(place)
        if vector is None:
            return []
        places, cosines = self.search(vector, limit + 1, allowed)
        found = zip(places.tolist(), cosines.tolist(), strict=True)
        return [(other, cosine) for other, cosine in found if other != place][:limit]

    def _vector(self, place: int) -> Vectors | None:
        row = self._rows[place]
        return None if row < 0 else self._index.vectors(np.array([row], dtype=np.int64))[0]
