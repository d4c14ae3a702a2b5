"""Counts are what counting by hand gives, and counting what came since is counting everything."""

from __future__ import annotations

from itertools import permutations
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.complements import freshness, pair_counts
from catalog.complements.co_purchases import CoPurchases, Counting
from catalog.complements.counts import count
from catalog.complements.freshness import update
from catalog.complements.lift import lift, lower_lift
from catalog.complements.order_history import OrderHistory, history_of, merged
from tests.fakes.order_lines import LINES, Line, frame

# Two variants of a thing, one product without a unit.
UNIT_OF = {"a": "A", "b": "A", "c": "C", "d": "D", "e": "E"}
COUNTINGS = st.builds(
    Counting,
    least=st.integers(1, 3),
    half_life_days=st.sampled_from([0.5, 7.0, 90.0]),
    session_gap_minutes=st.sampled_from([0, 720, 2000]),
    window_days=st.sampled_from([0, 3, 12]),
)


@pytest.fixture(autouse=True, scope="module")
def _every_path() -> object:
    """Small blocks, customers of three units are heavy, and an update never gives up."""
    with (
        mock.patch.object(pair_counts, "_BLOCK", 6),
        mock.patch.object(pair_counts, "_MANY_UNITS", 2),
        mock.patch.object(freshness, "_WORTH_IT", 1e9),
    ):
        yield


def sessions_by_hand(history: OrderHistory, gap: int) -> list[set[int]]:
    """Orders that follow each other, as a shopkeeper would group them."""
    ranked = sorted(range(len(history.orders)), key=lambda n: (history.customers[n], history.times[n], n))
    sessions: list[set[int]] = []
    last = -1
    for n in ranked:
        follows = (
            last >= 0
            and history.customers[n] == history.customers[last] != 0
            and history.times[last] > 0
            and history.times[n] - history.times[last] <= gap * 60
        )
        if gap and follows:
            sessions[-1].add(n)
        else:
            sessions.append({n})
        last = n
    return sessions


def held_by_hand(history: OrderHistory, order: int) -> set[str]:
    places = history.items[history.starts[order] : history.starts[order + 1]]
    return {UNIT_OF[history.products[place]] for place in places if history.products[place] in UNIT_OF}


@given(lines=LINES, counting=COUNTINGS)
def test_counts_are_those_of_counting_by_hand(lines: list[Line], counting: Counting) -> None:
    history = history_of(frame(lines))
    counts = count(history, UNIT_OF, counting)
    sums: dict[tuple[str, ...], float] = {}
    weights: dict[tuple[str, ...], float] = {}
    owned: dict[object, set[str]] = {}
    total = 0
    for session in sessions_by_hand(history, counting.session_gap_minutes):
        age = (history.newest - max(int(history.times[n]) for n in session)) / 86_400
        if counting.window_days and age >= counting.window_days:
            continue
        units = set().union(*(held_by_hand(history, n) for n in session))
        total += bool(units)
        for n in session:
            buyer = ("named", history.customers[n]) if history.customers[n] else ("guest", n)
            owned.setdefault(buyer, set()).update(held_by_hand(history, n))
        for key in [*((unit,) for unit in units), *permutations(units, 2)]:
            sums[key] = sums.get(key, 0) + 1
            weights[key] = weights.get(key, 0) + 2 ** (-age / counting.half_life_days)
    assert counts.orders == total
    assert counts.customers == sum(bool(units) for units in owned.values())
    for unit in counts.units:
        assert counts.orders_of(unit) == sums.get((unit,), 0)
        assert counts.recent_counts[counts.number[unit]] == pytest.approx(weights.get((unit,), 0), abs=1e-9)
        assert counts.customer_counts[counts.number[unit]] == sum(unit in units for units in owned.values())
    for first, second in permutations(counts.units, 2):
        pair = counts.pair(first, second)
        if sums.get((first, second), 0) < counting.least:
            assert pair is None
            continue
        assert pair is not None
        assert pair.together == sums[first, second] == dict(counts.partners(first))[second]
        assert pair.recent_together == pytest.approx(weights[first, second], rel=1e-6, abs=1e-30)
        assert pair.customers_together == sum({first, second} <= units for units in owned.values())


