"""Processes that open one index share its pages: what a worker holds for itself does not grow with the vectors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from catalog.search.vectors import write_vectors

REPOSITORY = Path(__file__).resolve().parents[3]
ROWS, DIMENSION = 40_000, 384
OPEN = """
import sys
from pathlib import Path
import numpy as np
from catalog.search.vectors import VectorIndex

def held(name):
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith(name)) // 1024

query = np.ones(384, dtype=np.float32) / 384**0.5
own, mapped = held("RssAnon"), held("RssFile")
index = VectorIndex(Path(sys.argv[1]))
index.search(query, 10)
index.search(query, 10, np.arange(index.size) % 3 == 0)
print(held("RssAnon") - own, held("RssFile") - mapped)
"""


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="only Linux says what a process holds for itself")
@pytest.mark.parametrize(("flat_most", "bytes_each"), [(100_000, 2), (100, 1)], ids=["flat", "coarse"])
def test_vectors_are_mapped_not_copied(tmp_path: Path, flat_most: int, bytes_each: int) -> None:
    rows = np.random.default_rng(1).standard_normal((ROWS, DIMENSION), dtype=np.float32)
    write_vectors(tmp_path, rows / np.linalg.norm(rows, axis=1, keepdims=True), flat_most=flat_most)
    told = subprocess.check_output([sys.executable, "-c", OPEN, str(tmp_path)], cwd=REPOSITORY, text=True)
    own, mapped = (int(megabytes) for megabytes in told.split())
    size = ROWS * DIMENSION * bytes_each / 2**20
    assert mapped > 0.9 * size, "the scan goes through the mapped file"
    assert own < 0.4 * size, "and copies none of it; a coarse index, half a byte to four numbers, is the worker's own"
