"""`make bench`: every figure of the project that is a ratio against a named peer, each measured in one run."""

from __future__ import annotations

import sys

from tests.bench import turn_cost

if __name__ == "__main__":
    sys.exit(turn_cost.main())