def same(one: CoPurchases, other: CoPurchases) -> None:
    assert (one.units, one.orders, one.customers, one.newest) == (
        other.units,
        other.orders,
        other.customers,
        other.newest,
    )
    np.testing.assert_array_equal(one.order_counts, other.order_counts)
    np.testing.assert_array_equal(one.customer_counts, other.customer_counts)
    np.testing.assert_allclose(one.recent_counts, other.recent_counts, rtol=1e-6, atol=1e-12)
    for name in ("together", "customers_together", "recent_together"):
        mine, full = getattr(one, name), getattr(other, name)
        np.testing.assert_array_equal(mine.indptr, full.indptr)
        np.testing.assert_array_equal(mine.indices, full.indices)
        np.testing.assert_allclose(mine.data, full.data, rtol=1e-6 if "recent" in name else 0, atol=1e-12)


@given(first=LINES, later=LINES, counting=COUNTINGS)
def test_adding_new_lines_gives_what_a_full_recount_gives(
    first: list[Line], later: list[Line], counting: Counting
) -> None:
    before = history_of(frame(first))
    after = merged(before, history_of(frame(later)))
    counts = count(before, UNIT_OF, counting)
    updated = update(counts, before, after, UNIT_OF)
    same(updated, count(after, UNIT_OF, counting))
    same(updated, count(history_of(frame([*first, *later])), UNIT_OF, counting))


@given(first=LINES, later=LINES, counting=COUNTINGS)
def test_lines_that_are_sent_again_are_not_counted_again(
    first: list[Line], later: list[Line], counting: Counting
) -> None:
    before = history_of(frame([*first, *later]))
    counts = count(before, UNIT_OF, counting)
    same(update(counts, before, merged(before, history_of(frame(later))), UNIT_OF), counts)


@given(parts=st.lists(LINES, max_size=5), counting=COUNTINGS)
def test_many_small_updates_are_one_big_count(parts: list[list[Line]], counting: Counting) -> None:
    history = history_of(frame([]))
    counts = count(history, UNIT_OF, counting)
    for part in parts:
        after = merged(history, history_of(frame(part)))
        counts, history = update(counts, history, after, UNIT_OF), after
    same(counts, count(history_of(frame([line for part in parts for line in part])), UNIT_OF, counting))


ORDERS = st.integers(1, 400)


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """(together, first, second, total) as they can be."""
    together = draw(st.integers(0, 200))
    first, second = together + draw(st.integers(0, 300)), together + draw(st.integers(0, 300))
    return together, first, second, first + second - together + draw(ORDERS)


@given(tables())
def test_the_lower_bound_lies_below_the_lift_and_above_nothing(counts: tuple[int, int, int, int]) -> None:
    together, *_ = counts
    assert 0 <= lower_lift(*counts) <= lift(*counts)
    assert (lower_lift(*counts) > 0) == (together > 0)


@given(tables())
def test_lift_and_its_bound_do_not_mind_which_comes_first(counts: tuple[int, int, int, int]) -> None:
    together, first, second, total = counts
    assert lower_lift(together, first, second, total) == pytest.approx(lower_lift(together, second, first, total))
    assert lift(together, first, second, total) == pytest.approx(lift(together, second, first, total))


@given(tables(), st.integers(1, 50))
def test_more_orders_together_raise_the_bound(counts: tuple[int, int, int, int], more: int) -> None:
    together, first, second, total = counts
    margins = first + more, second + more, total + 2 * more
    assert lower_lift(together + more, *margins) > lower_lift(together, *margins)


@given(tables().filter(lambda counts: counts[0] > 0), st.integers(2, 20))
def test_the_same_lift_is_surer_with_more_evidence(counts: tuple[int, int, int, int], times: int) -> None:
    more = tuple(number * times for number in counts)
    assert lift(*more) == pytest.approx(lift(*counts))
    assert lower_lift(*more) > lower_lift(*counts)
    assert lower_lift(*counts, confidence=0.99) < lower_lift(*counts, confidence=0.9)
