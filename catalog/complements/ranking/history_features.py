"""What the trees see of a known customer: what was bought before, how lately, and the taste that shows in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from catalog.complements.ranking.candidates import spoken
from catalog.complements.ranking.customers import CustomerPast, Customers, Doubles
from catalog.complements.ranking.item_model import ItemModel
from catalog.complements.ranking.items import Floats, Items, Places

NAMES = (
    "score", "basket_bought", "basket_likeness", "item_repeats", "customer_repeats", "own_orders",
    "own_orders_recent", "basket_in_last", "bought_times_basket", "bought", "is_bought", "days_since", "orders",
    "bought_share", "items", "customer_age", "taste_z", "taste", "likeness", "buyers_taste_z", "recency",
    "in_last_order",
)  # fmt: skip
_TASTE_HALF_LIFE = 120.0
_OWN_HALF_LIFE = 60.0
_RECENT_HALF_LIFE = 30.0
# Likeness and taste are of so many things bought last: a wholesaler has bought everything once.
_LATEST = 100
# Logarithm of the days of a thing never bought: beyond any that was.
_NEVER = 9.0


@dataclass(frozen=True)
class Taste:
    """How much the earlier purchases speak for each item of the head, in the linear model and among buyers."""

    linear: Floats
    buyers: Floats

    @cached_property
    def standard(self) -> Floats:
        """`linear` in standard deviations from its mean."""
        return _standard(self.linear)


def taste_of(model: ItemModel, past: CustomerPast) -> Taste:
    """Recent purchases speak louder; many of them together little louder than a few."""
    lately = past.bought.latest(_LATEST)
    weights = np.exp2(-lately.days_since / _TASTE_HALF_LIFE)
    said = spoken(model, lately.items, (weights / np.sqrt(weights.sum() + 1.0)).astype(np.float32))
    return Taste(said.shares @ model.weights[said.rows], said.shares @ model.buyers[said.rows])


def _standard(values: Floats) -> Floats:
    return np.asarray((values - values.mean()) / (values.std() + 1e-9), dtype=np.float32)


def history_features(
    model: ItemModel, items: Items, customers: Customers, past: CustomerPast, taste: Taste,
    basket: Places, places: Places, scores: Floats,
) -> Floats:  # fmt: skip
    """(places, len(NAMES)). `scores` are the log-odds without history of the candidates at `places`."""
    bought, lately = past.bought, past.bought.latest(_LATEST).items
    times = _looked_up(bought.items, bought.orders, places, 0.0)
    days = _looked_up(bought.items, bought.days_since, places, np.inf)
    was_bought = times > 0
    share = float((_looked_up(bought.items, bought.orders, basket, 0.0) > 0).mean())
    last_order = np.zeros(len(items), np.bool_)
    last_order[past.items[past.starts[-2] : past.starts[-1]]] = True
    own, own_recent = _own_orders(past, basket, places, len(items))
    rows = model.head_row[places]
    everyone = np.ones(len(places), np.float32)
    columns = [
        scores, everyone * share, everyone * _likeness_to_basket(items, lately, basket),
        customers.item_repeat_rate[places], everyone * past.repeat_rate, own, own_recent,
        everyone * float(last_order[basket].mean()), share * times, times, was_bought,
        np.where(was_bought, np.log1p(np.minimum(days, 1e6)), _NEVER), everyone * len(past.ages),
        times / len(past.ages), everyone * np.log1p(len(bought.items)), everyone * np.log1p(past.ages[-1]),
        _of_head(taste.standard, rows), _of_head(taste.linear, rows), _likeness(items, lately, places),
        _of_head(_standard(taste.buyers), rows), np.where(was_bought, np.exp2(-days / _RECENT_HALF_LIFE), 0.0),
        last_order[places],
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def _looked_up(keys: Places, values: Doubles, wanted: Places, missing: float) -> Doubles:
    spot = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[spot] == wanted, values[spot], missing)


def _of_head(values: Floats, rows: Places) -> Floats:
    """NaN for items that are not in the head."""
    return np.where(rows >= 0, values[np.maximum(rows, 0)], np.nan).astype(np.float32)


def _likeness_to_basket(items: Items, bought: Places, basket: Places) -> float:
    """How much the basket reads like what was bought before: mean over the basket of the largest cosine."""
    return float((items.vectors[bought] @ items.vectors[basket].T).max(axis=0).mean())


def _likeness(items: Items, bought: Places, places: Places) -> Floats:
    """Mean of the three largest cosines of each candidate with other things bought before."""
    cosines = items.vectors[bought] @ items.vectors[places].T
    cosines[bought[:, None] == places[None, :]] = -1.0
    if len(cosines) > 3:
        cosines = np.partition(cosines, len(cosines) - 3, axis=0)[len(cosines) - 3 :]
        return np.asarray(cosines.mean(axis=0))
    return np.asarray(cosines.max(axis=0))


def _own_orders(past: CustomerPast, basket: Places, places: Places, size: int) -> tuple[Floats, Floats]:
    """Of each candidate: the customer's own orders with it and something of the basket, by the share of the
    basket in them: summed, and the largest with recent orders counting more."""
    inside = np.zeros(size, np.bool_)
    inside[basket] = True
    shares = np.add.reduceat(inside[past.items].astype(np.float64), past.starts[:-1]) / len(basket)
    sizes = np.diff(past.starts)
    summed, largest = np.zeros(size), np.zeros(size)
    np.add.at(summed, past.items, np.repeat(shares, sizes))
    np.maximum.at(largest, past.items, np.repeat(shares * np.exp2(-past.ages / _OWN_HALF_LIFE), sizes))
    return summed[places].astype(np.float32), largest[places].astype(np.float32)
