"""What is bought together, counted in orders, lately, by customers, in sittings and in a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from catalog.complements.co_purchases import CoPurchases, Counting, PairCounts
from catalog.complements.counts import count, count_together, load_counts, save_counts
from catalog.complements.freshness import update
from catalog.complements.lift import lift, lower_count, lower_lift
from catalog.complements.order_history import (
    PlacedOrder,
    history_of,
    history_of_placed,
    load_history,
    merged,
    save_history,
)
from catalog.domain.errors import IndexUnusable
from tests.fakes.order_lines import table

ITSELF = {product: product for product in ("tent", "pegs", "lamp", "stove", "gas")}
SHOP = """
    1 ann   0: tent pegs
    2 bob   5: tent pegs lamp
    3 -    10: stove gas
    4 cy   10: tent
"""


def counted(text: str, **options: float) -> CoPurchases:
    return count(history_of(table(text)), ITSELF, Counting(**options))  # type: ignore[arg-type]


def pair(counts: CoPurchases, first: str, second: str) -> PairCounts:
    found = counts.pair(first, second)
    assert found is not None
    return found


def test_a_pair_is_counted_in_distinct_orders() -> None:
    counts = counted(SHOP + "2 bob 5: tent pegs")
    assert (counts.orders, counts.orders_of("tent"), counts.orders_of("lamp")) == (4, 3, 1)
    assert sorted(counts.partners("tent")) == [("lamp", 1), ("pegs", 2)]
    assert pair(counts, "tent", "pegs").lift == pytest.approx(2 * 4 / (3 * 2))


def test_fifty_orders_of_one_wholesaler_are_one_buyer() -> None:
    bulk = "\n".join(f"w{n} wholesale 1: stove lamp" for n in range(50))
    some = "\n".join(f"s{n} shopper{n} 1: stove gas" for n in range(20))
    rest = "\n".join(f"r{n} other{n} 1: tent" for n in range(200))
    counts = counted(f"{bulk}\n{some}\n{rest}")
    lamp, gas = pair(counts, "stove", "lamp"), pair(counts, "stove", "gas")
    assert (lamp.together, lamp.customers_together) == (50, 1)
    assert (gas.together, gas.customers_together) == (20, 20)
    assert gas.lower_customer_lift > lamp.lower_customer_lift
    assert lamp.lower_lift > 1.0 > lamp.lower_customer_lift


def test_customers_are_counted_over_all_their_orders_and_guests_one_by_one() -> None:
    counts = counted("1 ann 0: tent pegs\n2 bob 0: tent\n3 bob 1: pegs\n4 - 2: tent pegs\n5 - 2: tent pegs")
    assert pair(counts, "tent", "pegs").customers_together == 4
    assert (counts.customers, pair(counts, "tent", "pegs").together) == (4, 3)


def test_an_order_of_one_half_life_ago_counts_half() -> None:
    counts = counted("1 ann 0: tent pegs\n2 bob 30: tent pegs\n3 cy 30: lamp", half_life_days=30)
    assert pair(counts, "tent", "pegs").recent_together == pytest.approx(1.5)
    assert counts.recent_orders == pytest.approx(2.5)
    assert counts.recent_counts[counts.number["lamp"]] == 1.0


def test_without_any_times_every_order_counts_as_new() -> None:
    counts = counted("1 - -: tent pegs\n2 - -: tent pegs")
    assert pair(counts, "tent", "pegs").recent_together == 2.0


def test_orders_of_one_sitting_can_count_as_one() -> None:
    text = "1 ann 0: tent\n2 ann 0.02: pegs\n3 ann 3: lamp\n4 - 0: stove\n5 - 0: gas"
    assert counted(text).pair("tent", "pegs") is None
    sittings = counted(text, session_gap_minutes=60)
    assert (pair(sittings, "tent", "pegs").together, sittings.orders) == (1, 4)
    assert sittings.pair("tent", "lamp") is None
    assert sittings.pair("stove", "gas") is None


def test_a_claim_can_be_counted_as_of_the_last_days() -> None:
    text = "1 ann 0: tent pegs\n2 bob 25: tent pegs\n3 cy 30: tent"
    counts = counted(text, window_days=30)
    assert (counts.orders, pair(counts, "tent", "pegs").together, counts.customers) == (2, 1, 2)


def test_pairs_with_few_orders_together_are_left_out_and_units_are_not() -> None:
    counts = counted(SHOP, least=2)
    assert counts.pair("stove", "gas") is None
    assert counts.pair("nothing", "gas") is None
    assert counts.orders_of("gas") == 1


def test_order_lines_alone_are_enough_to_count() -> None:
    lines = table(SHOP).select("order_id", "product_id")
    assert count_together(lines, ITSELF, least=2).partners("tent") == [("pegs", 2)]


@pytest.mark.parametrize("wrong", [{"least": 0}, {"half_life_days": 0}, {"window_days": -1}])
def test_a_counting_that_makes_no_sense_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be above 0"):
        Counting(**wrong)  # type: ignore[arg-type]


def test_orders_placed_in_the_chat_are_added_to_those_of_the_file() -> None:
    before = history_of(table(SHOP))
    placed = PlacedOrder("live-1", "ann", datetime(2026, 1, 12, 9, tzinfo=UTC), ("stove", "gas"))
    after = merged(before, history_of_placed([placed, PlacedOrder("live-2", "", None, ("tent", "lamp"))]))
    updated = update(count(before, ITSELF), before, after, ITSELF)
    assert (pair(updated, "stove", "gas").together, pair(updated, "stove", "gas").customers_together) == (2, 2)
    assert pair(updated, "tent", "lamp").together == 2
    assert updated.orders == 6


def test_an_update_of_other_counts_is_refused() -> None:
    counts, history = counted(SHOP), history_of(table(SHOP))
    other = history_of(table("9 dee 99: tent pegs"))
    with pytest.raises(ValueError, match="another history"):
        update(counts, other, other, ITSELF)
    with pytest.raises(ValueError, match="other units"):
        update(counts, history, history, ITSELF | {"tent": "shelter"})


def test_counts_and_history_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    history = history_of(table(SHOP))
    counts = count(history, ITSELF, Counting(window_days=9))
    save_counts(tmp_path / "counts.npz", counts)
    save_history(tmp_path / "history.npz", history)
    read, remembered = load_counts(tmp_path / "counts.npz"), load_history(tmp_path / "history.npz")
    assert (read.units, read.counting, read.orders, read.newest) == (
        counts.units,
        counts.counting,
        counts.orders,
        counts.newest,
    )
    assert (read.recent_together != counts.recent_together).nnz == 0
    assert remembered.products == history.products
    np.testing.assert_array_equal(remembered.items, history.items)
    assert update(read, remembered, remembered, ITSELF) is read


def test_large_counts_are_kept_whole(tmp_path: Path) -> None:
    counts = counted(SHOP)
    many = replace(counts, together=counts.together * 70_000)
    save_counts(tmp_path / "counts.npz", many)
    assert load_counts(tmp_path / "counts.npz").partners("stove") == [("gas", 70_000)]


def test_an_old_or_torn_file_is_refused_with_the_mend(tmp_path: Path) -> None:
    np.savez(tmp_path / "old.npz", units=np.array(["a"]))
    (tmp_path / "torn.npz").write_bytes(b"PK")
    for load in (load_counts, load_history):
        for name in ("old.npz", "torn.npz", "none.npz"):
            with pytest.raises(IndexUnusable, match="run `pairwell index`"):
                load(tmp_path / name)


def test_no_id_of_an_order_or_a_customer_is_kept(tmp_path: Path) -> None:
    save_history(tmp_path / "history.npz", history_of(table("ORDER-77 customer-ann 0: tent")))
    kept = (tmp_path / "history.npz").read_bytes()
    assert "tent".encode("utf-32-le") in kept
    for name in ("ORDER-77", "customer-ann"):
        assert name.encode() not in kept
        assert name.encode("utf-32-le") not in kept


def test_the_bound_asks_for_evidence() -> None:
    assert lift(1, 1, 1, 1000) == 1000
    assert lower_lift(1, 1, 1, 1000) == pytest.approx(51.3, abs=0.1)
    assert lower_lift(40, 100, 100, 1000) == pytest.approx(3.0, abs=0.1)
    assert lower_lift(0, 5, 5, 100) == lower_lift(0, 0, 0, 0) == 0.0


def test_the_lower_count_is_garwoods() -> None:
    """Table values of the exact lower limit: 5 % of Poisson counts around it are so high or higher."""
    assert lower_count(np.array([1, 10, 100])) == pytest.approx([0.0513, 5.425, 84.14], abs=0.005)
