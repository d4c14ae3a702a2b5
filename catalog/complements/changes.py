"""What is different between a history of orders and the same history with more orders in it."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from catalog.complements.baskets import (
    Baskets,
    Mask,
    Singles,
    bought_by,
    counted_orders,
    customer_rows,
    decayed,
    held_by,
    sessions,
)
from catalog.complements.co_purchases import Counting
from catalog.complements.order_history import Longs, OrderHistory
from catalog.complements.pair_counts import meetings


class Change:
    """From `before` to `after`, in matrices whose columns are the later units; `rows` is `unit_rows` of them."""

    def __init__(self, before: OrderHistory, after: OrderHistory, rows: Longs, units: int, counting: Counting) -> None:
        self._before, self._after, self._rows, self._units, self._counting = before, after, rows, units, counting
        self._counted_before, self._counted = counted_orders(before, counting), counted_orders(after, counting)
        self.orders = self._changed_orders()
        self._was = self._baskets(before, self.orders[: len(before.orders)] & self._counted_before)
        self._now = self._baskets(after, self.orders & self._counted)
        self._owned, self._own = self._buyers()

    def _changed_orders(self) -> Mask:
        """Orders that are new, grew or came to count otherwise, with all of their sessions then and now."""
        before, after, size = self._before, self._after, len(self._before.orders)
        changed = np.ones(len(after.orders), np.bool_)
        same_lines = np.diff(before.starts) == np.diff(after.starts)[:size]
        same_values = (before.times == after.times[:size]) & (before.customers == after.customers[:size])
        changed[:size] = ~(same_lines & same_values & (self._counted_before == self._counted[:size]))
        then, now = sessions(before, self._counting)[0], sessions(after, self._counting)[0]
        while True:
            wider = whole(now, changed)
            wider[:size] |= whole(then, wider[:size])
            if (wider == changed).all():
                return changed
            changed = wider

    def _baskets(self, history: OrderHistory, chosen: Mask) -> tuple[sparse.csr_array, Longs]:
        """(sessions x units of the chosen orders, times of the sessions)."""
        _, times = sessions(history, self._counting)
        return held_by(history, self._rows, self._units, self._counting, chosen), times

    def _buyers(self) -> tuple[sparse.csr_array, sparse.csr_array]:
        """What the customers of changed orders had bought before, and what they have now; the same rows."""
        known = np.unique(self._after.customers)
        before, after = (customer_rows(history.customers, known) for history in (self._before, self._after))
        touched = np.zeros(len(known) + len(after), np.bool_)
        touched[after[self.orders]] = True
        touched[before[self.orders[: len(before)]]] = True
        owned = bought_by(self._before, self._rows, self._units, touched[before] & self._counted_before, known)
        own = bought_by(self._after, self._rows, self._units, touched[after] & self._counted, known)
        owned.resize(own.shape)
        return owned, own

    def work(self) -> int:
        """Meetings of units that the change has to go through."""
        orders = sum(int((np.diff(held.indptr).astype(np.int64) ** 2).sum()) for held, _ in (self._was, self._now))
        gained, lost = beyond(self._own, self._owned), beyond(self._owned, self._own)
        return orders + sum(
            2 * int(np.diff(more.indptr).astype(np.int64) @ np.diff(all_of.indptr))
            for more, all_of in ((gained, self._own), (lost, self._owned))
        )

    def fading(self) -> float:
        """What a decayed count shrinks to because there are newer orders."""
        return float(decayed(np.array([self._before.newest]), self._after.newest, self._counting.half_life_days)[0])

    def singles(self) -> tuple[Singles, Singles]:
        """(was, now): what the changed orders and their customers count, each weighed at its own time."""
        was, now = self._weighed()
        return was.singles(), now.singles()

    def met(self) -> tuple[sparse.csr_array, sparse.csr_array]:
        """(was, now): the `meetings` of the changed orders, each weighed at its own time."""
        was, now = self._weighed()
        return meetings(was.held, was.weights), meetings(now.held, now.weights)

    def _weighed(self) -> tuple[Baskets, Baskets]:
        half_life = self._counting.half_life_days
        (was, times_before), (now, times) = self._was, self._now
        return (
            Baskets(was, decayed(times_before, self._before.newest, half_life), self._owned),
            Baskets(now, decayed(times, self._after.newest, half_life), self._own),
        )

    def customers(self) -> sparse.csr_array:
        """By how many the customers of both changed, for each pair of units."""
        return _pairs_beyond(self._own, self._owned) - _pairs_beyond(self._owned, self._own)


def whole(session: Longs, chosen: Mask) -> Mask:
    """All orders of the sessions of the chosen ones."""
    marked = np.zeros(len(session), np.bool_)
    marked[session[chosen]] = True
    return marked[session]


def beyond(more: sparse.csr_array, less: sparse.csr_array) -> sparse.csr_array:
    """The ones of `more` that are not in `less`."""
    rest = sparse.csr_array(more - more.multiply(less))
    rest.eliminate_zeros()
    return rest


def _pairs_beyond(own: sparse.csr_array, owned: sparse.csr_array) -> sparse.csr_array:
    """For each pair of units, how many customers have both in `own` but not in `owned`."""
    new = beyond(own, owned)
    with_new = sparse.csr_array(new.T @ own)
    return with_new + with_new.T.tocsr() - sparse.csr_array(new.T @ new)
