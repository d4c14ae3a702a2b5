"""The evidence of orders beside the index: counted once, and from then on only for what was appended."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from catalog.complements.bundle import Bundle, load_bundles, save_bundles
from catalog.complements.bundle_learning import learn_bundles
from catalog.complements.cart_model import CartModel
from catalog.complements.co_purchases import CoPurchases, Counting
from catalog.complements.counts import count, load_counts, save_counts
from catalog.complements.freshness import update
from catalog.complements.order_history import OrderHistory, history_of, load_history, merged, save_history
from catalog.complements.ranking.ranker_files import load_ranker
from catalog.feed.faults import Findings
from catalog.feed.order_marks import OrdersMark, read_new_orders
from catalog.search.index_files import RANKER

GROUPS, KINDS, POPULARITY = "groups.npz", "kinds.npz", "popularity.json"
HISTORY, MARK, BUNDLES = "orders.npz", "orders.json", "bundles.json"
EVIDENCE = (GROUPS, KINDS, POPULARITY, HISTORY, MARK, BUNDLES)
# One joint order says nothing and is most of the file.
_COUNTING = Counting(least=2)


@dataclass(frozen=True)
class Units:
    """What products are counted as: group of variants and kind by product id; `kind_of_group` by group.

    `key` changes when any of it does. `alike` tells whether two groups are the same thing to a shopper.
    """

    key: str
    groups: Mapping[str, str]
    kinds: Mapping[str, str]
    kind_of_group: Mapping[str, str]
    alike: Callable[[str, str], bool]


@dataclass(frozen=True)
class _Counted:
    history: OrderHistory
    mark: OrdersMark | None
    groups: CoPurchases
    kinds: CoPurchases


@dataclass(frozen=True)
class OrderEvidence:
    """All that orders say, as the live shop asks it; empty for a shop without orders."""

    groups: CoPurchases | None = None
    kinds: CoPurchases | None = None
    bundles: Sequence[Bundle] = ()
    model: CartModel | None = None


def open_evidence(folder: Path) -> OrderEvidence:
    """What `write_evidence` wrote, and the ranker beside it. Raises IndexUnusable."""
    groups = load_counts(folder / GROUPS)
    learned = load_ranker(folder / RANKER)
    model = CartModel(learned.ranker(), learned.last, groups.newest)
    return OrderEvidence(groups, load_counts(folder / KINDS), load_bundles(folder / BUNDLES), model)


def write_evidence(folder: Path, previous: Path | None, orders_path: Path, units: Units) -> None:
    """Write the files `EVIDENCE` into `folder`. Raises FeedFaults for unreadable orders.

    Where the order file begins as it did when `previous` was written, with the same units, only the lines after
    that are counted; the result is the same.
    """
    counted = _counted(previous, orders_path, units)
    save_counts(folder / GROUPS, counted.groups)
    save_counts(folder / KINDS, counted.kinds)
    save_history(folder / HISTORY, counted.history)
    mark = None if counted.mark is None else asdict(counted.mark)
    _write_json(folder / MARK, {"units": units.key, "mark": mark})
    _write_json(folder / POPULARITY, popularity(counted.history))
    bundles = learn_bundles(counted.history, units.groups, units.kind_of_group, units.alike)
    save_bundles(folder / BUNDLES, bundles)


def popularity(history: OrderHistory) -> dict[str, int]:
    """Distinct orders of each product that was ever bought."""
    orders = np.bincount(history.items, minlength=len(history.products))
    return dict(sorted(zip(history.products, orders.tolist(), strict=True)))


def _counted(previous: Path | None, orders_path: Path, units: Units) -> _Counted:
    findings = Findings()
    mark = None if previous is None else _mark(previous, units.key)
    new = read_new_orders(orders_path, frozenset(units.groups), mark, findings)
    findings.raise_any()
    newer = history_of(new.lines.frame)
    if previous is None or not new.resumed:
        return _Counted(newer, new.mark, *(count(newer, of, _COUNTING) for of in (units.groups, units.kinds)))
    before = load_history(previous / HISTORY)
    after = merged(before, newer)
    groups, kinds = (
        update(load_counts(previous / name), before, after, unit_of)
        for name, unit_of in ((GROUPS, units.groups), (KINDS, units.kinds))
    )
    return _Counted(after, new.mark, groups, kinds)


def _mark(previous: Path, key: str) -> OrdersMark | None:
    """How far the orders were counted for these units; None where they were not."""
    try:
        kept = json.loads((previous / MARK).read_text(encoding="utf-8"))
        return OrdersMark(**kept["mark"]) if kept["units"] == key and kept["mark"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # nothing is lost: all orders are counted again


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")
