"""orders.csv: read as it stands or refused with file, line, field and mend; what was appended is read alone."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.domain.errors import Fault, FeedFaults
from catalog.feed.faults import MOST_FAULTS, Findings
from catalog.feed.order_marks import NewLines, OrdersMark, read_new_orders
from catalog.feed.orders import OrderLines, read_orders

HEADER = "order_id,timestamp,customer_id,product_id,quantity,unit_price\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "orders.csv"


def read(file: Path, text: str | bytes, **options: bool) -> OrderLines:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    findings = Findings()
    lines = read_orders(file, None, findings, **options)
    findings.raise_any()
    return lines


def faults(file: Path, text: str | bytes, **options: bool) -> list[Fault]:
    with pytest.raises(FeedFaults) as caught:
        read(file, text, **options)
    return list(caught.value.faults)


def test_every_column_comes_as_a_value(file: Path) -> None:
    (row,) = read(file, HEADER + " 7 ,2026-01-02T10:00:00Z, C1,A,3,2.50\n").frame.rows()
    assert row == ("7", "A", "C1", datetime(2026, 1, 2, 10, tzinfo=UTC), 3.0, 2.5, 0)


def test_what_a_short_file_does_not_say_is_unknown(file: Path) -> None:
    frame = read(file, "order_id,sku\n1,A\n1,B\n2,A\n").frame
    assert frame.rows() == [
        ("1", "A", "", None, 1.0, None, 0),
        ("1", "B", "", None, 1.0, None, 1),
        ("2", "A", "", None, 1.0, None, 0),
    ]


def test_a_line_keeps_its_place_in_the_order_though_a_return_before_it_is_left_out(file: Path) -> None:
    rows = "1,,C,A,1,1\n2,,C,A,1,1\n1,,C,B,-1,1\n1,,C,C,2,1\n"
    frame = read(file, HEADER + rows).frame
    assert frame.select("order_id", "product_id", "place").rows() == [("1", "A", 0), ("2", "A", 0), ("1", "C", 2)]


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-03-02T12:00:00Z", NOON),
        ("2026-03-02T12:00:00", NOON),
        ("2026-03-02 12:00", NOON),
        ("2026-03-02T14:00+02:00", NOON),
        ("2026-03-02T12:00:00.250Z", NOON.replace(microsecond=250_000)),
        ("2026-03-02", NOON.replace(hour=0)),
        ("", None),
    ],
)
def test_times_of_iso_8601_are_understood(file: Path, text: str, time: datetime | None) -> None:
    assert read(file, HEADER + f"1,{text},C,A,1,1\n").frame["timestamp"].to_list() == [time]


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("1,02/03/2026 12:00,C,A,1,1", "timestamp", "'02/03/2026 12:00' is no time"),
        ("1,2026-02-30,C,A,1,1", "timestamp", "'2026-02-30' is no time"),
        ("1,0001-01-01T00:00+05:00,C,A,1,1", "timestamp", "is no time"),
        ("1,,C,A,1_000,1", "quantity", "'1_000' is no number"),
        ("1,,C,A,nan,1", "quantity", "'nan' is no number"),
        (",,C,A,1,1", "order_id", "order_id is missing"),
        ("1,,C,  ,1,1", "product_id", "product_id is missing"),
        ("1,,C,A,1", None, "5 fields, the header has 6"),
        ('1,,"C,A,1,1', None, "cannot be read"),
        ('1,,"C"x,A,1,1', None, "cannot be read"),
    ],
)
def test_a_bad_line_is_named_with_field_and_mend(file: Path, row: str, field: str | None, says: str) -> None:
    (fault,) = faults(file, HEADER + f"1,,C,A,1,1\n\n{row}\n")
    assert (fault.file, fault.line, fault.field) == ("orders.csv", 4, field)
    assert says in fault.message
    assert fault.mend


def test_a_price_that_is_no_number_matters_only_to_who_needs_prices(file: Path) -> None:
    text = HEADER + "1,,C,A,1,free\n"
    assert read(file, text).frame["unit_price"].to_list() == [None]
    (fault,) = faults(file, text, need_prices=True)
    assert (fault.line, fault.field) == (2, "unit_price")


def test_faults_of_shape_and_of_value_are_told_together_in_line_order(file: Path) -> None:
    found = faults(file, HEADER + "1,never,C,A,1,1\n1,,C\n1,,C,A,some,1\n1,,C,A,1,1\n")
    assert [(fault.line, fault.field) for fault in found] == [(2, "timestamp"), (3, None), (4, "quantity")]


def test_each_line_that_is_not_utf_8_is_named_beside_other_faults(file: Path) -> None:
    text = HEADER.encode() + b"1,,Andr\xe9,A,1,1\n1,,C,A,x,1\n"
    assert [(fault.line, fault.field) for fault in faults(file, text)] == [(2, None), (3, "quantity")]


def test_a_file_of_utf_16_is_named_as_that(file: Path) -> None:
    assert "UTF-16" in faults(file, (HEADER + "1,,C,A,1,1\n").encode("utf-16"))[0].message


def test_the_first_hundred_faults_are_told_and_the_rest_counted(file: Path) -> None:
    found = faults(file, HEADER + "1,,C,A,x,1\n" * 130)
    assert [fault.line for fault in found[:MOST_FAULTS]] == list(range(2, MOST_FAULTS + 2))
    assert "and 30 more" in str(found[-1])


def test_quoted_line_breaks_do_not_shift_the_lines_of_faults(file: Path) -> None:
    text = HEADER + '1,,"C\nD",A,1,1\n2,,"Smith, ""Al""",B,1,1\n'
    assert read(file, text).frame["customer_id"].to_list() == ["C\nD", 'Smith, "Al"']
    assert [fault.line for fault in faults(file, text + "3,,C,A,x,1\n")] == [5]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_all_line_endings_byte_order_mark_and_gzip_are_understood(file: Path, ending: str) -> None:
    text = ("\ufeff" + HEADER + "1,,C,A,1,1\n,,,,,\n2,,C,B,1,1").replace("\n", ending)
    assert read(file, gzip.compress(text.encode())).frame["product_id"].to_list() == ["A", "B"]


