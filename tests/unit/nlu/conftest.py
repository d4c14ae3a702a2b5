"""`inside_rasa` needs Rasa's environment; tests/integration/test_rasa_project.py runs it there."""

from __future__ import annotations

collect_ignore = ["inside_rasa"]
