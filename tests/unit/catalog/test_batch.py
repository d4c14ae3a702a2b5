"""The file-to-file verbs: one answer a line, and a bad line named by file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalog.complements.batch import recommend_file
from catalog.domain.errors import FeedFaults
from catalog.search.batch import search_file
from tests.fakes.hash_encoder import HashEncoder, hash_model
from tests.unit.catalog.conftest import PRODUCTS, orders_text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "products.csv").write_text(PRODUCTS)
    (tmp_path / "orders.csv").write_text(orders_text())
    return tmp_path


def search(folder: Path, text: str) -> list[dict[str, object]]:
    (folder / "in.jsonl").write_text(text)
    encoder = HashEncoder()
    files = folder / "products.csv", folder / "in.jsonl", folder / "out.jsonl"
    search_file(*files, model=hash_model(encoder), encoder=encoder)
    return [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]


def recommend(folder: Path, text: str) -> list[dict[str, object]]:
    (folder / "in.jsonl").write_text(text)
    files = folder / "orders.csv", folder / "products.csv", folder / "in.jsonl", folder / "out.jsonl"
    recommend_file(*files, model=hash_model(HashEncoder()))
    return [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]


def test_each_query_is_answered_best_first(folder: Path) -> None:
    (answer,) = search(folder, '{"id": "1", "query": "vee pegs"}\n\n')
    assert answer["id"] == "1"
    assert answer["items"][0] == "PEG-VEE"  # type: ignore[index]
    assert float(str(answer["ms"])) >= 0


def test_free_products_are_ranked_and_a_row_that_is_none_is_left_out_and_named(folder: Path) -> None:
    rows = "product_id,title,price,quantity\nFREE,Zebra song book,0.00,3\nBAD,,1.00,1\nDEAR,Zebra mug,5.00,1\n"
    (folder / "products.csv").write_text(rows)
    (folder / "in.jsonl").write_text('{"id": "1", "query": "zebra song book"}\n')
    told: list[str] = []
    encoder = HashEncoder()
    files = folder / "products.csv", folder / "in.jsonl", folder / "out.jsonl"
    search_file(*files, model=hash_model(encoder), encoder=encoder, say=told.append)
    assert json.loads((folder / "out.jsonl").read_text())["items"] == ["FREE", "DEAR"]
    assert len(told) == 1
    assert "products.csv:3 [title]" in told[0]


def test_the_same_products_are_embedded_once_where_the_index_is_kept(folder: Path) -> None:
    (folder / "in.jsonl").write_text('{"id": "1", "query": "vee pegs"}\n')
    files = folder / "products.csv", folder / "in.jsonl", folder / "out.jsonl"
    for bulk, wanted in ((HashEncoder(), True), (HashEncoder(), False)):
        search_file(*files, model=hash_model(bulk), encoder=HashEncoder(), home=folder / "kept")
        assert bool(bulk.asked) == wanted


def test_a_file_without_one_product_is_refused(folder: Path) -> None:
    (folder / "products.csv").write_text("product_id,title,price\nBAD,,1.00\n")
    with pytest.raises(FeedFaults, match=r"products\.csv:2 \[title\]"):
        search(folder, '{"id": "1", "query": "x"}\n')


def test_each_basket_gets_up_to_thirty_products_outside_it(folder: Path) -> None:
    (answer,) = recommend(folder, '{"case_id": "c", "basket": ["STOVE", "GONE"]}\n')
    items = answer["items"]
    assert isinstance(items, list)
    assert items[0] == "GAS"
    assert "STOVE" not in items
    assert len(items) == len(set(items))


def test_only_the_candidates_of_a_case_are_ranked(folder: Path) -> None:
    (folder / "some.txt").write_text("MUG-R\nTENT-H4\n")
    (answer,) = recommend(folder, '{"case_id": "c", "basket": ["STOVE"], "candidates": "some.txt"}\n')
    assert answer["items"] == ["MUG-R", "TENT-H4"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"id": "1", "query": "x"}\nnot json\n', "in.jsonl:2"),
        ('{"id": "1"}\n', r"in.jsonl:1 \[query\]"),
        ("[1]\n", "in.jsonl:1"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(folder: Path, text: str, place: str) -> None:
    with pytest.raises(FeedFaults, match=place):
        search(folder, text)
    assert not (folder / "out.jsonl").exists()


def test_a_missing_candidates_file_is_named(folder: Path) -> None:
    with pytest.raises(FeedFaults, match=r"there is no file 'none\.txt'"):
        recommend(folder, '{"case_id": "c", "basket": [], "candidates": "none.txt"}\n')
