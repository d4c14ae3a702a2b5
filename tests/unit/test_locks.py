"""The locks are complete, hashed, portable, and never bring CUDA."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

LOCKS = sorted((Path(__file__).resolve().parents[2] / "locks").glob("*.lock"))


def test_there_is_a_lock_for_each_environment() -> None:
    assert [lock.stem for lock in LOCKS] == ["app", "dev", "rasa"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_each_package_is_pinned_and_hashed(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text().strip())
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[^]]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_no_lock_names_a_path_or_a_registry(lock: Path) -> None:
    assert not re.search(r"://|@ file|--index-url|--find-links|^/", lock.read_text(), re.M)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_no_lock_brings_pytorch_or_cuda(lock: Path) -> None:
    names = {line.split("==")[0].lower() for line in lock.read_text().splitlines() if "==" in line}
    assert {name for name in names if name == "torch" or name.startswith("nvidia") or name == "triton"} == set()
