"""The keeper opens the shop late, opens it anew when it changes, and serves the last good one meanwhile."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from actions import bootstrap
from actions.settings import Settings, load_settings
from actions.store.database import migrate, open_database
from actions.store.shop_data import NoShopLoaded, load_shop
from catalog.domain.errors import IndexUnusable
from catalog.domain.product import Product
from catalog.domain.shop import ShopConfig, ShopDocuments
from tests.fakes.shop_world import NOW, product


@dataclass
class Folder:
    """What a checked shop folder gives."""

    products: list[Product]
    documents: ShopDocuments
    orders_path: Path | None = None


class OpenedCatalogue:
    def __init__(self, _home: Path, products: list[Product], documents: ShopDocuments, _encoder: object) -> None:
        self._products, self.documents, self.version = products, documents, "1"

    def products(self) -> list[Product]:
        return self._products


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(bootstrap, "ensure_encoder", lambda home, model: home)
    monkeypatch.setattr(bootstrap, "OnnxEncoder", lambda folder: object())
    monkeypatch.setattr(bootstrap, "open_catalogue", OpenedCatalogue)
    found = load_settings({"PAIRWELL_HOME": str(tmp_path), "PAIRWELL_SHOP": str(tmp_path)})
    migrate(found.database_url)
    return found


def load(settings: Settings, *products: Product) -> None:
    database = open_database(settings.database_url)
    load_shop(database, Folder(list(products), ShopDocuments(ShopConfig("Testgate"))), NOW)
    database.close()


def titles(keeper: bootstrap.AssistantKeeper) -> list[str]:
    return [one.title for one in keeper().catalogue.products()]


def test_without_a_shop_it_says_how_to_load_one(settings: Settings) -> None:
    with pytest.raises(NoShopLoaded, match="pairwell load"):
        bootstrap.AssistantKeeper(settings)()


def test_the_same_shop_is_opened_once(settings: Settings) -> None:
    load(settings, product("A", "Mug", "1.00"))
    keeper = bootstrap.AssistantKeeper(settings, look_every=0)
    assert keeper() is keeper()


def test_a_changed_shop_is_served_from_the_next_turn_on(settings: Settings) -> None:
    load(settings, product("A", "Mug", "1.00"))
    keeper = bootstrap.AssistantKeeper(settings, look_every=0)
    assert titles(keeper) == ["Mug"]
    load(settings, product("A", "Mug", "1.00"), product("B", "Bowl", "2.00"))
    assert titles(keeper) == ["Mug", "Bowl"]


def test_while_the_new_index_is_unusable_the_former_shop_is_served(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(settings, product("A", "Mug", "1.00"))
    keeper = bootstrap.AssistantKeeper(settings, look_every=0)
    keeper()

    def unusable(*_: Any) -> None:
        raise IndexUnusable("damaged")

    monkeypatch.setattr(bootstrap, "open_catalogue", unusable)
    load(settings, product("B", "Bowl", "2.00"))
    assert titles(keeper) == ["Mug"]
