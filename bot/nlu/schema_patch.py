"""The one change to Rasa's own code: action responses are checked by a validator that is compiled once.

Why: Rasa 3.6 calls `jsonschema.validate` for every action response, which first checks the schema itself
against JSON Schema's meta-schema: 16 ms of a 25 ms turn, each time for the same constant schema. Here the schema is
checked once, at start, and each response against it, with the same verdict and the same errors
(tests/unit/nlu/rasa/test_schema_patch.py compares them).

`apply()` is called by `bot.nlu.server` and by nothing else. It refuses other versions of Rasa than the one
it was written for.
"""

from __future__ import annotations

from typing import Any, Dict

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

    def validate_action_result(self: Any, result: Dict[str, Any]) -> bool:
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
