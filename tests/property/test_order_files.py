"""However a shop's orders are quoted and broken into lines, they are read as Python's csv module reads them."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from catalog.feed.faults import Findings
from catalog.feed.orders import read_orders

IDS = st.text(alphabet='AB1é ,"\n\t;', min_size=1, max_size=6).filter(lambda text: text.strip())
ROWS = st.lists(st.tuples(IDS, IDS, st.text(alphabet='xy,"\n', max_size=4)), min_size=1, max_size=12)


@given(rows=ROWS, quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), ending=st.sampled_from(["\n", "\r\n"]))
def test_rows_are_those_that_were_written(rows: list[tuple[str, str, str]], quoting: int, ending: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=quoting, lineterminator=ending)  # type: ignore[arg-type]
    writer.writerows([("order_id", "product_id", "customer_id"), *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.csv"
        path.write_bytes(text.getvalue().encode())
        findings = Findings()
        frame = read_orders(path, None, findings).frame
        findings.raise_any()
    read = frame.select("order_id", "product_id", "customer_id").rows()
    assert read == [tuple(field.strip() for field in row) for row in rows]


@given(text=st.text(alphabet='1A,"\n\r ', max_size=40))
def test_any_text_is_read_whole_or_refused(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.csv"
        path.write_bytes(("order_id,product_id\n" + text).encode())
        findings = Findings()
        frame = read_orders(path, None, findings).frame
    expected = careful(text)
    faulty = expected is None or not all(all(row) for row in expected)
    assert findings.found == faulty
    assert frame.select("order_id", "product_id").rows() == ([] if faulty else expected)


def careful(text: str) -> list[tuple[str, ...]] | None:
    """The rows by Python's csv module; None where a row is torn or has not two fields."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None
    if any(len(row) not in (0, 2) for row in rows):
        return None
    stripped = [tuple(field.strip() for field in row) for row in rows if row]
    return [row for row in stripped if any(row)]
