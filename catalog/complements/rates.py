"""How often buyers of one thing take another along, said cautiously where orders are few."""

from __future__ import annotations

import math

# Strength of the pull towards chance, in orders (a prior of that many imagined ones).
_PRIOR_ORDERS = 10.0


def shrunken(together: int, anchor_orders: int, chance: float) -> tuple[float, float]:
    """(rate, lift): the rate of taking both, pulled towards chance as if 10 more orders had bought by chance."""
    rate = (together + _PRIOR_ORDERS * chance) / (anchor_orders + _PRIOR_ORDERS)
    return rate, rate / chance if chance > 0 else 0.0


def lower_rate(together: int, anchor_orders: int, z: float = 1.28) -> float:
    """Lower end of Wilson's 80 % interval for together / anchor_orders: cautious where orders are few."""
    if anchor_orders == 0:
        return 0.0
    rate, share = together / anchor_orders, z * z / anchor_orders
    spread = z * math.sqrt(max(0.0, rate * (1 - rate) / anchor_orders + share / anchor_orders / 4))
    return max(0.0, (rate + share / 2 - spread) / (1 + share))
