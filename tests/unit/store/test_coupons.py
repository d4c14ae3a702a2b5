"""Coupons in the database: given once, used once, back or expired after a cancelled order."""

from datetime import timedelta

import pytest

from actions.store import coupons
from tests.fakes.promotions import coupon, give
from tests.fakes.small_shop import NOW, config, fresh_database, load


@pytest.fixture
def database(tmp_path):
    opened = fresh_database(tmp_path)
    load(opened, config())
    return opened


def states(database) -> dict[str, str]:
    with database.read() as session:
        return {one.id: one.state for one in coupons.coupons_of(session, "ann")}


def test_a_coupon_given_again_is_the_same_coupon(database):
    give(database, "ann", coupon("c-1", 10))
    give(database, "ann", coupon("c-1", 50))
    with database.read() as session:
        assert coupons.given_to(session, "ann") == [coupon("c-1", 10)]


def test_giving_a_coupon_marks_the_ones_that_ran_out(database):
    give(database, "ann", coupon("old", days=1, given_at=NOW - timedelta(days=3)))
    give(database, "ann", coupon("new", given_at=NOW))
    assert states(database) == {"old": "expired", "new": "given"}


@pytest.mark.parametrize(
    ("after", "used"), [(timedelta(days=-2), False), (timedelta(days=30), False), (timedelta(0), True)]
)
def test_a_coupon_is_used_only_while_it_is_valid(database, after, used):
    give(database, "ann", coupon())
    with database.write() as session:
        assert coupons.use(session, "c-1", "TO-1", NOW + after) == used
        assert not coupons.use(session, "c-1", "TO-2", NOW + after)


@pytest.mark.parametrize(("days", "state"), [(1, "given"), (60, "expired")])
def test_after_a_cancelled_order_a_coupon_is_back_only_while_it_is_valid(database, days, state):
    give(database, "ann", coupon())
    with database.write() as session:
        coupons.use(session, "c-1", "TO-1", NOW)
        coupons.give_back(session, "TO-1", NOW + timedelta(days=days))
    assert states(database) == {"c-1": state}


def test_another_orders_cancellation_gives_nothing_back(database):
    give(database, "ann", coupon())
    with database.write() as session:
        coupons.use(session, "c-1", "TO-1", NOW)
        coupons.give_back(session, "TO-2", NOW)
    assert states(database) == {"c-1": "used"}
