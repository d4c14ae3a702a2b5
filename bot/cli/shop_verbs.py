"""`pairwell load`, `pairwell index`, `pairwell train`: bring one thing up to date."""

from __future__ import annotations

from bot.cli.frame import ShopOption, environment, errors, guarded, settings_for
from bot.cli.progress import Bars
from bot.gateway.clock import SystemClock
from bot.supervisor import prepare
from catalog.feed.shop import read_shop


@guarded
def load(shop: ShopOption = None) -> None:
    """Check a shop folder and put it in the place of the loaded one: all of it or nothing."""
    settings = settings_for(shop)
    folder = read_shop(settings.shop)
    for warning in folder.warnings:
        errors().print(f"note: {warning}", highlight=False, markup=False)
    version, is_new = prepare.load(settings, folder, SystemClock().now())
    state = "loaded" if is_new else "up to date"
    print(f"{state}: {folder.documents.config.name}, {len(folder.products)} products, version {version}")


@guarded
def index(shop: ShopOption = None) -> None:
    """Rebuild the search index and the complements, what is stale of them only."""
    settings = settings_for(shop)
    folder = read_shop(settings.shop)
    prepare.encoder(settings)
    with Bars(errors()) as bars:
        version = prepare.index(settings, folder, bars)
    print(f"index {version} of {len(folder.products)} products in {settings.shop_home}")


@guarded
def train() -> None:
    """Train the language understanding where its data, its configuration or its code changed."""
    settings = settings_for()
    say = errors().print
    print(prepare.train(settings, environment(), prepare.encoder(settings), say))
