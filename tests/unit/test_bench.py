"""The bench measures what it says: the same queries for a seed, sides judged alike, sections by name."""

from __future__ import annotations

import numpy as np
import pytest

from catalog.domain.money import Money
from catalog.domain.product import Product
from tests.bench.__main__ import SECTIONS, main
from tests.bench.search_quality import Outcome
from tests.bench.search_queries import FAMILIES, known_item_queries, slip

PRODUCTS = [
    Product(
        id=f"P{number}",
        title=f"Wooden {animal} puzzle for toddlers with 12 pieces and storage bag",
        description="Little hands match shapes while they learn the names of friendly creatures",
        price=Money(100, "GBP"),
    )
    for number, animal in enumerate(("lion", "zebra", "panda", "whale", "mouse", "tiger"))
]


def test_the_same_seed_makes_the_same_queries_of_each_family() -> None:
    first, again, other = (known_item_queries(PRODUCTS, 4, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert [query.family for query in first] == [family for family in FAMILIES for _ in range(4)]
    assert {query.target for query in first} <= {product.id for product in PRODUCTS}


def test_each_family_changes_titles_in_its_own_way() -> None:
    titles = {product.id: product.title.lower() for product in PRODUCTS}
    for query in known_item_queries(PRODUCTS, 6, 3):
        kept = [word for word in query.text.split() if word in titles[query.target].split()]
        if query.family == "dropped":
            assert query.text.split() == kept
        if query.family in ("misspelled", "paraphrased", "combined"):
            assert len(kept) < len(query.text.split()), query


@pytest.mark.parametrize("word", ["guitar", "abcd", "necklace"])
def test_a_slip_is_one_edit(word: str) -> None:
    from rapidfuzz.distance import OSA

    assert {OSA.distance(word, slip(word, seed)) for seed in range(60)} <= {0, 1}
    assert slip("cat", 1) == "cat"


def test_a_gain_has_its_interval_around_it() -> None:
    families = np.array(["dropped", "combined"] * 100)
    found = {"ours": np.ones(200, dtype=bool), "bm25": families == "dropped", "vectors": np.zeros(200, dtype=bool)}
    outcome = Outcome(families, found)
    mean, low, high = outcome.gain("bm25")
    assert low < mean == 0.5 < high
    assert outcome.gain("bm25", "combined")[0] == 1.0
    assert outcome.success("ours", "dropped") == 1.0


def test_a_section_is_measured_by_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[str] = []
    for name, result in (("turns", 1), ("search", 0)):
        monkeypatch.setitem(SECTIONS, name, lambda name=name, result=result: asked.append(name) or result)
    assert main(["search"]) == 0
    assert main(["search", "turns"]) == 1
    assert asked == ["search", "search", "turns"]
    assert main(["nonsense"]) == 2
    assert "there are: " in capsys.readouterr().err
