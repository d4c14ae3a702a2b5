"""What can go wrong between the processes."""

from __future__ import annotations

from catalog.domain.errors import PairwellError


class SupervisorError(PairwellError):
    """A process did not start, did not become ready, or kept dying; the text says which, and shows its last words."""
