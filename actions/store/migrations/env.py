"""How Alembic reaches the database: over the connection that `actions.store.database.migrate` hands in,
or, for `alembic revision --autogenerate` by a developer, over `-x url=…`."""

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

import actions.store.tables  # noqa: F401  (makes the tables known)
from actions.store.database import open_database


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


_handed_in = context.config.attributes.get("connection")
if _handed_in is not None:
    _run(_handed_in)
else:
    with open_database(context.get_x_argument(as_dictionary=True)["url"]).engine.connect() as _own:
        _run(_own)
