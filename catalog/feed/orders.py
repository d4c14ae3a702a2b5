"""The shop's past orders, read and checked as a whole with polars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from catalog.feed.faults import Findings
from catalog.feed.files import plain_file
from catalog.feed.order_rows import LINE, read_header, read_rows
from catalog.feed.order_values import TIME, number, quantity, times, value_faults

_REQUIRED = ("order_id", "product_id")
_KNOWN = (*_REQUIRED, "timestamp", "customer_id", "quantity", "unit_price")
COLUMNS = {
    "order_id": pl.String(),
    "product_id": pl.String(),
    "customer_id": pl.String(),
    "timestamp": TIME,
    "quantity": pl.Float64(),
    "unit_price": pl.Float64(),
    "place": pl.UInt32(),
}


@dataclass(frozen=True)
class OrderLines:
    """Order lines, in the file's order and without cancellations.

    Columns of `frame`: order_id, product_id, customer_id (text, empty where unknown), timestamp (UTC, null
    where unknown), quantity (above 0), unit_price (as written, for comparing and never for sums; null where it
    is no number) and place (of the line among all lines of its order, from 0). `unknown_lines` counts lines
    whose product the shop no longer sells: they are left out.
    """

    frame: pl.DataFrame
    unknown_lines: int = 0


def read_orders(
    path: Path, known_ids: frozenset[str] | None, findings: Findings, *, need_prices: bool = False
) -> OrderLines:
    """Read `orders.csv`, plain or gzip. With `known_ids` None, lines of any product are kept.

    Faults: missing columns, rows with a wrong number of fields, an empty order_id or product_id, a quantity
    that is no number, a timestamp that is no ISO 8601 time and, with `need_prices`, a unit_price that is no
    number. A quantity of zero or less (a return) is left out.
    """
    with plain_file(path, findings) as plain:
        return no_lines() if plain is None else read_plain(path.name, plain, known_ids, findings, need_prices)


def no_lines() -> OrderLines:
    """No order at all."""
    return OrderLines(pl.DataFrame(schema=COLUMNS))


def read_plain(
    name: str,
    plain: Path,
    known_ids: frozenset[str] | None,
    findings: Findings,
    need_prices: bool = False,
    first_line: int = 2,
) -> OrderLines:
    """As `read_orders`, from an unpacked file that faults call `name`; its second row stands in `first_line`."""
    before = findings.told
    header = [_order_column(column) for column in read_header(name, plain, findings)]
    if findings.told > before or not _header_is_good(name, header, findings):
        return no_lines()
    rows = read_rows(name, plain, header, COLUMNS, findings, first_line)
    parsed = _parsed(rows, need_prices)
    if value_faults(name, rows, parsed, findings) or findings.told > before:
        return no_lines()
    return _select(_typed(rows, parsed), known_ids, name, findings)


def _order_column(raw: str) -> str:
    # In an order file "id" is never the product's, so the product feed's aliases do not apply.
    name = raw.strip().lower().replace(" ", "_")
    return "product_id" if name in ("sku", "item_id") else name


def _header_is_good(name: str, header: Sequence[str], findings: Findings) -> bool:
    missing = [column for column in _REQUIRED if column not in header]
    for column in missing:
        findings.fault(name, 1, column, f"there is no column {column!r}", f"known here: {', '.join(_KNOWN)}")
    twice = sorted({column for column in header if header.count(column) > 1})
    for column in twice:
        what = f"the header names {column!r} twice" if column else "the header has columns without a name"
        findings.fault(name, 1, column or None, what, "each column needs its own name")
    return not missing and not twice


def _parsed(rows: pl.DataFrame, need_prices: bool) -> pl.DataFrame:
    """The columns whose text must be a value, as values."""
    columns = []
    if "timestamp" in rows.columns:
        columns.append(times(rows["timestamp"]).alias("timestamp"))
    if "quantity" in rows.columns:
        columns.append(rows.select(quantity().alias("quantity")).to_series())
    if need_prices and "unit_price" in rows.columns:
        columns.append(rows.select(number("unit_price").alias("unit_price")).to_series())
    return pl.DataFrame(columns)


def _typed(rows: pl.DataFrame, parsed: pl.DataFrame) -> pl.DataFrame:
    """All of `COLUMNS`, with what stands for unknown where the file lacks one."""
    if "unit_price" in rows.columns and "unit_price" not in parsed.columns:
        parsed = parsed.with_columns(rows.select(number("unit_price").alias("unit_price")).to_series())
    unknown = {"customer_id": "", "timestamp": None, "quantity": 1.0, "unit_price": None}
    frame = rows.drop(LINE, *parsed.columns).hstack(parsed) if parsed.columns else rows.drop(LINE)
    lacking = [pl.lit(value, COLUMNS[name]).alias(name) for name, value in unknown.items() if name not in frame.columns]
    place = pl.int_range(pl.len(), dtype=pl.UInt32).over("order_id").alias("place")
    return frame.with_columns(*lacking, place).select(*COLUMNS)


def _select(frame: pl.DataFrame, known_ids: frozenset[str] | None, name: str, findings: Findings) -> OrderLines:
    frame = frame.filter(pl.col("quantity") > 0)
    if known_ids is None:
        return OrderLines(frame)
    known = frame.filter(pl.col("product_id").is_in(sorted(known_ids)))
    unknown = len(frame) - len(known)
    if unknown:
        message = f"{unknown} lines name products that are not in the feed; they are not counted"
        findings.warn(name, None, "product_id", message)
    return OrderLines(known, unknown)
