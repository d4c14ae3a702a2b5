"""What makes one product match better than another."""

from __future__ import annotations

import numpy as np
import pytest

from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.search.ranking import Match, match
from catalog.search.shelf import Shelf
from catalog.search.words import tokens

TITLES = (
    "Red lunch bag",
    "Red lunch bag with a strap",
    "Blue lunch bag",
    "Guitar strap",
    "Garden chair",
)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    told = {4: "as red as a lunch bag"}
    products = [
        Product(id=f"P{n}", title=title, description=told.get(n, ""), price=Money(100, "GBP"))
        for n, title in enumerate(TITLES)
    ]
    return Shelf(products, {}, "GBP")


def judged(shelf: Shelf, text: str, cosines: tuple[float, ...] = (0.0,) * 5) -> Match:
    terms = shelf.learned.lexical.terms(tokens(text))
    return match(shelf.learned, terms, np.arange(5), np.array(cosines, dtype=np.float32))


@pytest.mark.parametrize("text", ["red lunch bag", "Bag, lunch (red)", "the red lunch bags"])
def test_only_the_title_itself_matches_wholly(shelf: Shelf, text: str) -> None:
    relevance = judged(shelf, text).relevance
    assert relevance[0] == 1.0
    assert (relevance[1:] < 1.0).all()


def test_a_mistyped_title_comes_first_but_does_not_match_wholly(shelf: Shelf) -> None:
    relevance = judged(shelf, "guitarr strap").relevance
    assert relevance.argmax() == 3
    assert relevance[3] < 1.0


def test_a_title_that_says_nothing_else_beats_a_longer_one_and_a_title_beats_a_description(shelf: Shelf) -> None:
    relevance = judged(shelf, "red bag").relevance
    assert relevance[0] > relevance[1] > relevance[4] > relevance[3]


def test_meaning_settles_what_words_leave_open(shelf: Shelf) -> None:
    plain = judged(shelf, "lunch").relevance
    nearer = judged(shelf, "lunch", (0.0, 0.0, 0.9, 0.0, 0.0)).relevance
    assert 0 < plain[0] - plain[2] < 0.05
    assert nearer[2] > nearer[0]


def test_meaning_counts_for_more_the_less_any_product_says_in_words(shelf: Shelf) -> None:
    cosines = (0.2, 0.2, 0.2, 0.2, 0.7)
    assert judged(shelf, "red lunch bag", cosines).relevance.argmax() == 0
    assert judged(shelf, "somewhere comfortable to sit in a red summer", cosines).relevance.argmax() == 4


def test_without_a_word_in_common_nothing_is_worded(shelf: Shelf) -> None:
    found = judged(shelf, "xylophone", (0.5, 0.1, 0.1, 0.1, -0.2))
    assert not found.worded.any()
    assert found.relevance.argmax() == 0
    assert (found.relevance >= 0.0).all()
