"""The merchant's side of a simulated shop: now and then a price moves, a sale begins, a thing sells out."""

from __future__ import annotations

from datetime import datetime
from random import Random

from actions.simulation.shelf import on_sale, repriced, sold_out
from actions.simulation.stages import Stage
from actions.simulation.wares import Wares
from catalog.domain.product import Product

_EACH_TURN = 0.04
_RISES, _FALLS, _SALES = (105, 112, 130), (70, 88, 96), (10, 20, 40)


class Merchant:
    """Changes one product of those that matter to the shopper, at random turns."""

    def __init__(self, stage: Stage, wares: Wares, rng: Random) -> None:
        self._stage, self._wares, self._rng = stage, wares, rng

    def perhaps_change(self, in_hand: tuple[str, ...], now: datetime) -> str:
        """Perhaps change something in the cart, on offer or about to be bought; tells what, "" for nothing."""
        if self._rng.random() >= _EACH_TURN:
            return ""
        product_id = self._rng.choice((*in_hand, *self._wares.basket(self._rng)))
        product = self._stage.shelf.product(product_id)
        if product is None:
            return ""
        told, changed = self._change(product)
        self._stage.change(changed, now)
        return f"{product_id} {told}"

    def _change(self, product: Product) -> tuple[str, Product]:
        what = self._rng.choice(("rises", "rises", "falls", "sale", "sells out"))
        if what == "sells out":
            return what, sold_out(product)
        if what == "sale":
            percent = self._rng.choice(_SALES)
            return f"is reduced by {percent} %", on_sale(product, percent)
        percent = self._rng.choice(_RISES if what == "rises" else _FALLS)
        return f"{what} to {percent} %", repriced(product, percent)
