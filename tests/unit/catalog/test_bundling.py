"""Bundle arithmetic by example: floors, the room above them, and a saving shared to the penny."""

import pytest

from catalog.domain.bundling import (
    floor_minor,
    floor_of,
    room_above,
    set_discounts,
    share_minor,
    share_saving,
    share_up,
)
from catalog.domain.money import Money
from catalog.domain.offer_rules import BundleRules

RULES = BundleRules(min_price_percent=80, min_margin_percent=5)


def gbp(minor: int | None) -> Money | None:
    return None if minor is None else Money(minor, "GBP")


@pytest.mark.parametrize(
    ("price", "cost", "floor", "lowest"),
    [
        (1200, 600, None, 630),
        (1200, 601, None, 632),
        (1200, 600, 700, 700),
        (1200, 600, 629, 630),
        (1200, None, 700, 700),
        (1200, None, 0, 0),
        (1200, None, None, 960),
        (99, None, None, 80),
        (101, None, None, 81),
    ],
)
def test_the_floor_is_the_highest_that_was_told_and_rounds_up(price, cost, floor, lowest):
    assert floor_minor(gbp(price), gbp(cost), gbp(floor), RULES) == lowest
    assert floor_of(gbp(price), gbp(cost), gbp(floor), RULES) == gbp(lowest)


def test_a_floor_is_in_the_currency_of_its_price():
    assert floor_of(Money(100, "EUR"), None, None, RULES) == Money(80, "EUR")


@pytest.mark.parametrize(("price", "lowest", "room"), [(10, 7, 3), (10, 10, 0), (10, 12, 0)])
def test_below_the_floor_there_is_no_room(price, lowest, room):
    assert room_above(gbp(price), gbp(lowest)) == gbp(room)


@pytest.mark.parametrize(
    ("saving", "weights", "room", "shares"),
    [
        (10, [1, 1], [10, 10], [5, 5]),
        (11, [1, 1], [10, 10], [6, 5]),
        (10, [3, 1], [10, 10], [8, 2]),
        (10, [3, 1], [4, 10], [4, 6]),
        (10, [1, 1, 2], [1, 9, 2], [1, 7, 2]),
        (3, [1, 1], [0, 3], [0, 3]),
        (0, [1, 1], [5, 5], [0, 0]),
        (20, [1, 1], [10, 10], [10, 10]),
        (4, [0, 0], [2, 9], [2, 2]),
        (5, [0, 0], [2, 9], [2, 3]),
    ],
)
def test_a_saving_is_shared_by_weight_within_every_room(saving, weights, room, shares):
    assert share_minor(saving, weights, room) == shares
    assert share_saving(gbp(saving), weights, [gbp(most) for most in room]) == [gbp(share) for share in shares]


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"^a saving of 21 does not fit above the floors$"):
        share_minor(21, [1, 1], [10, 10])


@pytest.mark.parametrize(
    ("prices", "room", "percent", "discounts"),
    [
        ([1000, 3000], [1000, 3000], 10, [100, 300]),
        ([1000, 3000], [50, 3000], 10, [50, 350]),
        ([1000, 3000], [50, 100], 10, [50, 100]),
        ([5], [5], 10, [1]),
        ([4], [4], 10, [0]),
        ([1000, 3000], [1000, 3000], 0, [0, 0]),
    ],
)
def test_a_set_saves_its_percentage_as_far_as_there_is_room(prices, room, percent, discounts):
    found = set_discounts([gbp(price) for price in prices], [gbp(most) for most in room], percent)
    assert found == [gbp(discount) for discount in discounts]


def test_in_whatever_currency():
    assert set_discounts([Money(100, "EUR")], [Money(100, "EUR")], 10) == [Money(10, "EUR")]


@pytest.mark.parametrize(("amount", "percent", "up"), [(100, 8, 8), (101, 8, 9), (0, 8, 0), (99, 100, 99)])
def test_every_fraction_rounds_up(amount, percent, up):
    assert share_up(gbp(amount), percent) == gbp(up)
