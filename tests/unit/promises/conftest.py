import pytest

from actions.store.database import Database
from tests.fakes.small_shop import Visit, config, fresh_database, load


@pytest.fixture
def database(tmp_path) -> Database:
    database = fresh_database(tmp_path)
    load(database, config())
    return database


@pytest.fixture
def visit(database) -> Visit:
    return Visit(database)
