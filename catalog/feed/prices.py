"""`prices.csv`: what each product costs from when until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

from catalog.domain.prices import PriceEntry
from catalog.feed.amounts import read_amount
from catalog.feed.faults import Findings, nearest
from catalog.feed.files import read_text
from catalog.feed.moments import MOMENT_MEND, moment
from catalog.feed.rows import delimited_rows

# `product_id` is read as `id`, as in products.csv.
_REQUIRED = ("id", "price", "valid_from")
_COLUMNS = (*_REQUIRED, "sale_price", "valid_until")
_Complain = Callable[[str, str, str], None]


def read_price_list(
    path: Path, known_ids: Container[str], currency: str, zone: tzinfo, findings: Findings
) -> Mapping[str, tuple[PriceEntry, ...]]:
    """The entries of each product, in order of time. Moments without a zone are by the clocks of `zone`.

    An entry without `valid_until` holds until the product's next one. Entries that overlap are a fault; rows of
    products that the shop does not have are left out with a warning.
    """
    text = read_text(path, findings)
    rows = list(delimited_rows(path.name, text, ",", findings)) if text else []
    if not rows or not _columns_fit(path.name, set(rows[0][1]), findings):
        return {}
    reader = _EntryReader(path.name, currency, zone, findings)
    found: dict[str, list[tuple[int, PriceEntry]]] = defaultdict(list)
    for line, row in rows:
        product_id = row["id"].strip()
        if product_id and product_id not in known_ids:
            message = f"there is no product {product_id!r}; the row is not used"
            findings.warn(path.name, line, "product_id", message)
            continue
        entry = reader.read(line, row)
        if entry is not None:
            found[product_id].append((line, entry))
    return {product_id: _in_order(path.name, entries, findings) for product_id, entries in found.items()}


def _columns_fit(name: str, columns: set[str], findings: Findings) -> bool:
    missing = [column for column in _REQUIRED if column not in columns]
    unknown = sorted(columns.difference(_COLUMNS, [""]))
    for column in missing:
        shown = "product_id" if column == "id" else column
        mend = nearest(shown, columns).replace("did you mean", "is it")
        findings.fault(name, 1, shown, f"there is no column {shown!r}", mend)
    for column in unknown:
        findings.fault(name, 1, column, "is not a known column", nearest(column, _COLUMNS))
    return not missing and not unknown


class _EntryReader:
    """Reads one row after the other."""

    def __init__(self, file: str, currency: str, zone: tzinfo, findings: Findings) -> None:
        self._file, self._currency, self._zone, self._findings = file, currency, zone, findings

    def read(self, line: int, row: Mapping[str, str]) -> PriceEntry | None:
        """The entry of one row, or None when the row has a fault."""

        def complain(field: str, message: str, mend: str) -> None:
            self._findings.fault(self._file, line, field, message, mend)

        told = self._findings.told
        values = {name: value.strip() for name, value in row.items()}
        if not values["id"]:
            complain("product_id", "the product_id is missing", "each row needs the id of a product")
        price = read_amount("price", values["price"], self._currency, complain)
        if not values["price"]:
            complain("price", "the price is missing", f"write it like 12.50 {self._currency}")
        elif price is not None and not price:
            complain("price", "the price is zero", "leave the row out until there is a price")
        sale = read_amount("sale_price", values.get("sale_price", ""), self._currency, complain)
        since = self._moment("valid_from", values["valid_from"], complain)
        if not values["valid_from"]:
            complain("valid_from", "the valid_from is missing", MOMENT_MEND)
        until = self._moment("valid_until", values.get("valid_until", ""), complain, end=True)
        if since is not None and until is not None and until <= since:
            complain("valid_until", "the price ends before it begins", "swap the two, or drop the row")
        if self._findings.told > told or price is None or since is None:
            return None
        if sale is not None and sale > price:
            message = f"the sale price {sale} is above the price {price}; it is not used"
            self._findings.warn(self._file, line, "sale_price", message)
        return PriceEntry(price, sale, since, until)

    def _moment(self, field: str, text: str, complain: _Complain, *, end: bool = False) -> datetime | None:
        try:
            return moment(text, self._zone, end=end) if text else None
        except ValueError as error:
            complain(field, str(error), MOMENT_MEND)
            return None


def _in_order(file: str, entries: list[tuple[int, PriceEntry]], findings: Findings) -> tuple[PriceEntry, ...]:
    """One product's entries by time, each open one ended by the next; a fault where two hold at once."""
    entries.sort(key=lambda found: found[1].valid_from)
    ordered: list[PriceEntry] = []
    for place, (line, entry) in enumerate(entries):
        if place + 1 < len(entries):
            other, after = entries[place + 1]
            if entry.valid_until is None and entry.valid_from < after.valid_from:
                entry = replace(entry, valid_until=after.valid_from)
            elif entry.valid_until is None or entry.valid_until > after.valid_from:
                message = f"holds at the same time as the price in line {min(line, other)}"
                mend = "end the one before the other begins"
                findings.fault(file, max(line, other), "valid_from", message, mend)
        ordered.append(entry)
    return tuple(ordered)
