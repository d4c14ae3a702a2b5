"""Which of the eligible candidates comes first. Deterministic: the same candidates give the same order.

The first version ranks by how well a thing goes with the cart and by nothing else: no margin, no person.
"""

from __future__ import annotations

from collections.abc import Iterable

from actions.selling.facts import CandidateFacts


def rank(candidates: Iterable[CandidateFacts], subject_id: str = "") -> tuple[CandidateFacts, ...]:
    """Best first: by score; at a tie what goes with the product at hand, then by product id."""
    return tuple(
        sorted(
            candidates,
            key=lambda candidate: (
                -candidate.score,
                candidate.evidence.anchor_id != subject_id,
                candidate.product.id,
            ),
        )
    )
