"""Whatever the orders: sets are varied, and their counts are those of counting by hand."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from catalog.complements.bundles import Bundle, BundleSearch, learn_bundles, rank_bundles
from catalog.complements.order_history import history_of
from tests.fakes.order_lines import Line, frame

# A core of baskets that repeat, so that there are sets to find, and noise around it.
CORES = st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=2, max_size=5), min_size=1, max_size=3)
SEARCH = BundleSearch(least_orders=3, least_customers=2, least_lift=0.5, largest_basket=6)
KIND_OF = {"a": "cup", "b": "cup"}


def alike(one: str, other: str) -> bool:
    return {one, other} == {"c", "d"}


@st.composite
def order_lines(draw: st.DrawFn) -> list[Line]:
    lines: list[Line] = []
    baskets = [core for core in draw(CORES) for _ in range(draw(st.integers(3, 8)))]
    baskets += draw(st.lists(st.sets(st.sampled_from("abcdefghij"), min_size=1, max_size=7), max_size=12))
    for number, basket in enumerate(draw(st.permutations(baskets))):
        customer = draw(st.sampled_from(["", "x", "y", "z"]))
        lines += [(str(number), product, customer, 1.0) for product in sorted(basket)]
    return lines


def learned(lines: list[Line]) -> list[Bundle]:
    return learn_bundles(history_of(frame(lines)), {p: p for p in "abcdefghij"}, KIND_OF, alike, SEARCH)


@given(order_lines())
def test_sets_are_varied_and_their_counts_true(lines: list[Line]) -> None:
    baskets: dict[str, set[str]] = {}
    for order, product, _, _ in lines:
        baskets.setdefault(order, set()).add(product)
    for bundle in learned(lines):
        assert 2 <= len(set(bundle.units)) == len(bundle.units) <= 4
        for one, other in combinations(bundle.units, 2):
            assert not alike(one, other)
            assert KIND_OF.get(one, one) != KIND_OF.get(other, other)
        for size in range(len(bundle.units) + 1):
            for parts in combinations(bundle.units, size):
                assert bundle.orders_with(parts) == sum(set(parts) <= basket for basket in baskets.values())
        assert bundle.orders >= SEARCH.least_orders
        assert bundle.customers >= SEARCH.least_customers


@given(order_lines(), st.sets(st.sampled_from("abcdefgh"), max_size=3))
def test_completions_are_missing_something_and_nothing_alike(lines: list[Line], cart: set[str]) -> None:
    for found in rank_bundles(learned(lines), cart, alike):
        assert set(found.in_cart) == cart & set(found.bundle.units)
        assert found.missing
        assert not cart & set(found.missing)
        assert not any(alike(part, own) for part in found.missing for own in cart)
        assert 0 < found.orders <= found.anchor_orders
