"""Sales tax: what an order holds of it, or what comes on top. Pure.

Tax is worked out once per order (once per rate, where goods differ in it), not per line. Lines that are rounded
one by one drift: ten things at 0.33 with 20 % tax in them hold 0.55; rounded one by one it would be 0.60.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.domain.money import Money, total
from catalog.domain.offer_rules import TaxRules

# Rates are in hundredths of a percent: 2000 is 20 %.
WHOLE = 10_000
# The column of a product feed that names another rate than the shop's.
RATE_ATTRIBUTE = "tax_rate"
_RATE = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?\s*%?")


@dataclass(frozen=True)
class Tax:
    """The tax of a cart or an order. `included`: it is within what the goods cost, else it comes on top. `name` is
    what people call it; `rate` in hundredths of a percent, None where there are several or it is not known."""

    amount: Money
    included: bool
    name: str
    rate: int | None = None

    @property
    def on_top(self) -> Money:
        """What is to be paid beside the prices; nothing where they hold it."""
        return self.amount * 0 if self.included else self.amount


def parse_rate(text: str) -> int | None:
    """A percentage below 100 with up to two decimals ("20", "8.25", "8.25 %") in hundredths of a percent; None
    where the text is none."""
    match = _RATE.fullmatch(text.strip())
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0") or 0) if match else None


def rate_text(rate: int) -> str:
    """A rate as people write it, without the sign: "20", "8.25"."""
    whole, part = divmod(rate, 100)
    return f"{whole}.{part:02d}".rstrip("0") if part else str(whole)


def contained(gross: Money, rate: int) -> Money:
    """The tax within an amount that holds it."""
    return gross.share(rate, WHOLE + rate)


def added(net: Money, rate: int) -> Money:
    """The tax that comes on top of an amount."""
    return net.share(rate, WHOLE)


def tax_on(amounts: Iterable[tuple[str, Money]], rules: TaxRules, currency: str) -> Tax | None:
    """The tax on `amounts`, each with its own rate as text, or "" for the shop's. None where the shop says nothing
    of tax. A text that is no rate counts as the shop's: the feed reader has refused it before."""
    if rules.rate == 0:
        return None
    groups: dict[int, Money] = {}
    for text, amount in amounts:
        own = parse_rate(text) if text else None
        rate = rules.rate if own is None else own
        groups[rate] = groups[rate] + amount if rate in groups else amount
    work_out = contained if rules.included else added
    parts = [work_out(amount, rate) for rate, amount in groups.items()]
    rates = list(groups) or [rules.rate]
    return Tax(total(parts, currency), rules.included, rules.name, rates[0] if len(rates) == 1 else None)
