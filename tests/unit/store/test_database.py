"""The tables: migrations give what the models say, and a transaction is kept or given up as a whole."""

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import SQLModel, select

import actions.store.tables as tables
from actions.store.database import DatabaseUnusable, migrate, open_database

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_migrating_an_empty_database_gives_exactly_the_models_tables(database):
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_migrating_twice_changes_nothing(tmp_path):
    url = f"sqlite:///{tmp_path / 'twice.db'}"
    migrate(url)
    with open_database(url).write() as session:
        session.add(tables.ShopperRow(id="s1", created_at=NOW))
    migrate(url)
    with open_database(url).read() as session:
        assert session.exec(select(tables.ShopperRow.id)).all() == ["s1"]


def test_a_database_that_cannot_be_opened_is_named_with_its_setting(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(DatabaseUnusable, match="PAIRWELL_DATABASE_URL"):
        migrate(f"sqlite:///{tmp_path / 'folder'}")


def test_a_transaction_that_fails_leaves_nothing_behind(database):
    with pytest.raises(ZeroDivisionError), database.write() as session:  # noqa: PT012
        session.add(tables.ShopperRow(id="s1", created_at=NOW))
        session.flush()
        _ = 1 // 0
    with database.read() as session:
        assert session.get(tables.ShopperRow, "s1") is None


def test_a_moment_without_a_time_zone_is_refused(database):
    with pytest.raises(StatementError, match="time zone"), database.write() as session:
        session.add(tables.ShopperRow(id="s1", created_at=NOW.replace(tzinfo=None)))


def test_moments_come_back_as_utc(database):
    with database.write() as session:
        session.add(tables.ShopperRow(id="s1", created_at=datetime.fromisoformat("2026-03-02T12:00:00+02:00")))
    with database.read() as session:
        row = session.get(tables.ShopperRow, "s1")
    assert row is not None
    assert row.created_at == NOW
    assert row.created_at.tzinfo is UTC


def test_the_database_itself_refuses_a_second_open_offer(database):
    def offer(offer_id: str, state: str) -> tables.OfferRow:
        return tables.OfferRow(
            id=offer_id, decision_id="d", conversation_id="c", shopper_id="s1", kind="complement", state=state,
            turn_index=1, currency="GBP", price_minor=1, saving_minor=0, lines="[]", evidence="{}", cart_hash="",
            created_at=NOW, expires_at=NOW,
        )  # fmt: skip

    with database.write() as session:
        session.add(tables.ShopperRow(id="s1", created_at=NOW))
        session.flush()
        session.add_all([offer("o1", "declined"), offer("o2", "open")])
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(offer("o3", "open"))


def test_a_missing_driver_is_named_with_the_mend():
    with pytest.raises(DatabaseUnusable, match=r"install psycopg\[binary\]"):
        open_database("postgresql+pg8000://shop@localhost/shop")
