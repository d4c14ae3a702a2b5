"""From what a kind proposes to what the gate judges: the products' facts, and how they stand to cart and refusals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from actions.selling.facts import CandidateFacts, Situation, facts_of
from actions.selling.goods import Goods
from actions.selling.kinds.plugin import Proposal
from catalog.domain.product import Product


def candidate_facts(
    proposal: Proposal, situation: Situation, products: Mapping[str, Product], goods: Goods
) -> CandidateFacts | None:
    """The facts of a proposal; None where the shop has one of its products no more."""
    if any(product_id not in products for product_id in proposal.product_ids):
        return None
    own = [products[product_id] for product_id in proposal.product_ids]
    ids = {product.id for product in own}
    hosts = [host.id for host in situation.hosts if host.id not in ids]
    return CandidateFacts(
        kind=proposal.kind,
        products=tuple(facts_of(product) for product in own),
        chance=proposal.chance,
        evidence=proposal.evidence,
        anchor_ids=proposal.anchor_ids,
        title=proposal.title,
        theme=proposal.theme,
        percent=proposal.percent,
        gains=proposal.gains,
        losses=proposal.losses,
        plans=proposal.plans,
        completes=proposal.completes,
        look_alike_of=_first(_like_host(goods, product.id, hosts) for product in own),
        unfit_with=_first(_unfit_with(goods, product.id, [*hosts, *sorted(ids - {product.id})]) for product in own),
        declined_like=_first(_like_declined(goods, product, situation, products) for product in own),
    )


def _first(names: Iterable[str]) -> str:
    return next((name for name in names if name), "")


def _like_host(goods: Goods, product_id: str, hosts: Sequence[str]) -> str:
    return next((host for host in hosts if goods.look_alike(product_id, host)), "")


def _like_declined(goods: Goods, product: Product, situation: Situation, products: Mapping[str, Product]) -> str:
    """A refused thing that this is a variant or a look-alike of."""
    for refused_id in situation.memory.declined:
        refused = products.get(refused_id)
        if refused is not None and (product.same_group(refused) or goods.look_alike(product.id, refused_id)):
            return refused_id
    return ""


def _unfit_with(goods: Goods, product_id: str, hosts: Sequence[str]) -> str:
    """The host that this is declared not to fit, unless it fits another one here."""
    unfit = ""
    for host in hosts:
        for declared in (goods.compatible(product_id, host), goods.compatible(host, product_id)):
            if declared is not None and declared.fits:
                return ""
            if declared is not None:
                unfit = unfit or host
    return unfit
