"""Prices over time: what is charged when, and which former price may be struck through. Pure.

A reduction may be announced beside the lowest price of the 30 days before it began, and beside no other
(Directive 98/6/EC, Article 6a). A reduction that is deepened step by step began with its first step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import pairwise

from catalog.domain.money import Money

REFERENCE_SPAN = timedelta(days=30)
# Before every moment that a shop can name: prices of which no beginning is known began here.
ALWAYS = datetime(1, 1, 1, tzinfo=timezone.utc) + REFERENCE_SPAN


@dataclass(frozen=True)
class PriceEntry:
    """A price and the time in which it holds: from `valid_from` until before `valid_until` (None: without end).

    `sale_price` counts while it is lower than `price`. Moments are aware.
    """

    price: Money
    sale_price: Money | None = None
    valid_from: datetime = ALWAYS
    valid_until: datetime | None = None

    @property
    def charged(self) -> Money:
        """What one costs: the sale price while it is lower, else the price."""
        return self.sale_price if self.sale_price is not None and self.sale_price < self.price else self.price

    @property
    def reduced(self) -> bool:
        """Whether less than `price` is charged."""
        return self.charged < self.price

    def holds(self, now: datetime) -> bool:
        """Whether this is the price at `now`."""
        return self.valid_from <= now and (self.valid_until is None or now < self.valid_until)

    def same_price(self, other: PriceEntry) -> bool:
        """Whether the two say the same, whenever they hold."""
        return (self.price, self.sale_price) == (other.price, other.sale_price)

    def to_record(self) -> list[object]:
        """JSON-ready form; `from_record` reads it back, given the currency."""
        sale = None if self.sale_price is None else self.sale_price.minor
        until = None if self.valid_until is None else self.valid_until.isoformat()
        return [self.price.minor, sale, self.valid_from.isoformat(), until]

    @classmethod
    def from_record(cls, record: Sequence[object], currency: str) -> PriceEntry:
        """The entry that `to_record` wrote."""
        price, sale, since, until = record
        return cls(
            Money(int(price), currency),  # type: ignore[call-overload]
            None if sale is None else Money(int(sale), currency),  # type: ignore[call-overload]
            datetime.fromisoformat(str(since)),
            None if until is None else datetime.fromisoformat(str(until)),
        )


@dataclass(frozen=True)
class Schedule:
    """All that is known of one product's prices over time.

    `price` and `sale_price` are the feed's, the latter from `sale_from` until before `sale_until` only (None: no
    limit). While an entry of `price_list` holds, it alone counts. `history` is what was charged before, as it was
    written down: periods in order of time, each with an end. Where it says something, nothing else does.
    """

    price: Money
    sale_price: Money | None = None
    sale_from: datetime | None = None
    sale_until: datetime | None = None
    price_list: tuple[PriceEntry, ...] = ()
    history: tuple[PriceEntry, ...] = ()

    def at(self, now: datetime) -> PriceEntry:
        """The price in force at `now`, by the feed and the price list. Its times say nothing."""
        for entry in self.price_list:
            if entry.holds(now):
                return PriceEntry(entry.price, entry.sale_price)
        begun = self.sale_from is None or self.sale_from <= now
        over = self.sale_until is not None and self.sale_until <= now
        return PriceEntry(self.price, self.sale_price if begun and not over else None)

    def steps(self) -> list[PriceEntry]:
        """Every period of which the price is known, in order of time; the last one is without end.

        Before the history began only the price list is believed: what today's feed says was not said then.
        """
        first = self.history[0].valid_from if self.history else ALWAYS
        since = _end(self.history[-1]) if self.history else ALWAYS
        earlier = [_clipped(entry, first) for entry in self.price_list if entry.valid_from < first]
        return [*sorted(earlier, key=lambda entry: entry.valid_from), *self.history, *self._from(since)]

    def _from(self, since: datetime) -> list[PriceEntry]:
        """The feed's and the price list's periods from `since` on, without a gap."""
        named = [self.sale_from, self.sale_until]
        for entry in self.price_list:
            named += (entry.valid_from, entry.valid_until)
        turns = [since, *sorted({moment for moment in named if moment is not None and moment > since})]
        periods: list[PriceEntry] = []
        for start, end in zip(turns, [*turns[1:], None], strict=True):
            found = self.at(start)
            if periods and periods[-1].same_price(found):
                start = periods.pop().valid_from
            periods.append(PriceEntry(found.price, found.sale_price, start, end))
        return periods

    def lowest_before(self, now: datetime) -> Money | None:
        """The lowest price known of the 30 days before the reduction that holds at `now` began, the prices that
        the shop named while it lasts included. None where nothing is reduced at `now`."""
        steps = self.steps()
        reduction = reduction_at(steps, now)
        if not reduction:
            return None
        began = reduction[0].valid_from
        start = max(began, ALWAYS) - REFERENCE_SPAN
        before = [step.charged for step in steps if step.valid_from < began and _end(step) > start]
        return min([*(step.price for step in reduction), *before])


def reduction_at(steps: Sequence[PriceEntry], now: datetime) -> list[PriceEntry]:
    """The periods of the reduction that holds at `now`, up to that one: those that follow each other without a
    gap, each reduced, none dearer than the one before. Empty where nothing is reduced."""
    running: list[PriceEntry] = []
    for step in reversed([step for step in steps if step.valid_from <= now]):
        if running and not (_end(step) == running[-1].valid_from and step.charged >= running[-1].charged):
            break
        if not step.reduced or (not running and not step.holds(now)):
            break
        running.append(step)
    return running[::-1]


def needed_from(schedule: Schedule, now: datetime) -> datetime:
    """From when on the history must be kept to name every former price from `now` on."""
    reduction = reduction_at(schedule.steps(), now)
    began = reduction[0].valid_from if reduction else now
    return max(began, ALWAYS) - REFERENCE_SPAN


def as_history(points: Sequence[PriceEntry]) -> tuple[PriceEntry, ...]:
    """Points that were written down, in order of time (`valid_from` alone counts), as periods that end where the
    next one begins. The last point still holds, so it is no history."""
    return tuple(
        PriceEntry(point.price, point.sale_price, point.valid_from, after.valid_from)
        for point, after in pairwise(points)
        if point.valid_from < after.valid_from
    )


def _end(step: PriceEntry) -> datetime:
    """When a period ends; the end of all time for one without an end."""
    return step.valid_until or datetime.max.replace(tzinfo=timezone.utc)


def _clipped(entry: PriceEntry, end: datetime) -> PriceEntry:
    return PriceEntry(entry.price, entry.sale_price, entry.valid_from, min(_end(entry), end))