@pytest.mark.parametrize("text", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_fault(file: Path, text: bytes) -> None:
    assert "empty" in faults(file, text)[0].message


def test_a_torn_archive_is_a_fault(file: Path) -> None:
    assert "cannot be read" in faults(file, gzip.compress(HEADER.encode() * 50)[:-9])[0].message


def test_a_header_alone_is_an_empty_history(file: Path) -> None:
    assert len(read(file, HEADER).frame) == 0


def test_a_header_that_names_a_column_twice_is_a_fault(file: Path) -> None:
    assert faults(file, "order_id,product_id,product_id\n1,A,B\n")[0].field == "product_id"


def read_new(file: Path, text: str | bytes, mark: OrdersMark | None) -> NewLines:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    findings = Findings()
    new = read_new_orders(file, None, mark, findings)
    findings.raise_any()
    return new


FIRST, SECOND = HEADER + "1,,C,A,1,1\n", "2,,C,B,1,1\n"


def test_after_a_mark_only_appended_lines_are_read(file: Path) -> None:
    first = read_new(file, FIRST, None)
    second = read_new(file, FIRST + SECOND, first.mark)
    assert (first.resumed, second.resumed) == (False, True)
    assert second.lines.frame["product_id"].to_list() == ["B"]
    assert len(read_new(file, gzip.compress((FIRST + SECOND).encode()), second.mark).lines.frame) == 0


def test_a_file_that_changed_before_the_mark_is_read_whole(file: Path) -> None:
    mark = read_new(file, FIRST, None).mark
    for changed in (FIRST.replace("A", "Z") + SECOND, HEADER + SECOND, HEADER):
        assert not read_new(file, changed, mark).resumed


def test_nothing_resumes_after_a_line_that_is_not_finished(file: Path) -> None:
    assert read_new(file, FIRST.rstrip("\n"), None).mark is None


def test_faults_in_appended_lines_name_their_line_in_the_whole_file(file: Path) -> None:
    mark = read_new(file, FIRST, None).mark
    with pytest.raises(FeedFaults, match=r"orders.csv:4 \[quantity\]"):
        read_new(file, FIRST + SECOND + "3,,C,A,x,1\n", mark)
    with pytest.raises(FeedFaults, match=r"orders.csv:3: the row has 1 fields"):
        read_new(file, FIRST + "3\n", mark)
