"""docs/promises.md and docs/tuning.md name what the code names, with the defaults that it has."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from actions.selling import decision, eligibility, kinds, pressure
from catalog.domain.offer_rules import BundleRules, CouponRules, OfferRules, RankingRules, SegmentRules
from catalog.feed.selling_rules import OFFER_KINDS
from tests.fakes.offer_facts import situation

ROOT = Path(__file__).resolve().parents[3]
PROMISES = (ROOT / "docs" / "promises.md").read_text()
TUNING = (ROOT / "docs" / "tuning.md").read_text()
OFFERS = (ROOT / "docs" / "offers.md").read_text()


@pytest.mark.parametrize("reason", eligibility.REASONS)
def test_each_refusal_of_the_gate_is_explained(reason):
    assert f"`{reason}`" in PROMISES


def test_the_refusals_are_all_that_the_code_gives():
    places = [Path(eligibility.__file__), Path(decision.__file__), *Path(kinds.__file__).parent.glob("*.py")]
    source = "\n".join(path.read_text() for path in places)
    by_gate = set(re.findall(r'Ineligible\("(\w+)"', source))
    by_kind = set(re.findall(r'return (?:"" if [^\n]+ else )?"(\w+)"(?: if|\n)', source)) & set(eligibility.REASONS)
    by_ranking = {name for name in eligibility.REASONS if f'"{name}"' in Path(decision.__file__).read_text()}
    assert by_gate | by_kind | by_ranking == set(eligibility.REASONS)


def test_each_reason_of_a_pitch_is_explained():
    look = situation()
    reasons = {kind.reason(replace(look, moment=moment)) for kind in kinds.KINDS.values() for moment in kind.moments}
    assert {"fits_cart", "asked_for", "closes_gap"} <= reasons
    assert [reason for reason in sorted(reasons) if f"`{reason}`" not in PROMISES] == []


@pytest.mark.parametrize("module", [decision, pressure])
def test_each_reason_of_a_silence_is_explained(module):
    source = Path(module.__file__).read_text()
    named = set(re.findall(r'return (?:"" if [^\n]+ else )?"(\w+)"', source))
    named |= set(re.findall(r'"((?:nothing|quiet)_\w+)"', source))
    assert len(named) > 1
    assert [reason for reason in sorted(named) if f"`{reason}`" not in PROMISES] == []


@pytest.mark.parametrize("rules", [OfferRules, BundleRules, RankingRules, SegmentRules, CouponRules])
def test_each_limit_stands_in_the_tuning_page_with_its_default(rules):
    for limit in fields(rules):
        if limit.name in ("prefer", "avoid"):
            assert f"`{limit.name}: [" in TUNING
            continue
        default = "none" if limit.default in (None, ()) else str(limit.default).lower()
        assert f"| `{limit.name}` | {default} |" in TUNING


@pytest.mark.parametrize("kind", sorted(kinds.KINDS))
def test_each_kind_of_offer_has_its_worked_example_and_can_be_left_out(kind):
    assert f"## `{kind}`" in OFFERS
    assert f"`{kind}`" in TUNING
    assert kind in OFFER_KINDS


def test_no_kind_can_be_left_out_that_there_is_not():
    assert set(OFFER_KINDS) == set(kinds.KINDS)


def test_each_claim_is_listed():
    claims = {about for path in Path(kinds.__file__).parent.parent.rglob("*.py")
              for about in re.findall(r'Claim\(\s*"(\w+)"', path.read_text())}  # fmt: skip
    assert len(claims) > 12
    assert [about for about in sorted(claims | {"better", "worse", "lasts"}) if f"| `{about}` |" not in OFFERS] == []


def test_each_test_module_and_code_place_that_is_named_exists():
    named = re.findall(r"`((?:tests|actions|data)/[\w/.]+)`", PROMISES)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_each_of_the_twelve_promises_has_its_row():
    table = PROMISES.split("## What exactly is meant")[0]
    assert len(re.findall(r"^\| `[a-z-]+` \|", table, re.M)) == 12
