"""The ledger (promise `on-the-record`): what was known, what was chosen, and a way to choose it again.

A record is JSON of the inputs and the choice, every field in its declared order. `rebuild` reads the inputs out of
a record, decides anew and writes the record again: equal bytes prove that the record tells all that the decision was
made from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pydantic import TypeAdapter

from actions.selling.decision import Choice, decide
from actions.selling.facts import CandidateFacts, Rules, Situation

FORMAT = 2


@dataclass(frozen=True)
class DecisionInputs:
    """All that a decision was made from."""

    situation: Situation
    candidates: tuple[CandidateFacts, ...]
    rules: Rules


@dataclass(frozen=True)
class _Record:
    format: int
    inputs: DecisionInputs
    choice: Choice


_RECORD = TypeAdapter(_Record)


class OldRecord(Exception):
    """A record of a format that this version does not decide from any more."""


@dataclass(frozen=True)
class LedgerRow:
    """A stored decision. `record` is the JSON and `record_hash` its SHA-256."""

    id: str
    conversation_id: str
    created_at: datetime
    moment: str
    action: str
    reason: str
    offer_id: str
    record: str
    record_hash: str


@dataclass(frozen=True)
class CheckedRow:
    """A row, whether its bytes are those that were written, and whether deciding anew gives the same. `fault` says
    in words why it could not be rebuilt; "" where it could."""

    row: LedgerRow
    untouched: bool
    rebuilt: bool
    record: dict[str, Any]
    fault: str = ""


class LedgerReader(Protocol):
    """Where the ledger is read from."""

    def ledger_rows(self, wanted_id: str) -> Sequence[LedgerRow]:
        """The rows of a decision, an offer or a conversation, oldest first."""
        ...


def write_record(inputs: DecisionInputs, choice: Choice) -> str:
    """The record of a decision as JSON without spaces, fields in declared order."""
    return _RECORD.dump_json(_Record(FORMAT, inputs, choice)).decode()


def record_hash(record: str) -> str:
    """SHA-256 of a record, as hexadecimal."""
    return hashlib.sha256(record.encode()).hexdigest()


def read_inputs(record: str) -> DecisionInputs:
    """The inputs out of a record. Raises OldRecord, and ValueError where it is no record."""
    return _read(record).inputs


def read_choice(record: str) -> Choice:
    """The choice out of a record. Raises as `read_inputs`."""
    return _read(record).choice


def _read(record: str) -> _Record:
    if not record.startswith(f'{{"format":{FORMAT},') and json.loads(record).get("format") != FORMAT:
        raise OldRecord(f"written in an older format than {FORMAT}; the version of its day can rebuild it")
    return _RECORD.validate_json(record)


def rebuild(record: str) -> str:
    """Decide again from the record's own inputs and write the record anew. Raises as `read_inputs`."""
    inputs = read_inputs(record)
    return write_record(inputs, decide(inputs.situation, inputs.candidates, inputs.rules))


def ledger_report(reader: LedgerReader, wanted_id: str) -> list[CheckedRow]:
    """Every row of a decision, an offer or a conversation, each rebuilt and compared byte by byte."""
    return [checked(row) for row in reader.ledger_rows(wanted_id)]


def checked(row: LedgerRow) -> CheckedRow:
    """One row, rebuilt and compared."""
    fault = ""
    try:
        rebuilt = rebuild(row.record) == row.record
        fault = "" if rebuilt else "deciding anew gives another result"
    except (OldRecord, ValueError) as error:
        rebuilt, fault = False, str(error)
    untouched = record_hash(row.record) == row.record_hash
    return CheckedRow(row, untouched, rebuilt, json.loads(row.record), fault)
