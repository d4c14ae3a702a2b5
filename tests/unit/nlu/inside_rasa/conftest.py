"""Runs in Rasa's environment: `.venv-rasa/bin/python -m pytest -c tests/unit/nlu/inside_rasa/pytest.ini …`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from bot.nlu import quiet

quiet.before_rasa()
