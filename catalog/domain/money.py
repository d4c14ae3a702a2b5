"""Money as integer minor units, and the one rounding rule.

Every division of money in the project goes through `Money.share` or `Money.allocate`. Halves round up
(away from zero), as price tags and invoices do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, total_ordering

from catalog.domain.errors import MoneyError

# ISO 4217 currencies whose minor unit is not a hundredth.
_NO_DECIMALS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"}
    | {"UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"}
)
_THREE_DECIMALS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
_AMOUNT = re.compile(r"\s*(?P<sign>-?)(?P<whole>\d{1,12})(?:\.(?P<part>\d+))?\s*(?P<currency>[A-Z]{3})?\s*")


def decimals(currency: str) -> int:
    """Number of decimals of a currency's minor unit (ISO 4217): 0, 2 or 3."""
    if currency in _NO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def divide_half_up(numerator: int, denominator: int) -> int:
    """Integer quotient; halves go away from zero. `denominator` must be positive."""
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


@lru_cache(maxsize=256)
def _is_code(currency: str) -> bool:
    return re.fullmatch(r"[A-Z]{3}", currency) is not None


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units ("4900" pence) of one ISO 4217 currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        # Amounts are made by the thousand in every decision: the usual case costs two comparisons.
        if type(self.minor) is not int:
            raise MoneyError(f"money is an integer of minor units, not {self.minor!r}")
        if not _is_code(self.currency):
            raise MoneyError(f"a currency is three capital letters (ISO 4217), not {self.currency!r}")

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """Read "12.5", "12.50" or "12.50 GBP" (Google Merchant form), exactly.

        Raises MoneyError when it is not an amount, names another currency, or has more decimals than the
        currency knows. Never guesses at thousands separators.
        """
        match = _AMOUNT.fullmatch(text)
        if match is None:
            raise MoneyError(f"not an amount: {text!r}; write it like 12.50 or 12.50 {currency}")
        named = match["currency"] or currency
        if named != currency:
            raise MoneyError(f"the amount {text.strip()!r} is in {named}, but the shop sells in {currency}")
        places = decimals(currency)
        part = (match["part"] or "").rstrip("0")
        if len(part) > places:
            raise MoneyError(f"{text.strip()!r} has more decimals than {currency} ({places})")
        minor = int(match["whole"]) * 10**places + int(part.ljust(places, "0") or 0)
        return cls(-minor if match["sign"] else minor, currency)

    def __str__(self) -> str:
        """The plain amount with the currency's decimals, for machines: "49.00". Speech formats for people."""
        places = decimals(self.currency)
        sign = "-" if self.minor < 0 else ""
        if places == 0:
            return f"{sign}{abs(self.minor)}"
        whole, part = divmod(abs(self.minor), 10**places)
        return f"{sign}{whole}.{part:0{places}d}"

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise MoneyError(f"{self.currency} and {other.currency} do not mix")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, quantity: int) -> Money:
        return Money(self.minor * quantity, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.minor < other.minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def share(self, numerator: int, denominator: int) -> Money:
        """`numerator / denominator` of this amount, halves up: 8 % is `share(8, 100)`."""
        if denominator <= 0:
            raise MoneyError(f"a share needs a positive denominator, not {denominator}")
        return Money(divide_half_up(self.minor * numerator, denominator), self.currency)

    def allocate(self, weights: Sequence[int]) -> list[Money]:
        """Split into parts in proportion to `weights` that add up exactly (largest remainder, Hamilton).

        Ties go to the earlier part. All-zero weights split evenly. Negative weights are refused.
        """
        return [Money(part, self.currency) for part in largest_remainder(self.minor, weights)]


def largest_remainder(minor: int, weights: Sequence[int]) -> list[int]:
    """`Money.allocate` in minor units. Raises MoneyError as it does."""
    if not weights or min(weights) < 0:
        raise MoneyError("allocation needs at least one weight, none of them negative")
    used = list(weights) if any(weights) else [1] * len(weights)
    whole, sign, amount = sum(used), (-1 if minor < 0 else 1), abs(minor)
    parts = [amount * weight // whole for weight in used]
    missing = amount - sum(parts)
    if missing:
        remainders = [amount * weight % whole for weight in used]
        for index in sorted(range(len(used)), key=lambda i: (-remainders[i], i))[:missing]:
            parts[index] += 1
    return [sign * part for part in parts]


def zero(currency: str) -> Money:
    """Nothing, in `currency`."""
    return Money(0, currency)


def total(amounts: Sequence[Money], currency: str) -> Money:
    """Sum of `amounts`, which may be empty."""
    return sum(amounts, zero(currency))
