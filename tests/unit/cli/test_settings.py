"""Settings and the secret key."""

import stat

import pytest

from actions.settings import describe, load_settings, with_secret_key
from catalog.domain.errors import SettingsError

PLACEHOLDERS = ["short", "change-me-please-change-me-please-1", "a" * 40, "your-secret-key-goes-here-0123456"]
WRONG = [("PAIRWELL_PORT", "http"), ("PAIRWELL_PORT", "70000"), ("PAIRWELL_SHOP", "/no/such")]


@pytest.fixture
def surroundings(tmp_path):
    (tmp_path / "shop").mkdir()
    return {"PAIRWELL_SHOP": str(tmp_path / "shop"), "PAIRWELL_HOME": str(tmp_path / "home")}


def test_a_key_is_made_once_and_is_its_owners_alone(surroundings):
    first = with_secret_key(load_settings(surroundings))
    assert with_secret_key(load_settings(surroundings)).secret_key == first.secret_key
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE((first.home / "secret.key").stat().st_mode) == 0o600


def test_a_given_key_wins_and_nothing_is_written(surroundings):
    settings = with_secret_key(load_settings({**surroundings, "PAIRWELL_SECRET_KEY": "Jd8#kq2Lz!" * 4}))
    assert settings.secret_key.startswith("Jd8#")
    assert not settings.home.exists()


@pytest.mark.parametrize(
    "key", ["short", "change-me-please-change-me-please-1", "a" * 40, "your-secret-key-goes-here-0123456"]
)
def test_placeholder_and_short_keys_are_refused(surroundings, key):
    with pytest.raises(SettingsError, match="PAIRWELL_SECRET_KEY"):
        load_settings({**surroundings, "PAIRWELL_SECRET_KEY": key})


def test_a_damaged_key_file_says_what_to_do(surroundings, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "secret.key").write_text("x\n")
    with pytest.raises(SettingsError, match="delete the file"):
        with_secret_key(load_settings(surroundings))


@pytest.mark.parametrize(
    ("name", "value"), [("PAIRWELL_PORT", "http"), ("PAIRWELL_PORT", "70000"), ("PAIRWELL_SHOP", "/no/such")]
)
def test_a_wrong_setting_is_named(surroundings, name, value):
    with pytest.raises(SettingsError, match=name):
        load_settings({**surroundings, name: value})


def test_a_child_reads_the_same_settings_back(surroundings):
    settings = with_secret_key(load_settings(surroundings))
    assert load_settings(settings.environment()) == settings


def test_every_setting_is_described(surroundings):
    described = {name for name, _, _ in describe()}
    assert described == set(load_settings(surroundings).environment())
