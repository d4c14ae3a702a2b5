"""The ledger (promise `on-the-record`): what was known, what was chosen, and a way to choose it again.

A record is canonical JSON of the inputs and the choice. `rebuild` reads the inputs out of a record, decides
anew and writes the record again: equal bytes prove that the record tells all that the decision was made from.
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

FORMAT = 1


@dataclass(frozen=True)
class DecisionInputs:
    """All that a decision was made from."""

    situation: Situation
    candidates: tuple[CandidateFacts, ...]
    rules: Rules


_INPUTS = TypeAdapter(DecisionInputs)
_CHOICE = TypeAdapter(Choice)


@dataclass(frozen=True)
class LedgerRow:
    """A stored decision. `record` is the canonical JSON and `record_hash` its SHA-256."""

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
    """A row, whether its bytes are those that were written, and whether deciding anew gives the same."""

    row: LedgerRow
    untouched: bool
    rebuilt: bool
    record: dict[str, Any]


class LedgerReader(Protocol):
    """Where the ledger is read from."""

    def ledger_rows(self, wanted_id: str) -> Sequence[LedgerRow]:
        """The rows of a decision, an offer or a conversation, oldest first."""
        ...


def write_record(inputs: DecisionInputs, choice: Choice) -> str:
    """The record of a decision as canonical JSON: sorted keys, no spaces."""
    document = {
        "format": FORMAT,
        "inputs": _INPUTS.dump_python(inputs, mode="json"),
        "choice": _CHOICE.dump_python(choice, mode="json"),
    }
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def record_hash(record: str) -> str:
    """SHA-256 of a record, as hexadecimal."""
    return hashlib.sha256(record.encode()).hexdigest()


def read_inputs(record: str) -> DecisionInputs:
    """The inputs out of a record."""
    return _INPUTS.validate_python(json.loads(record)["inputs"])


def read_choice(record: str) -> Choice:
    """The choice out of a record."""
    return _CHOICE.validate_python(json.loads(record)["choice"])


def rebuild(record: str) -> str:
    """Decide again from the record's own inputs and write the record anew."""
    inputs = read_inputs(record)
    return write_record(inputs, decide(inputs.situation, inputs.candidates, inputs.rules))


def ledger_report(reader: LedgerReader, wanted_id: str) -> list[CheckedRow]:
    """Every row of a decision, an offer or a conversation, each rebuilt and compared byte by byte."""
    return [
        CheckedRow(
            row=row,
            untouched=record_hash(row.record) == row.record_hash,
            rebuilt=rebuild(row.record) == row.record,
            record=json.loads(row.record),
        )
        for row in reader.ledger_rows(wanted_id)
    ]
