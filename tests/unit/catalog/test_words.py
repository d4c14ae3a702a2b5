"""Words in any script, folded the same way wherever they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.search.reading import Reading
from catalog.search.words import fold, raw_words, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2-Person Tents, 60cm", ["2", "person", "tent", "60", "cm"]),
        ("Men's T-Light holders", ["men", "tlight", "holder"]),
        ("Crème brûlée torch", ["creme", "brulee", "torch"]),
        ("Straße", ["strasse"]),
        ("Lego™ №5", ["lego", "5"]),
        ("½ litre", ["1", "2", "litre"]),
        ("אוהל לשני אנשים", ["אוהל", "לשני", "אנשים"]),
        ("אֹהֶל", ["אהל"]),
        ("خَيْمَة", ["خيمه"]),
        ("٣ خيمة", ["3", "خيمه"]),
        ("Ёлка", ["елка"]),
        ("한국 텐트", ["한국", "텐트"]),
        ("हिन्दी तम्बू", ["हिन्दी", "तम्बू"]),
        ("防水帐篷 2人", ["防水", "水帐", "帐篷", "2", "人"]),
        ("テント", ["テン", "ント"]),
        ("🎸 guitar 🎸", ["guitar"]),
        ("te\u200bnt", ["tent"]),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("tents", "tent"), ("brushes", "brush"), ("batteries", "battery"), ("shoes", "shoe"), ("tomatoes", "tomato"),
     ("knives", "knife"), ("glasses", "glass"), ("lenses", "lens"), ("gases", "gas"), ("children", "child"),
     ("ties", "tie"), ("bus", "bus"), ("canvas", "canva"), ("אנשים", "אנשים")],
)  # fmt: skip
def test_plurals_fold_to_the_singular(plural: str, singular: str) -> None:
    assert fold(plural) == singular


def test_hoodies_are_one_word_in_all_spellings() -> None:
    assert fold("hoodie") == fold("hoodies") == fold("hoody")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(exclude_characters="<&"), max_size=60))
def test_a_sentence_is_read_with_the_same_words_as_a_title(text: str) -> None:
    reading = Reading(text)
    assert [token.raw for token in reading.tokens] == raw_words(text)
    for token in reading.tokens:
        start, end = reading.span(token.start, token.end)
        assert 0 <= start < end <= len(reading.text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_words_of_words_are_the_words_themselves(text: str) -> None:
    words = raw_words(text)
    assert raw_words(" ".join(words)) == words
