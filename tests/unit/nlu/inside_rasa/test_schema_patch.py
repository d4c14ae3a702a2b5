"""The compiled validator gives Rasa's verdicts, with Rasa's errors."""

from __future__ import annotations

import time

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.nlu import schema_patch

ORIGINAL = RemoteAction._validate_action_result
RESPONSES = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "mood", "value": "calm", "timestamp": None}], "responses": [{"custom": {}}]},
    {"events": [{"event": "slot", "name": "shown_products", "value": ["A", "B"], "timestamp": 1.5}]},
    {"events": [{"event": "followup", "name": "action_greet"}]},
    {},
    {"responses": [{"text": "x"}], "else": 1},
    [],
    None,
    {"events": {}},
    {"events": ["slot"]},
    {"events": [{"event": "slot"}]},
    {"events": [{"event": 7}]},
    {"events": [{"name": "mood"}]},
    {"responses": ["text"]},
    {"responses": "text"},
    {"events": [{"event": "action", "name": 3}]},
]


@pytest.fixture
def patched():
    schema_patch.apply()
    yield RemoteAction("action_find", None)
    RemoteAction._validate_action_result = ORIGINAL


def verdict(validate, response):
    try:
        return validate(response)
    except ValidationError as error:
        return (error.message, list(error.absolute_path), error.validator)


@pytest.mark.parametrize("response", RESPONSES, ids=repr)
def test_same_verdict_and_same_error_as_rasas_own(patched, response):
    action = RemoteAction("action_find", None)
    own = verdict(lambda result: ORIGINAL(action, result), response)
    assert verdict(patched._validate_action_result, response) == own


def test_both_verdicts_occur_among_the_responses(patched):
    verdicts = {verdict(patched._validate_action_result, response) is True for response in RESPONSES}
    assert verdicts == {True, False}


def test_it_saves_nine_tenths_of_the_time(patched):
    action = RemoteAction("action_find", None)

    def cost(validate):
        started = time.process_time()
        for _ in range(20):
            validate(RESPONSES[1])
        return time.process_time() - started

    assert cost(patched._validate_action_result) < 0.1 * cost(lambda result: ORIGINAL(action, result))


def test_another_version_of_rasa_is_refused(monkeypatch):
    monkeypatch.setattr("rasa.__version__", "3.7.0")
    with pytest.raises(schema_patch.PatchRefused, match=r"3\.7\.0"):
        schema_patch.apply()
    assert RemoteAction._validate_action_result is ORIGINAL
