"""What of a product can be compared with others of its kind: measures, grades ("IPX6"), plain numbers, yes and no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from catalog.domain.product import Product
from catalog.search import measures

YES_NO = "yes/no"
_YES = frozenset(("yes", "true"))
_NO = frozenset(("no", "false"))
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
# Columns of prices, codes and the shop's own affairs: a dearer service plan does not make a better tent.
_NO_QUALITY = frozenset((
    "price", "cost", "fee", "plan", "monthly", "yearly", "gtin", "mpn", "isbn", "ean", "upc", "sku", "code", "id",
    "date", "lifetime", "rating", "reviews", "quantity", "stock", "sales", "rank",
))  # fmt: skip
# Less than this part of an amount is no difference that a shopper would notice.
_NOTICED = 0.02


@dataclass(frozen=True, order=True)
class Quality:
    """`attribute` is the column's name, "" for a measure of the title.

    `unit` is a base unit of `measures`, `YES_NO`, "" for a plain number, or how a grade is written, with "#" for its
    number: "ipx#", "# down".
    """

    attribute: str
    unit: str


def qualities_of(product: Product) -> dict[Quality, float]:
    """The amount of each quality that a product states; yes is 1.0, no is 0.0. What is ambiguous is left out."""
    found: dict[Quality, float] = {}
    for name, value in (("size", product.size), *product.attributes.items()):
        read = _of_column(name, value)
        if read is not None and (name != "size" or read[0] in measures.UNITS):
            found[Quality(name, read[0])] = read[1]
    said = {quality.unit for quality in found}
    in_title: dict[str, set[float]] = {}
    for amount, unit in measures.in_text(product.title):
        in_title.setdefault(unit, set()).add(amount)
    for unit, amounts in in_title.items():
        if unit not in said and len(amounts) == 1:
            found[Quality("", unit)] = amounts.pop()
    return found


def amount_of(quality: Quality, product: Product, stated: Mapping[Quality, float]) -> float | None:
    """The amount that a product has, of what it states; None where nobody knows.

    An empty column of yes and no counts as no, as it does for filters: few feeds write the "no" down.
    """
    if quality in stated:
        return stated[quality]
    empty = not product.attributes.get(quality.attribute, "").strip()
    return 0.0 if quality.unit == YES_NO and empty else None


def noticed(before: float, after: float) -> bool:
    """Whether two amounts of one quality differ by so much that it can be called a difference."""
    return abs(before - after) > _NOTICED * max(abs(before), abs(after))


def shown(amount: float, quality: Quality) -> str:
    """An amount as people write it, in the unit that the column's name has: "1900 g", "1.9 kg", "ipx6", "yes"."""
    unit = quality.unit
    if unit == YES_NO:
        return "yes" if amount else "no"
    if unit in measures.UNITS:
        return measures.shown(amount, unit, f"1 {quality.attribute.rsplit('_', 1)[-1]}")
    return unit.replace("#", f"{amount:g}") if unit else f"{amount:g}"


@lru_cache(maxsize=16384)
def _of_column(name: str, value: str) -> tuple[str, float] | None:
    """(unit, amount) of a column's value."""
    text = value.strip().lower()
    if not text or not _NO_QUALITY.isdisjoint(name.lower().split("_")):
        return None
    if text in _YES or text in _NO:
        return YES_NO, float(text in _YES)
    measured = measures.in_column(name, value)
    if measured:
        (amount, unit), *others = measured
        return None if others else (unit, amount)
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1:
        return None
    unit = text.replace(numbers[0], "#", 1)
    return "" if unit == "#" else unit, float(numbers[0])
