"""Learning the whole ranker from past orders: the item model from all of them, the trees from the last months."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from catalog.complements.ranking.candidates import Scored, best, score
from catalog.complements.ranking.cases import Case, Fold, folds_of, single_items, whole_baskets
from catalog.complements.ranking.customers import customers_of
from catalog.complements.ranking.features import KNOWN_NAMES, NEW_NAMES, known_features, matrix_of, new_features
from catalog.complements.ranking.history_features import NAMES as HISTORY_NAMES
from catalog.complements.ranking.history_features import history_features, taste_of
from catalog.complements.ranking.item_model import ItemModel, fit_items
from catalog.complements.ranking.items import Floats, Items, Places
from catalog.complements.ranking.order_matrix import Mask, OrderMatrix
from catalog.complements.ranking.ranker import KNOWN_CANDIDATES, NEW_CANDIDATES, with_customers_own
from catalog.complements.ranking.trees import ROUNDS, Trees, learn_trees

_SEED = 20_11
_WHOLE_CASES = 4500
_SINGLE_CASES = 6000
_CUSTOMER_CASES = 3000
# So large a share of the items is taken for new, to learn how new ones should be ranked.
_NEW_SHARE = 0.1
_NEW_FOLDS = 2
# Baskets that are scored at once: bounds the memory.
_CHUNK = 1000
_LEAST_HITS = 200
# Only whole baskets say so much that more trees do not learn noise.
_FEWER_ROUNDS = 80


@dataclass(frozen=True)
class LearnedForests:
    """ONNX models of `ranker.Forests`; None where there was too little to learn from."""

    single: bytes
    several: bytes
    new: bytes | None
    customer: bytes | None


@dataclass(frozen=True)
class _Examples:
    """Rows for the trees, and the cases that their hidden item was found in, of `asked` cases in all."""

    features: Floats
    hits: Mask
    found: int
    asked: int

    @property
    def shift(self) -> float:
        """The trees learn from the cases whose hidden item is a candidate; this makes their odds those of all."""
        return math.log(max(self.found, 1) / max(self.asked, 1))


def learn_forests(matrix: OrderMatrix, items: Items, words: sparse.csr_array) -> LearnedForests | None:
    """The trees; None where the orders are too few to hold some back for learning."""
    folds = folds_of(matrix)
    rng = np.random.default_rng(_SEED)
    moments = [(fold, fit_items(fold.before, items, words)) for fold in folds]
    # A basket of one is asked of its own trees, whatever order it is of.
    several_cases = [
        [case for case in whole_baskets(fold, model.head, rng, _WHOLE_CASES) if len(case.basket) > 1]
        for fold, model in moments
    ]
    several = _merged([_known(model, items, cases) for (_, model), cases in zip(moments, several_cases, strict=True)])
    single = _merged(
        [_known(model, items, single_items(fold, items, model.head, rng, _SINGLE_CASES)) for fold, model in moments]
    )
    if several.found < _LEAST_HITS or single.found < _LEAST_HITS:
        return None
    several_trees = _learn(several)
    new = _merged([_new(fold, items, words, rng) for fold in folds[:_NEW_FOLDS]])
    asked = list(zip(moments, several_cases, strict=True))
    customer = _merged([_customer(*moment, items, cases, several_trees) for moment, cases in asked])
    return LearnedForests(
        _learn(single, _FEWER_ROUNDS),
        several_trees,
        _learn(new, _FEWER_ROUNDS) if new.found >= _LEAST_HITS else None,
        _learn(customer) if customer.found >= _LEAST_HITS else None,
    )


def _learn(examples: _Examples, rounds: int = ROUNDS) -> bytes:
    return learn_trees(examples.features, examples.hits, seed=_SEED, shift=examples.shift, rounds=rounds)


def _merged(parts: Sequence[_Examples]) -> _Examples:
    if not parts:
        return _Examples(np.zeros((0, 0), np.float32), np.zeros(0, np.bool_), 0, 0)
    return _Examples(
        np.concatenate([part.features for part in parts]), np.concatenate([part.hits for part in parts]),
        sum(part.found for part in parts), sum(part.asked for part in parts),
    )  # fmt: skip


def _scored(model: ItemModel, cases: Sequence[Case], *, new: bool = False) -> list[tuple[Scored, int, Case]]:
    """Each case with its scores, those of `new` items only where they are wanted; chunk by chunk, since all at once
    would not fit."""
    found = []
    for begin in range(0, len(cases), _CHUNK):
        chunk = cases[begin : begin + _CHUNK]
        scored = score(model, [case.basket for case in chunk], new=new)
        found += [(scored, row, case) for row, case in enumerate(chunk)]
    return found


def _allowed(size: int, rows: Places) -> Mask:
    """All but the rows of a basket; -1 is no row."""
    mask = np.ones(size, np.bool_)
    mask[rows[rows >= 0]] = False
    return mask


def _known(model: ItemModel, items: Items, cases: Sequence[Case]) -> _Examples:
    parts: list[Floats] = []
    hits: list[npt.NDArray[np.bool_]] = []
    for scored, row, case in _scored(model, cases):
        candidates = best(scored.blend[row], _allowed(len(model.head), model.head_row[case.basket]), KNOWN_CANDIDATES)
        hit = model.head[candidates] == case.hidden
        if hit.any():
            parts.append(known_features(model, items, scored, row, case.basket, candidates))
            hits.append(hit)
    return _examples(parts, hits, len(KNOWN_NAMES), len(cases))


def _new(fold: Fold, items: Items, words: sparse.csr_array, rng: np.random.Generator) -> _Examples:
    """Some items are taken for new: the model is learned as if they had never been sold, and they are asked for."""
    ordered = np.flatnonzero(np.asarray(fold.before.held.sum(axis=0)).ravel() >= 10)
    chosen = rng.permutation(ordered)[: round(_NEW_SHARE * len(ordered))]
    mask = np.zeros(len(items), np.bool_)
    mask[chosen] = True
    model = fit_items(fold.before.without(mask), items, words)
    pool = np.concatenate((model.head, np.sort(chosen)))
    cases = [case for case in whole_baskets(fold, pool, rng, 4 * _WHOLE_CASES) if mask[case.hidden]]
    parts: list[Floats] = []
    hits: list[npt.NDArray[np.bool_]] = []
    usable = mask[model.tail]
    for scored, row, case in _scored(model, cases, new=True):
        candidates = best(
            scored.tail_blend[row], usable & _allowed(len(model.tail), model.tail_row[case.basket]), NEW_CANDIDATES
        )
        hit = model.tail[candidates] == case.hidden
        if hit.any():
            parts.append(new_features(model, items, scored, row, case.basket, candidates))
            hits.append(hit)
    return _examples(parts, hits, len(NEW_NAMES), round(len(cases) / _NEW_SHARE))


def _customer(fold: Fold, model: ItemModel, items: Items, cases: Sequence[Case], trees: bytes) -> _Examples:
    """Cases of known customers, with the odds of the trees that know no customer among the features."""
    customers = customers_of(fold.before)
    forest = Trees(trees)
    asked = [(case, past) for case in cases if (past := customers.past(case.customer)) is not None]
    asked = asked[:: max(1, len(asked) // _CUSTOMER_CASES)]
    parts: list[Floats] = []
    hits: list[npt.NDArray[np.bool_]] = []
    for (scored, row, case), (_, past) in zip(_scored(model, [case for case, _ in asked]), asked, strict=True):
        taste = taste_of(model, past)
        mask = _allowed(len(items), case.basket)
        known = best(scored.blend[row], mask[model.head], KNOWN_CANDIDATES)
        known = with_customers_own(model, scored.blend[row], known, mask, past, taste)
        hit = model.head[known] == case.hidden
        if hit.any():
            scores = forest.scores(known_features(model, items, scored, row, case.basket, known))
            places = model.head[known]
            parts.append(history_features(model, items, customers, past, taste, case.basket, places, scores))
            hits.append(hit)
    return _examples(parts, hits, len(HISTORY_NAMES), len(asked))


def _examples(parts: list[Floats], hits: list[npt.NDArray[np.bool_]], width: int, asked: int) -> _Examples:
    found = np.concatenate(hits) if hits else np.zeros(0, np.bool_)
    return _Examples(matrix_of(parts, width), found, len(parts), asked)
