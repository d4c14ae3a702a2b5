"""What changed in a cart under the shopper since their last look, so that nobody pays a total unseen. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.shop.coupons import COUPON
from actions.shop.model import CartLine
from actions.shop.sets import SET
from catalog.domain.money import Money

_ENDED = (("set_ended", SET), ("coupon_ended", COUPON))


@dataclass(frozen=True)
class StandingLine:
    """A line as it stands in the cart. What the shopper last saw of it: `seen_price`, the unit price;
    `seen_discount`, the whole line's (None: none); `seen_quote`, what gave it."""

    product_id: str
    quantity: int
    seen_price: Money
    seen_discount: Money | None = None
    seen_quote: str = ""


def unseen(standing: Sequence[StandingLine], lines: Sequence[CartLine], changed: Sequence[str]) -> dict[str, CartLine]:
    """The lines that cost something else than the shopper saw, or are reduced by something else, by product."""
    return {
        line.product_id: line
        for before, line in zip(standing, lines, strict=True)
        if before.seen_quote != line.quote_id or line.product_id in changed or _seen(before) != _shown(line)
    }


def changed_prices(standing: Sequence[StandingLine], lines: Sequence[CartLine], held: Mapping[str, int]) -> list[str]:
    """The products whose price moved, where a unit of them is not held by a quote."""
    return [
        line.product_id
        for before, line in zip(standing, lines, strict=True)
        if before.seen_price != line.unit_price and held.get(line.product_id, 0) < line.quantity
    ]


def ended_savings(standing: Sequence[StandingLine], lines: Sequence[CartLine]) -> list[str]:
    """ "set_ended" and "coupon_ended": what reduced a line does so no more, and nothing as good took its place."""
    if sum(line.discount.minor for line in lines) >= sum(_seen_discount(line) for line in standing):
        return []
    gone = {line.seen_quote for line in standing} - {line.quote_id for line in lines}
    return [note for note, mark in _ENDED if any(source.startswith(mark) for source in gone)]


def is_dearer(standing: Sequence[StandingLine], lines: Sequence[CartLine]) -> bool:
    """Whether the cart costs more than the shopper last saw."""
    return sum(map(_shown, lines)) > sum(map(_seen, standing))


# A cart is looked at all the time: these compare minor units and make no money values of them.
def _seen(line: StandingLine) -> int:
    """What the shopper last saw the line cost, with the quantity of now, in minor units."""
    return line.seen_price.minor * line.quantity - _seen_discount(line)


def _seen_discount(line: StandingLine) -> int:
    return 0 if line.seen_discount is None else line.seen_discount.minor


def _shown(line: CartLine) -> int:
    return line.unit_price.minor * line.quantity - line.discount.minor
