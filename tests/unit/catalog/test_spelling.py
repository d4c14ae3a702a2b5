"""Typing errors against the words of a shop."""

from __future__ import annotations

import pickle

import pytest

from catalog.search import spelling
from catalog.search.spelling import Speller, english_words

WORDS = {
    "waterproof": 40, "jacket": 60, "tent": 30, "boot": 50, "boat": 2, "sleeping": 25, "bag": 70, "black": 12,
    "block": 11, "hammock": 6, "grey": 9, "metal": 30, "teal": 1, "under": 5, "colour": 4, "rucksack": 12,
}  # fmt: skip
SPELLER = Speller(WORDS, {"headtorch": "head torch", "tentpeg": "tent peg"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("waterproof", "waterproof"),
        ("watrproof", "waterproof"),
        ("waterrproof", "waterproof"),
        ("wtaerproof", "waterproof"),
        ("aterproof", "waterproof"),
        ("eaterproof", "waterproof"),
        ("tnet", "tent"),
        ("tennt", "tent"),
        ("etal", "metal"),
        ("slepping", "sleeping"),
        ("ruckscak", "rucksack"),
        ("headtorch", "head torch"),
        ("headtroch", "head torch"),
        ("gray", "grey"),
        ("color", "colour"),
    ],
)
def test_the_likeliest_word_is_meant(typed: str, meant: str) -> None:
    assert SPELLER.guess(typed).word == meant


@pytest.mark.parametrize("word", ["piano", "guitar", "summer", "crampon", "xqzwv", "bot", "12345", "ten", "gammock"])
def test_a_word_that_is_only_not_sold_here_is_left_alone(word: str) -> None:
    assert SPELLER.guess(word).word == word


def test_a_guess_among_rivals_is_not_sure() -> None:
    assert not SPELLER.guess("blck").sure
    assert SPELLER.guess("jaket").sure


def test_of_equally_near_words_the_commoner_one_is_meant() -> None:
    assert SPELLER.guess("boxt") == SPELLER.guess("boxt")
    assert Speller({"bead": 3, "beard": 300}, {}).guess("beaard").word == "beard"


@pytest.mark.parametrize(("typed", "meant"), [("undr", "under"), ("witout", "without"), ("chepest", "cheapest")])
def test_the_words_of_conditions_are_known_in_any_shop(typed: str, meant: str) -> None:
    assert Speller({}, {}).condition_word(typed) == meant


def test_english_is_known_where_the_sentence_model_is() -> None:
    assert {"piano", "guitar", "summer"} <= english_words()


def test_a_speller_survives_the_disk() -> None:
    again = pickle.loads(pickle.dumps(SPELLER))
    assert again.guess("watrproof") == SPELLER.guess("watrproof")


def test_few_of_many_words_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = "bcdfgklmnprst"
    many = {f"{a}{b}{c}ar{d}{e}": 1 for a in letters for b in "aeiou" for c in letters for d in "aeio" for e in letters}
    speller = Speller(many | WORDS, {})
    compared: list[int] = []
    extract = spelling.process.extract
    monkeypatch.setattr(
        spelling.process,
        "extract",
        lambda word, words, **how: compared.append(len(words)) or extract(word, words, **how),
    )
    assert speller.guess("watrproof").word == "waterproof"
    assert speller.guess("aterproof").word == "waterproof"
    assert sum(compared) < len(many) / 20
