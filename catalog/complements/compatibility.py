"""What the shop declares about fit (`compatibility.yml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.domain.product import Product
from catalog.domain.shop import CompatibilityRule


@dataclass(frozen=True)
class Compatibility:
    """Whether an accessory fits a host, in the shop's own words where it gave any."""

    fits: bool
    note: str = ""


@dataclass(frozen=True)
class _Rule:
    """A declared rule, ready for looking up. `place` is its place in the file: earlier ones win."""

    place: int
    accessories: tuple[str, ...]
    hosts: frozenset[str]
    host_kinds: frozenset[str]
    exclusive: bool
    note: str


class FitRules:
    """The declared rules, for looking up pairs. Most products stand in none, so rules are found by name."""

    def __init__(self, rules: Iterable[CompatibilityRule], products: Iterable[Product]) -> None:
        kinds: dict[str, set[str]] = {}
        self._members: dict[str, list[str]] = {}
        for product in products:
            for name in _names(product):
                kinds.setdefault(name, set()).add(product.kind)
                self._members.setdefault(name, []).append(product.id)
        self._of_accessory: dict[str, list[_Rule]] = {}
        self._of_host: dict[str, list[_Rule]] = {}
        for place, declared in enumerate(rules):
            host_kinds = frozenset(kind for name in declared.hosts for kind in kinds.get(name, ()) if kind)
            hosts = frozenset(declared.hosts)
            rule = _Rule(place, declared.accessories, hosts, host_kinds, declared.exclusive, declared.note)
            for names, index in ((declared.accessories, self._of_accessory), (declared.hosts, self._of_host)):
                for name in dict.fromkeys(names):
                    index.setdefault(name, []).append(rule)

    def between(self, accessory: Product, host: Product) -> Compatibility | None:
        """What is declared about the pair; None when nothing is.

        An exclusive accessory fits nothing else of its hosts' kind; of other kinds nothing is known.
        """
        refused: Compatibility | None = None
        for rule in _found(self._of_accessory, accessory):
            if host.id in rule.hosts or host.group_id in rule.hosts:
                return Compatibility(True, rule.note)
            if rule.exclusive and host.kind in rule.host_kinds:
                refused = Compatibility(False, rule.note)
        return refused

    def hosts_of(self, accessory: Product) -> frozenset[str]:
        """Ids and group ids that the accessory is declared to fit."""
        return frozenset().union(*(rule.hosts for rule in _found(self._of_accessory, accessory)))

    def accessories_of(self, host: Product) -> list[str]:
        """Ids of products declared to fit the host, in the rules' order, without repeats."""
        names = (name for rule in _found(self._of_host, host) for name in rule.accessories)
        return list(dict.fromkeys(product_id for name in names for product_id in self._members.get(name, ())))


def _found(index: Mapping[str, list[_Rule]], product: Product) -> list[_Rule]:
    """The rules that name a product or its group, in the file's order, each once."""
    own, of_group = index.get(product.id, []), index.get(product.group_id, [])
    if not own or not of_group:
        return own or of_group
    return sorted({rule.place: rule for rule in (*own, *of_group)}.values(), key=lambda rule: rule.place)


def _names(product: Product) -> frozenset[str]:
    return frozenset((product.id, product.group_id)) - {""}
