"""An amount of money in a column, or a fault that says how to write it."""

from __future__ import annotations

from collections.abc import Callable

from catalog.domain.errors import MoneyError
from catalog.domain.money import Money

# Notes a fault by field, message and mend.
Complain = Callable[[str, str, str], object]


def read_amount(field: str, text: str, currency: str, complain: Complain) -> Money | None:
    """The amount of zero or more that `text` says; None for an empty text, and, with a fault, for anything else."""
    if not text:
        return None
    try:
        amount = Money.parse(text, currency)
    except MoneyError as error:
        complain(field, str(error), f"one amount in {currency}, like 12.50, without thousands separators")
        return None
    if amount.minor < 0:
        complain(field, f"{text} is negative", "amounts are zero or more")
        return None
    return amount
