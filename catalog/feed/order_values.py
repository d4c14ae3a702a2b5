"""What the fields of order lines say: numbers and times, each fault named by its line."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from catalog.feed.faults import MOST_FAULTS, Findings
from catalog.feed.order_rows import LINE

# Times of orders, in UTC.
TIME = pl.Datetime("us", "UTC")
_NUMBER_MEND = "write it like 3"
_TIME_MEND = "write it like 2026-03-02T10:30:00Z, or 2026-03-02"


def number(column: str) -> pl.Expr:
    """The column's text as a number; null where it is none."""
    value = pl.col(column).cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def quantity() -> pl.Expr:
    """How many were bought: one where nothing is said, null where it is no number."""
    return pl.when(pl.col("quantity") == "").then(1.0).otherwise(number("quantity"))


def times(texts: pl.Series) -> pl.Series:
    """Text -> UTC time; null where it is none. Times without a zone are taken as UTC.

    ISO 8601 as Python reads it: a date, or a date and a time with or without seconds, fraction and zone.
    """
    distinct = texts.unique()
    values = pl.Series([_time(text) for text in distinct.to_list()], dtype=TIME)
    return texts.replace_strict(distinct, values, return_dtype=TIME)


def _time(text: str) -> datetime | None:
    try:
        value = datetime.fromisoformat(text)
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def value_faults(name: str, rows: pl.DataFrame, parsed: pl.DataFrame, findings: Findings) -> bool:
    """Name what is missing or no value, in line order; whether there was anything.

    `rows` are the texts, `parsed` the checked columns among them as values, null where a text is none.
    """
    found = [_missing(rows, column) for column in ("order_id", "product_id")]
    for column, what, mend in (
        ("timestamp", "time", _TIME_MEND),
        ("quantity", "number", _NUMBER_MEND),
        ("unit_price", "number", _NUMBER_MEND.replace("3", "3.50")),
    ):
        if column in parsed.columns:
            found.append(_no_value(rows, parsed[column], column, what, mend))
    faults = pl.concat(found).sort(LINE, maintain_order=True)
    for line, column, message, mend in faults.head(MOST_FAULTS).iter_rows():
        findings.fault(name, line, column, message, mend)
    findings.count_more(max(0, len(faults) - MOST_FAULTS))
    return len(faults) > 0


def _missing(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    message = f"the {column} is missing"
    return _faults(rows.filter(pl.col(column) == ""), column, pl.lit(message), "fill it in or drop the row")


def _no_value(rows: pl.DataFrame, values: pl.Series, column: str, what: str, mend: str) -> pl.DataFrame:
    faulty = rows.filter(values.is_null() & (rows[column] != ""))
    return _faults(faulty, column, pl.format(f"'{{}}' is no {what}", pl.col(column)), mend)


def _faults(rows: pl.DataFrame, column: str, message: pl.Expr, mend: str) -> pl.DataFrame:
    texts = (pl.lit(column).alias("field"), message.alias("message"), pl.lit(mend).alias("mend"))
    return rows.select(pl.col(LINE).cast(pl.Int64), *texts)
