"""Prices over time: windows open and close on time, and a former price is one that was charged."""

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.money import Money
from catalog.domain.prices import PriceEntry, Schedule, as_history
from catalog.domain.product import Product

T0 = datetime(2026, 3, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def gbp(minor: int) -> Money:
    return Money(minor, "GBP")


AMOUNTS = st.integers(50, 150).map(gbp)
SALES = st.none() | AMOUNTS


def day(number: int) -> datetime:
    return T0 + number * DAY


@st.composite
def price_lists(draw: st.DrawFn, latest: int = 90) -> tuple[PriceEntry, ...]:
    """Entries that do not overlap; some follow each other at once, some leave a gap."""
    turns = sorted(draw(st.sets(st.integers(-90, latest), max_size=8)))
    entries = [PriceEntry(draw(AMOUNTS), draw(SALES), day(start), day(end)) for start, end in itertools.pairwise(turns)]
    return tuple(entry for entry in entries if draw(st.integers(0, 3)))


@st.composite
def histories(draw: st.DrawFn) -> tuple[PriceEntry, ...]:
    turns = sorted(draw(st.sets(st.integers(-90, -1), max_size=6)))
    return as_history([PriceEntry(draw(AMOUNTS), draw(SALES), day(turn)) for turn in turns])


@st.composite
def products(draw: st.DrawFn) -> Product:
    start, length = draw(st.integers(-60, 30)), draw(st.integers(1, 60))
    windowed = draw(st.booleans())
    return Product(
        "P", "Tent", draw(AMOUNTS), sale_price=draw(SALES), price_list=draw(price_lists()), history=draw(histories()),
        sale_from=day(start) if windowed else None, sale_until=day(start + length) if windowed else None,
    )  # fmt: skip


MOMENTS = st.integers(0, 60 * 24).map(lambda hours: T0 + hours * HOUR)


@given(AMOUNTS, st.integers(1, 1000), st.integers(1, 1000))
def test_a_sale_holds_from_its_first_moment_until_before_its_last(price: Money, start: int, length: int) -> None:
    opens, closes = T0 + start * HOUR, T0 + (start + length) * HOUR
    reduced = gbp(price.minor - 10)
    product = Product("P", "Tent", price, sale_price=reduced, sale_from=opens, sale_until=closes)
    instant = timedelta(microseconds=1)
    prices = [product.at(now).current_price for now in (opens - instant, opens, closes - instant, closes)]
    assert prices == [price, reduced, reduced, price]


@given(products(), MOMENTS)
def test_a_former_price_lies_above_the_price_and_not_above_what_the_shop_names(product: Product, now: datetime) -> None:
    priced = product.at(now)
    if priced.compare_at is not None:
        assert priced.current_price < priced.compare_at <= priced.price


@given(products(), MOMENTS)
def test_whoever_charged_no_more_within_thirty_days_strikes_nothing_through(product: Product, now: datetime) -> None:
    """Seen from outside: hour by hour, the lowest that was charged in the 30 days before the reduction began."""
    priced, steps = product.at(now), product.schedule.steps()
    if priced.compare_at is None or not product.timed:
        return

    def charged(moment: datetime) -> PriceEntry | None:
        return next((step for step in steps if step.holds(moment)), None)

    began = now
    while (found := charged(began - HOUR)) is not None and found.reduced and found.charged >= charged(began).charged:  # type: ignore[union-attr]
        began -= HOUR
        if began < day(-200):
            return
    # The reduction may have begun within the last hour that was looked at, never later.
    before = (charged(began - hours * HOUR) for hours in range(2, 30 * 24))
    assert all(priced.compare_at <= step.charged for step in before if step is not None)


@given(products(), MOMENTS, MOMENTS)
def test_what_was_priced_once_can_be_priced_anew(product: Product, first: datetime, second: datetime) -> None:
    assert product.at(first).at(second) == product.at(second)


@given(products(), MOMENTS)
def test_the_record_of_a_product_is_read_back_unchanged(product: Product, now: datetime) -> None:
    read = Product.from_record(product.to_record())
    assert read == product
    assert read.at(now) == product.at(now)
    assert product.at(now).to_record() == product.to_record()


@given(price_lists(), AMOUNTS, SALES, MOMENTS)
def test_an_entry_of_the_price_list_takes_the_place_of_both_prices(
    listed: tuple[PriceEntry, ...], price: Money, sale: Money | None, now: datetime
) -> None:
    found = Schedule(price, sale, price_list=listed).at(now)
    in_force = [entry for entry in listed if entry.holds(now)]
    expected = (in_force[0].price, in_force[0].sale_price) if in_force else (price, sale)
    assert (found.price, found.sale_price) == expected


@given(products())
def test_the_periods_of_a_schedule_follow_each_other(product: Product) -> None:
    steps = product.schedule.steps()
    assert steps[-1].valid_until is None
    for step, after in itertools.pairwise(steps):
        assert step.valid_until is not None
        assert step.valid_from < step.valid_until <= after.valid_from
