"""`make bench`: every figure of the project that is a ratio against a named peer, each measured in one run.

`python -m tests.bench [SECTION…]` measures some; all without a name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from tests.bench import complements, evidence, offers, search, turn_cost

SECTIONS: dict[str, Callable[[], int]] = {
    "turns": turn_cost.main,
    "search": search.main,
    "evidence": evidence.main,
    "complements": complements.main,
    "offers": offers.main,
}
_WRONG_USE = 2


def main(names: Sequence[str]) -> int:
    """Measure the sections named, in their order; 1 where a figure does not hold."""
    unknown = [name for name in names if name not in SECTIONS]
    if unknown:
        print(f"bench: no section {unknown[0]!r}; there are: {', '.join(SECTIONS)}", file=sys.stderr)
        return _WRONG_USE
    results = []
    for name in names or SECTIONS:
        print(f"== {name}", flush=True)
        results.append(SECTIONS[name]())
    return max(results)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
