"""The twelve promises as checks on what can be seen, one small function each, named after its promise.

They are written from the promises' sentences, not from the engine's code. Each yields what it found wrong, in words;
nothing where the promise was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from actions.simulation.promises.fairness import same_price
from actions.simulation.promises.manners import always_a_way_out, never_pushy, no_means_no, read_the_room
from actions.simulation.promises.prices import honest_price, nothing_by_itself
from actions.simulation.promises.records import every_row_is_there, on_the_record, open_identity, yours_to_delete
from actions.simulation.promises.truth import true_words
from actions.simulation.promises.worth import worth_it
from actions.simulation.witness import Market, Past, Seen

__all__ = ["AT_EACH_TURN", "PROMISES", "every_row_is_there", "yours_to_delete"]

Check = Callable[[Seen, Past, Market], Iterator[str]]
# What is checked after each turn, by the promise's name.
AT_EACH_TURN: Mapping[str, Check] = MappingProxyType(
    {
        "always-a-way-out": always_a_way_out,
        "no-means-no": no_means_no,
        "never-pushy": never_pushy,
        "read-the-room": read_the_room,
        "nothing-by-itself": nothing_by_itself,
        "honest-price": honest_price,
        "same-price": same_price,
        "true-words": true_words,
        "worth-it": worth_it,
        "on-the-record": on_the_record,
        "open-identity": open_identity,
    }
)
# `yours-to-delete` is checked once, when all is over.
PROMISES = (*AT_EACH_TURN, "yours-to-delete")
