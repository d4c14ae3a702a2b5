"""Whatever the shop, the cart, the shopper and the candidates: the engine of offers keeps its promises."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.selling.claims import about_products
from actions.selling.decision import chosen_of, decide, fitting
from actions.selling.eligibility import REASONS
from actions.selling.facts import CandidateFacts
from actions.selling.kinds import KINDS
from actions.selling.ledger import DecisionInputs, read_choice, read_inputs, rebuild, write_record
from actions.selling.model import Evidence, Offer, OfferState, Scope
from actions.selling.pressure import History, PastDecline, PastOffer, hold, pressure_of
from actions.selling.pricing import PriceWorking, declared_set, lowest_price, work_price
from catalog.domain.money import total, zero
from catalog.domain.offer_rules import OfferRules
from tests.fakes.offer_facts import NOW, companion, rules, situation
from tests.fakes.offer_inputs import SEGMENTS, amounts, bundle_rules, inputs, products, some

# Making up a whole shop takes a moment, which says nothing of the engine.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def priced(case: DecisionInputs) -> list[tuple[CandidateFacts, PriceWorking]]:
    """Every candidate at the price that its kind would say."""
    return [(one, KINDS[one.kind].price(one, case.situation, case.rules)) for one in case.candidates]


def choose(case: DecisionInputs):
    return decide(case.situation, case.candidates, case.rules)


@calm
@given(inputs())
def test_nothing_is_ever_below_nothing_and_the_lines_add_up(case):
    for candidate, working in priced(case):
        assert working.saving.minor >= 0
        assert working.parts >= working.saving
        assert all(line.discount.minor >= 0 and line.discount <= line.unit_price for line in working.lines)
        assert total([line.discount for line in working.lines], "GBP") == working.saving
        if candidate.kind not in ("tiers", "service_plan", "subscription"):
            assert total([line.unit_price for line in working.lines], "GBP") == working.parts
            added = total([line.unit_price for line in working.lines if line.added], "GBP")
            assert working.price == added - working.saving


@calm
@given(inputs())
def test_no_offer_is_dearer_than_its_parts_at_todays_prices(case):
    for candidate, working in priced(case):
        if not candidate.plans:
            assert working.price <= total([product.price for product in candidate.products], "GBP")
            today = {product.id: product.price for product in candidate.products}
            assert all(today.get(line.product_id, line.unit_price) == line.unit_price for line in working.lines)


@calm
@given(inputs())
def test_no_line_goes_below_its_floor(case):
    facts = {line.product.id: line.product for line in case.situation.cart}
    for candidate, working in priced(case):
        if candidate.plans:
            continue
        known = {**facts, **{product.id: product for product in candidate.products}}
        for line in working.lines:
            product = known[line.product_id]
            assert line.unit_price - line.discount >= min(lowest_price(product, case.rules.bundles), product.price)
            assert not line.discount or not product.on_sale or case.rules.bundles.stack_with_sale


@calm
@given(inputs())
def test_the_saving_told_beforehand_is_the_saving_of_the_price(case):
    for candidate, working in priced(case):
        assert KINDS[candidate.kind].saving(candidate, case.situation, case.rules) == working.saving.minor


@calm
@given(inputs())
def test_whether_there_is_anything_to_say_is_told_beforehand_as_well(case):
    for candidate in case.candidates:
        kind, saving = KINDS[candidate.kind], KINDS[candidate.kind].saving(candidate, case.situation, case.rules)
        said = kind.claims(candidate, saving, case.situation, case.rules)
        assert kind.can_say(candidate, saving, case.situation, case.rules) == bool(said)


@calm
@given(products(), bundle_rules, st.integers(0, 60), st.integers(0, 60))
def test_what_the_assistant_puts_together_saves_no_more_than_a_set_of_the_merchants(shop, limits, more, less):
    anchors, added = (shop["A"],), (shop["B"], shop["C"])
    less = min(more, less)
    ours, theirs = work_price(anchors, added, limits, less), declared_set(anchors, added, limits, more)
    assert ours.price >= theirs.price
    assert ours.price.minor >= 0


@calm
@given(inputs())
def test_what_a_live_set_makes_cheaper_is_never_offered_without_it(case):
    choice = choose(case)
    if choice.action == "pitch" and not chosen_of(choice, case.candidates).plans:
        assert not chosen_of(choice, case.candidates).completes


@calm
@given(
    inputs(),
    st.sampled_from(["s2", "ann"]),
    st.sampled_from(["de", "fr"]),
    st.sampled_from(["whatsapp", "messenger"]),
    st.sampled_from(SEGMENTS),
    st.sampled_from(["calm", "undecided", "upset", "hurried"]),
    st.sampled_from(["GB", "FR", ""]),
)
def test_nobodys_person_changes_a_price(case, shopper, locale, channel, segment, mood, region):
    selling = replace(case.rules.selling, segments=replace(case.rules.selling.segments, prices=()))
    case = replace(case, rules=replace(case.rules, selling=selling))
    somebody = replace(
        case.situation,
        **{"shopper_id": shopper, "locale": locale, "channel": channel, "segment": segment, "mood": mood},
        **{"region": region, "memory": type(case.situation.memory)(), "behaviour": type(case.situation.behaviour)()},
    )
    assert priced(replace(case, situation=somebody)) == priced(case)


@calm
@given(inputs(), st.sampled_from(SEGMENTS))
def test_a_segment_changes_a_price_only_where_the_shop_declares_it_and_then_it_is_said(case, segment):
    declared = dict(case.rules.selling.segments.prices)
    usual = case.rules.bundles.discount_percent
    somebody = replace(case, situation=replace(case.situation, segment=segment))
    for _, working in priced(somebody):
        assert working.segment in ("", segment)
        assert not working.segment or declared[working.segment] != usual


@calm
@given(inputs())
def test_nothing_refused_is_offered_in_any_scope(case):
    choice, memory = choose(case), case.situation.memory
    if choice.action == "pitch":
        chosen = chosen_of(choice, case.candidates)
        assert choice.kind not in memory.declined_offers
        assert not set(choice.chosen) & {*memory.declined, *memory.returned}
        assert not {product.kind for product in chosen.products} & set(memory.declined_kinds)
        assert not chosen.declined_like


@calm
@given(inputs())
def test_a_pitch_has_something_true_to_say_and_can_be_bought(case):
    choice = choose(case)
    assert choice.propensity == 1.0
    if choice.action == "pitch":
        chosen = chosen_of(choice, case.candidates)
        assert all(product.in_stock and product.min_age == 0 for product in chosen.products)
        assert set(choice.claims) - set(about_products(chosen.products, case.rules.offers))
        assert choice.verdicts[0].refused == ""
        assert set(choice.chosen) <= set(fitting(choice))
    else:
        assert (choice.kind, choice.chosen, choice.price, choice.claims) == ("", (), None, ())


@calm
@given(inputs())
def test_every_candidate_gets_its_verdict_with_a_known_reason_and_the_allowed_come_first(case):
    choice = choose(case)
    if case.situation.moment != "held_back":
        judged = sorted((verdict.kind, verdict.product_ids) for verdict in choice.verdicts)
        assert judged == sorted((one.kind, one.product_ids) for one in case.candidates)
    assert all(verdict.refused in ("", *REASONS) for verdict in choice.verdicts)
    refused = [verdict.refused != "" for verdict in choice.verdicts]
    assert refused == sorted(refused)
    allowed = [verdict.value for verdict in choice.verdicts if not verdict.refused]
    assert allowed == sorted(allowed, reverse=True)


@calm
@given(inputs(), st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_changes_nothing(case, random):
    shuffled = list(case.candidates)
    random.shuffle(shuffled)
    assert choose(replace(case, candidates=tuple(shuffled))) == choose(case)


@calm
@given(inputs())
def test_a_record_decides_the_same_again_byte_by_byte(case):
    choice = choose(case)
    record = write_record(case, choice)
    assert rebuild(record) == record
    assert read_inputs(record) == case
    assert read_choice(record) == choice


@st.composite
def histories(draw: st.DrawFn) -> History:
    offers = tuple(draw(st.lists(_past_offers(), max_size=8)))
    declines = tuple(draw(st.lists(_past_declines(), max_size=3)))
    return History(offers, declines, trouble_turns=draw(some((1, 5, 20))), stopped=draw(st.booleans()))


def _ago(draw: st.DrawFn) -> datetime:
    return NOW - timedelta(minutes=draw(st.integers(1, 60 * 24 * 35)))


@st.composite
def _past_offers(draw: st.DrawFn) -> PastOffer:
    state, made = draw(st.sampled_from(list(OfferState))), _ago(draw)
    nothing, evidence = zero("GBP"), Evidence("orders", "A")
    offer = Offer(
        *("o-1", draw(st.sampled_from(["c1", "c2"])), "s1", "complement", state, ()),
        *(draw(amounts), nothing, "", made, made + timedelta(days=1), evidence),
    )
    moment = draw(st.sampled_from(["after_add", "checkout"]))
    channel = draw(st.sampled_from(["widget", "whatsapp"]))
    return PastOffer(offer, draw(st.integers(1, 40)), draw(st.booleans()), moment, channel)


@st.composite
def _past_declines(draw: st.DrawFn) -> PastDecline:
    conversation, scope = draw(st.sampled_from(["c1", "c2"])), draw(st.sampled_from(list(Scope)))
    return PastDecline(conversation, draw(st.integers(1, 40)), _ago(draw), scope, ("A",), ("Pegs",))


caps = st.builds(OfferRules, st.integers(1, 4), st.integers(1, 5), st.integers(1, 8), st.integers(1, 4))


@calm
@given(histories(), caps, st.sampled_from(["after_add", "checkout", "on_request"]), st.integers(1, 45))
def test_no_history_leads_past_a_cap_or_a_no(history, limits, moment, turn):
    pressure = pressure_of(history, "c1", turn, NOW, limits, "widget")
    told = replace(situation(moment), pressure=pressure, turn_index=turn)
    if hold(told, limits):
        return
    assert not history.stopped
    assert not any(no.scope is Scope.EVERYTHING and no.conversation_id == "c1" for no in history.declines)
    assert all(turn - trouble > 3 for trouble in history.trouble_turns)
    here = [past for past in history.offers if past.offer.conversation_id == "c1"]
    assert all(turn - past.turn_index > 1 for past in here)
    if moment != "on_request":
        unasked = [past for past in history.offers if not past.asked_for]
        day = [past for past in unasked if past.offer.created_at > NOW - timedelta(days=1)]
        assert len(day) < limits.per_day
        assert sum(past.channel == "widget" for past in day) < limits.per_day_widget
        month = [past for past in unasked if past.offer.created_at > NOW - timedelta(days=30)]
        assert len(month) < limits.per_30_days
        session = [past for past in unasked if past.offer.created_at >= NOW - timedelta(minutes=360)]
        assert len(session) < limits.per_session


def test_the_engine_does_speak_so_that_the_rest_means_something():
    assert choose(DecisionInputs(situation(), (companion(),), rules())).action == "pitch"
