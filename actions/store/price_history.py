"""What each product cost from when on, written down at each load, only ever added to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import sqlalchemy
from sqlalchemy import bindparam, insert
from sqlmodel import Session, col, or_, select

from actions.store.rows import from_json
from actions.store.tables import PriceHistoryRow, ProductRow
from catalog.domain.money import Money
from catalog.domain.prices import PriceEntry, as_history, needed_from
from catalog.domain.product import Product

_ROWS_A_STATEMENT = 1000
_POINTS = (
    sqlalchemy.select(
        col(PriceHistoryRow.product_id), col(PriceHistoryRow.price_minor), col(PriceHistoryRow.sale_price_minor),
        col(PriceHistoryRow.since),
    )
    .where(col(PriceHistoryRow.currency) == bindparam("currency"))
    .order_by(col(PriceHistoryRow.id))
)  # fmt: skip


class Point(NamedTuple):
    """From `since` on a product cost this, in minor units."""

    price: int
    sale_price: int | None
    since: datetime

    def costs_as(self, other: "Point") -> bool:
        """Whether the two say the same price."""
        return self[:2] == other[:2]


class PriceHistory:
    """The record within one transaction, of prices in one currency: what was written in another says nothing."""

    def __init__(self, session: Session, currency: str) -> None:
        self._session, self._currency = session, currency
        self._points: dict[str, list[Point]] = defaultdict(list)
        for product_id, *point in session.execute(_POINTS, {"currency": currency}):
            self._points[product_id].append(Point(*point))
        self._unwritten: list[dict[str, object]] = []

    def write_down(self, products: Sequence[Product], now: datetime) -> None:
        """Add what each of `products` costs from `now` on, where that is new. Call it before they take the place of
        the loaded ones: what changed since by the clock alone is added first."""
        for former in _timed_products(self._session):
            self._add_turns(former, now)
        for product in products:
            found = product.schedule.at(now) if product.timed else PriceEntry(product.price, product.sale_price)
            self._add(product.id, found, now)
        for start in range(0, len(self._unwritten), _ROWS_A_STATEMENT):
            self._session.execute(insert(PriceHistoryRow), self._unwritten[start : start + _ROWS_A_STATEMENT])
        self._unwritten.clear()

    def of(self, product: Product, now: datetime) -> Product:
        """The product with what must be known of its past: the periods themselves where its price is timed, else
        only the lowest price before its present reduction. Itself where the past says nothing."""
        points = self._points.get(product.id, [])
        if len(points) < 2:
            return product
        history = as_history([self._entry(point) for point in points])
        if not product.timed:
            lowest = replace(product.schedule, history=history).lowest_before(now)
            return product if lowest in (None, product.price) else replace(product, lowest_before=lowest)
        since = needed_from(replace(product.schedule, history=history), now)
        kept = tuple(period for period in history if period.valid_until is not None and period.valid_until > since)
        return replace(product, history=kept)

    def _add_turns(self, former: Product, now: datetime) -> None:
        points = self._points.get(former.id)
        if points is None or former.price.currency != self._currency:
            return
        last = points[-1].since
        for step in former.schedule.steps():
            if last < step.valid_from <= now:
                self._add(former.id, step, step.valid_from)

    def _add(self, product_id: str, entry: PriceEntry, since: datetime) -> None:
        points = self._points[product_id]
        sale = None if entry.sale_price is None else entry.sale_price.minor
        # A clock that was set back must not put the record out of order.
        point = Point(entry.price.minor, sale, max(since, points[-1].since) if points else since)
        if points and points[-1].costs_as(point):
            return
        points.append(point)
        self._unwritten.append(
            {
                "product_id": product_id,
                "currency": self._currency,
                "price_minor": point.price,
                "sale_price_minor": point.sale_price,
                "since": point.since,
            }
        )

    def _entry(self, point: Point) -> PriceEntry:
        sale = None if point.sale_price is None else Money(point.sale_price, self._currency)
        return PriceEntry(Money(point.price, self._currency), sale, point.since)


def _timed_products(session: Session) -> Iterator[Product]:
    """The loaded products whose price changes by the clock; the others need not be read for it."""
    marks = (col(ProductRow.record).contains(f'"{name}":') for name in ("sale_from", "sale_until", "price_list"))
    for record in session.exec(select(ProductRow.record).where(or_(*marks))):
        product = Product.from_record(from_json(record))
        if product.timed:
            yield product


def with_past(history: PriceHistory, products: Sequence[Product], now: datetime) -> Mapping[str, Product]:
    """Those of `products` of whose past something must be known, with it, by id."""
    found = ((product, history.of(product, now)) for product in products)
    return {product.id: known for product, known in found if known is not product}
