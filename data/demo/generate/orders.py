"""Simulates the shop's orders and writes orders.csv.gz: `python data/demo/generate/orders.py`.

The same seed gives the same text on every machine. ../README.md tells what is hidden in it.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from assortment import SALE_FROM, SHOP, Variant
from habits import Customer, Habits, draw

SEED = 20260301
ORDERS = 8000
FROM = datetime(2025, 1, 1, tzinfo=UTC)
UNTIL = datetime(2026, 3, 1, tzinfo=UTC)
# More are simulated than kept, so that the refills at the end are as many as in the middle.
_FRESH = 8100
_HOURS = [1, 0, 0, 0, 0, 1, 2, 4, 6, 7, 7, 7, 8, 7, 6, 6, 7, 8, 10, 13, 15, 13, 8, 4]


@dataclass
class Order:
    """One order: product id to [quantity, pence each]."""

    at: datetime
    customer: str
    lines: dict[str, list[int]] = field(default_factory=dict)


class Simulator:
    """Draws orders in the order of time; owns the one source of chance."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.habits = Habits.read(self.rng)
        self.rules = self.habits.rules
        self.customers: dict[str, list[Customer]] = {name: [] for name in self.rules["shoppers"]}
        self.count = 0

    def run(self) -> list[Order]:
        """All orders, sorted by time."""
        orders: list[Order] = []
        for at, type_ in self._arrivals():
            customer = self._customer(type_)
            stray = self.rng.random() < self.rules["stray_order"]
            basket = [self._anything(customer)] if stray else self._basket(customer, at)
            orders += self._order(at, customer, [variant for variant in basket if variant])
        chosen = sorted(range(len(orders)), key=lambda _: self.rng.random())[:ORDERS]
        return sorted((orders[index] for index in chosen), key=lambda order: (order.at, order.customer))

    def _arrivals(self) -> list[tuple[datetime, str]]:
        types = list(self.rules["shoppers"])
        shares = [self.rules["shoppers"][name]["share"] for name in types]
        days = [FROM + timedelta(days=day) for day in range((UNTIL - FROM).days)]
        arrivals = []
        for _ in range(_FRESH):
            type_ = draw(types, shares, self.rng)
            months = self.rules["shoppers"][type_]["months"]
            # Weekends are busier, and the shop grows a little through the year.
            weights = [
                months[day.month - 1] * (1.5 if day.weekday() >= 4 else 1) * (1 + index / 900)
                for index, day in enumerate(days)
            ]
            arrivals.append((self._at(draw(days, weights, self.rng)), type_))
        return sorted(arrivals)

    def _at(self, day: datetime) -> datetime:
        hour = draw(list(range(24)), _HOURS, self.rng)
        return day.replace(hour=hour) + timedelta(seconds=int(self.rng.random() * 3600))

    def _customer(self, type_: str) -> Customer:
        known = self.customers[type_]
        if known and self.rng.random() < self.rules["returning"]:
            return known[int(self.rng.random() * len(known))]
        self.count += 1
        customer = Customer(
            id=f"C{self.count:05d}",
            type=type_,
            foot=draw([4, 5, 6, 7, 8, 9, 10, 11], [1, 2, 3, 4, 5, 5, 3, 2], self.rng),
            top=draw(["S", "M", "L", "XL"], [2, 4, 4, 2], self.rng),
            waist=draw(["30", "32", "34", "36"], [2, 4, 4, 2], self.rng),
        )
        known.append(customer)
        return customer

    def _anything(self, customer: Customer) -> Variant | None:
        bases = [base for base in self.habits.articles if base not in customer.owned]
        base = draw(bases, [self.habits.popularity[base] for base in bases], self.rng)
        # Even a stray buyer has the host at home: accessories are bought for something.
        return self.habits.pick_variant(base, customer, set(self.habits.articles), self.rng)

    def _basket(self, customer: Customer, at: datetime) -> list[Variant]:
        starts = self.rules["shoppers"][customer.type]["starts"]
        kind = draw(list(starts), list(starts.values()), self.rng)
        basket: list[Variant] = []
        self._add(kind, customer, basket)
        queue = [(variant, 1.0) for variant in basket]
        while queue:
            variant, strength = queue.pop(0)
            for target, chance in self.habits.followers(variant):
                wanted = self.rng.random() < chance * strength * self.rules["generosity"]
                if wanted and self._add(target, customer, basket) and strength == 1.0:
                    queue.append((basket[-1], 0.5))
        if self.rng.random() < self.rules["stray_item"]:
            basket += [extra for extra in [self._anything(customer)] if extra and extra not in basket]
        return basket

    def _add(self, target: str, customer: Customer, basket: list[Variant]) -> bool:
        """Put a kind or an article into the basket, unless it makes no sense there."""
        around = customer.owned | {variant.base for variant in basket}
        named = target in self.habits.articles
        base = target if named else self.habits.pick_article(target, customer, around, self.rng)
        variant = self.habits.pick_variant(base, customer, around, self.rng) if base else None
        if variant is None or any(other.base == base for other in basket):
            return False
        if base in customer.owned and not variant.row.get("consumable") and variant.kind != "Socks":
            return False
        second = variant.kind not in self.rules["mixable"] and any(other.kind == variant.kind for other in basket)
        if second and self.rng.random() >= self.rules["substitute_chance"]:
            return False
        basket.append(variant)
        return True

    def _order(self, at: datetime, customer: Customer, basket: list[Variant]) -> Iterator[Order]:
        """The order of a basket and, later, the refills it leads to."""
        if not basket or at >= UNTIL:
            return
        order = Order(at, customer.id)
        for variant in basket:
            customer.owned.add(variant.base)
            chances = self.rules["quantities"].get(variant.kind, [1])
            order.lines[variant.id] = [draw(list(range(1, len(chances) + 1)), chances, self.rng), price(variant, at)]
        yield order
        spent = [variant for variant in basket if variant.row.get("consumable")]
        if spent and self.rng.random() < 1 - (1 - self.rules["refill"]) ** len(spent):
            again = [spent[int(self.rng.random() * len(spent))]]
            others = [other for other in spent if other not in again]
            again += [other for other in others if self.rng.random() < self.rules["refill_joined"]]
            days = int(again[0].row["lifetime_days"]) * (0.6 + 0.8 * self.rng.random())
            yield from self._order(self._at(_midnight(at + timedelta(days=days))), customer, again)


def price(variant: Variant, at: datetime) -> int:
    """Pence that one cost on that day."""
    whole = variant.row["price"].split()[0].replace(".", "")
    return variant.pence if at >= SALE_FROM else int(whole)


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def orders_csv(seed: int = SEED) -> str:
    """The whole file as text, one line per product of an order."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["order_id", "timestamp", "customer_id", "product_id", "quantity", "unit_price"])
    for number, order in enumerate(Simulator(seed).run(), start=10001):
        for product_id, (quantity, pence) in order.lines.items():
            when = order.at.strftime("%Y-%m-%dT%H:%M:%SZ")
            unit_price = f"{pence // 100}.{pence % 100:02d}"
            writer.writerow([f"T{number}", when, order.customer, product_id, quantity, unit_price])
    return text.getvalue()


if __name__ == "__main__":
    # No time stamp in the gzip header: the same orders give the same file.
    (SHOP / "orders.csv.gz").write_bytes(gzip.compress(orders_csv().encode(), 9, mtime=0))
