"""The vectors side of the search: one FAISS file, memory-mapped, with an exact scan.

Up to 100,000 products a flat index answers in a few milliseconds and loses nothing under narrow filters,
where graph and cell indexes lose most. Half-precision numbers halve the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from catalog.domain.errors import IndexUnusable
from catalog.search.encoders import Vectors

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def write_vectors(path: Path, vectors: Vectors) -> None:
    """Write the rows of `vectors` (length 1 each) as an inner-product index."""
    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    faiss.write_index(index, str(path))


class VectorIndex:
    """A written index, opened read-only through memory mapping. Adding to such an index would abort the
    process, so it offers no way to."""

    def __init__(self, path: Path) -> None:
        try:
            self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise IndexUnusable(f"{path}: the vectors cannot be read; run `pairwell index` ({error})") from None
        self.size, self.dimension = int(self._index.ntotal), int(self._index.d)

    def search(self, query: Vectors, limit: int, allowed: Mask | None = None) -> tuple[Rows, Vectors]:
        """Rows and cosines of the nearest `limit` rows, best first; only rows where `allowed` is true."""
        limit = min(limit, self.size if allowed is None else int(allowed.sum()))
        if limit == 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        parameters = None
        if allowed is not None:
            # faiss's own annotations know only the C++ signatures, not those of its Python layer.
            python_faiss: Any = faiss
            bits = np.packbits(allowed, bitorder="little")
            parameters = python_faiss.SearchParameters(sel=python_faiss.IDSelectorBitmap(bits))
        scores, rows = self._index.search(query.reshape(1, -1), limit, params=parameters)
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]

    def vectors(self, rows: Rows) -> Vectors:
        """The stored vectors of some rows, one each."""
        if len(rows) == 0:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(rows), dtype=np.float32)
