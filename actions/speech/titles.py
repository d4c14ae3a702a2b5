"""Product titles as people like to read them. Many feeds shout ("RED RETROSPOT MUG"); a chat does not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.domain.product import Product

_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
_KEPT = frozenset(
    ["BBQ", "CD", "DVD", "EU", "FM", "GPS", "LED", "MP3", "PVC", "TV", "UK", "UV", "USA", "USB", "XL", "XS", "XXL"]
)
_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")


def display_title(title: str) -> str:
    """The title itself, or, where it is all capitals, in title case: "Red Retrospot Mug"."""
    text = " ".join(title.split())
    if not any(char.isalpha() for char in text) or text != text.upper():
        return text
    position = 0

    def spoken(match: re.Match[str]) -> str:
        nonlocal position
        position += 1
        word = match[0]
        if word in _KEPT:
            return word
        return word.lower() if position > 1 and word.lower() in _SMALL else word[0] + word[1:].lower()

    return _WORD.sub(spoken, text)


def variant_words(product: Product) -> str:
    """What tells a product from its variants: "blue, size M"; "" where it has no colour or size."""
    size = f"size {product.size}" if product.size and len(product.size) <= 5 else product.size
    return ", ".join(part for part in (product.color.lower(), size) if part)


def spoken_name(product: Product) -> str:
    """The title, with colour and size where the title does not say them already."""
    title = display_title(product.title)
    missing = [
        words
        for words, value in ((product.color.lower(), product.color), (variant_words(product), product.size))
        if value and value.lower() not in title.lower()
    ]
    if not missing:
        return title
    return f"{title} ({variant_words(product) if product.size else missing[0]})"


def family_name(variants: Sequence[Product]) -> str:
    """What variants have in common: the words that all their titles begin with, else the first title."""
    titles = [display_title(product.title).split() for product in variants]
    common = []
    for words in zip(*titles, strict=False):
        if len(set(words)) > 1:
            break
        common.append(words[0])
    return " ".join(common).rstrip(" ,-–(:·") or display_title(variants[0].title)
