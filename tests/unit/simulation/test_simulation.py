"""`pairwell simulate`: the same seed plays the same conversations, and what it counts adds up."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from actions.simulation.models import MODELS
from actions.simulation.playing import StoryBroken, Violation
from actions.simulation.running import NothingToSimulate, play_some, simulate, simulated_shop
from actions.simulation.shelf import Shelf, on_sale, repriced, sold_out
from actions.simulation.stages import MemoryStage
from actions.simulation.tally import Tally
from actions.simulation.telling import told
from catalog.domain.money import zero
from tests.fakes.simulated_shop import ManyGoods, rich_config, rich_documents, rich_products, rich_shop
from tests.fakes.small_shop import money


def test_the_same_seed_plays_the_same_conversation_and_another_seed_another():
    shop = rich_shop()
    first, again, other = (list(told(shop.play(3, seed))) for seed in (1, 1, 2))
    assert first == again != other


def test_a_conversation_is_the_same_alone_as_among_many():
    shop = rich_shop()
    among_many = play_some(shop, range(30), 4)
    alone = Tally("GBP")
    for number in range(30):
        alone.merge(play_some(rich_shop(), [number], 4))
    assert alone.to_json() == among_many.to_json()


def test_the_number_of_processes_changes_nothing():
    heard: list[int] = []
    one, two = (simulate(rich_shop(), 220, 4, workers, heard.append) for workers in (1, 2))
    assert one.to_json() == two.to_json()
    assert sum(heard) == 2 * 220


def test_every_model_comes_in_turn_and_hears_offers():
    tally = play_some(rich_shop(), range(200), 1)
    assert set(tally.by_model) == {model.name for model in MODELS}
    assert all(figures.conversations == 20 and figures.offers for figures in tally.by_model.values())


def test_figures_of_models_and_of_kinds_add_up_to_the_same():
    tally = play_some(rich_shop(), range(200), 1)
    whole, kinds = tally.whole, list(tally.by_kind.values())
    for name in ("offers", "accepted", "declined"):
        assert getattr(whole, name) == sum(getattr(one, name) for one in kinds)
    assert whole.revenue == sum((one.revenue for one in kinds), zero("GBP"))
    assert zero("GBP") < whole.margin < whole.revenue
    assert whole.decisions == whole.offers + tally.silences.total()


def test_eager_shoppers_take_more_than_hagglers():
    by_model = play_some(rich_shop(), range(300), 1).by_model
    eager, haggling = by_model["eager"], by_model["haggling"]
    assert eager.accepted * haggling.offers > haggling.accepted * eager.offers


def test_many_violations_are_counted_and_the_first_ones_kept_in_words():
    tally = Tally("GBP")
    tally.add_violations(Violation("true-words", 1, number, 2, "made up") for number in range(50))
    assert tally.broken["true-words"] == 50
    assert len(tally.violations) == 20
    assert str(tally.violations[0]) == "true-words: seed 1, conversation 0, turn 2: made up"
    assert json.loads(json.dumps(tally.to_json()))["violations"]["count"] == {"true-words": 50}


def test_a_conversation_is_told_turn_by_turn_with_what_was_broken_in_its_place():
    played = rich_shop().play(0, 1)
    played.violations.append(Violation("worth-it", 1, 0, 2, "it was in the cart"))
    lines = list(told(played))
    assert lines[0] == "conversation 0, a shopper of the model 'eager'"
    place = lines.index("      !! worth-it: it was in the cart")
    assert lines[place - 1].startswith("   2  ")


def test_an_engine_that_fails_is_named_with_its_conversation():
    class Failing(ManyGoods):
        def look_alike(self, a: str, b: str) -> bool:
            raise KeyError(a)

    shop = rich_shop(goods=Failing())
    with pytest.raises(StoryBroken, match=r"seed 1, conversation \d+, turn \d+: KeyError.*--only"):
        play_some(shop, range(20), 1)


def test_a_shop_with_nothing_in_stock_cannot_be_simulated():
    gone = [sold_out(product) for product in rich_products()]
    with pytest.raises(NothingToSimulate, match="nothing is in stock"):
        simulated_shop(rich_documents(), gone, ManyGoods(), {})


def test_what_the_merchant_changes_counts_in_its_own_conversation_only():
    shop = rich_shop()
    first, second = shop.shelf(), shop.shelf()
    first.change(repriced(shop.products["PEGS"], 150))
    assert str(first.product("PEGS").current_price) == "18.00"
    assert str(second.product("PEGS").current_price) == "12.00"
    assert first.version != second.version


def test_prices_fall_to_one_penny_at_least():
    pegs = replace(rich_products()[2], price=money("0.01"))
    assert repriced(pegs, 10).current_price == on_sale(pegs, 99).current_price == money("0.01")


def test_an_erased_shopper_is_found_nowhere_and_the_others_stay():
    stage = MemoryStage(Shelf(rich_config(), {one.id: one for one in rich_products()}))
    for shopper in ("ann", "bob"):
        stage.open(shopper, f"{shopper}-1", "widget", None)
    stage.erase("ann", None)
    assert (stage.traces("ann"), stage.traces("bob")) == ([], ["people"])
