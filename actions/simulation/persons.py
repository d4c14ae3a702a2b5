"""What is kept of one shopper in memory: the cart, orders, offers, decisions and refusals."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from actions.selling.ledger import LedgerRow
from actions.selling.pressure import PastDecline, PastOffer
from actions.shop.changes import StandingLine
from actions.shop.model import CartPlan, Coupon, Order
from actions.shop.pricing import HeldQuote


@dataclass
class Person:
    """One shopper. All values are frozen, so a shallow copy of the containers is a copy of everything.

    `quotes` and `offers` are by offer id, `plans` by product and sort, `rows` in the order they were written, each
    with its turn; `stopped` is None for somebody who never said.
    """

    lines: dict[str, StandingLine] = field(default_factory=dict)
    quotes: dict[str, HeldQuote] = field(default_factory=dict)
    plans: dict[tuple[str, str], CartPlan] = field(default_factory=dict)
    coupons: dict[str, Coupon] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    offers: dict[str, PastOffer] = field(default_factory=dict)
    rows: dict[str, tuple[LedgerRow, int]] = field(default_factory=dict)
    declines: list[PastDecline] = field(default_factory=list)
    active_at: list[datetime] = field(default_factory=list)
    handovers: set[str] = field(default_factory=set)
    stopped: bool | None = None
    stop_changed_at: datetime | None = None

    def copy(self) -> Person:
        """Another one that may be changed without touching this one."""
        return Person(**{one.name: _copied(getattr(self, one.name)) for one in fields(self)})

    def become(self, other: Person) -> None:
        """Take over all that is kept in `other`."""
        for one in fields(self):
            setattr(self, one.name, getattr(other, one.name))


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, dict | list | set) else value
