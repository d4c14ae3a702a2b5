"""Rasa's own memory of conversations (its tracker store), reached for one purpose: erasing from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import BindParameter, bindparam, create_engine, inspect, text
from sqlmodel import select

from actions.store.database import Database
from actions.store.tables import ConversationRow

_TABLES = ("events", "slot_snapshots")


def erase_tracker(file: Path, conversation_ids: Sequence[str]) -> int:
    """Erase conversations from the tracker store's SQLite file; how many rows went. 0 where there is no file."""
    if not file.is_file() or not conversation_ids:
        return 0
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 10})
    gone = 0
    try:
        existing = set(inspect(engine).get_table_names())
        with engine.begin() as connection:
            for table in _TABLES:
                if table in existing:
                    wanted = text(f"DELETE FROM {table} WHERE sender_id IN :ids")
                    ids: BindParameter[list[str]] = bindparam("ids", expanding=True)
                    gone += connection.execute(wanted.bindparams(ids), {"ids": list(conversation_ids)}).rowcount
    finally:
        engine.dispose()
    return gone


def erase_orphans(file: Path, known_ids: Iterable[str]) -> int:
    """Erase every conversation that is not among `known_ids`: its shopper was erased. How many rows went."""
    if not file.is_file():
        return 0
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 10})
    try:
        if not inspect(engine).has_table(_TABLES[0]):
            return 0
        with engine.connect() as connection:
            remembered = set(connection.execute(text(f"SELECT DISTINCT sender_id FROM {_TABLES[0]}")).scalars())
    finally:
        engine.dispose()
    return erase_tracker(file, sorted(remembered - set(known_ids)))


def all_conversation_ids(database: Database) -> list[str]:
    """The conversations that the store knows."""
    with database.read() as session:
        return list(session.exec(select(ConversationRow.id)))
