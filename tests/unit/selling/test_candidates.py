"""From a proposal to the facts that the gate judges: how a thing stands to the cart and to what was refused."""

from dataclasses import dataclass, field, replace

from actions.selling.candidates import candidate_facts
from actions.selling.facts import CandidateFacts, Gain, Memory, PlanFacts, facts_of
from actions.selling.kinds.plugin import Proposal
from actions.selling.model import Evidence
from catalog.domain.product import Product
from tests.fakes.offer_facts import PEGS, SHEET, TENT, gbp, in_cart, situation

SHOP = {
    i: Product(i, i, gbp(price), group_id=group)
    for i, price, group in [
        ("TENT", "200.00", "aero"),
        ("PEGS", "12.00", "pegs"),
        ("PEGS-WIDE", "14.00", "pegs"),
        ("SHEET", "40.00", ""),
        ("LAMP", "35.00", ""),
    ]
}
WHY = Evidence("orders", "TENT", 41, 312, 6.2)


@dataclass(frozen=True)
class Answer:
    fits: bool


@dataclass
class Told:
    """A catalogue that knows only what it is told: (accessory, host) that fit or do not, and pairs that are alike."""

    fits: dict[tuple[str, str], bool] = field(default_factory=dict)
    alike: tuple[tuple[str, str], ...] = ()

    def look_alike(self, a: str, b: str) -> bool:
        return (a, b) in self.alike

    def compatible(self, accessory_id: str, host_id: str) -> Answer | None:
        fits = self.fits.get((accessory_id, host_id))
        return None if fits is None else Answer(fits)


def proposal(*ids: str) -> Proposal:
    return Proposal("complement", ids or ("PEGS",), 0.3, WHY)


def facts(*ids: str, told=None, shop=None, **knows) -> CandidateFacts:
    found = candidate_facts(proposal(*ids), told or situation(), shop or SHOP, Told(**knows))
    assert found is not None
    return found


def test_all_that_was_proposed_is_kept():
    gain, loss, plan = Gain("capacity", "2", "3"), Gain("weight", "2 kg", "3 kg"), PlanFacts("month", gbp("2.50"))
    proposed = Proposal(
        *("bundle", ("PEGS", "SHEET"), 0.3, WHY, ("TENT",), "First night out", "camping", 10),
        *((gain,), (loss,), (plan,), "s1"),
    )
    assert candidate_facts(proposed, situation(), SHOP, Told()) == CandidateFacts(
        kind="bundle",
        products=(facts_of(SHOP["PEGS"]), facts_of(SHOP["SHEET"])),
        chance=0.3,
        evidence=WHY,
        anchor_ids=("TENT",),
        title="First night out",
        theme="camping",
        percent=10,
        gains=(gain,),
        losses=(loss,),
        plans=(plan,),
        completes="s1",
        look_alike_of="",
        unfit_with="",
        declined_like="",
    )


def test_where_the_shop_has_one_of_them_no_more_there_is_no_candidate():
    assert candidate_facts(proposal("PEGS", "GONE"), situation(), SHOP, Told()) is None


def test_the_thing_in_the_cart_that_it_looks_like_is_named():
    assert facts(alike=(("PEGS", "TENT"),)).look_alike_of == "TENT"
    assert facts(alike=(("PEGS", "LAMP"),)).look_alike_of == ""


def test_of_a_set_any_part_may_look_like_it():
    assert facts("SHEET", "PEGS", alike=(("PEGS", "TENT"),)).look_alike_of == "TENT"


def test_nothing_looks_like_itself_or_the_rest_of_its_set():
    told = situation(cart=in_cart(TENT, PEGS))
    assert facts("PEGS", "SHEET", told=told, alike=(("SHEET", "PEGS"), ("PEGS", "PEGS"))).look_alike_of == ""


def test_what_is_declared_not_to_fit_is_named():
    assert facts(fits={("PEGS", "TENT"): False}).unfit_with == "TENT"
    assert facts(fits={("TENT", "PEGS"): False}).unfit_with == "TENT"
    assert facts(fits={("PEGS", "TENT"): True}).unfit_with == ""
    assert facts(fits={("PEGS", "LAMP"): False}).unfit_with == ""


def test_what_fits_one_thing_here_may_fail_to_fit_the_others():
    two = situation(cart=in_cart(TENT, SHEET))
    assert facts(told=two, fits={("PEGS", "TENT"): False, ("PEGS", "SHEET"): True}).unfit_with == ""
    assert facts(told=two, fits={("PEGS", "TENT"): True, ("PEGS", "SHEET"): False}).unfit_with == ""
    assert facts(told=two, fits={("PEGS", "TENT"): False, ("SHEET", "PEGS"): True}).unfit_with == ""


def test_of_several_that_it_does_not_fit_the_first_is_named():
    two = situation(cart=in_cart(TENT, SHEET))
    assert facts(told=two, fits={("PEGS", "SHEET"): False}).unfit_with == "SHEET"
    assert facts(told=two, fits={("PEGS", "TENT"): False, ("PEGS", "SHEET"): False}).unfit_with == "TENT"


def test_the_parts_of_a_set_must_fit_each_other():
    assert facts("LAMP", "PEGS", fits={("PEGS", "LAMP"): False}).unfit_with == "PEGS"
    assert facts("LAMP", fits={("LAMP", "LAMP"): False}).unfit_with == ""


def test_a_variant_of_what_was_refused_is_named_after_it():
    refused = situation(memory=Memory(declined=("PEGS-WIDE",)))
    assert facts(told=refused).declined_like == "PEGS-WIDE"
    assert facts("SHEET", told=refused).declined_like == ""
    assert facts("SHEET", "PEGS", told=refused).declined_like == "PEGS-WIDE"


def test_and_so_is_what_looks_like_it():
    refused = situation(memory=Memory(declined=("LAMP", "SHEET")))
    assert facts(told=refused, alike=(("PEGS", "SHEET"),)).declined_like == "SHEET"
    assert facts(told=refused, alike=(("PEGS", "TENT"),)).declined_like == ""


def test_a_refused_thing_that_the_shop_has_no_more_says_nothing_of_others():
    gone = {i: product for i, product in SHOP.items() if i != "LAMP"}
    refused = situation(memory=Memory(declined=("LAMP", "SHEET")))
    alike = (("PEGS", "LAMP"), ("PEGS", "SHEET"))
    assert facts(told=refused, shop=gone, alike=alike).declined_like == "SHEET"


def test_what_is_looked_at_counts_like_the_cart():
    looking = situation(cart=(), subjects=(SHEET,))
    assert facts(told=looking, alike=(("PEGS", "SHEET"),)).look_alike_of == "SHEET"
    assert facts(told=replace(looking, subjects=()), alike=(("PEGS", "SHEET"),)).look_alike_of == ""
