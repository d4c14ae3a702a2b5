"""The item-item model: how much each item in a basket speaks for every other one.

EASE (Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019), with its denoising variant's penalty
on the diagonal (EDLAE, Steck, NeurIPS 2020) and with side information about the items added to the co-purchases
(CEASE, Jeunen et al., RecSys 2020): titles, customers' whole history, neighbouring article numbers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from catalog.complements.ranking.items import Floats, Items, Places
from catalog.complements.ranking.pair_sums import PairSums

Doubles = npt.NDArray[np.float64]
_RIDGE = 60.0
_DROPOUT = 0.2
_TITLES = 20.0
_BUYERS = 1.0
_NUMBERS = 10.0
# Article numbers this far apart have next to nothing in common.
_NUMBER_REACH = 10.0


def item_weights(sums: PairSums, items: Items, words: sparse.csr_array, head: Places) -> Floats:
    """(head, head) float32: row i, column j is what having item i says for item j; the diagonal is 0.

    `head` are the places of the items that the model knows; `sums` are over them, `words` over all items.
    """
    if not len(head):
        return np.zeros((0, 0), np.float32)
    gram = (sums.recent + _BUYERS * sums.buyers).astype(np.float64)
    titles = sparse.csr_array(words[head])
    gram += _TITLES * (titles @ titles.T).todense()
    gram += _NUMBERS * neighbouring(items.article_numbers[head])
    diagonal = np.diag_indices_from(gram)
    gram[diagonal] += _DROPOUT / (1 - _DROPOUT) * gram[diagonal] + _RIDGE
    precision = _inverse(gram)
    # By rows, as they are read: a basket sums the rows of its items.
    weights = np.asarray(-precision / np.diag(precision)[None, :], dtype=np.float32, order="C")
    np.fill_diagonal(weights, 0.0)
    return weights


def neighbouring(numbers: Floats) -> Floats:
    """exp(-distance / reach) of article numbers; 0 where one is unknown, 1 on the diagonal."""
    distances = np.abs(numbers[:, None] - numbers[None, :])
    near = np.exp(-np.nan_to_num(distances, nan=np.inf) / _NUMBER_REACH).astype(np.float32)
    np.fill_diagonal(near, 1.0)
    return np.asarray(near)


def _inverse(matrix: Doubles) -> Doubles:
    """Of a symmetric positive definite matrix, by Cholesky's factors: half the work of a general inverse."""
    factor, failed = linalg.lapack.dpotrf(matrix, lower=0, overwrite_a=1)
    if failed:
        return np.asarray(linalg.inv(matrix))
    upper, failed = linalg.lapack.dpotri(factor, lower=0, overwrite_c=1)
    whole = np.triu(upper)
    return np.asarray(whole + np.triu(whole, 1).T)
