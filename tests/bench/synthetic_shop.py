"""A shop of any size for measuring: Zipf words in titles and descriptions, kinds, brands, colours, prices, and vectors
in clusters. The same for the same seed."""

from __future__ import annotations

import numpy as np

from catalog.domain.money import Money
from catalog.domain.product import Availability, Product
from catalog.search.encoders import Vectors

DIMENSION = 384
_WORDS, _KINDS, _BRANDS = 60_000, 400, 3_000
_COLOURS = ("black", "white", "red", "navy", "green", "grey", "")
_SYLLABLES = (
    "ba",
    "co",
    "di",
    "fu",
    "ga",
    "ho",
    "ji",
    "ku",
    "le",
    "mo",
    "na",
    "po",
    "ri",
    "so",
    "tu",
    "ve",
    "wo",
    "za",
)
_CLUSTERS, _NOISE = 4_001, 16_411
_LOT = 50_000


def vocabulary() -> list[str]:
    """Words that can be told apart and mistyped: two to five syllables, the commonest first."""
    made: dict[str, None] = {}
    chance = np.random.default_rng(1)
    while len(made) < _WORDS:
        lengths = chance.integers(2, 6, 10_000)
        for length, row in zip(lengths, chance.integers(0, len(_SYLLABLES), (10_000, 5)), strict=True):
            made.setdefault("".join(_SYLLABLES[number] for number in row[:length]))
    return list(made)[:_WORDS]


def products(size: int) -> list[Product]:
    """`size` products, without attributes; one in twenty is sold out."""
    words = vocabulary()
    # Zipf and Mandelbrot's law, which the words of English follow.
    shares = np.cumsum(1.0 / (np.arange(_WORDS) + 2.7))
    shares /= shares[-1]
    chance = np.random.default_rng(2)
    made: list[Product] = []
    while len(made) < size:
        lot = min(_LOT, size - len(made))
        ranks = np.searchsorted(shares, chance.random((lot, 16)))
        kinds, brands = chance.integers(0, _KINDS, lot), chance.integers(0, _BRANDS, lot)
        prices, colours = chance.integers(100, 50_000, lot), chance.integers(0, len(_COLOURS), lot)
        for row in range(lot):
            number = len(made)
            said = [words[rank] for rank in ranks[row]]
            kind = words[1_000 + int(kinds[row])]
            made.append(
                Product(
                    id=f"P{number:07d}",
                    title=" ".join((*said[:6], kind)),
                    description=" ".join(said[6:]),
                    price=Money(int(prices[row]), "GBP"),
                    availability=Availability.OUT_OF_STOCK if number % 20 == 0 else Availability.IN_STOCK,
                    brand=words[2_000 + int(brands[row])],
                    color=_COLOURS[int(colours[row])],
                    product_type=f"all > {kind}",
                )
            )
    return made


def centres_and_noise() -> tuple[Vectors, Vectors]:
    """Cluster centres, and differences from them to draw from; vectors made of these have clusters as real ones do."""
    chance = np.random.default_rng(3)
    centres = chance.standard_normal((_CLUSTERS, DIMENSION), dtype=np.float32)
    return centres * np.float32(0.8), chance.standard_normal((_NOISE, DIMENSION), dtype=np.float32) * np.float32(0.45)
