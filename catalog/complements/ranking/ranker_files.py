"""What was learned, on disk: arrays that workers map into memory and share, and the trees as ONNX."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from catalog.complements.ranking.customers import Customers
from catalog.complements.ranking.item_model import ItemModel
from catalog.complements.ranking.items import Items
from catalog.complements.ranking.last_bought import LastBought
from catalog.complements.ranking.learning import LearnedRanker
from catalog.complements.ranking.training import LearnedForests
from catalog.domain.errors import IndexUnusable

_ABOUT, _BORROWED = "about.json", "borrowed.npz"
_ITEMS, _MODEL, _CUSTOMERS, _LAST = "items", "model", "customers", "last"
_FORESTS = tuple(field.name for field in fields(LearnedForests))


def code_key() -> str:
    """Changes when the way of learning or of asking does: what other code has learned is then learned anew."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def save_ranker(folder: Path, learned: LearnedRanker) -> None:
    """Write all of it into `folder`, which is made; `load_ranker` reads it back."""
    folder.mkdir()
    _save_arrays(folder / _ITEMS, learned.items)
    _save_arrays(folder / _MODEL, learned.model)
    _save_arrays(folder / _CUSTOMERS, learned.customers)
    _save_arrays(folder / _LAST, learned.last)
    sparse.save_npz(folder / _BORROWED, learned.model.borrowed, compressed=False)
    for name, model in _forests(learned.forests).items():
        (folder / f"{name}.onnx").write_bytes(model)
    about = {
        "ids": learned.items.ids, "titles": learned.items.titles, "products": learned.last.product_ids,
        "total": learned.model.total, "twin": learned.model.twin, "orders": learned.orders,
        "forests": sorted(_forests(learned.forests)),
    }  # fmt: skip
    (folder / _ABOUT).write_text(json.dumps(about), encoding="utf-8")


def load_ranker(folder: Path) -> LearnedRanker:
    """What `save_ranker` wrote. Raises IndexUnusable."""
    try:
        about: dict[str, Any] = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        borrowed = sparse.csr_array(sparse.load_npz(folder / _BORROWED))
        items = Items(tuple(about["ids"]), tuple(about["titles"]), **_arrays(folder / _ITEMS))
        scalars = {"total": about["total"], "twin": about["twin"], "borrowed": borrowed}
        model = ItemModel(**scalars, **_arrays(folder / _MODEL))
        customers = Customers(**_arrays(folder / _CUSTOMERS))
        last = LastBought(tuple(about["products"]), **_arrays(folder / _LAST))
        return LearnedRanker(items, model, _read_forests(folder, about["forests"]), customers, last, about["orders"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = f"the ranker cannot be read; run `pairwell index` ({error})"
        raise IndexUnusable(f"{folder}: {reason}") from None


def _forests(forests: LearnedForests | None) -> dict[str, bytes]:
    """Those that there are, by name."""
    if forests is None:
        return {}
    return {name: model for name in _FORESTS if (model := getattr(forests, name)) is not None}


def _read_forests(folder: Path, names: list[str]) -> LearnedForests | None:
    models: dict[str, Any] = dict.fromkeys(_FORESTS)
    models |= {name: (folder / f"{name}.onnx").read_bytes() for name in names}
    return LearnedForests(**models) if names else None


def _save_arrays(folder: Path, value: Any) -> None:
    """Every field that is an array, as a file of its name."""
    folder.mkdir()
    for field in fields(value):
        array = getattr(value, field.name)
        if isinstance(array, np.ndarray):
            np.save(folder / f"{field.name}.npy", array)


def _arrays(folder: Path) -> dict[str, Any]:
    """The arrays by name, mapped into memory: all workers share the same pages."""
    return {path.stem: np.asarray(np.load(path, mmap_mode="r")) for path in sorted(folder.glob("*.npy"))}
