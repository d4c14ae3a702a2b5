"""What the gate and the price working need of a product, read from the feed's columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.domain.errors import MoneyError
from catalog.domain.money import Money
from catalog.domain.product import Product

_YES = frozenset({"yes", "true", "1", "y"})


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What the gate and the price working need of a product. `price` is today's; `on_sale` whether it is reduced
    already; `min_age` in years, `regions` the only countries it is sold to (none named: everywhere); `stock` how
    many there are, -1 where the shop does not say."""

    id: str
    group_id: str
    kind: str
    price: Money
    in_stock: bool
    consumable: bool = False
    cost: Money | None = None
    floor: Money | None = None
    on_sale: bool = False
    min_age: int = 0
    regions: tuple[str, ...] = ()
    stock: int = -1
    # What it is made of again ("nylon"), where the shop declares it recycled; and its rating in hundredths.
    recycled: str = ""
    rating: int = 0
    ratings: int = 0


def facts_of(product: Product) -> ProductFacts:
    """The facts of a product today."""
    told = product.attributes
    is_recycled = _is_yes(told.get("recycled", ""))
    return ProductFacts(
        id=product.id,
        group_id=product.group_id,
        kind=product.kind,
        price=product.current_price,
        in_stock=product.in_stock,
        consumable=_is_yes(told.get("consumable", "")),
        cost=product.cost,
        floor=product.floor,
        on_sale=product.current_price < product.price,
        min_age=_min_age(product),
        regions=tuple(re.findall(r"[A-Z]{2}", told.get("included_country", "").upper())),
        stock=_whole(told.get("quantity", ""), -1),
        recycled=(product.material or "material") if is_recycled else "",
        rating=_hundredths(told.get("average_rating", "")),
        ratings=_whole(told.get("rating_count", ""), 0),
    )


def amount_in(product: Product, column: str) -> Money | None:
    """An amount that the feed gives in a column of its own; None where there is none that can be read."""
    try:
        amount = Money.parse(product.attributes.get(column, ""), product.price.currency)
    except MoneyError:
        return None
    return amount if amount.minor > 0 else None


def days_in(product: Product, column: str) -> int:
    """A number of days that the feed gives; 0 where it gives none."""
    return _whole(product.attributes.get(column, ""), 0)


def _is_yes(text: str) -> bool:
    return text.strip().lower() in _YES


def _min_age(product: Product) -> int:
    """The feed's `minimum_age`; Google's `adult` means 18."""
    stated = _whole(product.attributes.get("minimum_age", ""), 0)
    return max(stated, 18 if _is_yes(product.attributes.get("adult", "")) else 0)


def _whole(text: str, default: int) -> int:
    return int(text) if text.strip().isdecimal() else default


def _hundredths(text: str) -> int:
    match = re.fullmatch(r"\s*(\d)(?:\.(\d{1,2}))?\s*", text)
    return 0 if match is None else int(match[1]) * 100 + int((match[2] or "").ljust(2, "0") or 0)
