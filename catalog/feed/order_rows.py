"""The rows of an order file as text, each with its line: fast with polars, carefully where rows are odd."""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterator, Sequence
from pathlib import Path

import polars as pl

from catalog.feed.faults import Findings
from catalog.feed.files import name_undecodable

LINE = "line"
# Rows that the careful reader puts into one frame.
_CHUNK = 100_000
# One field of a row that lies on one line: without quotes, or quoted as a whole.
_FIELD = r'(?:[^",\r]*|"(?:[^"\r]|"")*")'


def read_header(name: str, path: Path, findings: Findings) -> list[str]:
    """The fields of the first row, as they stand there; none, with faults, where it is not UTF-8."""
    with path.open("rb") as lines:
        try:
            lines.readline().decode("utf-8")
        except UnicodeDecodeError:
            lines.seek(0)
            name_undecodable(name, lines, findings)
            return []
    with _text(path) as file:
        try:
            return next(csv.reader(file, strict=True), [])
        except csv.Error:
            return []


def read_rows(
    name: str, path: Path, header: Sequence[str], wanted: Container[str], findings: Findings, first_line: int = 2
) -> pl.DataFrame:
    """The `wanted` ones of the columns `header` as stripped text, and `line`, where a row begins.

    `first_line` is the line of the row after the header.
    Blank rows are left out. Faults: text that is not UTF-8, rows with a wrong number of fields, quotes that
    are not closed; the other rows are read all the same, so that their faults show, too.
    """
    try:
        if _regular(path, len(header)):
            return _kept(_scan(path, header, first_line), header, wanted)
    except pl.exceptions.PolarsError:
        with path.open("rb") as lines:
            name_undecodable(name, lines, findings)
    return _kept(_walk(name, path, header, findings, first_line), header, wanted)


def _regular(path: Path, columns: int) -> bool:
    """Whether each line of the file is one whole row. polars would pad a short one silently."""
    row = f"^(?:{','.join([_FIELD] * columns)}|)\r?$"
    fits = pl.scan_lines(path).select(pl.col("line").str.contains(row).all())
    return bool(fits.collect(engine="streaming").item())


def _scan(path: Path, header: Sequence[str], first_line: int) -> pl.LazyFrame:
    return pl.scan_csv(
        path, infer_schema=False, empty_string_is_null=False, new_columns=header, row_index_name=LINE,
        row_index_offset=first_line,
    )  # fmt: skip


def _kept(rows: pl.LazyFrame, header: Sequence[str], wanted: Container[str]) -> pl.DataFrame:
    columns = pl.col([column for column in header if column in wanted])
    filled = rows.filter(~pl.all_horizontal(pl.col(header).str.strip_chars() == ""))
    return filled.select(columns.str.strip_chars(), LINE).collect(engine="streaming")


def _walk(name: str, path: Path, header: Sequence[str], findings: Findings, first_line: int) -> pl.LazyFrame:
    """Row by row, as Python's csv module understands the file: quoted fields may run over several lines."""
    schema = dict.fromkeys(header, pl.String) | {LINE: pl.UInt32}
    frames = [pl.DataFrame(schema=schema)]
    chunk: list[tuple[str | int, ...]] = []
    for line, fields in _rows(name, path, len(header), findings, first_line - 2):
        chunk.append((*fields, line))
        if len(chunk) == _CHUNK:
            frames.append(pl.DataFrame(chunk, schema=schema, orient="row"))
            chunk = []
    frames.append(pl.DataFrame(chunk, schema=schema, orient="row"))
    return pl.concat(frames).lazy()


def _rows(name: str, path: Path, columns: int, findings: Findings, before: int) -> Iterator[tuple[int, list[str]]]:
    """(line, fields) of each row after the header that has as many fields. `before` is added to line numbers."""
    with _text(path) as file:
        reader = csv.reader(file, strict=True)
        header = True
        while True:
            line = reader.line_num + 1 + before
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                findings.fault(name, line, None, f"the row cannot be read: {error}", "close each quoted field")
                return
            if fields and not header and len(fields) != columns:
                message = f"the row has {len(fields)} fields, the header has {columns}"
                findings.fault(name, line, None, message, "quote fields that contain commas")
            elif fields and not header:
                yield line, fields
            header = False


def _text(path: Path) -> io.TextIOWrapper:
    return path.open(encoding="utf-8-sig", errors="replace", newline="")
