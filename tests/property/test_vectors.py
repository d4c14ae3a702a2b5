"""Nearest vectors: nothing that a filter excludes, exact where few pass, the same for any number of threads."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.search.encoders import Vectors
from catalog.search.vectors import ProductVectors, VectorIndex, write_vectors

SIZE, DIMENSION = 1200, 32
EVERYTHING = 100_000


def rows(size: int, seed: int) -> Vectors:
    made = np.random.default_rng(seed).standard_normal((size, DIMENSION)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@lru_cache(maxsize=8)
def index(flat_most: int, size: int = SIZE) -> VectorIndex:
    """Flat and exact for a high `flat_most`, coarse and refined for a low one."""
    folder = Path(tempfile.mkdtemp(prefix="pairwell-vectors-"))
    write_vectors(folder, rows(SIZE, 1)[:size], flat_most=flat_most)
    return VectorIndex(folder)


TIERS = pytest.mark.parametrize("flat_most", [EVERYTHING, 100], ids=["flat", "coarse"])
MASKS = st.tuples(st.integers(0, 2**32 - 1), st.floats(0.0, 1.0))


def masked(drawn: tuple[int, float]) -> np.ndarray:
    return np.random.default_rng(drawn[0]).random(SIZE) < drawn[1]


@TIERS
@settings(max_examples=60, deadline=None)
@given(drawn=MASKS, seed=st.integers(0, 1000), limit=st.integers(1, 50))
def test_no_filtered_row_is_found_and_all_that_pass_can_be(
    flat_most: int, drawn: tuple[int, float], seed: int, limit: int
) -> None:
    allowed = masked(drawn)
    found, cosines = index(flat_most).search(rows(1, seed)[0], limit, allowed)
    assert allowed[found].all()
    assert len(found) == len(set(found.tolist())) == min(limit, allowed.sum())
    assert (np.diff(cosines) <= 0).all()


@TIERS
@settings(max_examples=60, deadline=None)
@given(drawn=MASKS, seed=st.integers(0, 1000))
def test_under_a_filter_the_nearest_are_the_nearest_of_all_that_pass(
    flat_most: int, drawn: tuple[int, float], seed: int
) -> None:
    searched, query, allowed = index(flat_most), rows(1, seed)[0], masked(drawn)
    passing = np.flatnonzero(allowed)
    cosines = searched.vectors(passing) @ query
    wanted = np.sort(cosines)[::-1][:10]
    assert np.allclose(searched.search(query, 10, allowed)[1], wanted, atol=1e-5)


def test_without_a_filter_the_coarse_index_finds_what_the_exact_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.search.vectors._NARROW", 0)
    monkeypatch.setattr("catalog.search.vectors._CANDIDATES", SIZE // 4)
    found = 0
    for seed in range(40):
        query = rows(1, seed)[0]
        near, exact = (set(index(flat_most).search(query, 10)[0].tolist()) for flat_most in (100, EVERYTHING))
        found += len(near & exact)
    assert found / 400 >= 0.95


@TIERS
@pytest.mark.parametrize("share", [0.02, 1.0])
def test_the_number_of_threads_changes_nothing(flat_most: int, share: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.search.vectors._NARROW", 100)
    searched, queries, allowed = index(flat_most), rows(30, 9), masked((3, share))

    def ask(query: Vectors) -> tuple[list[int], list[float]]:
        found, cosines = searched.search(query, 20, allowed)
        return found.tolist(), cosines.tolist()

    before, answers = faiss.omp_get_max_threads(), []
    for threads in (1, 2, 4):
        faiss.omp_set_num_threads(threads)
        answers.append([ask(query) for query in queries])
    faiss.omp_set_num_threads(before)
    with ThreadPoolExecutor(4) as pool:
        answers.append(list(pool.map(ask, queries)))
    assert all(answer == answers[0] for answer in answers)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 1000), drawn=MASKS)
def test_one_more_product_pushes_none_out_of_an_exact_search(seed: int, drawn: tuple[int, float]) -> None:
    query, allowed = rows(1, seed)[0], masked(drawn)
    fewer, more = index(EVERYTHING, SIZE - 1), index(EVERYTHING)
    before = fewer.search(query, 20, allowed[:-1])[0].tolist()
    after = more.search(query, 21, allowed)[0].tolist()
    assert [row for row in after if row != SIZE - 1][:20] == before


def test_rows_taken_from_an_index_of_8_bits_stay_the_same_in_the_next(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    for folder in (first, second):
        folder.mkdir()
    write_vectors(first, rows(300, 1), flat_most=100)
    kept = VectorIndex(first).vectors(np.arange(300))
    grown = np.vstack([kept, rows(100, 2) * 1.5]).astype(np.float16)
    write_vectors(second, grown, before=first, flat_most=100)
    assert np.array_equal(VectorIndex(second).vectors(np.arange(300)), kept)


def test_products_are_found_by_position_whatever_the_order_of_rows() -> None:
    plain = index(EVERYTHING)
    places = np.random.default_rng(4).permutation(SIZE + 5)[:SIZE].astype(np.int64)
    places[:3] = -1
    moved = ProductVectors(plain, places, SIZE + 5)
    query, allowed = rows(1, 5)[0], np.random.default_rng(6).random(SIZE + 5) < 0.5
    found, cosines = moved.search(query, 15, allowed)
    assert allowed[found].all()
    assert np.allclose(moved.cosines(query, found), cosines, atol=1e-5)
    gone = np.setdiff1d(np.arange(SIZE + 5), places)
    assert (moved.cosines(query, gone) == 0).all()
    assert moved.neighbours(int(gone[0]), 3) == []
