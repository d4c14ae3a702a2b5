"""Rasa's conversation store, bounded: what a turn loads and saves does not grow with the conversation.

Every event is kept, in Rasa's own table. A turn loads the last RECENT_EVENTS of them and the slots' values from a
snapshot, and saves only what it added: Rasa's own store reads and counts the whole conversation three times a turn.
What is loaded is also what Rasa posts to the action server.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Dict, List, Optional, Type

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

# Two turns or so. The rules need the present one; what else is remembered is in the slots.
RECENT_EVENTS = 16

_STORED = "pairwell_stored_events"


class BoundedTrackerStore(SQLTrackerStore):
    """`tracker_store: {type: bot.nlu.tracker_store.BoundedTrackerStore, db: FILE}`; PostgreSQL as for Rasa's own.

    A tracker that this store gave knows how many of its events are stored. One that comes from elsewhere is
    compared with what is stored, as Rasa's own store does.
    """

    class SlotSnapshot(SQLTrackerStore.Base):
        """The slots of one conversation as they were after its last turn."""

        __tablename__ = "slot_snapshots"

        sender_id = sa.Column(sa.String(255), primary_key=True)
        slots = sa.Column(sa.Text, nullable=False)

    def __init__(self, domain: Optional[Domain] = None, recent_events: int = RECENT_EVENTS, **kwargs: Any) -> None:
        super().__init__(domain=domain, **kwargs)
        self._recent_events = recent_events
        if self.engine.dialect.name == "sqlite":
            self._keep_connection_open()
        self._prepare_statements()

    def _keep_connection_open(self) -> None:
        """Rasa opens the SQLite file anew for each step; opening, closing and syncing it costs more than the turn."""
        self.engine.dispose()
        self.engine = sa.create_engine(
            self.engine.url, poolclass=sa.pool.StaticPool, connect_args={"check_same_thread": False}
        )
        sa.event.listen(self.engine, "connect", _write_ahead)
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The conversation's recent events on top of its slots; None where there is no such conversation."""
        with self.engine.begin() as connection:
            newest_first = connection.execute(self._recent, {"sender": sender_id}).scalars().all()
            snapshot = connection.execute(self._snapshot, {"sender": sender_id}).scalar()
        if not newest_first or not self.domain:
            return None
        records = [json.loads(data) for data in reversed(newest_first)]
        if len(records) == self._recent_events:
            records = _slots_before(json.loads(snapshot or "{}"), records) + _from_first_message(records)
        events = [event for event in map(_event, records) if event is not None]
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        setattr(tracker, _STORED, len(tracker.events))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the tracker's new events and take the snapshot, in one transaction."""
        if not tracker.events:
            # A conversation that only begins: Rasa saves it once more when something was said.
            return
        await self.stream_events(tracker)
        stored = getattr(tracker, _STORED, None)
        new = list(tracker.events)[stored:] if stored is not None else self._not_stored(tracker)
        values = {"sender": tracker.sender_id, "new_slots": json.dumps(tracker.current_slot_values())}
        with self.engine.begin() as connection:
            if new:
                connection.execute(self._add, [_row(tracker.sender_id, event) for event in new])
            if not connection.execute(self._renew, values).rowcount:
                snapshot = {"sender_id": tracker.sender_id, "slots": values["new_slots"]}
                connection.execute(self.SlotSnapshot.__table__.insert(), snapshot)
        setattr(tracker, _STORED, len(tracker.events))

    def _not_stored(self, tracker: DialogueStateTracker) -> List[Event]:
        with self.engine.begin() as connection:
            exists = connection.execute(self._snapshot, {"sender": tracker.sender_id}).first() is not None
        if not exists:
            return list(tracker.events)
        with self.session_scope() as session:
            return list(self._additional_events(session, tracker))

    def _prepare_statements(self) -> None:
        """The four statements of a turn, built once: Rasa's sessions build theirs anew each time."""
        events, snapshots = self.SQLEvent.__table__, self.SlotSnapshot.__table__
        sender = sa.bindparam("sender")
        recent = sa.select(events.c.data).where(events.c.sender_id == sender).order_by(events.c.id.desc())
        self._recent = recent.limit(self._recent_events)
        self._snapshot = sa.select(snapshots.c.slots).where(snapshots.c.sender_id == sender)
        self._renew = snapshots.update().where(snapshots.c.sender_id == sender).values(slots=sa.bindparam("new_slots"))
        self._add = events.insert()


def _write_ahead(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    # In WAL mode NORMAL loses at most the last turns at a power cut, and never the file.
    connection.execute("PRAGMA synchronous=NORMAL")


@lru_cache(maxsize=1)
def _event_types() -> Dict[str, Type[Event]]:
    # Rasa walks through all its classes for each event that it reads; they do not change.
    return {event_type.type_name: event_type for event_type in reversed(all_subclasses(Event))}


def _event(record: Dict[str, Any]) -> Optional[Event]:
    event: Optional[Event] = _event_types()[record["event"]]._from_parameters(record)
    return event


def _slots_before(slots: Dict[str, Any], records: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """Events that set the slots as they stood before `records`.

    A slot that `records` set is set again by them, so only the others are needed.
    """
    set_again = {record["name"] for record in records if record["event"] == SlotSet.type_name}
    return [
        {"event": SlotSet.type_name, "timestamp": records[0]["timestamp"], "name": name, "value": value}
        for name, value in slots.items()
        if value is not None and name not in set_again
    ]


def _from_first_message(records: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """Drop the rest of a turn that the cut left without its message: its slots stay."""
    for index, record in enumerate(records):
        if record["event"] == UserUttered.type_name:
            return [early for early in records[:index] if early["event"] == SlotSet.type_name] + records[index:]
    return records


def _row(sender_id: str, event: Event) -> Dict[str, Any]:
    record = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": record.get("timestamp"),
        "intent_name": ((record.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": record.get("name"),
        "data": json.dumps(record),
    }
