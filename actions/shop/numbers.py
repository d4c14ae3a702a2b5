"""How an order is called, so that a person can read it out on the telephone."""

from __future__ import annotations

import re

_FIRST = 1000


def order_number(shop_name: str, sequence: int) -> str:
    """ "TO-1042" for order 42 of Trail Outfitters: the initials, or a single name's first two letters."""
    words = re.findall(r"[A-Z0-9]+", shop_name.upper())
    initials = "".join(word[0] for word in words[:3]) if len(words) > 1 else "".join(words)[:2]
    return f"{initials or 'NO'}-{_FIRST + sequence}"


def normalise_order_number(text: str) -> str:
    """What a shopper typed, in the form that is stored: "to 1042" becomes "TO-1042"."""
    match = re.search(r"([A-Za-z0-9]{1,3})[\s\-–#]*(\d{4,})", text)
    return f"{match[1].upper()}-{match[2]}" if match else text.strip().upper()
