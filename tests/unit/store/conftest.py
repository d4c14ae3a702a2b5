import pytest

from actions.store.database import Database, migrate, open_database


@pytest.fixture
def database(tmp_path) -> Database:
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    migrate(url)
    return open_database(url)
