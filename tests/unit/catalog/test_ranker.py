"""The learned ranking of a cart: what it puts first, what it never shows, and that it is the same every time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from catalog.complements.order_history import history_of, key_of
from catalog.complements.ranking.learning import LearnedRanker, learn_ranker
from catalog.complements.ranking.ranker import ComplementRanker
from catalog.complements.ranking.ranker_files import load_ranker, save_ranker
from tests.fakes import theme_shop
from tests.fakes.order_lines import table
from tests.fakes.theme_shop import IDS, NEW, REFILL, THINGS, UNIT_OF


def ids(ranker: ComplementRanker, *basket: str, limit: int = 10, **options: object) -> list[str]:
    ranked = ranker.rank(ranker.places(basket), limit, **options)  # type: ignore[arg-type]
    return [ranker.items.ids[one.place] for one in ranked]


@pytest.mark.parametrize("basket", [["zebra-mug"], ["zebra-mug", "zebra-plate"]])
def test_what_was_bought_together_comes_first(ranker: ComplementRanker, basket: list[str]) -> None:
    rest = {f"zebra-{thing}" for thing in THINGS} - set(basket)
    assert {one for one in ids(ranker, *basket, limit=len(rest) + 1) if one != REFILL} == rest


def test_scores_are_log_odds_of_being_the_next_thing(ranker: ComplementRanker) -> None:
    ranked = ranker.rank(ranker.places(["zebra-mug"]), len(IDS))
    chances = 1 / (1 + np.exp(-np.array([one.score for one in ranked])))
    assert ranker.knows_odds
    # One thing is next: the chances of all come to about one.
    assert 0.6 < chances.sum() < 1.6


def test_only_what_is_allowed_is_ranked(ranker: ComplementRanker) -> None:
    allowed = ranker.places(["daisy-mug", "zebra-plate", "zebra-mug"])
    assert ids(ranker, "zebra-mug", allowed=allowed) == ["zebra-plate", "daisy-mug"]


def test_a_new_thing_is_found_by_what_it_reads_like_and_not_pushed(ranker: ComplementRanker) -> None:
    tried = {theme: ids(ranker, f"{theme}-mug", f"{theme}-plate", limit=len(IDS)) for theme in theme_shop.THEMES}
    places = {theme: ranked.index(NEW) for theme, ranked in tried.items()}
    assert places["cherry"] == min(places.values())
    assert places["cherry"] <= 8
    assert all(NEW not in ranked[:4] for theme, ranked in tried.items() if theme != "cherry")


def test_nobody_knows_what_goes_with_a_thing_of_no_orders_but_what_it_reads_like(ranker: ComplementRanker) -> None:
    first = [one for one in ids(ranker, NEW, limit=5) if one != REFILL]
    assert sum(one.startswith("cherry-") for one in first) >= 3


def test_an_empty_basket_gets_what_is_bought_most(ranker: ComplementRanker) -> None:
    assert ids(ranker, limit=1) == [REFILL]


def test_unknown_products_are_passed_over(ranker: ComplementRanker) -> None:
    assert ids(ranker, "zebra-mug", "gone") == ids(ranker, "zebra-mug")


def test_known_customers_get_the_old_and_the_new_apart(ranker: ComplementRanker) -> None:
    key = key_of("customer-1")
    past = ranker.past(key)
    assert past is not None
    bought = {ranker.items.ids[place] for place in past.bought.items}
    again = ids(ranker, "zebra-mug", customer=key, which="again")
    new = ids(ranker, "zebra-mug", customer=key, which="new")
    assert again
    assert set(again) <= bought
    assert not bought & set(new)


def test_an_unknown_customer_is_nobody(ranker: ComplementRanker) -> None:
    stranger = key_of("never seen")
    assert ranker.past(stranger) is None
    assert ids(ranker, "zebra-mug", customer=stranger) == ids(ranker, "zebra-mug")
    assert ids(ranker, "zebra-mug", customer=stranger, which="again") == []


def test_the_same_orders_give_the_same_ranking(ranker: ComplementRanker) -> None:
    again = learn_ranker(theme_shop.history(), theme_shop.items(), UNIT_OF).ranker()
    for basket in (["zebra-mug"], ["zebra-mug", "anchor-card"], [NEW]):
        assert again.rank(again.places(basket), 20) == ranker.rank(ranker.places(basket), 20)


def test_what_is_kept_on_disk_ranks_alike(learned: LearnedRanker, ranker: ComplementRanker, tmp_path: Path) -> None:
    save_ranker(tmp_path / "kept", learned)
    kept = load_ranker(tmp_path / "kept")
    assert kept.last.product_id(key_of("customer-1"), 0) == learned.last.product_id(key_of("customer-1"), 0)
    for customer in (0, key_of("customer-1")):
        basket = ranker.places(["zebra-mug", "zebra-tray"])
        assert kept.ranker().rank(basket, 20, customer=customer) == ranker.rank(basket, 20, customer=customer)


def test_few_new_orders_change_the_counts_and_leave_the_trees(learned: LearnedRanker) -> None:
    more = learn_ranker(theme_shop.history(1530), theme_shop.items(), UNIT_OF, learned)
    assert more.forests is learned.forests
    assert more.orders == learned.orders
    assert more.model.total > learned.model.total


def test_many_new_orders_change_the_trees_too(learned: LearnedRanker) -> None:
    more = learn_ranker(theme_shop.history(1600), theme_shop.items(), UNIT_OF, learned)
    assert more.forests is not None
    assert more.forests is not learned.forests
    assert more.orders > learned.orders


def test_a_change_of_the_range_changes_the_trees_too(learned: LearnedRanker) -> None:
    items = theme_shop.items()
    other = replace(items, ids=tuple(f"new {item_id}" for item_id in items.ids))
    renamed = {item_id: f"new {item_id}" for item_id in items.ids}
    assert learn_ranker(theme_shop.history(), other, renamed, learned).forests is not learned.forests


FEW = """
o1 x 1: zebra-mug zebra-plate
o2 x 2: zebra-mug zebra-plate
o3 y 3: zebra-mug zebra-plate
o4 - 4: zebra-mug tea
o5 - 5: tea
o6 - -: tea daisy-mug
"""


def test_a_shop_of_few_orders_ranks_by_them_alone() -> None:
    ranker = learn_ranker(history_of(table(FEW)), theme_shop.items(), UNIT_OF).ranker()
    assert not ranker.knows_odds
    assert ids(ranker, "zebra-mug", limit=1) == ["zebra-plate"]


@pytest.mark.parametrize("rows", ["", "o1 x 1: zebra-mug", "o1 - -: zebra-mug zebra-plate"])
def test_a_shop_of_no_orders_to_speak_of_has_an_answer_and_keeps_it(rows: str, tmp_path: Path) -> None:
    learned = learn_ranker(history_of(table(rows)), theme_shop.items(), UNIT_OF)
    save_ranker(tmp_path / "kept", learned)
    for ranker in (learned.ranker(), load_ranker(tmp_path / "kept").ranker()):
        first = ids(ranker, "zebra-mug", limit=3)
        assert len(first) == 3
        assert "zebra-mug" not in first
        assert len(ids(ranker, limit=3)) == 3
