"""All systems on all cases of a month, and who is best in each variant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from tests.bench.basket_data import Mask
from tests.bench.basket_month import ASKED, PART_OF, VARIANTS, WITH_NEW, Month
from tests.bench.basket_ours import Ours
from tests.bench.basket_peers import Past
from tests.bench.basket_scores import Answers, answers_of, tie_order
from tests.bench.bootstrap import Clusters, Doubles, Estimate
from tests.bench.peer_settings import PEERS, Peer, Use

OURS, KNOWN = "ours", "ours, customer known"
MEASURES: dict[str, Callable[[Answers], Doubles]] = {"hit@10": Answers.hits, "nDCG@10": Answers.gains}
Say = Callable[[str], None]


@dataclass
class Contest:
    """Answers by system and variant."""

    clusters: dict[str, Clusters]
    answers: dict[str, dict[str, Answers]] = field(default_factory=dict)

    def enter(self, system: str, asked: dict[str, Answers], kept: dict[str, Mask]) -> None:
        """A system's answers to the variants of `ASKED`; those to their parts follow from them."""
        parts = {part: asked[of].only(kept[part]) for part, of in PART_OF.items() if of in asked}
        self.answers[system] = {**asked, **parts}

    def mean(self, system: str, variant: str, measure: str) -> float:
        """A system's figure."""
        return self.clusters[variant].mean(MEASURES[measure](self.answers[system][variant]))

    def best_peer(self, variant: str, measure: str) -> str:
        """The peer with the highest figure."""
        return max(PEERS, key=lambda peer: self.mean(peer, variant, measure))

    def interval(self, system: str, variant: str, measure: str) -> Estimate:
        """The same with its interval."""
        return self.clusters[variant].interval(MEASURES[measure](self.answers[system][variant]))

    def ratio(self, system: str, peer: str, variant: str, measure: str) -> Estimate:
        """A system's figure over another's, on the same cases."""
        of = MEASURES[measure]
        mine, theirs = (of(self.answers[name][variant]) for name in (system, peer))
        return self.clusters[variant].ratio(mine, theirs)


def open_contest(month: Month) -> Contest:
    """Nobody has answered yet."""
    clusters = {}
    for variant in VARIANTS:
        cases = month.cases[PART_OF.get(variant, variant)]
        kept = month.kept.get(variant, np.ones(len(cases), np.bool_))
        clusters[variant] = Clusters(cases.orders[kept], cases.weights[kept])
    return Contest(clusters)


def enter_peers(contest: Contest, month: Month, past: Past, past_without_new: Past, say: Say) -> None:
    """Let every peer learn and answer."""
    for name, peer in PEERS.items():
        say(f"asking {name}")
        contest.enter(name, _peer_answers(peer, month, past, past_without_new), month.kept)


def _peer_answers(peer: Peer, month: Month, past: Past, past_without_new: Past) -> dict[str, Answers]:
    rounds: list[tuple[Use, Past, list[str]]] = [
        ("whole", past, ["whole"]),
        ("single", past, ["single"]),
        ("new", past_without_new, [variant for variant in ASKED if variant in WITH_NEW]),
    ]
    answers: dict[str, Answers] = {}
    for use, source, variants in rounds:
        scoring, order = peer.learned(source, use), tie_order(source.counts)
        # What a peer that reads no titles says of an item without orders is no answer.
        last = None if peer.reads_titles else source.unsold
        answers |= {variant: answers_of(scoring, month.cases[variant], order, last) for variant in variants}
    return answers


def enter_ours(contest: Contest, month: Month, ranker: Ours, ranker_without_new: Ours, say: Say) -> None:
    """Let ours answer, as to anybody and as to known customers."""
    answers: dict[str, Answers] = {}
    for variant in ASKED:
        say(f"asking ours: {variant}, {len(month.cases[variant])} baskets")
        answers[variant] = (ranker_without_new if variant in WITH_NEW else ranker).answers(month.cases[variant])
    contest.enter(OURS, answers, month.kept)
    say("asking ours: whole, with the customers' orders")
    contest.enter(KNOWN, {"whole": ranker.answers(month.cases["whole"], known_customers=True)}, month.kept)
