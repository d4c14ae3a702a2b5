"""What comes first: the chance of a yes, what a yes earns, and each declared weight by itself."""

from dataclasses import replace

import pytest

from actions.selling.facts import Memory
from actions.selling.model import Evidence
from actions.selling.ranking import Ranking
from catalog.domain.offer_rules import RankingRules
from tests.fakes.offer_facts import PEGS, SHEET, companion, rules, situation, thing

DECLARED = Evidence("compatibility", "TENT")
NOTED = Evidence("orders", "TENT", 41, 312, 6.2, note="fits the Aero")
NONE = {"fit": 0, "novelty": 0, "stock": 0, "priority": 0, "segment": 0}


def value(candidate, contribution=600, told=None, **weights):
    ranking = Ranking(told or situation(segment="regular"), rules(ranking=RankingRules(**{**NONE, **weights})))
    return ranking.value(candidate, contribution)


def knowing(**memory):
    return situation(segment="regular", memory=Memory(**memory))


def test_without_weights_it_is_what_may_be_expected_to_be_earned():
    assert value(companion(chance=0.25)) == 150.0
    assert value(companion(chance=0.3), contribution=0) == 0.0


def test_it_is_told_to_three_decimals():
    assert value(companion(chance=0.333333), contribution=1) == 0.333


def test_what_would_cost_the_shop_money_comes_below_nothing():
    assert value(companion(chance=0.5), contribution=-100) == -50.0


@pytest.mark.parametrize(("weight", "expected"), [(0, 150.0), (1, 151.5), (50, 225.0), (100, 300.0)])
def test_declared_fit_lifts_by_its_weight(weight, expected):
    assert value(companion(chance=0.25, evidence=DECLARED), fit=weight) == expected
    assert value(companion(chance=0.25, evidence=NOTED), fit=weight) == expected
    assert value(companion(chance=0.25), fit=weight) == 150.0


@pytest.mark.parametrize(("weight", "expected"), [(0, 150.0), (1, 151.5), (10, 165.0)])
def test_a_kind_of_thing_that_was_never_bought_lifts_by_the_weight_of_novelty(weight, expected):
    assert value(companion(chance=0.25), novelty=weight) == expected
    assert value(companion(chance=0.25), told=knowing(owned_kinds=("Pegs",)), novelty=weight) == 150.0


def test_a_set_is_new_only_where_all_of_it_is():
    both = replace(companion(chance=0.25), products=(SHEET, PEGS))
    assert value(both, told=knowing(owned_kinds=("Pegs",)), novelty=10) == 150.0
    assert value(both, told=knowing(owned_kinds=("Lamps",)), novelty=10) == 165.0


@pytest.mark.parametrize(("stock", "expected"), [(-1, 150.0), (0, 150.0), (25, 225.0), (50, 300.0), (900, 300.0)])
def test_plenty_in_stock_lifts_by_how_plentiful_it_is(stock, expected):
    assert value(companion(thing("PEGS", kind="Pegs", stock=stock), chance=0.25), stock=100) == expected


def test_stock_counts_from_the_first_percent_of_its_weight():
    plenty = companion(thing("PEGS", kind="Pegs", stock=50), chance=0.25)
    assert value(plenty, stock=1) == 151.5
    assert value(plenty, stock=0) == 150.0


def test_of_a_set_the_scarcest_part_counts():
    both = replace(companion(chance=0.25), products=(thing("A", stock=50), thing("B", stock=5)))
    assert value(both, stock=100) == 165.0


def test_a_coupon_has_no_stock():
    assert value(replace(companion(chance=0.25), products=()), stock=100) == 150.0


@pytest.mark.parametrize(("weight", "expected"), [(0, 150.0), (1, 151.5), (25, 187.5)])
def test_a_kind_of_offer_that_suits_the_segment_lifts_by_its_weight(weight, expected):
    newcomer, loyal = situation(segment="new"), situation(segment="loyal")
    assert value(companion(chance=0.25), told=newcomer, segment=weight) == expected
    assert value(companion(chance=0.25), told=loyal, segment=weight) == 150.0


@pytest.mark.parametrize("name", ["PEGS", "pegs", "Pegs"])
def test_the_merchants_favourites_are_lifted_by_id_group_or_kind(name):
    pegs = companion(replace(PEGS, group_id="pegs"), chance=0.25)
    assert value(pegs, priority=50, prefer=(name,)) == 225.0
    assert value(pegs, priority=50, avoid=(name,)) == 75.0
    assert value(pegs, priority=50, prefer=(name,), avoid=(name,)) == 75.0
    assert value(pegs, priority=50, prefer=("SHEET",)) == 150.0
    assert value(pegs, priority=1, prefer=(name,)) == 151.5
    assert value(pegs, priority=0, prefer=(name,)) == 150.0


def test_what_is_to_be_avoided_comes_to_nothing_at_full_weight_and_never_below():
    assert value(companion(), priority=100, avoid=("PEGS",)) == 0.0
    assert value(companion(), priority=300, avoid=("PEGS",)) == 0.0


def test_a_product_without_a_group_is_not_preferred_for_it():
    assert value(companion(chance=0.25), priority=50, prefer=("",)) == 150.0


def test_weights_multiply():
    new = situation(segment="new")
    assert value(companion(chance=0.25, evidence=DECLARED), told=new, fit=100, novelty=10, segment=25) == 412.5


def test_an_old_no_lowers_the_chance_by_what_is_left_of_it():
    ranking = Ranking(knowing(faded=(("PEGS", 0.5),)), rules())
    assert ranking.chance(companion(chance=0.4)) == pytest.approx(0.2)
    assert ranking.chance(companion(SHEET, chance=0.4)) == 0.4
    assert value(companion(chance=0.5), told=knowing(faded=(("PEGS", 0.5),))) == 150.0


def test_and_so_does_an_old_no_to_its_kind():
    ranking = Ranking(knowing(faded_kinds=(("Pegs", 0.25),)), rules())
    assert ranking.chance(companion(chance=0.4)) == pytest.approx(0.3)
    assert ranking.chance(companion(SHEET, chance=0.4)) == 0.4


def test_both_together_and_for_each_part_of_a_set():
    both = replace(companion(chance=0.8), products=(SHEET, PEGS))
    told = knowing(faded=(("PEGS", 0.5), ("SHEET", 0.25)), faded_kinds=(("Pegs", 0.2),))
    assert Ranking(told, rules()).chance(both) == pytest.approx(0.8 * 0.75 * 0.5 * 0.8)
