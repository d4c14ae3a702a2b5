"""Whatever a shopper does, in whatever order: offers stay inside their limits, and a no stays a no.

Random visits run against the real desk and a real database; what happened is then checked from the outside.
"""

import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.selling.ledger import ledger_report
from actions.selling.model import Offer, Scope
from actions.store.offer_book import SqlOfferBooks
from catalog.domain.shop import OfferRules
from tests.fakes.small_shop import Visit, config, fresh_database, load

IDS = ("TENT", "STOVE", "LAMP", "SHEET", "GAS", "PEGS")
events = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(IDS)),
    st.tuples(st.just("add"), st.sampled_from(IDS)),
    st.tuples(st.just("chat"), st.integers(1, 4)),
    st.tuples(st.just("wait"), st.sampled_from([1, 5, 8, 26, 24 * 31])),
    st.tuples(st.just("decline"), st.sampled_from(list(Scope))),
    st.tuples(st.sampled_from(["accept", "stop", "resume", "complain", "upset", "calm", "empty"]), st.none()),
)
limits = st.builds(
    OfferRules,
    per_session=st.integers(0, 3),
    per_day=st.integers(0, 4),
    per_30_days=st.integers(0, 6),
    silent_turns_after_decline=st.integers(0, 3),
)


@dataclass
class Log:
    """What could be seen from outside."""

    pitches: list[tuple[int, datetime, Offer]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    refused_kinds: set[str] = field(default_factory=set)
    declined_at: list[tuple[int, datetime]] = field(default_factory=list)
    stopped: bool = False
    everything: bool = False


KINDS = {"PEGS": "Pegs", "SHEET": "Groundsheets", "LAMP": "Lamps", "GAS": "Fuel"}


def play(visit: Visit, script, rules: OfferRules) -> Log:
    """Play a visit and check every pitch at the moment it is made."""
    log = Log()
    for what, detail in script:
        if what == "add":
            check(visit, visit.add(detail), log, rules)
        elif what == "chat":
            visit.chat(detail)
        elif what == "wait":
            visit.now += timedelta(hours=detail)
        elif what == "decline":
            answer = visit.desk.decline(visit.turn(), scope=detail)
            if answer.outcome == "declined":
                log.declined_at.append((visit.turns, visit.now))
                log.everything |= detail is Scope.EVERYTHING
                offered = answer.offer.product_ids if answer.offer else ()
                log.refused.update(offered)
                if detail is Scope.KIND:
                    log.refused_kinds.update(KINDS[product_id] for product_id in offered)
        elif what == "accept":
            visit.desk.accept(visit.turn())
        elif what == "stop":
            answer = visit.desk.stop(visit.turn())
            log.stopped = True
            log.refused.update(answer.offer.product_ids if answer.offer else ())
        elif what == "resume":
            visit.desk.resume(visit.turn())
            log.stopped = log.everything = False
            log.declined_at.clear()
        elif what == "complain":
            visit.desk.hold_back(visit.turn(), "complaint")
        elif what == "empty":
            visit.shop.empty(visit.shopper, visit.turn().now)
        else:
            visit.mood = what
    return log


def check(visit: Visit, decision, log: Log, rules: OfferRules) -> None:
    if decision.offer is None:
        assert decision.action == "silent"
        return
    now, turn, offer = visit.now, visit.turns, decision.offer
    moments = [moment for _, moment, _ in log.pitches]
    assert not log.stopped
    assert not log.everything
    assert visit.mood != "upset"
    assert sum(moment > now - timedelta(days=1) for moment in moments) < rules.per_day
    assert sum(moment > now - timedelta(days=30) for moment in moments) < rules.per_30_days
    # Without a gap of six hours in between it is one session, so within any such hour-long stretch:
    assert sum(moment > now - timedelta(hours=1) for moment in moments) < rules.per_session
    assert all(turn - earlier > 1 for earlier, _, _ in log.pitches)
    assert all(turn - earlier > rules.silent_turns_after_decline for earlier, _ in log.declined_at)
    assert sum(moment > now - timedelta(hours=1) for _, moment in log.declined_at) < 2
    assert not log.refused & set(offer.product_ids)
    assert not {KINDS[product_id] for product_id in offer.product_ids} & log.refused_kinds
    in_cart_before = set(visit.shop.cart(visit.shopper, now).product_ids)
    assert not in_cart_before & set(offer.product_ids)
    log.pitches.append((turn, now, offer))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events, min_size=5, max_size=25), limits)
def test_no_order_of_events_breaks_a_cap_or_a_no(script, rules):
    with tempfile.TemporaryDirectory() as folder:
        database = fresh_database(Path(folder))
        load(database, config(offers=rules))
        visit = Visit(database)
        play(visit, script, rules)
        checked = ledger_report(SqlOfferBooks(database), visit.id)
        assert all(row.untouched and row.rebuilt for row in checked)
        database.close()


def test_the_random_visits_do_hear_offers(tmp_path):
    """The check above would pass on a desk that never offers anything; this one does."""
    database = fresh_database(tmp_path)
    load(database, config())
    script = [("add", "TENT"), ("accept", None), ("chat", 3), ("add", "STOVE"), ("wait", 26), ("add", "LAMP")]
    assert len(play(Visit(database), script, OfferRules()).pitches) >= 2
