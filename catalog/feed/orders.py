"""The shop's past orders, read fast with polars; the slow, exact way is taken only to name faulty lines."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from catalog.feed.faults import Findings
from catalog.feed.files import read_text

_REQUIRED = ("order_id", "product_id")
_KEPT = ("order_id", "product_id", "customer_id", "timestamp")
_KNOWN = (*_REQUIRED, "timestamp", "customer_id", "quantity", "unit_price")


@dataclass(frozen=True)
class OrderLines:
    """Order lines as a frame of text columns order_id, product_id, customer_id, timestamp (missing ones are
    empty), without cancellations. `unknown_lines` counts lines whose product the shop no longer sells: they
    are left out of `frame`."""

    frame: pl.DataFrame
    unknown_lines: int = 0


def read_orders(path: Path, known_ids: frozenset[str] | None, findings: Findings) -> OrderLines:
    """Read `orders.csv`, plain or gzip. With `known_ids` None, lines of any product are kept.

    Faults: missing columns, rows with a wrong number of fields, an empty order_id or product_id, a quantity
    that is no number. A quantity of zero or less (a return) is left out.
    """
    nothing = OrderLines(
        pl.DataFrame(schema=dict.fromkeys(("order_id", "product_id", "customer_id", "timestamp"), pl.String))
    )
    text = read_text(path, findings)
    if not text:
        return nothing
    header = [_order_column(name) for name in next(csv.reader(io.StringIO(text)))]
    missing = [name for name in _REQUIRED if name not in header]
    for name in missing:
        findings.fault(path.name, 1, name, f"there is no column {name!r}", f"known here: {', '.join(_KNOWN)}")
    if missing:
        return nothing
    frame = _fast(text, header)
    if frame is None or _faulty(frame):
        _name_faults(path.name, text, header, findings)
        return nothing
    return _select(frame, known_ids, path.name, findings)


def _order_column(raw: str) -> str:
    # In an order file "id" is never the product's, so the product feed's aliases do not apply.
    name = raw.strip().lower().replace(" ", "_")
    return "product_id" if name in ("sku", "item_id") else name


def _fast(text: str, header: list[str]) -> pl.DataFrame | None:
    """The whole file as text columns; None when a row does not fit the header."""
    if len(set(header)) < len(header):
        return None
    try:
        # polars pads a short row silently, so the shape is checked first.
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        if any(len(fields) not in (0, len(header)) for fields in rows):
            return None
        frame = pl.read_csv(io.BytesIO(text.encode()), infer_schema=False, empty_string_is_null=False)
    except (csv.Error, pl.exceptions.ComputeError, pl.exceptions.NoDataError, pl.exceptions.ShapeError):
        return None
    frame = frame.rename(dict(zip(frame.columns, header, strict=True)))
    return frame.filter(~pl.all_horizontal(pl.all() == ""))


def _faulty(frame: pl.DataFrame) -> bool:
    empty = any((frame[name].str.strip_chars() == "").any() for name in _REQUIRED)
    return empty or ("quantity" in frame.columns and _quantities(frame).null_count() > 0)


def _quantities(frame: pl.DataFrame) -> pl.Series:
    text = frame["quantity"].str.strip_chars()
    return text.replace("", "1").cast(pl.Float64, strict=False)


def _select(frame: pl.DataFrame, known_ids: frozenset[str] | None, name: str, findings: Findings) -> OrderLines:
    if "quantity" in frame.columns:
        frame = frame.filter(_quantities(frame) > 0)
    for column in ("customer_id", "timestamp"):
        if column not in frame.columns:
            frame = frame.with_columns(pl.lit("").alias(column))
    frame = frame.select(pl.col("order_id", "product_id", "customer_id", "timestamp").str.strip_chars())
    if known_ids is None:
        return OrderLines(frame)
    known = frame.filter(pl.col("product_id").is_in(sorted(known_ids)))
    unknown = len(frame) - len(known)
    if unknown:
        message = f"{unknown} lines name products that are not in the feed; they are not counted"
        findings.warn(name, None, "product_id", message)
    return OrderLines(known, unknown)


def _name_faults(name: str, text: str, header: list[str], findings: Findings) -> None:
    """Go through the file row by row and say what is wrong where."""
    duplicated = sorted({column for column in header if header.count(column) > 1})
    for column in duplicated:
        findings.fault(name, 1, column, f"the header names {column!r} twice", "each column needs its own name")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    next(reader)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            findings.fault(name, line, None, f"the row cannot be read: {error}", "close each quoted field")
            break
        if fields:
            _check_row(name, line, dict(zip(header, fields, strict=False)), len(fields) - len(header), findings)
    if not findings.found:
        findings.fault(name, None, None, "the orders cannot be read", "export them as plain comma-separated text")


def _check_row(name: str, line: int, row: dict[str, str], surplus: int, findings: Findings) -> None:
    if surplus:
        count = len(row) + max(surplus, 0)
        message = f"the row has {count} fields, the header has {count - surplus}"
        findings.fault(name, line, None, message, "quote fields that contain commas")
        return
    for column in _REQUIRED:
        if not row[column].strip():
            findings.fault(name, line, column, f"the {column} is missing", "fill it in or drop the row")
    quantity = row.get("quantity", "").strip()
    try:
        float(quantity or 1)
    except ValueError:
        findings.fault(name, line, "quantity", f"{quantity!r} is no number", "write it like 3")
