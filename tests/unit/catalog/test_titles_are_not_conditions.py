"""Who types a title wants that product: no condition read from the title may hide it."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.feed.faults import Findings
from catalog.feed.products import read_products
from catalog.search.filters import Gate
from catalog.search.shelf import Shelf
from catalog.search.understanding import Understood, understand

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
# A title may be odd beyond reading; of 1,000 no more than these may be lost.
LOST_WHOLE, LOST_MANGLED = 0.002, 0.01
SAMPLE, MOST_READ = 1500, 6000


def shelf_of(titles: list[str], **columns: str) -> Shelf:
    price = Money(1000, "GBP")
    return Shelf([Product(str(number), title, price, **columns) for number, title in enumerate(titles)], {}, "GBP")


ODD_TITLES = [
    "DO NOT TOUCH MY STUFF DOOR HANGER",
    "NO JUNK MAIL METAL SIGN",
    "No-Show Socks, Black, 3 Pack",
    "Toys for Kids under 5 Years",
    "Puzzle for Ages 3 and Up",
    "Gift Voucher £100.00",
    "Path to the Presidency From 1619 to 1600 Pennsylvania Avenue Game",
    "Jacket without Hood",
    "EIGHT PIECE DINOSAUR SET",
    "PLEASE ONE PERSON METAL SIGN",
    "Adult Poncho Size 1",
    "Cheap Trick Songbook",
    "Over 830' of Extruded Plastics",
    "Nothing but Blue Skies Mug",
    "Max Steel Figure, 12 in",
    'Record Frame 7" Single Size',
    "Two for a Tenner Card Game",
    "In Stock Trading Game",
    "The Most Expensive Game Ever",
    "Instead of a Card",
    "Anything but Love Mug",
    "שמיכה לא אדומה",
]


@pytest.mark.parametrize("title", ODD_TITLES)
def test_a_title_with_words_of_conditions_finds_its_product(title: str) -> None:
    shelf = shelf_of([*ODD_TITLES, "Red Mug", "Blue Metal Sign", "Door Hanger"])
    place = ODD_TITLES.index(title)
    understood = understand(title, shelf.vocabulary, "GBP")
    assert Gate(understood.filters).admits(shelf.products[place], shelf.facets[place])
    assert understood.sort == "relevance"


@cache
def real_shelf(name: str) -> Shelf:
    products, currency = read_products(DATA / name / "products.csv.gz", None, Findings())
    # Enough of them to learn from, and few enough to read in a second or two.
    return Shelf(products[:: max(1, len(products) // MOST_READ)], {}, currency)


def mangled(title: str, chance: random.Random) -> str:
    """Some of the words, in another order, with typing errors."""
    words = title.split()
    kept = chance.sample(words, max(2, round(len(words) * chance.uniform(0.4, 0.8)))) if len(words) > 2 else words
    return " ".join(mistyped(word, chance) if chance.random() < 0.2 else word for word in kept)


def mistyped(word: str, chance: random.Random) -> str:
    if len(word) < 4:
        return word
    at = chance.randrange(len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return chance.choice((swapped, word[:at] + word[at + 1 :], word[: at + 1] + word[at:]))


def lost(name: str, typed: Callable[[str, random.Random], str]) -> float:
    """The share of products that are hidden from who types their title so."""
    shelf, chance = real_shelf(name), random.Random(11)
    places = chance.sample(range(len(shelf.products)), min(SAMPLE, len(shelf.products)))
    hidden = [place for place in places if not admits(shelf, place, typed(shelf.products[place].title, chance))]
    return len(hidden) / len(places)


def admits(shelf: Shelf, place: int, text: str) -> bool:
    understood: Understood = understand(text, shelf.vocabulary, shelf.currency)
    return Gate(understood.filters).admits(shelf.products[place], shelf.facets[place])


@pytest.mark.skipif(not DATA.is_dir(), reason="the real data are not beside the repository (../shared/data)")
@pytest.mark.parametrize("name", ["amazon_products", "online_retail"])
def test_real_titles_hide_no_product(name: str) -> None:
    assert lost(name, lambda title, _: title) <= LOST_WHOLE


@pytest.mark.skipif(not DATA.is_dir(), reason="the real data are not beside the repository (../shared/data)")
@pytest.mark.parametrize("name", ["amazon_products", "online_retail"])
def test_titles_half_remembered_and_mistyped_hide_next_to_none(name: str) -> None:
    assert lost(name, mangled) <= LOST_MANGLED


def test_a_short_wish_still_rules_out() -> None:
    shelf = shelf_of(["Jacket without Hood", "Jacket with Hood", "Red Jacket"])
    filters = understand("jacket without hood", shelf.vocabulary, "GBP").filters
    admitted = [Gate(filters).admits(*pair) for pair in zip(shelf.products, shelf.facets, strict=True)]
    assert admitted == [True, False, True]


def test_a_request_is_obeyed_for_all_its_length() -> None:
    shelf = shelf_of(["Red Retrospot Lunch Bag for Kids", "Blue Spaceboy Lunch Bag for Kids"])
    filters = understand("do you have a red retrospot lunch bag for my kids", shelf.vocabulary, "GBP").filters
    assert filters.colors == {"red"}


def test_a_word_that_titles_say_of_other_things_is_no_condition() -> None:
    titles = ["Cotton Candy Machine"] * 3 + ["Plain Shirt"] * 3
    shelf = shelf_of(titles, material="plastic")
    assert shelf.vocabulary.doubtful >= {"cotton"} or "cotton" not in shelf.vocabulary.materials
    assert understand("cotton shirt", shelf.vocabulary, "GBP").filters.materials == frozenset()


def test_what_was_learned_survives_the_disk() -> None:
    shelf = shelf_of(ODD_TITLES)
    again = pickle.loads(pickle.dumps(shelf.vocabulary))
    for text in ("watr not red under 50", *ODD_TITLES):
        assert understand(text, again, "GBP") == understand(text, shelf.vocabulary, "GBP")
