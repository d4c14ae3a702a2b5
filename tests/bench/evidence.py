"""Counting orders: 360,000 and 10,000,000 lines, beside polars joining the lines with themselves, in one run.

Each measurement is a process of its own, so that its peak memory is its own. Ours counts more than the peer: decayed
counts, customers and sets as well as orders. The orders are invented: baskets of 2 to 60 lines, products and customers
drawn by Zipf's law.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from actions.settings import REPOSITORY
from catalog.complements.bundles import learn_bundles
from catalog.complements.co_purchases import Counting
from catalog.complements.counts import count, load_counts, save_counts
from catalog.complements.freshness import update
from catalog.complements.order_history import history_of, merged
from catalog.feed.faults import Findings
from catalog.feed.orders import read_orders

COUNTING = Counting(least=2)
# A day of a shop that sold for some three years.
DAY = 1000


@dataclass(frozen=True)
class Size:
    """How many lines of how many products, and what they may cost at most."""

    lines: int
    products: int
    most_seconds: float
    most_gib: float


SIZES = (Size(360_000, 4_000, 10.0, 4.0), Size(10_000_000, 100_000, 300.0, 4.0))


def write_orders(path: Path, size: Size) -> None:
    """Invented orders; the same for the same size."""
    draw = np.random.default_rng(20260302)
    baskets = draw.integers(2, 61, size=size.lines // 20)
    baskets = baskets[: int(np.searchsorted(np.cumsum(baskets), size.lines)) + 1]
    order = np.repeat(np.arange(len(baskets)), baskets)[: size.lines]
    product = _zipf(draw, size.products, 1.0, size.lines)
    customer = _zipf(draw, max(len(baskets) // 6, 1), 0.8, len(baskets))
    begin = np.datetime64("2023-01-01T00:00:00", "ms")
    placed = begin + np.sort(draw.integers(0, 3 * 365 * 86_400, len(baskets))).astype("timedelta64[s]")
    columns = {
        "order_id": order + 500_000,
        "timestamp": pl.Series(placed[order].astype("datetime64[ms]")).dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "customer_id": customer[order],
        "product_id": pl.Series(product).cast(pl.String).str.zfill(6),
        "quantity": draw.integers(1, 9, size.lines),
        "unit_price": product % 90 + 0.99,
    }
    pl.DataFrame(columns).write_csv(path)


def _zipf(draw: np.random.Generator, values: int, exponent: float, size: int) -> np.ndarray[Any, Any]:
    shares = np.arange(1, values + 1) ** -exponent
    return np.minimum(np.searchsorted(np.cumsum(shares / shares.sum()), draw.random(size)), values - 1)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """(seconds, result)."""
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def ours(path: Path) -> dict[str, float]:
    """Read, remember and count a file, learn sets from it; write the counts and load them."""
    reading, history = timed(lambda: history_of(_lines(path)))
    units = {product: product for product in history.products}
    counting, counts = timed(lambda: count(history, units, COUNTING))
    sets, bundles = timed(lambda: learn_bundles(history, units, {}, lambda a, b: False))
    with tempfile.TemporaryDirectory() as folder:
        save_counts(Path(folder) / "counts.npz", counts)
        loading, _ = timed(lambda: load_counts(Path(folder) / "counts.npz"))
    return {
        "seconds": reading + counting, "reading": reading, "counting": counting, "sets": sets, "loading": loading,
        "bundles": len(bundles), "pairs": counts.together.nnz // 2,
    }  # fmt: skip


def _lines(path: Path) -> pl.DataFrame:
    findings = Findings()
    lines = read_orders(path, None, findings)
    findings.raise_any()
    return lines.frame


def polars_self_join(path: Path) -> dict[str, float]:
    """The peer: pairs of distinct order lines, counted by joining the lines with themselves."""
    lines = pl.scan_csv(path, infer_schema=False).select("order_id", "product_id").unique()
    pairs = (
        lines.join(lines, on="order_id")
        .filter(pl.col("product_id") < pl.col("product_id_right"))
        .group_by("product_id", "product_id_right")
        .len()
        .filter(pl.col("len") >= COUNTING.least)
    )
    seconds, found = timed(lambda: pairs.collect(engine="streaming"))
    return {"seconds": seconds, "pairs": len(found)}


def freshness(path: Path) -> dict[str, float]:
    """The last day's lines added to the counts of the others, against counting all."""
    frame = _lines(path)
    cut = len(frame) - len(frame) // DAY
    before, newer = history_of(frame.head(cut)), history_of(frame.tail(-cut))
    units = {product: product for product in (*before.products, *newer.products)}
    counts = count(before, units, COUNTING)
    adding, updated = timed(lambda: update(counts, before, merged(before, newer), units))
    recounting, again = timed(lambda: count(merged(before, newer), units, COUNTING))
    same = (updated.together != again.together).nnz == 0
    same &= (updated.customers_together != again.customers_together).nnz == 0
    same &= np.allclose(updated.recent_together.data, again.recent_together.data, rtol=1e-5)
    return {"adding": adding, "recounting": recounting, "same": float(same)}


