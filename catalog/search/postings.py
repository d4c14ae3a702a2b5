"""Which products have a value: per value an ascending array of positions, all values in two memory-mapped arrays."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int32]
_NOWHERE: Places = np.zeros(0, dtype=np.int32)


class Postings:
    """Value -> ascending product positions. Read only; `Gathering` makes it."""

    def __init__(self, numbers: Mapping[str, int], starts: npt.NDArray[np.int64], places: Places) -> None:
        self._numbers, self._starts, self._places = numbers, starts, places

    def of(self, value: str) -> Places:
        """The positions that have the value; none for a value that nobody has."""
        number = self._numbers.get(value)
        return _NOWHERE if number is None else self._places[self._starts[number] : self._starts[number + 1]]

    def values(self) -> Iterable[str]:
        """Every value that some product has, in alphabetical order."""
        return self._numbers.keys()

    def has(self, value: str, places: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        """For each of some positions, in any order, whether it has the value."""
        return among(places, self.of(value))

    def save(self, folder: Path, name: str) -> None:
        """Write three files that begin with `name`."""
        (folder / f"{name}.values.json").write_text(json.dumps(list(self._numbers)), encoding="utf-8")
        np.save(folder / f"{name}.starts.npy", self._starts)
        np.save(folder / f"{name}.places.npy", self._places)

    @classmethod
    def open(cls, folder: Path, name: str) -> Postings:
        """What `save` wrote, memory-mapped."""
        values = json.loads((folder / f"{name}.values.json").read_text(encoding="utf-8"))
        # Plain views: slices of memory-mapped objects are slow to make.
        starts = np.asarray(np.load(folder / f"{name}.starts.npy", mmap_mode="r"))
        places = np.asarray(np.load(folder / f"{name}.places.npy", mmap_mode="r"))
        return cls({value: number for number, value in enumerate(values)}, starts, places)


class Gathering:
    """Collects the values of one product after the other, in the order of their positions."""

    def __init__(self) -> None:
        self._found: dict[str, array[int]] = {}

    def add(self, place: int, values: Iterable[str]) -> None:
        """Note that the product at `place` has `values`, each once."""
        for value in values:
            found = self._found.get(value)
            if found is None:
                found = self._found[value] = array("i")
            found.append(place)

    def postings(self) -> Postings:
        """All that was noted; the values in alphabetical order, so that the files depend on nothing else."""
        values = sorted(self._found)
        starts = np.zeros(len(values) + 1, dtype=np.int64)
        np.cumsum([len(self._found[value]) for value in values], out=starts[1:])
        places = np.zeros(int(starts[-1]), dtype=np.int32)
        for number, value in enumerate(values):
            places[starts[number] : starts[number + 1]] = self._found[value]
        return Postings({value: number for number, value in enumerate(values)}, starts, places)


def among(places: npt.NDArray[np.integer], ascending: Places) -> npt.NDArray[np.bool_]:
    """For each of `places` whether it stands in `ascending`."""
    if len(ascending) == 0:
        return np.zeros(len(places), dtype=np.bool_)
    found = np.minimum(np.searchsorted(ascending, places), len(ascending) - 1)
    present: npt.NDArray[np.bool_] = ascending[found] == places
    return present
