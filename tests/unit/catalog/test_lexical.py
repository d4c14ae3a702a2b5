"""Words: BM25 as the library gives it, near words for typing errors, words written together or apart."""

from __future__ import annotations

from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from catalog.search.lexical import LexicalGathering, LexicalIndex
from catalog.search.near_words import NearWords

DOCUMENTS = [
    ["red", "lunch", "bag"],
    ["blue", "lunch", "bag", "bag"],
    ["head", "torch", "red"],
    ["guitar", "strap"],
    ["guitar", "string", "set"],
    ["bagpipe"],
    ["headband"],
]


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return indexed(DOCUMENTS)


def indexed(documents: list[list[str]]) -> LexicalIndex:
    gathering = LexicalGathering()
    for words in documents:
        gathering.add(words)
    return gathering.index()


def best(lexical: LexicalIndex, *words: str, mistyped: tuple[str, ...] = ()) -> list[int]:
    scores = lexical.scores(lexical.terms(words, mistyped))
    return [int(place) for place in np.argsort(-scores, kind="stable") if scores[place] > 0]


def test_scores_of_known_words_are_the_librarys(lexical: LexicalIndex) -> None:
    library = bm25s.BM25(k1=0.5, b=0.5)
    library.index(DOCUMENTS, show_progress=False)
    ours = lexical.scores(lexical.terms(["lunch", "bag", "guitar"]))
    assert np.allclose(ours, library.get_scores(["lunch", "bag", "guitar"]), atol=1e-6)


def test_some_places_score_as_all_do(lexical: LexicalIndex) -> None:
    terms, places = lexical.terms(["red", "bag", "gutar"]), np.array([4, 0, 6, 1])
    assert np.allclose(lexical.scores_at(terms, places), lexical.scores(terms)[places])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("gutar", {3, 4}), ("guitarr", {3, 4}), ("gituar", {3, 4}), ("strng", {4}), ("strapp", {3}), ("bagpip", {5}),
        ("guitar", {3, 4}), ("gtr", set()), ("bga", set()), ("2019", set()),
    ],
)  # fmt: skip
def test_a_typing_error_finds_what_was_meant(lexical: LexicalIndex, typed: str, found: set[int]) -> None:
    assert set(best(lexical, typed)) == found


def test_a_word_is_worth_more_than_a_near_one(lexical: LexicalIndex) -> None:
    right, wrong = (lexical.scores(lexical.terms([word])).max() for word in ("string", "strinng"))
    assert 0 < wrong < right


def test_two_words_written_as_one_are_both_looked_for(lexical: LexicalIndex) -> None:
    assert best(lexical, "headtorch")[0] == 2
    assert set(best(lexical, "lunchbag")) == {0, 1}


def test_one_word_written_as_two_is_looked_for_as_one(lexical: LexicalIndex) -> None:
    assert best(lexical, "head", "band")[0] == 6


def test_whatever_a_corrected_word_may_stand_for_is_looked_for_too(lexical: LexicalIndex) -> None:
    assert best(lexical, "strap") == [3]
    assert best(lexical, "strap", mistyped=("strp",)) == [3]
    assert best(lexical, "string", mistyped=("strang",)) == [4]


def test_synonyms_are_looked_for_at_a_discount(lexical: LexicalIndex) -> None:
    terms = lexical.terms(["strap"], synonyms={"strap": ["string", "unknown"]})
    scores = lexical.scores(terms)
    assert scores[3] > scores[4] > 0


def test_sentence_words_count_only_where_there_is_nothing_else(lexical: LexicalIndex) -> None:
    assert [term.word for term in lexical.terms(["the", "red", "and", "red"])] == ["red"]
    assert [term.word for term in lexical.terms(["the", "and"])] == ["the", "and"]


def test_very_common_words_are_left_out_of_a_first_look_only(
    lexical: LexicalIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.search.lexical._MOST_POSTINGS", 1)
    terms = lexical.terms(["torch", "red"])
    assert lexical.leaves_out(terms)
    assert best(lexical, "torch", "red") == [2]
    assert lexical.scores_at(terms, np.array([0, 2])).min() > 0


def test_an_opened_index_scores_as_the_built_one(lexical: LexicalIndex, tmp_path: Path) -> None:
    lexical.save(tmp_path)
    opened = LexicalIndex.open(tmp_path, len(DOCUMENTS))
    for words in (["red", "bag"], ["gutar"], ["headtorch"]):
        assert np.array_equal(opened.scores(opened.terms(words)), lexical.scores(lexical.terms(words)))


def test_without_words_nothing_is_found(tmp_path: Path) -> None:
    empty = indexed([[], []])
    empty.save(tmp_path)
    for index in (empty, LexicalIndex.open(tmp_path, 2), indexed([])):
        assert not index.scores(index.terms(["red"])).any()


WORDS = st.lists(st.text("abcde", min_size=1, max_size=9), unique=True, min_size=1, max_size=40)


@given(WORDS, st.text("abcde", min_size=4, max_size=9))
def test_near_words_are_all_at_the_least_distance(words: list[str], typed: str) -> None:
    found = NearWords(words).of(typed)
    distances = {number: OSA.distance(typed, word) for number, word in enumerate(words) if len(word) >= 3}
    for edits in (1, 2) if len(typed) >= 6 else (1,):
        wanted = {number for number, distance in distances.items() if 0 < distance <= edits}
        if wanted:
            assert {number for number, _ in found} == wanted
            assert all(distances[number] == edits_found for number, edits_found in found)
            return
    assert found == []
