"""How often buyers of one thing take another along, said cautiously where orders are few. All of it elementwise."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from catalog.complements.lift import Number

Rates = npt.NDArray[np.float64]
# Strength of the pull towards chance, in orders (a prior of that many imagined ones).
_PRIOR_ORDERS = 10.0


def shrunken(together: Number, anchor_orders: Number, chance: Number) -> tuple[Rates, Rates]:
    """(rate, lift): the rate of taking both, pulled towards chance as if 10 more orders had bought by chance."""
    rate = (np.asarray(together) + _PRIOR_ORDERS * np.asarray(chance)) / (np.asarray(anchor_orders) + _PRIOR_ORDERS)
    return rate, np.divide(rate, chance, out=np.zeros(np.shape(rate)), where=np.asarray(chance) > 0)


def lower_rate(together: Number, anchor_orders: Number, z: float = 1.28) -> Rates:
    """Lower end of Wilson's 80 % interval for together / anchor_orders: cautious where orders are few.

    Wilson, Probable inference, the law of succession, and statistical inference (1927).
    """
    orders = np.maximum(np.asarray(anchor_orders, dtype=np.float64), 1.0)
    rate, share = np.asarray(together) / orders, z * z / orders
    spread = z * np.sqrt(np.maximum(0.0, rate * (1 - rate) / orders + share / orders / 4))
    lower = np.maximum(0.0, (rate + share / 2 - spread) / (1 + share))
    return np.asarray(np.where(np.asarray(anchor_orders) > 0, lower, 0.0))
