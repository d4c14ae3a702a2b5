"""The documents say what the code does: each command, setting and link is checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from actions.settings import describe
from bot.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference" / "commands.md"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def verbs() -> dict[str, typer.core.TyperCommand]:
    return dict(typer.main.get_command(app).commands)


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_each_verb_and_option_is_in_the_reference(verb: str) -> None:
    text = REFERENCE.read_text()
    assert f"pairwell {verb}" in text, f"docs/reference/commands.md does not mention `pairwell {verb}`"
    for parameter in verbs()[verb].params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert option in text, f"`{option}` of `pairwell {verb}` is not documented"


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_each_verb_has_help(verb: str) -> None:
    shown = CliRunner().invoke(app, [verb, "--help"])
    assert shown.exit_code == 0
    assert len(shown.output.strip().splitlines()) > 2


def test_each_setting_is_in_the_reference() -> None:
    text = REFERENCE.read_text()
    missing = [name for name, _, _ in describe() if f"`{name}`" not in text]
    assert missing == []


def test_the_reference_names_no_setting_that_does_not_exist() -> None:
    known = {name for name, _, _ in describe()}
    named = set(re.findall(r"`(PAIRWELL_[A-Z_]+)`", REFERENCE.read_text()))
    assert named - known == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_in_the_documents_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)", page.read_text())
    broken = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert broken == []


def test_each_verb_of_the_makefile_that_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text()))
    assert named
    assert [verb for verb in sorted(named) if not re.search(rf"^{verb}:", makefile, re.M)] == []
