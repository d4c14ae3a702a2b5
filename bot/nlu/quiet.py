"""Rasa's known noise, silenced by name; every other warning still shows."""

from __future__ import annotations

import logging
import os
import warnings


def before_rasa() -> None:
    """Before rasa is imported: no telemetry, no TensorFlow banner, no warnings about Rasa's own old pins."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # SQLAlchemy 1.4 advertises 2.0 once per process: Rasa pins 1.4.
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    _filters()


def after_rasa() -> None:
    """After rasa is imported: its logs from WARNING up (left alone, it prints every debug line)."""
    import rasa.utils.common
    import rasa.utils.log_utils

    rasa.utils.common.configure_logging_and_warnings(logging.WARNING)
    rasa.utils.log_utils.configure_structlog(logging.WARNING)
    # The line above resets Python's filters.
    _filters()


def _filters() -> None:
    # Each of these comes from a library that Rasa pins, about its own use of another: nothing here can mend it.
    for category, module in (
        (
            DeprecationWarning,
            r"pkg_resources|google|jsonschema|rasa|sanic|flatbuffers|tensorflow|sklearn_crfsuite|skops",
        ),
        (UserWarning, r"rasa\.telemetry|pkg_resources"),
    ):
        warnings.filterwarnings("ignore", category=category, module=rf"({module})(\..*)?$")
    warnings.filterwarnings("ignore", message=".*pkg_resources is deprecated.*")
