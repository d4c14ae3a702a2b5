"""`pairwell recommend`: ranked complements for a file of baskets."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog.complements.order_history import history_of, key_of
from catalog.complements.ranking.items import Items, Places, log_prices
from catalog.complements.ranking.learning import learn_ranker
from catalog.complements.ranking.ranker import ComplementRanker
from catalog.domain.errors import Fault, FeedFaults
from catalog.embedding import embed_texts
from catalog.feed.faults import Findings
from catalog.feed.orders import read_orders
from catalog.feed.products import read_products
from catalog.search.encoders import EmbeddingModel, NoProgress, Progress, packaged_model
from catalog.search.json_lines import read_json_lines, write_json_lines

_ITEMS = 30
Pools = dict[str, Places]


def recommend_file(
    orders_path: Path,
    products_path: Path,
    in_path: Path,
    out_path: Path,
    *,
    candidates: Path | None = None,
    use_history: bool = True,
    model: EmbeddingModel | None = None,
    progress: Progress | None = None,
) -> int:
    """Answer each {"case_id", "basket"} line with {"case_id", "items": 30 ids best first, "ms"}; returns how many.

    A case may name a file of `candidates`, one id a line, that lies beside `in_path`; `candidates` here is for
    the cases that name none. Without `use_history` a case's customer is taken for nobody. Only the files given are
    used, and nothing is learned from the cases. Raises FeedFaults with file and line.
    """
    cases = list(read_json_lines(in_path, {"case_id": str, "basket": list}))
    findings = Findings()
    products, _ = read_products(products_path, None, findings, allow_free=True)
    lines = read_orders(orders_path, frozenset(product.id for product in products), findings).frame
    findings.raise_any()
    texts = [product.embedding_text() for product in products]
    vectors = embed_texts(model or packaged_model(), "Embedding products", texts, progress or NoProgress())
    items = Items(
        tuple(product.id for product in products), tuple(product.title for product in products),
        log_prices(product.price.minor for product in products), vectors,
    )  # fmt: skip
    ranker = learn_ranker(history_of(lines), items, {item_id: item_id for item_id in items.ids}).ranker()
    pools = _pools(in_path, cases, ranker)
    default = None if candidates is None else ranker.places(candidates.read_text(encoding="utf-8").split())
    return write_json_lines(out_path, _answers(ranker, cases, pools, default, use_history))


def _pools(in_path: Path, cases: list[tuple[int, dict[str, Any]]], ranker: ComplementRanker) -> Pools:
    """The candidate files that cases name, each read once."""
    pools: Pools = {}
    for line, case in cases:
        name = case.get("candidates")
        if not name or name in pools:
            continue
        path = in_path.parent / Path(str(name)).name
        if not path.is_file():
            message = f"there is no file {path.name!r} beside it"
            raise FeedFaults([Fault(str(in_path), line, "candidates", message, "put it there or leave it out")])
        pools[name] = ranker.places(path.read_text(encoding="utf-8").split())
    return pools


def _answers(
    ranker: ComplementRanker,
    cases: list[tuple[int, dict[str, Any]]],
    pools: Pools,
    default: Places | None,
    use_history: bool,
) -> Iterator[dict[str, Any]]:
    for _, case in cases:
        begin = time.perf_counter()
        basket = ranker.places([str(product_id) for product_id in case["basket"]])
        customer = key_of(str(case.get("customer_id") or "")) if use_history else 0
        allowed = pools.get(case.get("candidates") or "", default)
        ranked = ranker.rank(basket, _ITEMS, allowed=allowed, customer=customer)
        items = [ranker.items.ids[one.place] for one in ranked]
        yield {"case_id": case["case_id"], "items": items, "ms": round((time.perf_counter() - begin) * 1000, 3)}
