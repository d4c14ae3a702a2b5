"""What things cost is written down at each load, and the record decides which former price may be shown."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from actions.store.shop_data import products_in, read_products
from actions.store.tables import PriceHistoryRow
from catalog.domain.prices import PriceEntry
from catalog.domain.product import Product
from tests.fakes.small_shop import NOW, config, load, money

DAY = timedelta(days=1)


@pytest.fixture
def shop(database):
    return Shop(database)


class Shop:
    """A shop of one tent, loaded again and again."""

    def __init__(self, database) -> None:
        self.database = database

    def load(self, day: float, price: str, sale_price: str = "", **values) -> None:
        sale = money(sale_price) if sale_price else None
        load(
            self.database, config(), [Product("TENT", "Tent", money(price), sale_price=sale, **values)], NOW + day * DAY
        )

    def record(self) -> list[str]:
        """The record as words: "0: 100.00", "3: 100.00 80.00"."""
        with self.database.read() as session:
            rows = session.exec(select(PriceHistoryRow).order_by(col(PriceHistoryRow.id))).all()
        return [
            f"{(row.since - NOW) / DAY:g}: {row.price_minor / 100:.2f}"
            + (f" {row.sale_price_minor / 100:.2f}" if row.sale_price_minor is not None else "")
            for row in rows
        ]

    def shown(self, day: float) -> str:
        """The price on a day, and the former price beside it: "80.00 (100.00)"."""
        with self.database.read() as session:
            product = products_in(session, ["TENT"], NOW + day * DAY)["TENT"]
        return f"{product.current_price}" + (f" ({product.compare_at})" if product.compare_at else "")


def test_only_what_changed_is_written_down(shop):
    shop.load(0, "100.00")
    shop.load(1, "100.00")
    shop.load(2, "100.00", "80.00")
    shop.load(3, "100.00", "80.00")
    shop.load(4, "90.00")
    assert shop.record() == ["0: 100.00", "2: 100.00 80.00", "4: 90.00"]


def test_a_load_that_fails_writes_nothing_down(shop):
    shop.load(0, "100.00")
    twice = [Product("TENT", "Tent", money("50.00"))] * 2
    with pytest.raises(Exception, match="UNIQUE"):
        load(shop.database, config(), twice, NOW + DAY)
    assert shop.record() == ["0: 100.00"]


def test_where_the_record_does_not_reach_back_the_merchants_price_counts(shop):
    shop.load(0, "100.00", "80.00")
    assert shop.shown(0) == "80.00 (100.00)"
    shop.load(3, "100.00", "80.00")
    assert shop.shown(3) == "80.00 (100.00)"


def test_a_price_that_rose_before_the_sale_is_not_struck_through(shop):
    shop.load(0, "100.00")
    shop.load(20, "150.00")
    shop.load(25, "150.00", "100.00")
    assert shop.shown(25) == "100.00"
    shop.load(26, "150.00", "90.00")
    assert shop.shown(26) == "90.00 (100.00)"


def test_a_price_that_was_charged_for_longer_than_thirty_days_may_be_struck_through(shop):
    shop.load(0, "100.00")
    shop.load(20, "150.00")
    shop.load(51, "150.00", "100.00")
    assert shop.shown(51) == "100.00 (150.00)"


def test_thirty_days_are_thirty_days(shop):
    """The price of before day 10 counts for a sale that began a moment before day 40, and not for one of day 40."""
    shop.load(0, "100.00")
    shop.load(10, "150.00")
    shop.load(39.99, "150.00", "90.00")
    assert shop.shown(40) == "90.00 (100.00)"


def test_after_thirty_days_a_price_is_forgotten(shop):
    shop.load(0, "100.00")
    shop.load(10, "150.00")
    shop.load(40, "150.00", "90.00")
    assert shop.shown(40) == "90.00 (150.00)"


def test_a_price_raised_during_the_sale_is_not_struck_through(shop):
    shop.load(0, "100.00", "80.00")
    shop.load(5, "120.00", "80.00")
    assert shop.shown(5) == "80.00 (100.00)"


def test_a_sale_that_comes_back_within_thirty_days_is_compared_with_itself(shop):
    shop.load(0, "100.00", "80.00")
    shop.load(10, "100.00")
    shop.load(12, "100.00", "80.00")
    assert shop.shown(12) == "80.00"


def test_a_sale_that_goes_deeper_keeps_the_price_from_before_it(shop):
    shop.load(0, "100.00")
    shop.load(40, "100.00", "90.00")
    shop.load(45, "100.00", "80.00")
    assert shop.shown(45) == "80.00 (100.00)"


def test_a_sale_that_becomes_dearer_is_a_new_one(shop):
    shop.load(0, "100.00")
    shop.load(40, "100.00", "80.00")
    shop.load(45, "100.00", "90.00")
    assert shop.shown(45) == "90.00"


def test_a_former_price_outlives_a_long_sale_and_many_loads(shop):
    shop.load(0, "90.00")
    shop.load(5, "100.00", "80.00")
    for day in (40, 80, 120):
        shop.load(day, "100.00", "80.00")
    assert shop.shown(120) == "80.00 (90.00)"


def test_so_does_one_of_a_sale_that_the_price_list_holds(shop):
    listed = (PriceEntry(money("100.00"), money("80.00"), NOW + 5 * DAY, NOW + 200 * DAY),)
    shop.load(0, "90.00", price_list=listed)
    for day in (4, 40, 80):
        shop.load(day, "91.00", price_list=listed)
    assert shop.shown(120) == "80.00 (90.00)"


def test_a_clock_that_was_set_back_leaves_the_record_in_order(shop):
    shop.load(5, "100.00")
    shop.load(3, "90.00")
    shop.load(6, "100.00", "80.00")
    assert shop.record() == ["5: 100.00", "5: 90.00", "6: 100.00 80.00"]
    assert shop.shown(6) == "80.00 (90.00)"


def test_what_changed_by_the_clock_between_two_loads_is_written_down_too(shop):
    window = {"sale_from": NOW + 2 * DAY, "sale_until": NOW + 4 * DAY}
    shop.load(0, "100.00", "70.00", **window)
    shop.load(10, "100.00")
    assert shop.record() == ["0: 100.00", "2: 100.00 70.00", "4: 100.00"]
    shop.load(12, "100.00", "80.00")
    assert shop.shown(12) == "80.00"


def test_a_price_list_comes_in_force_by_itself_and_its_past_counts(shop):
    cheap = PriceEntry(money("60.00"), None, NOW - 10 * DAY, NOW - 5 * DAY)
    coming = PriceEntry(money("100.00"), money("70.00"), NOW + 2 * DAY, NOW + 9 * DAY)
    shop.load(0, "100.00", price_list=(cheap, coming))
    assert [shop.shown(day) for day in (0, 2, 8.9, 9)] == ["100.00", "70.00", "70.00", "100.00"]
    later = replace(coming, valid_from=NOW + 30 * DAY, valid_until=None)
    shop.load(1, "100.00", price_list=(cheap, later))
    assert shop.shown(30) == "70.00 (100.00)"


def test_the_price_list_tells_of_the_time_before_the_record(shop):
    cheap = (PriceEntry(money("60.00"), None, NOW - 10 * DAY, NOW - 5 * DAY),)
    shop.load(0, "100.00", price_list=cheap)
    shop.load(2, "110.00", price_list=cheap)
    shop.load(3, "110.00", "70.00", price_list=cheap)
    assert shop.shown(3) == "70.00"
    shop.load(4, "110.00", "50.00", price_list=cheap)
    assert shop.shown(4) == "50.00 (60.00)"


def test_the_catalogue_is_opened_with_the_prices_of_the_load(shop):
    shop.load(3, "100.00", "70.00", sale_from=NOW + 2 * DAY, sale_until=NOW + 4 * DAY)
    (product,) = read_products(shop.database)
    assert str(product.current_price) == "70.00"
    assert str(product.at(NOW + 5 * DAY).current_price) == "100.00"


def test_prices_in_another_currency_say_nothing(shop):
    shop.load(0, "100.00")
    from catalog.domain.money import Money

    euros = Product("TENT", "Tent", Money(9000, "EUR"), sale_price=Money(8000, "EUR"))
    load(shop.database, replace(config(), currency="EUR"), [euros], NOW + DAY)
    assert shop.shown(1) == "80.00 (90.00)"
