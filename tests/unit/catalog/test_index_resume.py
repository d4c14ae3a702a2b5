"""A build that is killed goes on where it was: no text is embedded twice, and the index is the same as in one go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from catalog.catalogue import build_index
from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.domain.shop import ShopConfig, ShopDocuments
from catalog.search.encoders import Vectors
from catalog.search.index_files import current_version, index_folder
from catalog.search.partial_vectors import PartialVectors
from catalog.search.vectors import VectorIndex
from tests.fakes.hash_encoder import HashEncoder, hash_model

REPOSITORY = Path(__file__).resolve().parents[3]
DOCUMENTS = ShopDocuments(ShopConfig("Test"))
# A build whose encoder stops for good after three lots, so that it can be killed in the middle of its work.
BUILD = """
import sys, time
from pathlib import Path
from catalog.catalogue import build_index
from tests.fakes.hash_encoder import HashEncoder, hash_model
from tests.unit.catalog.test_index_resume import DOCUMENTS, products

class Stops(HashEncoder):
    lots = 0
    def encode(self, texts):
        self.lots += 1
        if self.lots > 3:
            print("embedded", len(self.asked), flush=True)
            time.sleep(600)
        return super().encode(texts)

build_index(Path(sys.argv[1]), products(), None, DOCUMENTS, hash_model(Stops()))
"""


def products(count: int = 1100) -> list[Product]:
    return [
        Product(id=f"P{number}", title=f"Thing number {number}", price=Money(100, "GBP")) for number in range(count)
    ]


def build(home: Path, count: int = 1100) -> HashEncoder:
    encoder = HashEncoder()
    build_index(home, products(count), None, DOCUMENTS, hash_model(encoder))
    return encoder


def vectors(home: Path) -> Vectors:
    index = VectorIndex(index_folder(home) / str(current_version(home)))
    return index.vectors(np.arange(index.size))


@pytest.fixture
def killed(tmp_path: Path) -> tuple[Path, int]:
    """The home of a build that was killed, and how many texts it had embedded."""
    home = tmp_path / "home"
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(home)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        told = process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    return home, int(told.split()[1])


def test_a_killed_build_goes_on_where_it_was(killed: tuple[Path, int], tmp_path: Path) -> None:
    home, embedded = killed
    assert 0 < embedded < 1100
    assert current_version(home) is None
    assert len(build(home).asked) == 1100 - embedded
    build(tmp_path / "whole")
    assert np.array_equal(vectors(home), vectors(tmp_path / "whole"))
    left = {path.name for path in index_folder(home).iterdir()}
    assert left == {"current", str(current_version(home))}, "nothing of the killed build remains"


def test_what_was_half_written_is_embedded_again(killed: tuple[Path, int], tmp_path: Path) -> None:
    home, embedded = killed
    (partial,) = index_folder(home).glob(".partial-*")
    content = bytearray(partial.read_bytes())
    content[50] ^= 1
    partial.write_bytes(bytes(content[:-7]))
    assert len(build(home).asked) == 1100 - embedded + 2
    build(tmp_path / "whole")
    assert np.array_equal(vectors(home), vectors(tmp_path / "whole"))


def test_records_are_kept_by_model(tmp_path: Path) -> None:
    kept = PartialVectors(tmp_path, "one")
    kept.keep([b"a" * 16], np.ones((1, 4), dtype=np.float16))
    kept.keep([b"b" * 16], np.zeros((1, 4), dtype=np.float16))
    assert sorted(kept.read(4)) == [b"a" * 16, b"b" * 16]
    assert PartialVectors(tmp_path, "two").read(4) == {}
    kept.remove()
    assert kept.read(4) == {}


def test_texts_that_products_share_are_embedded_once(tmp_path: Path) -> None:
    same = [Product(id=f"P{number}", title="The same", price=Money(100, "GBP")) for number in range(50)]
    encoder = HashEncoder()
    build_index(tmp_path, same, None, DOCUMENTS, hash_model(encoder))
    assert encoder.asked == ["The same"]


def test_of_two_builds_at_a_time_one_waits_and_has_nothing_left_to_do(tmp_path: Path) -> None:
    class Slow(HashEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            time.sleep(0.2)
            return super().encode(texts)

    encoders = Slow(), Slow()
    threads = [
        threading.Thread(target=build_index, args=(tmp_path, products(40), None, DOCUMENTS, hash_model(encoder)))
        for encoder in encoders
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(encoder.asked) for encoder in encoders) == [0, 40]
