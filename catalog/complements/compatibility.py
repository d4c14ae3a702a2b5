"""What the shop declares about fit (`compatibility.yml`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.domain.product import Product
from catalog.domain.shop import CompatibilityRule


@dataclass(frozen=True)
class Compatibility:
    """Whether an accessory fits a host, in the shop's own words where it gave any."""

    fits: bool
    note: str = ""


class FitRules:
    """The declared rules, for looking up pairs."""

    def __init__(self, rules: Iterable[CompatibilityRule], products: Iterable[Product]) -> None:
        self._rules = tuple(rules)
        self._kinds: dict[str, set[str]] = {}
        self._members: dict[str, list[str]] = {}
        for product in products:
            for name in _names(product):
                self._kinds.setdefault(name, set()).add(product.kind)
                self._members.setdefault(name, []).append(product.id)

    def between(self, accessory: Product, host: Product) -> Compatibility | None:
        """What is declared about the pair; None when nothing is.

        An exclusive accessory fits nothing else of its hosts' kind; of other kinds nothing is known.
        """
        refused: Compatibility | None = None
        for rule in self._rules:
            if _names(accessory).isdisjoint(rule.accessories):
                continue
            if not _names(host).isdisjoint(rule.hosts):
                return Compatibility(True, rule.note)
            host_kinds = set().union(*(self._kinds.get(name, set()) for name in rule.hosts))
            if rule.exclusive and host.kind and host.kind in host_kinds:
                refused = Compatibility(False, rule.note)
        return refused

    def accessories_of(self, host: Product) -> list[str]:
        """Ids of products declared to fit the host, in the rules' order, without repeats."""
        names = (name for rule in self._rules if not _names(host).isdisjoint(rule.hosts) for name in rule.accessories)
        return list(dict.fromkeys(product_id for name in names for product_id in self._members.get(name, ())))


def _names(product: Product) -> frozenset[str]:
    return frozenset((product.id, product.group_id)) - {""}
