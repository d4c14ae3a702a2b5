"""Complements are measured as they should be: the same baskets for a seed, ranks and intervals that can be checked by
hand, peers that do what their papers say."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import polars as pl
import pytest

from tests.bench import basket_peers as peers
from tests.bench.basket_cases import Order, Pool, baskets_lacking_new, dearest_alone, other_things, whole_baskets
from tests.bench.basket_data import Limits
from tests.bench.basket_peers import Past
from tests.bench.basket_scores import Answers, answers_of, basket_rows, ranks_of, tie_order
from tests.bench.bootstrap import Clusters
from tests.bench.complement_bars import Bar

DAY = datetime(2026, 2, 1, tzinfo=UTC)
ORDERS = [
    Order(places, {place: float(10 - place) for place in places}, "C1", DAY) for places in ((0, 1), (1, 2, 3), (0, 3))
]
TITLES = ("red lunch bag", "blue lunch bag", "garden chair", "guitar strap")


def past(orders: list[list[int]], size: int) -> Past:
    rows = basket_rows([np.array(order) for order in orders], size)
    words = np.eye(size, dtype=np.float32)
    return Past(rows, np.arange(len(orders), dtype=np.float64), peers.sparse.csr_array(words), words)


def test_the_same_orders_give_the_same_baskets_and_each_order_counts_once() -> None:
    first, again = whole_baskets(ORDERS, 5), whole_baskets(ORDERS, 5)
    assert first.hidden.tolist() == again.hidden.tolist()
    assert first.orders.tolist() == [0, 0, 1, 1, 1, 2, 2]
    assert np.bincount(first.orders, first.weights) == pytest.approx(np.ones(3))
    for basket, hidden, order in zip(first.baskets, first.hidden, first.orders, strict=True):
        assert {*basket.tolist(), int(hidden)} == set(ORDERS[order].places)


def test_the_first_item_hidden_does_not_depend_on_how_many_are() -> None:
    one, five = whole_baskets(ORDERS, 1), whole_baskets(ORDERS, 5)
    assert one.hidden.tolist() == [five.hidden[np.flatnonzero(five.orders == order)[0]] for order in range(3)]


def test_of_a_single_item_the_dearest_is_left() -> None:
    cases = dearest_alone(whole_baskets(ORDERS, 5), ORDERS)
    for basket, hidden, order in zip(cases.baskets, cases.hidden, cases.orders, strict=True):
        assert basket.tolist() == [min(set(ORDERS[order].places) - {int(hidden)})]


def test_what_is_hidden_is_new_and_not_all_of_the_basket_is() -> None:
    new = np.array([True, True, False, False])
    cases = baskets_lacking_new(ORDERS, new, 5)
    assert cases.orders.tolist() == [1, 2]
    assert new[cases.hidden].all()


def test_a_variant_of_something_in_the_basket_is_no_other_thing() -> None:
    cases = whole_baskets(ORDERS, 5)
    assert other_things(cases, TITLES).tolist() == [False, False, True, True, True, True, True]


def test_only_items_and_orders_of_the_right_size_take_part() -> None:
    lines = pl.DataFrame(
        [("o1", "a"), ("o1", "b"), ("o2", "b"), ("o2", "c"), ("o3", "b"), ("o3", "a")],
        schema=["order_id", "product_id"],
        orient="row",
    ).with_columns(unit_price=1.0, customer_id=pl.lit(""), timestamp=pl.lit(DAY))
    limits = Limits(least_orders=2, smallest=2, largest=60)
    pool = Pool(lines, limits)
    assert pool.ids == ["a", "b"]
    assert [order.places for order in pool.orders(lines, limits)] == [(0, 1), (0, 1)]


def test_a_rank_counts_what_stands_before_and_ties_go_to_the_more_bought() -> None:
    order = tie_order(np.array([1.0, 5.0, 3.0]))
    assert order.tolist() == [1, 2, 0]
    scores = np.array([[0.5, 0.9, 0.5], [0.0, 0.0, 0.0]], dtype=np.float32)
    assert ranks_of(scores, np.array([0, 2]), order).tolist() == [2, 1]


def test_hit_and_gain_are_those_of_the_first_ten() -> None:
    answers = Answers(np.array([0, 1, 9, 10]), np.array([True, False]))
    assert answers.hits().tolist() == [1, 1, 1, 0]
    assert answers.gains() == pytest.approx([1, 1 / np.log2(3), 1 / np.log2(11), 0])
    assert answers.coverage() == 0.5


def test_what_is_in_the_basket_is_never_the_answer() -> None:
    cases = whole_baskets(ORDERS, 5)
    everything = answers_of(lambda rows: np.asarray(rows.todense()), cases, np.arange(4))
    assert (everything.ranks < 3).all()


def test_an_interval_draws_orders_and_the_same_ones_on_both_sides() -> None:
    numbers = np.repeat(np.arange(50), 4)
    clusters = Clusters(numbers, np.full(200, 0.25))
    values = (numbers % 2).astype(np.float64)
    found = clusters.interval(values)
    assert found.low < found.value == 0.5 < found.high
    # Four cases of an order are one observation, not four.
    assert found.high - found.low > 1.5 * (2 * 1.96 * 0.5 / np.sqrt(200))
    twice = clusters.ratio(2 * values, values)
    assert (twice.value, twice.low, twice.high) == pytest.approx((2, 2, 2))


def test_counting_peers_say_what_their_formulas_say() -> None:
    orders = past([[0, 1], [0, 1], [0, 2]], 3)
    asked = basket_rows([np.array([0])], 3)
    assert peers.conditional(orders, 0.0, 0.0)(asked)[0] == pytest.approx([0, 2 / 3, 1 / 3])
    assert peers.jaccard(orders, 0.0)(asked)[0] == pytest.approx([0, 2 / 3, 1 / 3])
    assert peers.cosine(orders, 0.0)(asked)[0] == pytest.approx([0, 2 / np.sqrt(6), 1 / np.sqrt(3)])
    # From item 0 to each of its three orders, and on to one of their two items.
    assert peers.random_walk(orders, 1.0, 0.0)(asked)[0] == pytest.approx([0, 2 / 6, 1 / 6])


def test_ease_is_the_ridge_regression_of_each_item_on_the_others() -> None:
    orders = past([[0, 1], [0, 1, 2], [0, 2], [1, 3], [2, 3]], 4)
    weights = peers.ease_weights(orders, 2.0, 0.0, 0.0)
    gram, others = orders.together(), [1, 2, 3]
    expected = np.linalg.solve(gram[np.ix_(others, others)] + 2.0 * np.eye(3), gram[others, 0])
    assert weights[others, 0] == pytest.approx(expected)


def test_an_item_without_orders_borrows_from_its_nearest_title() -> None:
    held = basket_rows([np.array(order) for order in ([0, 1], [0, 1], [2, 3], [2, 3])], 5)
    likeness = np.eye(5, dtype=np.float32)
    likeness[4] = [0.0, 0.8, 0.0, 0.0, 0.6]
    orders = Past(held, np.zeros(4), peers.sparse.csr_array(likeness), likeness)
    scoring = peers.neighbours(orders, "conditional", 1, 0.0, 1.0, 0.5)
    from_first, from_third = scoring(basket_rows([np.array([0]), np.array([2])], 5))
    assert from_first[4] > from_third[4]


@pytest.mark.parametrize(("value", "at_most", "holds"), [(1.1, False, True), (0.9, False, False), (0.9, True, True)])
def test_a_bar_says_when_it_does_not_hold(value: float, at_most: bool, holds: bool) -> None:
    bar = Bar("x", value, 1.0, "told", at_most)
    assert bar.holds is holds
    assert ("DOES NOT HOLD" in str(bar)) is not holds
    assert bar.figure in str(bar)
    assert "HOLD" not in bar.figure
