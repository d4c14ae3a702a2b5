"""The words that this shop uses: its kinds, brands, colours, sizes and materials, and every word for typing errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from catalog.domain.product import Product
from catalog.search.facets import Facets
from catalog.search.heads import count_pairs
from catalog.search.kinds import KindNames, kind_names, named_kinds, with_synonyms
from catalog.search.reading import Reading
from catalog.search.spelling import Speller
from catalog.search.synonyms import learn_synonyms
from catalog.search.title_phrases import TitlePhrases
from catalog.search.words import COLOUR_WORDS, MATERIAL_WORDS, STOP_WORDS, key, tokens

# A name is doubtful where more than one in fifty titles that say it belong to a product that is not so.
_DOUBTFUL = 0.02
# So many titles, evenly spread, say enough about what a kind's name is worth.
_TITLES_READ = 4000
# And so many texts about what stands for what.
_TEXTS_READ = 20_000
# Two words are a compound where several titles put them together.
_TOGETHER = 3
_MOST_COMPOUNDS = 50_000
LONGEST_NAME = 4


@dataclass(frozen=True)
class Vocabulary:
    """Comparable forms (`words.key`). `kinds` maps a name, or its last word, to the kinds it may mean.

    `doubtful` are names that titles also say of other things ("cotton candy" is not of cotton): alone they make no
    condition. `units` are the base units that products have, by kind, and under "" those of all. `pairs` are two
    words that often stand together in titles.
    """

    kinds: KindNames
    brands: frozenset[str]
    colors: frozenset[str]
    sizes: frozenset[str]
    materials: frozenset[str]
    words: Mapping[str, int]
    doubtful: frozenset[str]
    units: Mapping[str, frozenset[str]]
    pairs: frozenset[str]
    titles: TitlePhrases
    spelling: Speller
    synonyms: Mapping[str, tuple[str, ...]]

    def correct(self, word: str) -> str:
        """The word as the shop writes it: itself where known, else the likeliest known one (two, where the shop
        writes a compound apart), else itself."""
        return word if word in STOP_WORDS else self.spelling.guess(word).word


def learn_vocabulary(products: Sequence[Product], facets: Iterable[Facets]) -> Vocabulary:
    """Collect the words of all products, in one pass over their `facets`, which are not kept."""
    words: Counter[str] = Counter()
    title_words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    doubts, titles = _Doubts(), TitlePhrases()
    declared: set[str] = set()
    names: dict[str, set[str]] = {"brands": set(), "colors": set(), "sizes": set(), "materials": set()}
    units: dict[str, set[str]] = {"": set()}
    some: dict[int, Facets] = {}
    step = max(1, len(products) // _TITLES_READ)
    for place, (product, facet) in enumerate(zip(products, facets, strict=True)):
        title = tokens(product.title)
        if place % step == 0:
            some[place] = facet
        words.update(facet.words.union(title))
        title_words.update(set(title))
        count_pairs(pairs, _telling_pairs(title))
        declared.update(product.product_type.split(">") if product.product_type else ())
        _collect(names, units, product, facet)
        doubts.see(title, facet)
        titles.see(product.title, title)
    common = _common_pairs(pairs)
    synonyms = learn_synonyms(_some_texts(products), title_words, words, len(products))
    kinds = with_synonyms(kind_names(key(part) for part in declared), synonyms)
    colors, materials = frozenset(names["colors"]) | COLOUR_WORDS, frozenset(names["materials"])
    brands = frozenset(names["brands"])
    return Vocabulary(
        kinds=kinds,
        brands=brands,
        colors=colors,
        sizes=frozenset(names["sizes"]),
        materials=materials,
        words=words,
        doubtful=doubts.about(colors | materials | brands) | _doubtful_kinds(kinds, products, some, colors, doubts),
        units={kind: frozenset(known) for kind, known in units.items()},
        pairs=frozenset(" ".join(pair) for pair in common),
        titles=titles,
        spelling=Speller(words, {"".join(pair): " ".join(pair) for pair in common if _may_be_one_word(pair)}),
        synonyms=synonyms,
    )


def _some_texts(products: Sequence[Product]) -> Iterator[list[str]]:
    for place in range(0, len(products), max(1, len(products) // _TEXTS_READ)):
        yield tokens(f"{products[place].title}. {products[place].description}")


def _collect(names: dict[str, set[str]], units: dict[str, set[str]], product: Product, facet: Facets) -> None:
    names["colors"].update(facet.colors)
    names["materials"].update(word for word in facet.materials if word in MATERIAL_WORDS)
    if facet.brand:
        names["brands"].add(facet.brand)
    if product.size:
        names["sizes"].update(facet.sizes)
    for _, unit in facet.measures:
        units[""].add(unit)
        for kind in facet.kinds:
            units.setdefault(kind, set()).add(unit)


def _telling_pairs(title: Sequence[str]) -> Iterator[tuple[str, str]]:
    return (pair for pair in pairwise(title) if STOP_WORDS.isdisjoint(pair) and pair[0] != pair[1])


def _common_pairs(pairs: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    often = ((count, pair) for pair, count in pairs.items() if count >= _TOGETHER)
    ranked = sorted(often, key=lambda item: (-item[0], item[1]))
    return [pair for _, pair in islice(ranked, _MOST_COMPOUNDS)]


def _may_be_one_word(pair: tuple[str, str]) -> bool:
    return all(len(word) > 2 and word.isalpha() for word in pair)


@lru_cache(maxsize=4096)
def _last_words(kinds: frozenset[str]) -> frozenset[str]:
    return frozenset(kind.split()[-1] for kind in kinds if kind)


class _Doubts:
    """Counts, for each word that titles say, how many of the products have it as colour, material, brand or kind."""

    def __init__(self) -> None:
        self._said: Counter[str] = Counter()
        self._kept: Counter[str] = Counter()
        self._of_kind: Counter[str] = Counter()
        self.leaf_kinds: set[str] = set()

    def see(self, title: Sequence[str], facet: Facets) -> None:
        """One more title."""
        said = set(title)
        if facet.brand and " " in facet.brand and facet.brand in " ".join(title):
            said.add(facet.brand)
        self._said.update(said)
        self._kept.update(said & (facet.colors | facet.materials | {facet.brand, *facet.brand.split()}))
        if facet.leaf_kind:
            self.leaf_kinds.add(facet.leaf_kind)
            self._of_kind.update(said & _last_words(facet.kinds))

    def about(self, names: Iterable[str]) -> frozenset[str]:
        """Those of the names that say too little."""
        return frozenset(name for name in names if self._too_often_wrong(name, self._kept))

    def about_kinds(self, names: Iterable[str]) -> frozenset[str]:
        """Those names of kinds that titles say, anywhere, of too many other things."""
        return frozenset(name for name in names if self._too_often_wrong(name, self._of_kind))

    def _too_often_wrong(self, name: str, right: Counter[str]) -> bool:
        return self._said[name] - right[name] > _DOUBTFUL * self._said[name]


def _doubtful_kinds(
    kinds: KindNames, products: Sequence[Product], some: Mapping[int, Facets], colors: frozenset[str], doubts: _Doubts
) -> frozenset[str]:
    """Names of kinds that other things are called, too, read from some titles as a shopper's words are.

    A name of several kinds that hardly any title ends with is judged by the titles that have it anywhere: among
    "walking" poles, boots and sandals, "walking" is no kind of thing.
    """
    said: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for name, right in _kinds_of_titles(kinds, products, some, colors) if kinds else ():
        said[name] += 1
        wrong[name] += not right
    unproved = (name for name in kinds if said[name] < _TOGETHER and name not in doubts.leaf_kinds)
    seldom = doubts.about_kinds(unproved)
    return seldom | {name for name in said if said[name] >= _TOGETHER and wrong[name] > _DOUBTFUL * said[name]}


def _kinds_of_titles(
    kinds: KindNames, products: Sequence[Product], some: Mapping[int, Facets], colors: frozenset[str]
) -> Iterator[tuple[str, bool]]:
    for place, facet in some.items():
        read = Reading(products[place].title).tokens
        for first, last in named_kinds(read, kinds, colors):
            name = " ".join(token.word for token in read[first:last])
            yield name, not kinds[name].isdisjoint(facet.kinds)
