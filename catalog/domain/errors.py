"""The error tree of the project.

PairwellError
├── FeedFaults        a shop folder is not fit to load; holds every fault found
├── SettingsError     an environment setting is missing or wrong
├── IndexUnusable     an index on disk is missing, damaged or of another version
└── MoneyError        amounts of different currencies met, or an amount could not be read
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class PairwellError(Exception):
    """Base of every error that pairwell raises on purpose; its text names the place and the mend."""


class SettingsError(PairwellError):
    """An environment setting is missing or wrong."""


class IndexUnusable(PairwellError):
    """An index on disk is missing, damaged or of another version."""


class MoneyError(PairwellError, ValueError):
    """Amounts of different currencies met, or an amount could not be read."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one place of a shop folder, and how to mend it.

    `line` counts from 1 and includes the header; None where a file as a whole is meant.
    """

    file: str
    line: int | None
    field: str | None
    message: str
    mend: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        field = f" [{self.field}]" if self.field else ""
        mend = f" ({self.mend})" if self.mend else ""
        return f"{place}{field}: {self.message}{mend}"


class FeedFaults(PairwellError):
    """A shop folder is not fit to load. `faults` holds all that was found, in file and line order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
