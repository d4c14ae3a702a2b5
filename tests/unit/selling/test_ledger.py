"""`on-the-record`, by itself: a record holds everything, decides the same again, and shows what was done to it."""

import hashlib
import json
from dataclasses import replace

import pytest

from actions.selling.decision import decide
from actions.selling.ledger import (
    CheckedRow,
    DecisionInputs,
    LedgerRow,
    OldRecord,
    checked,
    ledger_report,
    read_choice,
    read_inputs,
    rebuild,
    record_hash,
    write_record,
)
from tests.fakes.offer_facts import DEALS, NOW, SHEET, companion, rules, situation

INPUTS = DecisionInputs(situation(), (companion(), companion(SHEET)), rules(bundles=DEALS))
CHOICE = decide(INPUTS.situation, INPUTS.candidates, INPUTS.rules)
RECORD = write_record(INPUTS, CHOICE)
NEAT = {"separators": (",", ":"), "ensure_ascii": False}


def row(record: str = RECORD, known_hash: str | None = None) -> LedgerRow:
    return LedgerRow(
        *("d-1", "c1", NOW, "after_add", "pitch", "fits_cart", "o-1", record),
        record_hash(record) if known_hash is None else known_hash,
    )


def changed(**values) -> str:
    """The record with some of its top fields otherwise."""
    return json.dumps({**json.loads(RECORD), **values}, **NEAT)


def test_a_record_is_json_with_its_format_first():
    assert RECORD.startswith('{"format":2,"inputs":{"situation":{"moment":"after_add",')
    assert list(json.loads(RECORD)) == ["format", "inputs", "choice"]
    assert json.dumps(json.loads(RECORD), **NEAT) == RECORD


def test_it_gives_back_what_was_written():
    assert read_inputs(RECORD) == INPUTS
    assert read_choice(RECORD) == CHOICE


def test_it_decides_the_same_again():
    assert rebuild(RECORD) == RECORD


def test_its_hash_is_sha_256():
    assert record_hash("£") == hashlib.sha256("£".encode()).hexdigest()


def test_a_record_of_an_older_format_is_told_apart():
    with pytest.raises(OldRecord, match=r"^written in an older format than 2; the version of its day can rebuild it$"):
        read_inputs(changed(format=1))
    with pytest.raises(OldRecord):
        read_choice(json.dumps({"choice": {}}))


def test_a_record_may_be_written_with_spaces():
    assert read_inputs(json.dumps(json.loads(RECORD), indent=1)) == INPUTS


def test_what_is_no_record_is_an_error():
    with pytest.raises(ValueError, match="Expecting value"):
        read_inputs("nothing of the kind")
    with pytest.raises(ValueError, match="inputs"):
        read_inputs('{"format":2,"choice":{}}')


def test_a_row_as_it_was_written_is_found_to_be_so():
    assert checked(row()) == CheckedRow(row(), True, True, json.loads(RECORD), "")


def test_a_row_with_another_hash_was_touched_though_it_decides_the_same():
    assert checked(row(known_hash="0" * 64)) == CheckedRow(row(known_hash="0" * 64), False, True, json.loads(RECORD))


def test_a_row_whose_choice_does_not_follow_is_found_out_though_its_hash_is_right():
    choice = {**json.loads(RECORD)["choice"], "reason": "asked_for"}
    found = checked(row(changed(choice=choice)))
    assert (found.untouched, found.rebuilt, found.fault) == (True, False, "deciding anew gives another result")


def test_a_row_that_cannot_be_read_says_why():
    found = checked(row(changed(format=1)))
    assert (found.untouched, found.rebuilt, found.fault[:27]) == (True, False, "written in an older format ")
    broken = checked(row('{"format":2}'))
    assert (broken.rebuilt, "inputs" in broken.fault) == (False, True)


class Shelf:
    """A ledger with two rows."""

    def ledger_rows(self, wanted_id: str) -> list[LedgerRow]:
        return [row(), replace(row(), id="d-2")] if wanted_id == "c1" else []


def test_every_row_that_was_asked_for_is_checked():
    assert [(one.row.id, one.rebuilt) for one in ledger_report(Shelf(), "c1")] == [("d-1", True), ("d-2", True)]
    assert ledger_report(Shelf(), "c2") == []
