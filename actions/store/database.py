"""The connection to the database: SQLite (WAL) by default, PostgreSQL by URL.

Writers take SQLite's one write lock when they begin, not at their first write: two that read first and
write later would otherwise fail each other instead of waiting.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from catalog.domain.errors import PairwellError

BUSY_TIMEOUT_MS = 10_000
_MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseUnusable(PairwellError):
    """The database cannot be reached, or is not migrated."""


class Database:
    """Where sessions come from. Safe to share between threads; not across a fork."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # What was read of the loaded shop, by its version; `shop_data` keeps it.
        self._kept: dict[str, Any] = {}
        self._reader = engine
        self._writer = engine.execution_options(takes_write_lock=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for looking only: one consistent snapshot, nothing is kept."""
        with Session(self._reader, expire_on_commit=False, info={"kept": self._kept}) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: kept as a whole when the block ends, given up as a whole when it raises."""
        info = {"kept": self._kept}
        with Session(self._writer, expire_on_commit=False, info=info) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return _server_engine(url)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        # The driver must not begin transactions by itself: `begin` below does, with the right lock.
        connection.isolation_level = None
        for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        takes_lock = connection.get_execution_options().get("takes_write_lock", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if takes_lock else "BEGIN")

    return engine


def _server_engine(url: str) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        message = f"PAIRWELL_DATABASE_URL: the driver {error.name} is missing; for PostgreSQL install psycopg[binary]"
        raise DatabaseUnusable(message) from error


def open_database(url: str) -> Database:
    """Open `url` without changing anything in it; `migrate` makes the tables.

    `sqlite:///FILE` or `postgresql+psycopg://USER@HOST/NAME`. Raises DatabaseUnusable where the driver is missing.
    """
    return Database(_engine(url))


def migrate(url: str) -> None:
    """Bring the tables to the newest version; safe to call again. Raises DatabaseUnusable."""
    engine = _engine(url)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        shown = make_url(url).render_as_string(hide_password=True)
        raise DatabaseUnusable(
            f"PAIRWELL_DATABASE_URL: cannot use {shown}: {error.orig}; check that it exists"
        ) from error
    finally:
        engine.dispose()
