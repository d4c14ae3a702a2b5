"""Rows of a CSV, TSV or XML product file as (line, {column: text})."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from catalog.feed.faults import Findings

Row = tuple[int, dict[str, str]]

# Names that feeds use for Google's fields.
_ALIASES = {
    "product_id": "id",
    "sku": "id",
    "name": "title",
    "category": "product_type",
    "colour": "color",
    "image": "image_link",
    "cost": "cost_of_goods_sold",
}


def column_name(raw: str) -> str:
    """A column's name as the project knows it: lower case, underscores, no "g:", aliases settled."""
    name = re.sub(r"[\s\-]+", "_", raw.strip().lower().removeprefix("g:"))
    return _ALIASES.get(name, name)


def delimited_rows(name: str, text: str, delimiter: str, findings: Findings) -> Iterator[Row]:
    """Rows of a delimited file. `line` is where the row begins, though a quoted field may run over several.

    Faults: a header that names a column twice or not at all, a row with too few or too many fields, a quote
    that is never closed.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            mend = 'double a quote inside a field ("") and close each quoted field'
            findings.fault(name, line, None, f"the row cannot be read: {error}", mend)
            return
        if not any(field.strip() for field in fields):
            continue
        if not header:
            header = _header(name, line, fields, findings)
            continue
        if len(fields) != len(header):
            message = f"the row has {len(fields)} fields, the header has {len(header)}"
            findings.fault(name, line, None, message, f"quote fields that contain {delimiter!r}")
            continue
        yield line, dict(zip(header, fields, strict=True))


def _header(name: str, line: int, fields: list[str], findings: Findings) -> list[str]:
    header = [column_name(field) for field in fields]
    for column in sorted({column for column in header if header.count(column) > 1}):
        what = f"the header names {column!r} twice" if column else "the header has columns without a name"
        findings.fault(name, line, column or None, what, "each column needs a name of its own")
    return header
