"""Colours and sizes: which variant of a product a sentence asks for, and whether that is decided yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.domain.product import Product

_SIZE_WORDS = {
    "extra small": "xs",
    "small": "s",
    "medium": "m",
    "large": "l",
    "extra large": "xl",
    "double extra large": "xxl",
}
# Longest first: "extra large" must not be read as "large".
_SIZE_PATTERN = re.compile(r"\b(" + "|".join(sorted(_SIZE_WORDS, key=len, reverse=True)) + r")\b")
_TOKEN = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
# A single letter is a size only where a sentence treats it as one: "in a M", "size s", "the L one".
_LETTER_SIZE = re.compile(r"\b(?:size|sized|in|in an?|the)\s+(xxs|xs|s|m|l|xl|xxl)\b")


def _words(text: str) -> set[str]:
    return set(_TOKEN.findall(text.lower()))


def mentions_color(product: Product, text: str) -> bool:
    """Whether the text names the product's colour: "green" for "Forest Green"."""
    return bool(product.color) and bool(_words(product.color) & _words(text))


def mentions_size(product: Product, text: str) -> bool:
    """Whether the text names the product's size, in letters or words."""
    size = product.size.lower()
    if not size:
        return False
    lowered = text.lower()
    named = {_SIZE_WORDS[match] for match in _SIZE_PATTERN.findall(lowered)} | set(_LETTER_SIZE.findall(lowered))
    if len(size) <= 3 and not size.isdigit():
        return size in named or lowered.strip() == size
    return size in _words(lowered) or (len(size) > 3 and size in lowered)


def narrowed(variants: Sequence[Product], text: str) -> list[Product]:
    """The variants that the text asks for; all of them where it names neither colour nor size of any."""
    kept = list(variants)
    for mentions in (mentions_color, mentions_size):
        kept = [product for product in kept if mentions(product, text)] or kept
    return kept


def says_variant(variants: Sequence[Product], text: str) -> bool:
    """Whether the text names a colour or a size of any of them."""
    return any(mentions_color(product, text) or mentions_size(product, text) for product in variants)


def differ_in(variants: Sequence[Product]) -> str:
    """What is still to be chosen: "size", "color", "both" or "nothing"."""
    sizes = len({product.size for product in variants}) > 1
    colors = len({product.color for product in variants}) > 1
    if sizes and colors:
        return "both"
    return "size" if sizes else "color" if colors else "nothing"
