"""What the trees see of one basket and its candidates."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from catalog.complements.ranking import profiles
from catalog.complements.ranking.candidates import LISTS, Scored
from catalog.complements.ranking.item_model import ItemModel
from catalog.complements.ranking.items import Floats, Items, Places

_TEXT = ("meaning_max", "meaning_mean", "meaning_second", "price_to_median", "price_to_dearest", "number_nearest",
         "number_third", "basket_size")  # fmt: skip
KNOWN_NAMES = (
    *LISTS, *(f"{name}_z" for name in LISTS), "rank", "blend", *profiles.NAMES,
    "rate_max", "rate_mean", "sized_max", "buyers_max", "met", "met_often", "lift_max", "lift_mean", "lift_third",
    "linear_max", "led_max", *_TEXT,
)  # fmt: skip
# Small orders alone say more of several items; of one item they only add noise.
SEVERAL_NAMES = (*KNOWN_NAMES, "small_max", "small_sum")
NEW_NAMES = (*LISTS, *(f"{name}_z" for name in LISTS), "rank", "best_known", "log_price", *_TEXT)
# Imagined orders, as in the rates of the item model.
_PRIOR = 5.0
_LIFT_PRIOR = 3.0


def known_features(
    model: ItemModel, items: Items, scored: Scored, row: int, basket: Places, candidates: Places
) -> Floats:
    """(candidates, len(SEVERAL_NAMES)) for one basket, row `row` of `scored`, or (candidates, len(KNOWN_NAMES)) where
    it holds one item; `candidates` are rows of the head, best first by the blend."""
    places = model.head[candidates]
    lists = scored.head[:, row, candidates]
    standard = (lists - scored.means[:, row, None]) / scored.spreads[:, row, None]
    rank = np.arange(len(candidates), dtype=np.float32)
    columns = [*lists, *standard, rank, scored.blend[row, candidates], *model.profiles[places].T]
    columns += _pair_columns(model, basket, candidates)
    columns += _text_columns(items, basket, places)
    if len(basket) > 1:
        columns += _small_columns(model, basket, candidates)
    return np.stack(columns, axis=1).astype(np.float32)


def new_features(
    model: ItemModel, items: Items, scored: Scored, row: int, basket: Places, candidates: Places
) -> Floats:
    """(candidates, len(NEW_NAMES)) for items without orders of their own; `candidates` are rows of the tail."""
    places = model.tail[candidates]
    lists = scored.tail[:, row, candidates]
    standard = (lists - scored.means[:, row, None]) / scored.spreads[:, row, None]
    rank = np.arange(len(candidates), dtype=np.float32)
    best_known = np.full(len(candidates), scored.blend[row].max(initial=0.0))
    columns = [*lists, *standard, rank, best_known, items.log_prices[places]]
    columns += _text_columns(items, basket, places)
    return np.stack(columns, axis=1).astype(np.float32)


def _pair_columns(model: ItemModel, basket: Places, candidates: Places) -> list[Floats]:
    """What the orders say of the basket's items and each candidate, largest, mean and so on over the basket."""
    rows = model.head_row[basket]
    rows = rows[rows >= 0]
    if not len(rows):
        return [np.zeros(len(candidates), np.float32)] * 11
    grid = np.ix_(rows, candidates)
    together, counts = model.orders[grid], model.counts[rows][:, None]
    rates = together / (counts + _PRIOR)
    chance = (model.counts[candidates] / model.total)[None, :]
    lifts = np.log((together + _LIFT_PRIOR * chance) / ((counts + _LIFT_PRIOR) * chance))
    return [
        rates.max(axis=0), rates.mean(axis=0), model.sized[grid].max(axis=0), model.buyers[grid].max(axis=0),
        (together > 0).mean(axis=0), (together > 2).sum(axis=0), lifts.max(axis=0), lifts.mean(axis=0),
        _mean_of_largest(lifts, 3), model.weights[grid].max(axis=0), model.led[grid].max(axis=0),
    ]  # fmt: skip


def _small_columns(model: ItemModel, basket: Places, candidates: Places) -> list[Floats]:
    """The rates in small orders, largest and sum over the basket."""
    rows = model.head_row[basket]
    rates = model.small[np.ix_(rows[rows >= 0], candidates)]
    return [rates.max(axis=0, initial=0.0), rates.sum(axis=0)]


def _text_columns(items: Items, basket: Places, places: Places) -> list[Floats]:
    """What titles, prices and article numbers say of the basket and each candidate."""
    cosines = items.vectors[basket] @ items.vectors[places].T
    prices, own = items.log_prices[basket], items.log_prices[places]
    distances = np.log1p(np.abs(items.article_numbers[basket][:, None] - items.article_numbers[places][None, :]))
    return [
        cosines.max(axis=0), cosines.mean(axis=0), _mean_of_largest(cosines, 2),
        own - np.median(prices), own - prices.max(),
        _nearest(distances, 1), _nearest(distances, 3), np.full(len(places), len(basket), np.float32),
    ]  # fmt: skip


def _mean_of_largest(values: Floats, count: int) -> Floats:
    if len(values) > count:
        values = np.partition(values, len(values) - count, axis=0)[len(values) - count :]
    return np.asarray(values.mean(axis=0))


def _nearest(distances: Floats, count: int) -> Floats:
    """Mean of the smallest distances; NaN where no article number is known."""
    known = np.nan_to_num(distances, nan=np.inf)
    if len(known) > count:
        known = np.partition(known, count - 1, axis=0)[:count]
    mean: Floats = known.mean(axis=0)
    return np.where(np.isfinite(mean), mean, np.nan).astype(np.float32)


def matrix_of(parts: list[Floats], width: int) -> npt.NDArray[np.float32]:
    """The parts one below the other."""
    return np.concatenate(parts) if parts else np.zeros((0, width), np.float32)
