"""`pairwell search`: ranked products for a file of queries."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from catalog.catalogue import Catalogue, open_catalogue
from catalog.domain.product import Product
from catalog.domain.shop import ShopConfig, ShopDocuments
from catalog.encoder.export import ensure_encoder
from catalog.encoder.onnx_encoder import OnnxEncoder
from catalog.feed.faults import Findings
from catalog.feed.products import read_products
from catalog.indexing import build_index
from catalog.search.encoders import EmbeddingModel, Encoder, Progress, packaged_model
from catalog.search.json_lines import read_json_lines, write_json_lines

_ITEMS = 50


def search_file(
    products_path: Path,
    in_path: Path,
    out_path: Path,
    *,
    model: EmbeddingModel | None = None,
    encoder: Encoder | None = None,
    home: Path | None = None,
    progress: Progress | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> int:
    """Answer each {"id", "query"} line with {"id", "items": ids best first, "ms"}; returns how many.

    Only the products file is used. The index is kept under `home` where given, else made for this run. Without
    `model` and `encoder` it is the packaged model, through ONNX Runtime for the queries. "ms" is the time of one
    query, its embedding included. Products may be free; a row that cannot be read is left out and told to `say`.
    Raises FeedFaults with file and line for a bad query, or where no product can be read.
    """
    queries = list(read_json_lines(in_path, {"id": str, "query": str}))
    products, currency = _readable(products_path, say)
    documents = ShopDocuments(ShopConfig(name=products_path.stem, currency=currency))
    with tempfile.TemporaryDirectory(prefix="pairwell-search-") as passing:
        place = home or Path(passing)
        build_index(place, products, None, documents, model or packaged_model(), progress)
        asking = encoder or OnnxEncoder(ensure_encoder(Path(passing)))
        catalogue = open_catalogue(place, products, documents, asking)
        return write_json_lines(out_path, _answers(catalogue, queries))


def _readable(path: Path, say: Callable[[str], None]) -> tuple[list[Product], str]:
    """The rows that are products, and their currency. One bad row should not keep thousands from being ranked."""
    findings = Findings()
    products, currency = read_products(path, None, findings, allow_free=True)
    if not products:
        findings.raise_any()
    for fault in findings.faults:
        say(f"left out: {fault}")
    return products, currency


def _answers(catalogue: Catalogue, queries: list[tuple[int, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for _, query in queries:
        begin = time.perf_counter()
        hits = catalogue.search(query["query"], limit=_ITEMS).hits
        took = (time.perf_counter() - begin) * 1000
        yield {"id": query["id"], "items": [hit.product.id for hit in hits], "ms": round(took, 3)}
