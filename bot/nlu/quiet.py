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
    # Sanic switches every DeprecationWarning on when it is imported: it goes first, so that the filters stand before.
    import sanic.app  # noqa: F401

    _filters()


def after_rasa() -> None:
    """After rasa is imported: its logs from WARNING up (left alone, it prints every debug line)."""
    import rasa.utils.common
    import rasa.utils.log_utils

    rasa.utils.common.configure_logging_and_warnings(logging.WARNING)
    rasa.utils.log_utils.configure_structlog(logging.WARNING)
    # The line above resets Python's filters.
    _filters()


# Libraries that Rasa pins, warning about their own use of one another: nothing here can mend it.
_OLD_LIBRARIES = (
    "apscheduler", "flatbuffers", "google", "jsonschema", "matplotlib", "pkg_resources", "rasa", "sanic", "sanic_cors",
    "sklearn_crfsuite", "skops", "tensorflow",
)  # fmt: skip


def _filters() -> None:
    modules = rf"({'|'.join(_OLD_LIBRARIES)})(\..*)?$"
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=modules)
    warnings.filterwarnings("ignore", category=UserWarning, module=r"rasa\.telemetry$")
    # config.yml stops the solver after max_iter rounds on purpose.
    warnings.filterwarnings("ignore", message="lbfgs failed to converge")
