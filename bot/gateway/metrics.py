"""Figures for Prometheus. One registry per application, so that two of them never share a counter."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from actions.turn import TurnResult

_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15)


class Metrics:
    """What the gateway counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter("pairwell_turns", "Turns answered", ["channel", "answered_by"], registry=self.registry)
        self.turn_seconds = Histogram(
            "pairwell_turn_seconds", "From taking a message up to its answer", buckets=_SECONDS, registry=self.registry
        )
        self.failures = Counter(
            "pairwell_failures",
            "Turns in which the gateway spoke in the bot's place",
            ["reason"],
            registry=self.registry,
        )
        self.decisions = Counter(
            "pairwell_decisions",
            "Chances to offer, by what was decided",
            ["decision", "reason"],
            registry=self.registry,
        )
        self.offers = Counter("pairwell_offers", "Offers made and settled", ["state"], registry=self.registry)
        self.handovers = Counter("pairwell_handovers", "Turns that asked for a person", registry=self.registry)
        self.streams = Gauge("pairwell_event_streams", "Open event streams", registry=self.registry)
        self.refused = Counter("pairwell_refused", "Requests refused", ["code"], registry=self.registry)

    def count_result(self, result: TurnResult) -> None:
        """Count what one turn decided and offered."""
        if result.decision != "none":
            self.decisions.labels(result.decision, result.reason).inc()
        if result.offer is not None:
            self.offers.labels(str(result.offer.get("state", ""))).inc()
        if result.handover:
            self.handovers.inc()

    def exposition(self) -> bytes:
        """All figures in Prometheus' text form."""
        return generate_latest(self.registry)
