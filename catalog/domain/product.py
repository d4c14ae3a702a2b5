"""A product as the shop sells it. Field names follow Google's product data specification where it has one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from catalog.domain.money import Money

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

    @property
    def current_price(self) -> Money:
        """What one costs today: the sale price while it is lower, else the price."""
        if self.sale_price is not None and self.sale_price < self.price:
            return self.sale_price
        return self.price

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
        """JSON-ready form; `from_record` reads it back unchanged."""
        record: dict[str, object] = {name: getattr(self, name) for name in _PLAIN_FIELDS}
        record["currency"] = self.price.currency
        record["price"] = self.price.minor
        for name in ("sale_price", "cost", "floor"):
            amount = getattr(self, name)
            record[name] = None if amount is None else amount.minor
        record["availability"] = self.availability.value
        record["attributes"] = dict(self.attributes)
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, object]) -> Product:
        """The product that `to_record` wrote."""
        values = dict(record)
        currency = str(values.pop("currency"))
        for name in ("price", "sale_price", "cost", "floor"):
            minor = values[name]
            values[name] = None if minor is None else Money(int(minor), currency)  # type: ignore[call-overload]
        values["availability"] = Availability(values["availability"])
        return cls(**values)  # type: ignore[arg-type]

    def record_hash(self) -> str:
        """Changes when anything about the product does, its price and stock included."""
        return hashlib.sha256(json.dumps(self.to_record(), sort_keys=True).encode()).hexdigest()[:32]
