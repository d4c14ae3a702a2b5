"""docs/promises.md and docs/tuning.md name what the code names, with the defaults that it has."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from actions.selling import decision, eligibility, pressure
from catalog.domain.shop import BundleRules, OfferRules

ROOT = Path(__file__).resolve().parents[3]
PROMISES = (ROOT / "docs" / "promises.md").read_text()
TUNING = (ROOT / "docs" / "tuning.md").read_text()


@pytest.mark.parametrize("reason", eligibility.REASONS)
def test_each_refusal_of_the_gate_is_explained(reason):
    assert f"`{reason}`" in PROMISES


def test_the_gates_reasons_are_all_that_the_gate_gives():
    source = Path(eligibility.__file__).read_text()
    assert set(re.findall(r'Ineligible\("(\w+)"', source)) == set(eligibility.REASONS)


@pytest.mark.parametrize("module", [decision, pressure])
def test_each_reason_of_a_decision_is_explained(module):
    source = Path(module.__file__).read_text()
    named = set(re.findall(r'^        \(?"(\w+)",', source, re.M)) | set(
        re.findall(r'"((?:nothing|fits|asked)_\w+)"', source)
    )
    assert named
    assert [reason for reason in sorted(named) if f"`{reason}`" not in PROMISES] == []


@pytest.mark.parametrize("rules", [OfferRules, BundleRules])
def test_each_limit_stands_in_the_tuning_page_with_its_default(rules):
    for limit in fields(rules):
        assert f"| `{limit.name}` | {str(limit.default).lower()} |" in TUNING


def test_each_test_module_and_code_place_that_is_named_exists():
    named = re.findall(r"`((?:tests|actions|data)/[\w/.]+)`", PROMISES)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_each_of_the_twelve_promises_has_its_row():
    assert len(re.findall(r"^\| `[a-z-]+` \|", PROMISES, re.M)) == 12
