"""A product as the shop sells it. Field names follow Google's product data specification where it has one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from catalog.domain.money import Money
from catalog.domain.prices import PriceEntry, Schedule

_PLAIN_FIELDS = (
    "id",
    "title",
    "description",
    "group_id",
    "brand",
    "color",
    "size",
    "material",
    "product_type",
    "image_link",
)


class Availability(str, Enum):
    """Google Merchant's values of `availability`."""

    IN_STOCK = "in_stock"
    OUT_OF_STOCK = "out_of_stock"
    PREORDER = "preorder"
    BACKORDER = "backorder"


@dataclass(frozen=True)
class Product:
    """One buyable item (a variant where the product has variants).

    `group_id` (item_group_id) is shared by variants. `product_type` is a path: "Camping > Tents".
    `cost` is cost_of_goods_sold and `floor` is auto_pricing_min_price; neither is ever shown to a shopper.
    `attributes` holds every further column of the feed by its own name.

    What changes with time: `sale_price` holds from `sale_from` until before `sale_until`, entries of `price_list`
    take the place of both prices while they hold, `history` is what was charged before. `at` gives the product as
    it is priced at a moment. `lowest_before` is the lowest price known of the 30 days before the present reduction.
    """

    id: str
    title: str
    price: Money
    description: str = ""
    sale_price: Money | None = None
    availability: Availability = Availability.IN_STOCK
    group_id: str = ""
    brand: str = ""
    color: str = ""
    size: str = ""
    material: str = ""
    product_type: str = ""
    image_link: str = ""
    cost: Money | None = None
    floor: Money | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    sale_from: datetime | None = None
    sale_until: datetime | None = None
    price_list: tuple[PriceEntry, ...] = ()
    history: tuple[PriceEntry, ...] = ()
    lowest_before: Money | None = None
    # What a product that `at` has priced was priced from.
    timeless: Product | None = field(default=None, compare=False, repr=False)

    @property
    def current_price(self) -> Money:
        """What one costs: the sale price while it is lower, else the price. A sale price with a window counts
        only where `at` has looked whether it is open."""
        if self.sale_price is not None and self.sale_price < self.price and not self._has_window:
            return self.sale_price
        return self.price

    @property
    def compare_at(self) -> Money | None:
        """The former price that may be struck through beside `current_price`: the merchant's `price`, or what was
        charged in the 30 days before where that is lower. None where one costs no less than that."""
        if self.current_price == self.price:
            return None
        before = self.price if self.lowest_before is None else min(self.price, self.lowest_before)
        return before if self.current_price < before else None

    @property
    def timed(self) -> bool:
        """Whether its price may change with time alone."""
        return self.timeless is not None or bool(self.price_list) or self._has_window

    @property
    def _has_window(self) -> bool:
        return self.sale_from is not None or self.sale_until is not None

    @property
    def schedule(self) -> Schedule:
        """Its prices over time."""
        if self.timeless is not None:
            return self.timeless.schedule
        return Schedule(self.price, self.sale_price, self.sale_from, self.sale_until, self.price_list, self.history)

    def at(self, now: datetime) -> Product:
        """The product as it is priced at `now`; itself where nothing is timed. What is priced already may be
        priced anew for another moment."""
        if not self.timed:
            return self
        schedule = self.schedule
        found = schedule.at(now)
        return replace(
            self,
            price=found.price,
            sale_price=found.sale_price,
            sale_from=None,
            sale_until=None,
            price_list=(),
            history=(),
            lowest_before=schedule.lowest_before(now),
            timeless=self.timeless or self,
        )

    @property
    def kind(self) -> str:
        """The last part of `product_type`: "Tents"."""
        return self.product_type.rsplit(">", 1)[-1].strip()

    @property
    def in_stock(self) -> bool:
        """Whether it can be bought now."""
        return self.availability is Availability.IN_STOCK

    def same_group(self, other: Product) -> bool:
        """Whether the two are the same product or variants of one."""
        return self.id == other.id or bool(self.group_id and self.group_id == other.group_id)

    def embedding_text(self) -> str:
        """What the sentence model reads of this product."""
        parts = (self.title, self.kind, self.brand, self.color, self.material, self.description[:300])
        return ". ".join(part for part in parts if part)

    def content_hash(self) -> str:
        """Changes exactly when `embedding_text` does: an unchanged product is not embedded anew."""
        return hashlib.sha256(self.embedding_text().encode()).hexdigest()[:32]

    def to_record(self) -> dict[str, object]:
        """JSON-ready form; `from_record` reads it back unchanged. Of a product that `at` has priced, what it was
        priced from."""
        if self.timeless is not None:
            return self.timeless.to_record()
        record: dict[str, object] = {name: getattr(self, name) for name in _PLAIN_FIELDS}
        record["currency"] = self.price.currency
        record["price"] = self.price.minor
        for name in ("sale_price", "cost", "floor"):
            amount = getattr(self, name)
            record[name] = None if amount is None else amount.minor
        record["availability"] = self.availability.value
        record["attributes"] = dict(self.attributes)
        return record | self._times_record()

    def _times_record(self) -> dict[str, object]:
        """What is timed; most products are not, and have nothing of it in their record."""
        moments = {"sale_from": self.sale_from, "sale_until": self.sale_until}
        entries = {"price_list": self.price_list, "history": self.history}
        record: dict[str, object] = {name: moment.isoformat() for name, moment in moments.items() if moment}
        record |= {name: [entry.to_record() for entry in listed] for name, listed in entries.items() if listed}
        if self.lowest_before is not None:
            record["lowest_before"] = self.lowest_before.minor
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, object]) -> Product:
        """The product that `to_record` wrote."""
        values = dict(record)
        currency = str(values.pop("currency"))
        for name in ("price", "sale_price", "cost", "floor"):
            minor = values[name]
            values[name] = None if minor is None else Money(int(minor), currency)  # type: ignore[call-overload]
        if "lowest_before" in values:
            values["lowest_before"] = Money(int(values["lowest_before"]), currency)  # type: ignore[call-overload]
        for name in ("sale_from", "sale_until"):
            if name in values:
                values[name] = datetime.fromisoformat(str(values[name]))
        for name in ("price_list", "history"):
            if name in values:
                values[name] = tuple(PriceEntry.from_record(entry, currency) for entry in values[name])  # type: ignore[attr-defined]
        values["availability"] = Availability(values["availability"])
        return cls(**values)  # type: ignore[arg-type]

    def record_hash(self) -> str:
        """Changes when anything about the product does, its price and stock included."""
        return hashlib.sha256(json.dumps(self.to_record(), sort_keys=True).encode()).hexdigest()[:32]
