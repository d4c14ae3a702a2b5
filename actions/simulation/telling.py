"""A simulated conversation in words, turn by turn: what to read when a promise was not kept."""

from __future__ import annotations

from collections.abc import Iterator

from actions.simulation.playing import Played
from actions.simulation.witness import Seen


def told(played: Played) -> Iterator[str]:
    """A conversation turn by turn, in words."""
    yield f"conversation {played.number}, a shopper of the model {played.model!r}"
    for number, (seen, change) in enumerate(zip(played.turns, played.changes, strict=True), start=1):
        if change:
            yield f"      the merchant: {change}"
        yield f"{number:4}  {_turn_told(seen)}"
        yield from (f"      !! {one.promise}: {one.what}" for one in played.violations if one.turn == number)


def _turn_told(seen: Seen) -> str:
    move, turn = seen.move, seen.turn
    words = [f"{turn.now:%d %b %H:%M:%S} {turn.conversation_id.rpartition('-')[2]}/{turn.turn_index} {turn.mood}:"]
    words += [move.what, *move.ids, move.offer_id, move.chosen]
    words += [move.scope.value] if move.what == "decline" else []
    if seen.decision is not None:
        words += ["→", seen.decision.action, seen.decision.reason]
    if seen.offer is not None:
        words += [seen.offer.kind, *seen.offer.product_ids, f"for {seen.offer.price}, saving {seen.offer.saving}"]
    if seen.answer is not None:
        words += ["→", seen.answer.outcome]
    lines = ", ".join(f"{line.quantity} {line.product_id}" for line in seen.after.lines)
    words.append(f"| cart {lines or 'empty'} = {seen.after.total}")
    return " ".join(word for word in words if word)
