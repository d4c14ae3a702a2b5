"""The peers' settings, each the best of a grid by nDCG@10 on the month before the one that is measured (August 2011,
learned from the orders before it), for whole baskets, single items and new items apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.bench import basket_peers as peers
from tests.bench.basket_peers import Past, Scoring

Use = Literal["whole", "single", "new"]
Setting = dict[str, Any]


@dataclass(frozen=True)
class Peer:
    """How a peer learns. `single` and `new` are the settings where they differ from those for whole baskets."""

    learn: Callable[..., Scoring]
    whole: Setting
    single: Setting = field(default_factory=dict)
    new: Setting = field(default_factory=dict)
    reads_titles: bool = False

    def learned(self, past: Past, use: Use) -> Scoring:
        """The peer, learned for one use."""
        return self.learn(past, **(self.whole | {"whole": {}, "single": self.single, "new": self.new}[use]))


PEERS: dict[str, Peer] = {
    "popularity": Peer(peers.popularity, {"days": 60}),
    "conditional probability": Peer(
        peers.conditional, {"prior": 30.0, "damping": 0.5}, single={"prior": 0.0, "damping": 0.1}
    ),
    "Jaccard": Peer(peers.jaccard, {"prior": 0.0}, single={"prior": 200.0}),
    "item cosine": Peer(peers.cosine, {"prior": 1.0}, single={"prior": 200.0}),
    "RP3beta": Peer(peers.random_walk, {"alpha": 0.6, "beta": 0.5}, single={"beta": 0.2}),
    "EASE": Peer(peers.ease, {"ridge": 20.0}, single={"ridge": 3200.0}),
    "EDLAE": Peer(peers.ease, {"ridge": 20.0, "dropout": 0.1}, single={"ridge": 3200.0}),
    "CEASE": Peer(
        peers.ease, {"ridge": 10.0, "dropout": 0.1, "titles": 5.0},
        single={"ridge": 3200.0, "dropout": 0.0, "titles": 1.0}, new={"dropout": 0.2}, reads_titles=True,
    ),
    "nearest neighbours": Peer(
        peers.neighbours, {"base": "CEASE", "count": 15, "shrinkage": 0.0, "gain": 1.0, "twin": 0.5},
        single={"base": "conditional", "count": 5, "shrinkage": 20.0}, new={"twin": 2.0}, reads_titles=True,
    ),
    "MiniLM neighbours": Peer(peers.meaning, {"largest": True}, single={"largest": False}, reads_titles=True),
}  # fmt: skip
