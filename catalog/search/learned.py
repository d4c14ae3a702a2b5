"""What the search learns from all products of a shop at once, and keeps with the index: reading a million products
again at each start would take minutes."""

from __future__ import annotations

import ast
import hashlib
import io
import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from catalog.domain.errors import IndexUnusable
from catalog.domain.product import Product
from catalog.search.columns import ColumnGathering, Columns
from catalog.search.facets import Facets, facets_of
from catalog.search.heads import Heads, learn_heads
from catalog.search.lexical import LexicalGathering, LexicalIndex, Scores, document
from catalog.search.vocabulary import Vocabulary, learn_vocabulary

_COLUMNS, _LEXICAL, _WORDS, _TITLE_WEIGHTS = "columns", "lexical", "words.pickle", "title_weights.npy"
# Only values of these come out of the file of words.
_PLAIN = {
    "builtins": frozenset(("frozenset", "set")),
    "collections": frozenset(("Counter", "defaultdict", "OrderedDict")),
}
_HERE = Path(__file__)
_PACKAGE = "catalog.search"


@dataclass(frozen=True)
class Learned:
    """`columns`, `lexical` and `title_weights` (the weights of a title's words, added up) are by position; all belong
    to one list of products."""

    heads: Heads
    vocabulary: Vocabulary
    columns: Columns
    lexical: LexicalIndex
    title_weights: Scores

    def save(self, folder: Path) -> None:
        """Write it into an empty folder."""
        for name in (_COLUMNS, _LEXICAL):
            (folder / name).mkdir()
        self.columns.save(folder / _COLUMNS)
        self.lexical.save(folder / _LEXICAL)
        np.save(folder / _TITLE_WEIGHTS, self.title_weights)
        (folder / _WORDS).write_bytes(pickle.dumps((self.heads, self.vocabulary), protocol=5))


def learn(products: Sequence[Product]) -> Learned:
    """Read all products: seconds for 20,000, minutes for a million."""
    heads = learn_heads(product.title for product in products)
    column_gathering, word_gathering = ColumnGathering(), LexicalGathering()

    def read() -> Iterator[Facets]:
        # Each product's facets are used at once by all who learn: a million of them would fill the memory.
        for product in products:
            facets = facets_of(product, heads)
            column_gathering.add(product, facets)
            word_gathering.add(document(product, facets))
            yield facets

    vocabulary = learn_vocabulary(products, read())
    columns, lexical = column_gathering.columns(), word_gathering.index()
    return Learned(heads, vocabulary, columns, lexical, _title_weights(columns, lexical, len(products)))


def _title_weights(columns: Columns, lexical: LexicalIndex, size: int) -> Scores:
    titles, weights = columns.postings["title"], np.zeros(size, dtype=np.float32)
    for word, weight in lexical.weights(titles.values()).items():
        weights[titles.of(word)] += np.float32(weight)
    return weights


def open_learned(folder: Path, size: int) -> Learned:
    """What `Learned.save` wrote of `size` products. Raises IndexUnusable where it cannot be read."""
    try:
        heads, vocabulary = _Reader(io.BytesIO((folder / _WORDS).read_bytes())).load()
        columns, lexical = Columns.open(folder / _COLUMNS), LexicalIndex.open(folder / _LEXICAL, size)
        title_weights = np.asarray(np.load(folder / _TITLE_WEIGHTS, mmap_mode="r"))
    except (OSError, ValueError, KeyError, EOFError, AttributeError, pickle.UnpicklingError) as error:
        raise IndexUnusable(f"{folder}: what was learned cannot be read ({error}); run `pairwell index`") from None
    return Learned(heads, vocabulary, columns, lexical, title_weights)


class _Reader(pickle.Unpickler):
    """Refuses everything but plain collections and the search's own classes."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of a pickled value. Raises UnpicklingError for any that does not belong here."""
        if name in _PLAIN.get(module, ()) or (module.startswith(f"{_PACKAGE}.") and name[0].isupper()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} does not belong here")


def texts_key(products: Iterable[Product]) -> str:
    """Changes when anything that is learned from the products, or the way it is learned, does; price and stock are
    not among it."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(_readers(_HERE)):
        digest.update(path.read_bytes())
    for product in products:
        digest.update("\0".join(_texts(product)).encode())
        digest.update(b"\1")
    return digest.hexdigest()


def _readers(module: Path, known: frozenset[Path] = frozenset()) -> frozenset[Path]:
    """This module, and those of the search that it imports, and that they import: what reads the products."""
    if module in known or not module.is_file():
        return known
    known |= {module}
    for node in ast.walk(ast.parse(module.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module is not None and node.module.startswith(_PACKAGE):
            names = [alias.name for alias in node.names] if node.module == _PACKAGE else [node.module.split(".")[2]]
            for name in names:
                known = _readers(module.with_name(f"{name}.py"), known)
    return known


def _texts(product: Product) -> tuple[str, ...]:
    attributes = (text for pair in product.attributes.items() for text in pair)
    return (
        product.id, product.title, product.description, product.group_id, product.brand, product.color, product.size,
        product.material, product.product_type, *attributes,
    )  # fmt: skip
