"""The best few are those that sorting all would give."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from catalog.search.top import best_places


@given(
    st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0]), max_size=300),
    st.integers(1, 20),
    st.randoms(use_true_random=False),
)
def test_the_best_are_those_of_a_full_sort(values: list[float], limit: int, chance: object) -> None:
    scores = np.array(values, dtype=np.float32)
    ties = list(range(len(values)))
    chance.shuffle(ties)  # type: ignore[attr-defined]
    wanted = sorted((place for place, score in enumerate(values) if score > 0), key=lambda p: (-values[p], ties[p]))
    assert best_places(scores, limit, np.array(ties, dtype=np.int64)).tolist() == wanted[:limit]
