"""Prices over time by example: which one holds, when a reduction began, and what may be struck through."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from catalog.domain.money import Money
from catalog.domain.prices import ALWAYS, PriceEntry, Schedule, as_history, needed_from, reduction_at

INSTANT = timedelta(microseconds=1)


def gbp(minor: int) -> Money:
    return Money(minor, "GBP")


def march(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, 1, hour, tzinfo=UTC) + timedelta(days=day - 1)


def entry(price: int, sale: int | None = None, since: datetime = ALWAYS, until: datetime | None = None) -> PriceEntry:
    return PriceEntry(gbp(price), None if sale is None else gbp(sale), since, until)


@pytest.mark.parametrize(
    ("sale", "charged", "reduced"), [(None, 100, False), (99, 99, True), (100, 100, False), (101, 100, False)]
)
def test_a_sale_price_counts_while_it_is_lower(sale, charged, reduced):
    assert (entry(100, sale).charged, entry(100, sale).reduced) == (gbp(charged), reduced)


def test_a_price_holds_from_its_first_moment_until_before_its_last():
    one = entry(100, None, march(2), march(5))
    assert [one.holds(now) for now in (march(2) - INSTANT, march(2), march(5) - INSTANT, march(5))] == [
        *(False, True, True),
        False,
    ]
    assert entry(100).holds(march(9))


def test_two_entries_say_the_same_whenever_they_hold():
    assert entry(100, 90).same_price(entry(100, 90, march(1), march(2)))
    assert not entry(100, 90).same_price(entry(100))
    assert not entry(100, 90).same_price(entry(101, 90))


def test_a_listed_price_of_before_the_history_keeps_its_sale():
    listed = (entry(70, 60, march(1), march(4)),)
    found = Schedule(gbp(100), price_list=listed, history=(entry(90, None, march(3), march(8)),)).steps()
    assert found[0] == entry(70, 60, march(1), march(3))
    endless = (entry(70, 60, march(1)),)
    found = Schedule(gbp(100), price_list=endless, history=(entry(90, None, march(3), march(8)),)).steps()
    assert found[0] == entry(70, 60, march(1), march(3))


@pytest.mark.parametrize("one", [entry(100), entry(100, 90, march(2)), entry(100, None, march(2), march(5))])
def test_an_entry_is_read_back_as_it_was_written(one):
    assert PriceEntry.from_record(one.to_record(), "GBP") == one


def test_a_record_is_plain():
    assert entry(100, 90, march(2), march(5)).to_record() == [
        *(100, 90, "2026-03-02T00:00:00+00:00", "2026-03-05T00:00:00+00:00")
    ]
    assert entry(100).to_record() == [100, None, ALWAYS.isoformat(), None]


WINDOW = Schedule(gbp(100), gbp(80), march(10), march(20))


def test_a_sale_opens_and_closes_on_time():
    charged = [WINDOW.at(now).charged.minor for now in (march(10) - INSTANT, march(10), march(20) - INSTANT, march(20))]
    assert charged == [100, 80, 80, 100]
    assert WINDOW.at(march(10)) == entry(100, 80)
    assert WINDOW.at(march(20)) == entry(100)


def test_a_window_may_be_open_on_either_side():
    assert Schedule(gbp(100), gbp(80)).at(march(1)).charged == gbp(80)
    assert Schedule(gbp(100), gbp(80), sale_until=march(5)).at(march(4)).charged == gbp(80)
    assert Schedule(gbp(100), gbp(80), sale_from=march(5)).at(march(9)).charged == gbp(80)


def test_an_entry_of_the_price_list_takes_the_place_of_both_prices():
    listed = replace(WINDOW, price_list=(entry(120, None, march(1), march(2)), entry(110, 70, march(12), march(14))))
    assert listed.at(march(12)) == entry(110, 70)
    assert listed.at(march(11)) == entry(100, 80)
    assert listed.at(march(1)) == entry(120)


def test_the_periods_follow_each_other():
    assert WINDOW.steps() == [
        entry(100, None, ALWAYS, march(10)),
        entry(100, 80, march(10), march(20)),
        entry(100, None, march(20)),
    ]
    assert Schedule(gbp(100)).steps() == [entry(100)]


def test_periods_that_say_the_same_are_one():
    listed = replace(WINDOW, price_list=(entry(100, None, march(5), march(10)), entry(100, 80, march(12), march(15))))
    assert listed.steps() == WINDOW.steps()


def test_what_was_written_down_goes_before_todays_feed():
    past = (entry(90, None, march(1), march(5)), entry(95, None, march(5), march(12)))
    assert replace(WINDOW, history=past).steps() == [
        *past,
        entry(100, 80, march(12), march(20)),
        entry(100, None, march(20)),
    ]


def test_before_the_history_only_the_price_list_is_believed():
    past = (entry(90, None, march(5), march(8)),)
    listed = (
        entry(70, None, march(4), march(6)),
        entry(60, None, march(1), march(2)),
        entry(50, None, march(5), march(6)),
    )
    found = Schedule(gbp(100), price_list=listed, history=past).steps()
    assert found == [
        entry(60, None, march(1), march(2)),
        entry(70, None, march(4), march(5)),
        *past,
        entry(100, None, march(8)),
    ]


def test_nothing_reduced_has_no_former_price():
    assert WINDOW.lowest_before(march(9)) is None
    assert WINDOW.lowest_before(march(20)) is None


def test_a_reduction_stands_beside_what_was_charged_before():
    assert WINDOW.lowest_before(march(10)) == gbp(100)
    assert WINDOW.lowest_before(march(19)) == gbp(100)


def test_the_lowest_of_thirty_days_is_the_former_price():
    past = (entry(85, None, march(1), march(5)), entry(95, None, march(5), march(10)))
    assert replace(WINDOW, history=past).lowest_before(march(11)) == gbp(85)


@pytest.mark.parametrize(("until", "lowest"), [(march(10), 95), (march(10) + INSTANT, 60)])
def test_what_ended_thirty_days_before_counts_no_more(until, lowest):
    """The reduction begins on the ninth of April: thirty days before is the tenth of March."""
    past = (entry(60, None, march(1), until), entry(95, None, until, march(40)))
    product = Schedule(gbp(100), gbp(80), march(40), history=past)
    assert product.lowest_before(march(41)) == gbp(lowest)


def test_the_price_that_the_shop_names_meanwhile_counts_as_well():
    cheaper = Schedule(gbp(100), gbp(80), march(10), history=(entry(120, None, march(1), march(10)),))
    assert cheaper.lowest_before(march(11)) == gbp(100)


def test_a_reduction_that_is_deepened_began_with_its_first_step():
    past = (
        entry(100, None, march(1), march(5)),
        entry(100, 90, march(5), march(8)),
        entry(100, 90, march(8), march(10)),
    )
    product = Schedule(gbp(100), gbp(80), history=past)
    assert [step.charged.minor for step in reduction_at(product.steps(), march(11))] == [90, 90, 80]
    assert product.lowest_before(march(11)) == gbp(100)
    assert needed_from(product, march(11)) == march(5) - timedelta(days=30)


@pytest.mark.parametrize(
    "before",
    [
        entry(100, 79, march(5), march(10)),
        entry(100, None, march(5), march(10)),
        entry(100, 90, march(5), march(9)),
    ],
    ids=["cheaper before", "not reduced before", "a gap between"],
)
def test_otherwise_it_began_anew(before):
    steps = [before, entry(100, 80, march(10))]
    assert reduction_at(steps, march(11)) == steps[1:]


def test_a_reduction_is_told_only_while_it_holds():
    steps = [entry(100, 80, march(1), march(5)), entry(100, 70, march(9))]
    assert reduction_at(steps, march(4)) == steps[:1]
    assert reduction_at(steps, march(6)) == []
    assert reduction_at(steps, march(9)) == steps[1:]
    assert reduction_at([entry(100)], march(1)) == []


def test_where_nothing_is_reduced_thirty_days_of_history_are_needed():
    assert needed_from(Schedule(gbp(100)), march(31)) == march(1)


def test_where_a_reduction_has_no_beginning_all_history_is():
    assert needed_from(Schedule(gbp(100), gbp(80)), march(31)) == ALWAYS - timedelta(days=30)
    assert Schedule(gbp(100), gbp(80)).lowest_before(march(31)) == gbp(100)


def test_points_that_were_written_down_end_where_the_next_one_begins():
    points = [entry(90, None, march(1)), entry(95, 90, march(3)), entry(99, None, march(3)), entry(80, None, march(7))]
    assert as_history(points) == (entry(90, None, march(1), march(3)), entry(99, None, march(3), march(7)))
    assert as_history(points[:1]) == ()
    reduced = [entry(95, 90, march(3)), entry(80, None, march(7))]
    assert as_history(reduced) == (entry(95, 90, march(3), march(7)),)
    assert as_history([]) == ()
