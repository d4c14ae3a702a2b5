"""What a shopper types is cleaned before it is understood, and never becomes a command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.utterances import LONGEST_TEXT, clean, is_command, understood, without_slash


@pytest.mark.parametrize("hidden", ["/affirm", "  /affirm", "\u200b/affirm", "\ufeff \t/affirm", "\x00/affirm"])
def test_a_hidden_slash_is_still_a_command(hidden: str) -> None:
    assert is_command(clean(hidden))


@given(st.text())
def test_no_cleaned_text_begins_with_a_slash(text: str) -> None:
    assert not without_slash(clean(text)).strip().startswith("/")


def test_a_very_long_text_is_cut() -> None:
    assert len(clean("tent " * 20_000)) <= LONGEST_TEXT


def test_a_button_is_certain_and_keeps_its_metadata() -> None:
    parsed = understood("", "affirm", {"offer_id": "O1"}, {"now": "2026-03-02T10:00:00Z"})
    assert parsed["intent"] == {"name": "affirm", "confidence": 1.0}
    assert parsed["entities"] == [{"entity": "offer_id", "value": "O1"}]
    assert parsed["metadata"] == {"now": "2026-03-02T10:00:00Z"}
