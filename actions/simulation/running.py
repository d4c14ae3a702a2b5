"""Many simulated conversations over one opened shop, on several processors."""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from actions.selling.counter import CounterDesk
from actions.selling.desk import OfferDesk
from actions.selling.goods import Goods
from actions.simulation.cached_goods import CachedGoods
from actions.simulation.playing import FIRST_DAY, Played, Player
from actions.simulation.shelf import Shelf
from actions.simulation.speaking import Speaker
from actions.simulation.stages import MemoryStage, SqlStage, Stage
from actions.simulation.tally import Tally
from actions.simulation.wares import Wares, draw_wares
from actions.simulation.witness import Market
from actions.speech.pack import load_pack
from actions.store.database import migrate, open_database
from catalog.domain.errors import PairwellError
from catalog.domain.product import Product
from catalog.domain.shop import ShopDocuments

# So many conversations are handed to a process at once, and so many are played on the real store as well.
_CHUNK, _ON_THE_STORE = 100, 5
_DRAWN_WITH = "wares"


class NothingToSimulate(PairwellError):
    """The shop has nothing that anybody could come for."""


@dataclass(frozen=True)
class SimulatedShop:
    """A shop that conversations are played in: nothing in it changes."""

    documents: ShopDocuments
    products: dict[str, Product]
    goods: Goods
    wares: Wares
    speaker: Speaker
    empty_shelf: Shelf

    def shelf(self) -> Shelf:
        """A shelf for one conversation, as the shop is loaded."""
        return Shelf(self.documents.config, self.products, self.documents.bundles, self.empty_shelf.sets)

    def play(self, number: int, seed: int, stage: Stage | None = None) -> Played:
        """Play one conversation, in memory or on another stage. Raises StoryBroken."""
        return play_on(self, stage or MemoryStage(self.shelf()), number, seed)


def play_on(
    shop: SimulatedShop,
    stage: Stage,
    number: int,
    seed: int,
    desk_of: Callable[[Stage, Goods], OfferDesk] = lambda stage, goods: CounterDesk(stage.books, goods),
) -> Played:
    """Play one conversation on a stage, at the desk that `desk_of` makes. Raises StoryBroken."""
    desk = desk_of(stage, shop.goods)
    return Player(Market(stage, shop.goods), desk, shop.speaker, shop.wares, seed).play(number)


def simulated_shop(
    documents: ShopDocuments, products: Sequence[Product], goods: Goods, popularity: dict[str, int]
) -> SimulatedShop:
    """A shop to play in. `popularity` is the number of orders of each product. Raises NothingToSimulate."""
    cached = CachedGoods(goods)
    by_id = {product.id: product for product in products}
    try:
        wares = draw_wares(products, popularity, cached, Random(_DRAWN_WITH))
    except ValueError as error:
        raise NothingToSimulate(f"products: {error}") from None
    speaker = Speaker(documents, load_pack(documents.config.locale), list(products))
    shelf = Shelf(documents.config, by_id, documents.bundles)
    return SimulatedShop(documents, by_id, cached, wares, speaker, shelf)


def play_some(shop: SimulatedShop, numbers: Iterable[int], seed: int) -> Tally:
    """Play these conversations in memory, one after another. Raises StoryBroken."""
    tally = Tally(shop.documents.config.currency)
    for number in numbers:
        stage = MemoryStage(shop.shelf())
        tally.count(shop.play(number, seed, stage), stage.shelf)
    return tally


def simulate(shop: SimulatedShop, conversations: int, seed: int, workers: int, advance: Callable[[int], None]) -> Tally:
    """Play so many conversations, some of them on the real store too. The result depends on `seed` only, not on the
    number of `workers`. `advance` hears of conversations as they are done. Raises StoryBroken."""
    tally = Tally(shop.documents.config.currency)
    ranges = [range(start, min(start + _CHUNK, conversations)) for start in range(0, conversations, _CHUNK)]
    if workers <= 1 or len(ranges) <= 1:
        for numbers in ranges:
            tally.merge(play_some(shop, numbers, seed))
            advance(len(numbers))
    else:
        # Forked after the shop is opened: its memory is shared, nothing is read again.
        with multiprocessing.get_context("fork").Pool(workers, _settle, (shop, seed)) as pool:
            for done in pool.imap(_play_range, ranges):
                tally.merge(done)
                advance(done.whole.conversations)
    tally.add_violations(_on_the_store(shop, conversations, seed))
    return tally


_settled: list[Any] = []


def _settle(shop: SimulatedShop, seed: int) -> None:
    _settled[:] = [shop, seed]


def _play_range(numbers: range) -> Tally:
    shop, seed = _settled
    return play_some(shop, numbers, seed)


def _on_the_store(shop: SimulatedShop, conversations: int, seed: int) -> list[Any]:
    """A few conversations on the real SQL store: what is erased there must be gone from every table."""
    with tempfile.TemporaryDirectory(prefix="pairwell-simulation-") as folder:
        empty = Path(folder) / "empty.db"
        migrate(f"sqlite:///{empty}")
        found = []
        for number in range(min(_ON_THE_STORE, conversations)):
            path = Path(folder) / f"{number}.db"
            shutil.copyfile(empty, path)
            with closing(open_database(f"sqlite:///{path}")) as database:
                found += shop.play(number, seed, SqlStage(shop.shelf(), shop.documents, database, FIRST_DAY)).violations
    return [one for one in found if one.promise == "yours-to-delete"]
