"""How long a query takes, beside a plain FAISS scan and numpy over the same vectors, measured in turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import faiss
import numpy as np
from threadpoolctl import threadpool_limits

from catalog.catalogue import Catalogue
from catalog.domain.product import Product
from catalog.search.encoders import Encoder, Vectors
from tests.bench.search_queries import slip

SHOWN = 10
_WARM_UP = 20


@dataclass(frozen=True)
class Timing:
    """Milliseconds of each query: by the clock, and of processor time, which other programs on the machine disturb
    less. All three sides work on one thread."""

    clock: Sequence[float]
    processor: Sequence[float]

    def __str__(self) -> str:
        clock, processor = (np.quantile(times, (0.5, 0.95)) for times in (self.clock, self.processor))
        return (
            f"p50 {clock[0]:.1f} p95 {clock[1]:.1f} ms by the clock, "
            f"p50 {processor[0]:.1f} p95 {self.p95:.1f} ms of processor time"
        )

    @property
    def p95(self) -> float:
        """95th percentile of processor time."""
        return float(np.quantile(self.processor, 0.95))

    @property
    def median(self) -> float:
        """Of the clock's times."""
        return float(np.median(self.clock))


def measure(catalogue: Catalogue, encoder: Encoder, vectors: Vectors, texts: Sequence[str]) -> dict[str, Timing]:
    """Time each text on all sides, one after the other, each from the text to the first ten products."""
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)

    def by_numpy(text: str) -> None:
        cosines = vectors @ encoder.encode([text])[0]
        best = np.argpartition(-cosines, SHOWN)[:SHOWN]
        best[np.argsort(-cosines[best])]

    sides: dict[str, Callable[[str], object]] = {
        "ours": lambda text: catalogue.search(text, limit=SHOWN),
        "faiss flat": lambda text: flat.search(encoder.encode([text]), SHOWN),
        "numpy": by_numpy,
        "embedding alone": lambda text: encoder.encode([text]),
    }
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in sides}
    with threadpool_limits(1):
        for number, text in enumerate(texts):
            for name, ask in sides.items():
                clock, processor = time.perf_counter(), time.process_time()
                ask(text)
                if number >= _WARM_UP:
                    times[name][0].append(1000 * (time.perf_counter() - clock))
                    times[name][1].append(1000 * (time.process_time() - processor))
    return {name: Timing(*both) for name, both in times.items()}


def lines(timings: dict[str, Timing], most: float) -> list[str]:
    """What was measured, with ratios of the medians."""
    ours = timings["ours"].median
    ratios = ", ".join(f"{name} {ours / timings[name].median:.2f}" for name in ("faiss flat", "numpy"))
    made = [f"  {name:16s} {timing}" for name, timing in timings.items()]
    return [*made, f"  ours takes, against {ratios}; p95 at most {most:.0f} ms of processor time"]


def shopper_texts(products: Sequence[Product], count: int, seed: int = 11) -> list[str]:
    """What shoppers might type: some words of a title, some mistyped, some with a price, a colour or stock asked."""
    chance = np.random.default_rng(seed)
    texts = []
    for place in chance.integers(0, len(products), count):
        product = products[int(place)]
        words = product.title.lower().split()
        said = [words[number] for number in chance.permutation(len(words))[: chance.integers(2, 6)]]
        if chance.random() < 0.3:
            number = int(chance.integers(0, len(said)))
            said[number] = slip(said[number], int(chance.integers(0, 2**31)))
        if chance.random() < 0.2 and product.color:
            said.insert(0, product.color)
        if chance.random() < 0.2:
            said += ["under", str(product.current_price.minor // 100 + 1)]
        if chance.random() < 0.1:
            said += ["in", "stock"]
        texts.append(" ".join(said))
    return texts
