"""A set of things that are bought together, with its counts, and how sets are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from catalog.domain.errors import IndexUnusable


@dataclass(frozen=True)
class Bundle:
    """Two to four units that one order often holds, the most bought first.

    `held[n]` counts the distinct orders that held all parts whose bit is set in n, the first part's being 1:
    held[0] are all orders of the shop and held[-1] those that held the whole set. `customers` counts who bought
    the whole set in one order. `score` is the lower bound of the cosine measure, in (0, 1].
    """

    units: tuple[str, ...]
    held: tuple[int, ...]
    customers: int
    score: float

    @property
    def orders(self) -> int:
        """Distinct orders that held the whole set."""
        return self.held[-1]

    def orders_with(self, units: Iterable[str]) -> int:
        """Distinct orders that held all of these parts."""
        return self.held[sum(1 << self.units.index(unit) for unit in set(units))]


def save_bundles(path: Path, bundles: Sequence[Bundle]) -> None:
    """Write as JSON; `load_bundles` reads it back unchanged."""
    path.write_text(json.dumps([asdict(bundle) for bundle in bundles]), encoding="utf-8")


def load_bundles(path: Path) -> tuple[Bundle, ...]:
    """Read what `save_bundles` wrote. Raises IndexUnusable."""
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Bundle(**{**record, "units": tuple(record["units"]), "held": tuple(record["held"])}) for record in records
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnusable(f"{path}: the bundles cannot be read; run `pairwell index` ({error})") from None