TASKS = {"ours": ours, "peer": polars_self_join, "freshness": freshness}


def measured(task: str, path: Path) -> dict[str, float]:
    """The task in a process of its own, with its peak memory as `gib`."""
    command = [sys.executable, "-m", "tests.bench.evidence", "--task", task, "--orders", str(path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{task} failed:\n{done.stderr[-3000:]}")
    return dict(json.loads(done.stdout))


def compare(size: Size, folder: Path) -> bool:
    """Measure one size, print, and say whether its figures hold."""
    path = folder / "orders.csv"
    write_orders(path, size)
    mine, peer, fresh = (measured(task, path) for task in ("ours", "peer", "freshness"))
    print(f"{size.lines:,} order lines, {size.products:,} products")
    print(
        f"  ours: {mine['seconds']:.1f} s (reading {mine['reading']:.1f}, counting {mine['counting']:.1f}), "
        f"peak {mine['gib']:.2f} GiB, {mine['pairs']:,.0f} pairs; loading the counts {mine['loading']:.2f} s; "
        f"{mine['bundles']:.0f} sets in {mine['sets']:.1f} s"
    )
    print(f"  polars joining with itself: {peer['seconds']:.1f} s, peak {peer['gib']:.2f} GiB")
    print(f"  evidence_seconds_ratio {mine['seconds'] / peer['seconds']:.2f}")
    print(f"  evidence_memory_ratio {mine['gib'] / peer['gib']:.2f}")
    print(f"  update_ratio {fresh['adding'] / fresh['recounting']:.2f} (the last day against all)")
    right = mine["pairs"] == peer["pairs"] and bool(fresh["same"])
    if not right:
        print("  WRONG: the counts differ from the peer's, or an update from a recount")
    return right and mine["seconds"] <= size.most_seconds and mine["gib"] <= size.most_gib


def packed(folder: Path, size: Size) -> bool:
    """Whether a gzip file of the last size is read within the same memory."""
    path = folder / "orders.csv.gz"
    with (folder / "orders.csv").open("rb") as plain, gzip.open(path, "wb", compresslevel=1) as target:
        shutil.copyfileobj(plain, target, 1 << 20)
    mine = measured("ours", path)
    print(f"  gzip: {mine['seconds']:.1f} s, peak {mine['gib']:.2f} GiB")
    return mine["seconds"] <= size.most_seconds and mine["gib"] <= size.most_gib


def main() -> int:
    """Measure all sizes; 1 where a figure does not hold."""
    with tempfile.TemporaryDirectory(prefix="pairwell-bench-") as name:
        folder = Path(name)
        held = [compare(size, folder) and packed(folder, size) for size in SIZES]
    return 0 if all(held) else 1


def _one() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--task", choices=TASKS)
    parser.add_argument("--orders", type=Path)
    options = parser.parse_args()
    if options.task is None:
        return main()
    result = TASKS[options.task](options.orders)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps({**result, "gib": peak}))
    return 0


if __name__ == "__main__":
    sys.exit(_one())
