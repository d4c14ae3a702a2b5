"""Rows of a product feed as `Product` values, with a fault for each thing that cannot be trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from catalog.domain.money import Money
from catalog.domain.product import Availability, Product
from catalog.domain.tax import RATE_ATTRIBUTE, parse_rate
from catalog.feed.amounts import read_amount
from catalog.feed.faults import Findings, nearest
from catalog.feed.files import read_text
from catalog.feed.moments import SPAN_MEND, span
from catalog.feed.rows import Row, delimited_rows
from catalog.feed.rss import xml_rows
from catalog.feed.text import plain

_REQUIRED = ("id", "title", "price")
_OTHER_AMOUNTS = ("sale_price", "cost_of_goods_sold", "auto_pricing_min_price")
_TEXTS = ("description", "item_group_id", "brand", "color", "size", "material", "product_type", "image_link")
_SALE_WINDOW = "sale_price_effective_date"
_OWN_FIELDS = frozenset((*_REQUIRED, *_OTHER_AMOUNTS, *_TEXTS, "availability", _SALE_WINDOW))
_AVAILABILITY = {value.value: value for value in Availability} | {
    "instock": Availability.IN_STOCK,
    "outofstock": Availability.OUT_OF_STOCK,
    "pre_order": Availability.PREORDER,
    "back_order": Availability.BACKORDER,
}
_LONGEST_ID = 100


def read_products(
    path: Path, currency: str | None, findings: Findings, *, allow_free: bool = False, zone: tzinfo = UTC
) -> tuple[list[Product], str]:
    """All products of a feed, in file order, and the currency they are in.

    `currency` is the shop's; with None the first amount that names one decides, else GBP. Moments without a
    zone are by the clocks of `zone`. Never raises for bad content: everything wrong goes into `findings`, a price of
    zero too unless `allow_free`.
    """
    text = read_text(path, findings)
    if not text:
        return [], currency or "GBP"
    rows = list(_rows(path, text, findings))
    if not rows:
        if not findings.found:
            findings.fault(path.name, None, None, "there are no products", "write one row for each product")
        return [], currency or "GBP"
    currency = currency or _first_currency(rows) or "GBP"
    missing = [name for name in _REQUIRED if not any(name in row for _, row in rows)]
    for name in missing:
        columns = {column for _, row in rows for column in row}
        mend = nearest(name, columns).replace("did you mean", "is it")
        findings.fault(path.name, 1, name, f"there is no column {name!r}", mend)
    if missing:
        return [], currency
    reader = _ProductReader(path.name, currency, findings, allow_free, zone)
    return [product for line, row in rows if (product := reader.read(line, row)) is not None], currency


def _rows(path: Path, text: str, findings: Findings) -> Iterable[Row]:
    name = path.name.removesuffix(".gz")
    if name.endswith(".xml"):
        return xml_rows(path.name, text, findings)
    return delimited_rows(path.name, text, "\t" if name.endswith(".tsv") else ",", findings)


def _first_currency(rows: list[Row]) -> str | None:
    for _, row in rows:
        named = row.get("price", "").strip()[-3:]
        if named.isascii() and named.isalpha() and named.isupper():
            return named
    return None


class _ProductReader:
    """Reads one row after the other and remembers the ids seen."""

    def __init__(self, file: str, currency: str, findings: Findings, allow_free: bool, zone: tzinfo) -> None:
        self._file, self._currency, self._findings, self._allow_free = file, currency, findings, allow_free
        self._zone = zone
        self._line_of: dict[str, int] = {}

    def read(self, line: int, row: dict[str, str]) -> Product | None:
        """The product of one row, or None when the row has a fault."""
        values = {name: plain(value) for name, value in row.items() if value}
        complain = self._complainer(line)
        faultless = self._check_id(line, values.get("id", ""), complain)
        if not values.get("title"):
            faultless = complain("title", "the title is missing", "each product needs a title")
        price = self._price(values.get("price", ""), complain)
        amounts = {name: read_amount(name, values.get(name, ""), self._currency, complain) for name in _OTHER_AMOUNTS}
        availability = self._availability(values, complain)
        window = self._sale_window(values.get(_SALE_WINDOW, ""), complain)
        self._check_tax_rate(values.get(RATE_ATTRIBUTE, ""), complain)
        if not faultless or price is None or availability is None:
            return None
        self._check_amounts(line, price, amounts)
        if window[0] is not None and amounts["sale_price"] is None:
            self._findings.warn(self._file, line, _SALE_WINDOW, "there is no sale price for it; it is not used")
            window = (None, None)
        return Product(
            id=values["id"],
            title=values["title"],
            price=price,
            availability=availability,
            attributes={name: value for name, value in values.items() if name not in _OWN_FIELDS},
            description=values.get("description", ""),
            group_id=values.get("item_group_id", ""),
            brand=values.get("brand", ""),
            color=values.get("color", ""),
            size=values.get("size", ""),
            material=values.get("material", ""),
            product_type=values.get("product_type", ""),
            image_link=values.get("image_link", ""),
            sale_price=amounts["sale_price"],
            sale_from=window[0],
            sale_until=window[1],
            cost=amounts["cost_of_goods_sold"],
            floor=amounts["auto_pricing_min_price"],
        )

    def _complainer(self, line: int) -> Callable[[str, str, str], bool]:
        def complain(field: str, message: str, mend: str) -> bool:
            self._findings.fault(self._file, line, field, message, mend)
            return False

        return complain

    def _check_id(self, line: int, product_id: str, complain: Callable[[str, str, str], bool]) -> bool:
        if not product_id:
            return complain("id", "the id is missing", "each product needs an id of its own")
        if len(product_id) > _LONGEST_ID:
            return complain("id", f"the id is longer than {_LONGEST_ID} characters", "shorten it")
        if product_id in self._line_of:
            first = self._line_of[product_id]
            return complain("id", f"the id {product_id!r} is already used in line {first}", "ids must be unique")
        self._line_of[product_id] = line
        return True

    def _price(self, text: str, complain: Callable[[str, str, str], bool]) -> Money | None:
        if not text:
            complain("price", "the price is missing", f"write it like 12.50 {self._currency}")
            return None
        price = read_amount("price", text, self._currency, complain)
        if price is not None and price.minor == 0 and not self._allow_free:
            complain("price", "the price is zero", "leave the product out until it has a price")
            return None
        return price

    def _sale_window(
        self, text: str, complain: Callable[[str, str, str], bool]
    ) -> tuple[datetime | None, datetime | None]:
        try:
            return span(text, self._zone) if text else (None, None)
        except ValueError as error:
            complain(_SALE_WINDOW, str(error), SPAN_MEND)
            return None, None

    def _check_tax_rate(self, text: str, complain: Callable[[str, str, str], bool]) -> None:
        if text and parse_rate(text) is None:
            complain(RATE_ATTRIBUTE, f"{text!r} is no rate", "a percentage below 100, like 20 or 8.25")

    def _availability(self, values: dict[str, str], complain: Callable[[str, str, str], bool]) -> Availability | None:
        text = values.get("availability", "")
        if not text:
            sold_out = values.get("quantity", "").strip() == "0"
            return Availability.OUT_OF_STOCK if sold_out else Availability.IN_STOCK
        key = text.strip().lower().replace(" ", "_").replace("-", "_")
        if key not in _AVAILABILITY:
            mend = nearest(key, (value.value for value in Availability))
            complain("availability", f"{text!r} is no availability", mend)
            return None
        return _AVAILABILITY[key]

    def _check_amounts(self, line: int, price: Money, amounts: dict[str, Money | None]) -> None:
        sale, floor = amounts["sale_price"], amounts["auto_pricing_min_price"]
        if sale is not None and sale > price:
            message = f"the sale price {sale} is above the price {price}; it is not used"
            self._findings.warn(self._file, line, "sale_price", message)
        if floor is not None and floor > price:
            message = f"the floor {floor} is above the price {price}; no discount will ever fit"
            self._findings.warn(self._file, line, "auto_pricing_min_price", message)
