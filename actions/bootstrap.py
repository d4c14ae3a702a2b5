"""The one place where the action server is wired: settings → database → catalogue → shop, offer desk, words."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import structlog

from actions.conversation.assistant import Assistant
from actions.selling.counter import CounterDesk
from actions.settings import Settings
from actions.shop.sql_shop import SqlShop
from actions.speech.pack import load_pack
from actions.store.database import Database, open_database
from actions.store.offer_book import SqlOfferBooks
from actions.store.shop_data import NoShopLoaded, current_version, read_documents, read_products
from actions.store.shopper_data import ShopperData
from catalog.catalogue import open_catalogue
from catalog.domain.errors import IndexUnusable
from catalog.encoder.export import ensure_encoder
from catalog.encoder.onnx_encoder import OnnxEncoder
from catalog.search.index_files import current_version as index_version

# How often to look whether another version of the shop was loaded.
LOOK_EVERY_SECONDS = 1.0
log = structlog.get_logger("pairwell.actions")


@dataclass(frozen=True)
class _Opened:
    """What is served: `version` names the shop in the database and the index on disk that it was opened from."""

    version: tuple[str | None, str | None]
    assistant: Assistant


class AssistantKeeper:
    """Gives the assistant of the shop as it is loaded now. Opens it at the first call, anew when the shop
    changed; while a new version is being opened, and where it cannot be, the last good one serves on."""

    def __init__(self, settings: Settings, look_every: float = LOOK_EVERY_SECONDS) -> None:
        self._settings = settings
        self._look_every = look_every
        self._looked_at = -look_every
        self._database: Database | None = None
        self._encoder: OnnxEncoder | None = None
        self._opened: _Opened | None = None
        self._opening = threading.Lock()

    def __call__(self) -> Assistant:
        """The assistant. Raises NoShopLoaded or IndexUnusable where there is none to serve."""
        opened = self._opened
        if opened is None:
            with self._opening:
                return (self._opened or self._open()).assistant
        if self._is_time_to_look() and self._version() != opened.version and self._opening.acquire(blocking=False):
            try:
                return self._open().assistant
            except IndexUnusable as error:
                log.warning("the new shop cannot be opened yet; the former one is served", error=str(error))
            finally:
                self._opening.release()
        return opened.assistant

    def _is_time_to_look(self) -> bool:
        """Whether the last look for another version is long enough ago. Prices and stock come from the database
        at each turn; only what is found by searching may be this much behind. Where prices change with time alone,
        what is searched for by price is found by those of the moment the shop was loaded."""
        now = time.monotonic()
        if now - self._looked_at < self._look_every:
            return False
        self._looked_at = now
        return True

    def _the_database(self) -> Database:
        if self._database is None:
            self._database = open_database(self._settings.database_url)
        return self._database

    def _the_encoder(self) -> OnnxEncoder:
        if self._encoder is None:
            self._encoder = OnnxEncoder(ensure_encoder(self._settings.home, self._settings.embedding_model))
        return self._encoder

    def _version(self) -> tuple[str | None, str | None]:
        """Two small reads."""
        return current_version(self._the_database()), index_version(self._settings.shop_home)

    def _open(self) -> _Opened:
        database, version = self._the_database(), self._version()
        if version[0] is None:
            raise NoShopLoaded("no shop is loaded; run `pairwell load --shop DIR`")
        documents, products = read_documents(database), read_products(database)
        catalogue = open_catalogue(self._settings.shop_home, products, documents, self._the_encoder())
        assistant = Assistant(
            catalogue=catalogue,
            shop=SqlShop(database),
            desk=CounterDesk(SqlOfferBooks(database), catalogue),
            personal_data=ShopperData(database),
            pack=load_pack(documents.config.locale),
            timed=any(product.timed for product in products),
        )
        self._opened = _Opened(version, assistant)
        log.info("shop opened", shop=documents.config.name, version=version, products=len(products))
        return self._opened
