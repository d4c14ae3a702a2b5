"""The tables of `pairwell simulate`: pressure and earnings by shopper model and by kind of offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.table import Table

from actions.simulation.promises import PROMISES
from actions.simulation.tally import Figures, Tally


def tables(tally: Tally) -> Iterator[Table]:
    """By shopper model, by kind of offer, reasons of silence, and promises."""
    yield _by_model({**dict(sorted(tally.by_model.items())), "all": tally.whole}, tally.currency)
    yield _by_kind(dict(sorted(tally.by_kind.items())), tally.currency)
    yield _counted("Why it stayed silent", "reason", dict(tally.silences.most_common()))
    yield _counted("Violations", "promise", {promise: tally.broken[promise] for promise in PROMISES})


def _by_model(groups: Mapping[str, Figures], currency: str) -> Table:
    table = _table("By shopper", "shopper", "talks", "turns", "decisions", "offers /100", "noes /100", "stops")
    _earnings(table, currency)
    for name, one in groups.items():
        per_100 = (_per_100(one.offers, one.turns), _per_100(one.declined, one.turns))
        counts = (str(one.conversations), str(one.turns), str(one.decisions), *per_100, str(one.stops))
        table.add_row(name, *counts, *_earned(one))
    return table


def _by_kind(groups: Mapping[str, Figures], currency: str) -> Table:
    table = _table("By kind of offer", "kind", "offers", "accepted", "declined")
    _earnings(table, currency)
    for name, one in groups.items():
        table.add_row(name, str(one.offers), str(one.accepted), str(one.declined), *_earned(one))
    return table


def _counted(title: str, name: str, counts: Mapping[str, int]) -> Table:
    table = _table(title, name, "times")
    for what, times in counts.items():
        table.add_row(what, str(times))
    return table


def _table(title: str, first: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _earnings(table: Table, currency: str) -> None:
    for column in ("attach rate", f"revenue {currency}", f"margin {currency}"):
        table.add_column(column, justify="right")


def _earned(one: Figures) -> tuple[str, str, str]:
    rate = f"{100 * one.accepted / one.offers:.1f} %" if one.offers else "–"
    return rate, str(one.revenue), str(one.margin)


def _per_100(number: int, turns: int) -> str:
    """For each hundred turns, to one decimal."""
    return f"{100 * number / turns:.1f}" if turns else "–"
