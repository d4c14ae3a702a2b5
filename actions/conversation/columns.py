"""The feed's columns as a shopper may hear them: which of them, and what they are called."""

from __future__ import annotations

from catalog.domain.product import Product

_UNITS = {unit: unit for unit in ("g", "kg", "mm", "cm", "l", "ml", "kcal", "persons", "years")} | {
    "w": "W",
    "mah": "mAh",
    "c": "°C",
}
# Beginnings of column names that are the merchant's own business, or answer nothing.
_HIDDEN = (
    *("cost", "floor", "auto_pricing", "consumable", "service_plan", "subscription"),
    *("id", "lifetime", "tier", "fits", "tax_rate"),
)


def columns_of(product: Product) -> dict[str, str]:
    """Column name -> value of all that a shopper may know about a product."""
    values = {"material": product.material, "brand": product.brand, **product.attributes}
    return {name: value for name, value in values.items() if value and not name.startswith(_HIDDEN)}


def column_words(name: str) -> tuple[str, str]:
    """A column's name in words and the unit it ends in: ("weight", "g") for "weight_g"."""
    words = name.split("_")
    unit = _UNITS.get(words[-1], "") if len(words) > 1 else ""
    return " ".join(words[:-1] if unit else words), unit


def quality_words(name: str) -> str:
    """What a quality is called: "weight" for "weight_g"; "" for a measure that no column names."""
    words, _ = column_words(name)
    return "" if name.lower() in _UNITS or not words.replace(" ", "").isalpha() else words
