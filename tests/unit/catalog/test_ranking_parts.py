"""The parts of the learned ranking, each by itself."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from catalog.complements.order_history import history_of, key_of
from catalog.complements.ranking.borrowing import text_neighbours
from catalog.complements.ranking.candidates import best, score
from catalog.complements.ranking.cases import folds_of, single_items, whole_baskets
from catalog.complements.ranking.customers import customers_of
from catalog.complements.ranking.features import KNOWN_NAMES, SEVERAL_NAMES, known_features
from catalog.complements.ranking.item_model import ItemModel, fit_items
from catalog.complements.ranking.items import Items, log_prices
from catalog.complements.ranking.last_bought import last_bought
from catalog.complements.ranking.order_matrix import DAY, OrderMatrix, order_matrix
from catalog.complements.ranking.pair_sums import pair_sums
from catalog.complements.ranking.trees import Trees, learn_trees
from tests.fakes import theme_shop
from tests.fakes.hash_encoder import HashEncoder
from tests.fakes.order_lines import table

TITLES = ("red mug", "blue mug", "oak tray", "wax candle", "red jug")
UNITS = {"a1": "a", "a2": "a", "b": "b", "c": "c", "d": "d", "e": "e"}
ORDERS = """
o1 x 9: a1 b
o2 x 1: a2 b c
o3 y 5: a1 a2 b
o4 - 7: b c gone
o5 y 8: gone
"""


def five() -> Items:
    return Items(tuple("abcde"), TITLES, log_prices([100, 200, 300, 0, 50]), HashEncoder().encode(TITLES))


@pytest.fixture
def matrix() -> OrderMatrix:
    return order_matrix(history_of(table(ORDERS)), five(), UNITS)


@pytest.fixture(scope="module")
def model() -> ItemModel:
    items = theme_shop.items()
    return fit_items(order_matrix(theme_shop.history(), items, theme_shop.UNIT_OF), items, items.title_words())


def test_orders_are_rows_by_time_with_variants_as_one_thing(matrix: OrderMatrix) -> None:
    assert matrix.held.toarray().tolist() == [[1, 1, 1, 0, 0], [1, 1, 0, 0, 0], [0, 1, 1, 0, 0], [1, 1, 0, 0, 0]]
    assert np.diff(matrix.times).min() > 0
    assert matrix.customers.tolist() == [key_of(name) for name in ("x", "y", "", "x")]


def test_only_the_newest_orders_are_taken_where_there_are_too_many() -> None:
    newest = order_matrix(history_of(table(ORDERS)), five(), UNITS, most=1)
    assert newest.held.toarray().tolist() == [[1, 1, 0, 0, 0]]


def test_an_item_can_be_taken_for_never_sold(matrix: OrderMatrix) -> None:
    without = matrix.without(np.array([True, False, False, False, False]))
    assert without.held.toarray()[:, 0].sum() == 0
    assert len(without) == len(matrix)


def test_old_and_large_orders_say_less(matrix: OrderMatrix) -> None:
    sums = pair_sums(matrix, five().log_prices)
    assert sums.orders[0].tolist() == [3, 3, 1, 0, 0]
    assert sums.buyers[0].tolist() == [2, 2, 1, 0, 0]
    # b and c: one old order of three, one newer order of two.
    assert sums.sized[0, 1] > sums.sized[1, 2] > sums.sized[0, 2] > 0
    for one in (sums.orders, sums.recent, sums.sized, sums.buyers, sums.small):
        np.testing.assert_allclose(one, one.T, rtol=1e-6)


def test_what_was_dear_in_an_order_leads_it(matrix: OrderMatrix) -> None:
    led = pair_sums(matrix, five().log_prices).led
    # b is dearer than a in all three orders with both, but in one of them c is dearer still.
    assert led[1, 0] == pytest.approx(2 / np.sqrt(2) + 1 / 2 / np.sqrt(3))
    assert led[0, 1] == pytest.approx(2 / 2 / np.sqrt(2) + 1 / 3 / np.sqrt(3))


def test_nothing_says_anything_for_itself(model: ItemModel) -> None:
    for matrix in (model.weights, model.orders, model.sized, model.buyers, model.led, model.small):
        assert not np.diagonal(matrix).any()


def test_known_and_new_items_are_all_items_once(model: ItemModel) -> None:
    assert sorted([*model.head, *model.tail]) == list(range(len(theme_shop.IDS)))
    assert [theme_shop.IDS[place] for place in model.tail] == [theme_shop.NEW]
    assert (model.head_row >= 0).sum() == len(model.head)
    assert ((model.head_row >= 0) ^ (model.tail_row >= 0)).all()


def test_what_reads_alike_stands_in_and_its_shares_are_one() -> None:
    items = five()
    near = text_neighbours(items, items.title_words(), np.array([4]), np.array([0, 1, 2, 3])).toarray()
    assert near.sum() == pytest.approx(1.0)
    assert near[0].argmax() == 0


def test_titles_without_a_common_word_have_no_words() -> None:
    items = Items(("a", "b"), ("one", "\N{WRAPPED PRESENT}"), log_prices([1, 1]), HashEncoder().encode(["one", ""]))
    assert items.title_words().shape == (2, 0)


def test_article_numbers_are_read_from_ids() -> None:
    items = Items(("85123A", "GIFT"), ("a", "b"), log_prices([1, 1]), HashEncoder().encode(["a", "b"]))
    assert items.article_numbers[0] == 85123
    assert np.isnan(items.article_numbers[1])


def test_the_best_are_chosen_in_their_order_and_ties_by_place() -> None:
    scores = np.array([1.0, 5.0, 3.0, 5.0, 9.0], np.float32)
    assert best(scores, np.array([True, True, True, True, False]), 3).tolist() == [1, 3, 2]
    assert best(scores, np.zeros(5, np.bool_), 3).tolist() == []


def test_a_basket_is_scored_alone_as_among_others(model: ItemModel) -> None:
    baskets = [np.array([0]), np.array([1, 7, int(model.tail[0])]), np.array([5, 6])]
    together = score(model, baskets)
    for row, basket in enumerate(baskets):
        alone = score(model, [basket])
        np.testing.assert_allclose(alone.blend[0], together.blend[row], rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(alone.tail_blend[0], together.tail_blend[row], rtol=1e-4, atol=1e-4)


def test_features_have_a_name_each_and_the_order_of_a_basket_does_not_count(model: ItemModel) -> None:
    items, candidates = theme_shop.items(), np.arange(10, 30)
    one, other = (np.array(places) for places in ([0, 3, 8], [8, 0, 3]))
    mine, theirs = (
        known_features(model, items, score(model, [basket]), 0, basket, candidates) for basket in (one, other)
    )
    assert mine.shape == (20, len(SEVERAL_NAMES))
    single = known_features(model, items, score(model, [one[:1]]), 0, one[:1], candidates)
    assert single.shape == (20, len(KNOWN_NAMES))
    np.testing.assert_allclose(mine, theirs, rtol=1e-4, atol=1e-4)


def test_training_cases_are_of_orders_that_the_model_has_not_seen() -> None:
    items = theme_shop.items()
    folds = folds_of(order_matrix(theme_shop.history(), items, theme_shop.UNIT_OF))
    assert folds
    for fold in folds:
        assert fold.before.newest < int(fold.after.times[0])
        assert fold.after.newest - int(fold.after.times[0]) <= 30 * DAY
        known = np.arange(len(items))
        cases = whole_baskets(fold, known, np.random.default_rng(1), 100)
        assert 0 < len(cases) <= 100
        orders = [set(fold.after.items_of(row).tolist()) for row in range(len(fold.after))]
        for case in cases:
            assert case.hidden not in case.basket
            assert {*case.basket.tolist(), case.hidden} in orders
        singles = single_items(fold, items, known, np.random.default_rng(1), 100)
        assert all(len(case.basket) == 1 and case.hidden != case.basket[0] for case in singles)


def test_what_a_customer_bought_is_told_by_thing(matrix: OrderMatrix) -> None:
    past = customers_of(matrix).past(key_of("x"))
    assert past is not None
    assert past.bought.items.tolist() == [0, 1, 2]
    assert past.bought.orders.tolist() == [2, 2, 1]
    assert past.bought.days_since.tolist() == [0, 0, 8]
    assert past.bought.latest(2).items.tolist() == [0, 1]
    assert 0 < past.repeat_rate <= 1


def test_nobody_is_known_by_no_name(matrix: OrderMatrix) -> None:
    assert customers_of(matrix).past(0) is None
    assert customers_of(matrix).past(key_of("z")) is None


def test_the_variant_bought_last_is_known() -> None:
    last = last_bought(history_of(table(ORDERS)), five(), UNITS)
    assert last.product_id(key_of("x"), 0) == "a1"
    assert last.product_id(key_of("y"), 0) == "a2"
    assert last.product_id(key_of("y"), 2) is None
    assert last.product_id(key_of("z"), 0) is None
    assert last.product_id(0, 0) is None


def rows(count: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(3)
    features = draw.normal(size=(count, 6)).astype(np.float32)
    features[draw.random(features.shape) < 0.1] = np.nan
    features[:, 5] = np.nan
    return features, np.nan_to_num(features[:, 0] + features[:, 1] ** 2) + draw.normal(size=count) > 1.0


def test_the_trees_answer_as_scikit_learn_would() -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    features, hits = rows()
    seen: list[HistGradientBoostingClassifier] = []
    fit = HistGradientBoostingClassifier.fit
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HistGradientBoostingClassifier, "fit", lambda self, *data: seen.append(fit(self, *data)))
        model = learn_trees(features, hits, seed=1, shift=0.5)
    expected = seen[0].decision_function(np.where(np.isnan(features).all(axis=0), np.float32(0), features)) + 0.5
    np.testing.assert_allclose(Trees(model).scores(features), expected, atol=1e-4)


def test_the_same_rows_give_the_same_trees() -> None:
    features, hits = rows()
    assert learn_trees(features, hits, seed=1) == learn_trees(features, hits, seed=1)
    assert Trees(learn_trees(features, hits, seed=1)).scores(features[:0]).shape == (0,)


def test_an_empty_shop_has_an_empty_model() -> None:
    items = Items((), (), log_prices([]), np.zeros((0, 8), np.float32))
    matrix = order_matrix(history_of(table("")), items, {})
    model = fit_items(matrix, items, sparse.csr_array((0, 0), dtype=np.float32))
    assert len(model.head) == len(model.tail) == 0
