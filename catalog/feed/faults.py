"""Collecting what is wrong and what is merely odd in a shop folder."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from catalog.domain.errors import Fault, FeedFaults

# A broken export repeats one mistake on each line; beyond this many nobody reads on.
MOST_FAULTS = 100


class Findings:
    """Faults (which stop a load) and warnings (which do not) of one shop folder."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._warnings: list[Fault] = []
        self._beyond = 0

    def fault(self, file: str, line: int | None, field: str | None, message: str, mend: str = "") -> None:
        """Note one thing that stops the load. Only the first `MOST_FAULTS` are kept, the rest is counted."""
        if len(self._faults) < MOST_FAULTS:
            self._faults.append(Fault(file, line, field, message, mend))
        else:
            self._beyond += 1

    def count_more(self, faults: int) -> None:
        """Count faults that are not told one by one, because `MOST_FAULTS` of their file are."""
        self._beyond += faults

    def warn(self, file: str, line: int | None, field: str | None, message: str, mend: str = "") -> None:
        """Note a harmless oddity."""
        if len(self._warnings) < MOST_FAULTS:
            self._warnings.append(Fault(file, line, field, message, mend))

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The oddities, in the order found."""
        return tuple(self._warnings)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The first of the faults, in the order found."""
        return tuple(self._faults)

    @property
    def told(self) -> int:
        """How many faults there are so far."""
        return len(self._faults) + self._beyond

    @property
    def found(self) -> bool:
        """Whether anything stops the load."""
        return bool(self._faults)

    def raise_any(self) -> None:
        """Raise FeedFaults with all that was found, in file and line order; return when there is nothing."""
        if not self._faults:
            return
        faults = sorted(self._faults, key=lambda fault: (fault.file, fault.line or 0))
        if self._beyond:
            faults.append(Fault("shop folder", None, None, f"and {self._beyond} more", "mend these first"))
        raise FeedFaults(faults)


def nearest(word: str, known: Iterable[str]) -> str:
    """'did you mean "sale_price"?', or the list of what is known, as a mend."""
    choices = sorted(known)
    match = process.extractOne(word.lower(), choices, scorer=fuzz.ratio, score_cutoff=60)
    return f'did you mean "{match[0]}"?' if match else f"known here: {', '.join(choices)}"
