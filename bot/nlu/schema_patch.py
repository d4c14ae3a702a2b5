"""The one change to Rasa's own code: action responses are checked by validators that are compiled once.

Why: Rasa 3.6 calls `jsonschema.validate` for every action response, which first checks the schema itself
against JSON Schema's meta-schema: 16 ms of a 25 ms turn, each time for the same constant schema. Then it tries each
event against the 23 kinds of events there are, of which exactly the one that carries its name can fit.

Here the schema is checked once, at start, and each event against the schema of its own kind. Whatever does not pass
goes through the whole schema, so that the verdict and the error are Rasa's own
(tests/unit/nlu/inside_rasa/test_schema_patch.py compares them).

`apply()` is called by `bot.nlu.server` and by nothing else. It refuses other versions of Rasa than the one
it was written for.
"""

from __future__ import annotations

from typing import Any, Callable, Dict

WRITTEN_FOR = "3.6.21"


class PatchRefused(RuntimeError):
    """Rasa is not the version that the patch was written for."""


def apply() -> None:
    """Replace `RemoteAction._validate_action_result`. Raises PatchRefused on another version of Rasa."""
    import rasa
    from jsonschema import ValidationError
    from jsonschema.exceptions import best_match
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.constants import DOCS_BASE_URL

    if rasa.__version__ != WRITTEN_FOR:
        raise PatchRefused(
            f"Rasa is {rasa.__version__}, the schema patch is written for {WRITTEN_FOR}: "
            "read RemoteAction._validate_action_result anew, then change WRITTEN_FOR"
        )
    schema = RemoteAction.action_response_format_spec()
    compiler = validator_for(schema)
    compiler.check_schema(schema)
    validator = compiler(schema)
    passes_at_once = _quick_check(schema, compiler)

    def validate_action_result(self: Any, result: Dict[str, Any]) -> bool:
        if passes_at_once(result):
            return True
        error = best_match(validator.iter_errors(result))
        if error is None:
            return True
        assert isinstance(error, ValidationError)
        error.message += (
            ". Failed to validate Action server response from API, make sure your response from the Action "
            f"endpoint is valid. For more information about the format visit {DOCS_BASE_URL}/custom-actions"
        )
        raise error

    RemoteAction._validate_action_result = validate_action_result


def _quick_check(schema: Dict[str, Any], compiler: Any) -> Callable[[Any], bool]:
    """A check that says yes only where the whole schema does, and sometimes no where it says yes too."""
    event_schema = schema["properties"]["events"]["items"]
    frame = compiler({**schema, "properties": {**schema["properties"], "events": {"type": "array"}}})
    kinds: Dict[str, Any] = {}
    for kind in event_schema["oneOf"]:
        kinds[kind["properties"]["event"]["const"]] = compiler({**event_schema, "oneOf": [kind]})

    def passes(result: Any) -> bool:
        if not isinstance(result, dict) or not frame.is_valid(result):
            return False
        for event in result.get("events", []):
            name = event.get("event") if isinstance(event, dict) else None
            if not isinstance(name, str) or name not in kinds or not kinds[name].is_valid(event):
                return False
        return True

    return passes
