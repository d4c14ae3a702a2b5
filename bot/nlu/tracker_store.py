"""Rasa's conversation store, bounded: what a turn loads and saves does not grow with the conversation.

Every event is kept, in Rasa's own table. A turn loads the last RECENT_EVENTS of them and the slots' values from a
snapshot, and saves only what it added: Rasa's own store reads and counts the whole conversation three times a turn.
"""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

# Eight turns or so: more than the three that the policies look back on.
RECENT_EVENTS = 64

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
            # A turn waits for its save: with the write-ahead log it waits for one append, not for two rewrites.
            with self.engine.connect() as connection:
                connection.execute(sa.text("PRAGMA journal_mode=WAL"))
            sa.event.listen(self.engine, "connect", _relax_sync)
            self.engine.dispose()

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The conversation's recent events on top of its slots; None where there is no such conversation."""
        event = self.SQLEvent
        with self.session_scope() as session:
            newest_first = (
                session.query(event.data)
                .filter(event.sender_id == sender_id)
                .order_by(event.id.desc())
                .limit(self._recent_events)
                .all()
            )
            snapshot = session.get(self.SlotSnapshot, sender_id)
            slots = json.loads(snapshot.slots) if snapshot is not None else {}
        if not newest_first or not self.domain:
            return None
        events = [json.loads(data) for (data,) in reversed(newest_first)]
        if len(events) == self._recent_events:
            events = _slots_before(slots, events) + _from_first_message(events)
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        setattr(tracker, _STORED, len(tracker.events))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the tracker's new events and take the snapshot, in one transaction."""
        await self.stream_events(tracker)
        with self.session_scope() as session:
            stored = getattr(tracker, _STORED, None)
            new = list(self._additional_events(session, tracker) if stored is None else list(tracker.events)[stored:])
            if new:
                session.execute(self.SQLEvent.__table__.insert(), [_row(tracker.sender_id, event) for event in new])
            slots = json.dumps(tracker.current_slot_values())
            session.merge(self.SlotSnapshot(sender_id=tracker.sender_id, slots=slots))
            session.commit()
        setattr(tracker, _STORED, len(tracker.events))


def _relax_sync(connection: Any, _record: Any) -> None:
    # In WAL mode NORMAL loses at most the last turns at a power cut, and never the file.
    connection.execute("PRAGMA synchronous=NORMAL")


def _slots_before(slots: Dict[str, Any], events: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """Events that set the slots as they stood before `events`.

    A slot that `events` set is set again by them, so only the others are needed.
    """
    set_again = {event["name"] for event in events if event["event"] == SlotSet.type_name}
    return [
        {"event": SlotSet.type_name, "timestamp": events[0]["timestamp"], "name": name, "value": value}
        for name, value in slots.items()
        if value is not None and name not in set_again
    ]


def _from_first_message(events: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """Drop the rest of a turn that the cut left without its message: its slots stay."""
    for index, event in enumerate(events):
        if event["event"] == UserUttered.type_name:
            return [early for early in events[:index] if early["event"] == SlotSet.type_name] + events[index:]
    return events


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
