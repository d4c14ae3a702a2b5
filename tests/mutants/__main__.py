"""The mutation check: small faults are put into the pure code, one at a time, and the tests must see them.

`make mutants` runs it (`[tool.mutmut]` in pyproject.toml says over which files and with which tests), prints one line
per file, and ends with 1 where fewer than nine in ten are seen. Names of mutants ("actions.selling.claims*") limit
the run; the table always shows everything that is known. `--table` only shows the table.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEAST = 90
SURVIVED, UNKNOWN, UNTESTED = 0, None, (5, 33)


def run(names: list[str]) -> None:
    """One worker: the check leaves room for whatever else the machine does."""
    command = [Path(sys.executable).parent / "mutmut", "run", "--max-children", "1", *names]
    subprocess.run([str(part) for part in command], cwd=ROOT, check=False)


def codes_of_files() -> dict[str, list[int | None]]:
    """What became of each mutant, by file, as mutmut left it."""
    found = {}
    for meta in sorted((ROOT / "mutants").rglob("*.py.meta")):
        codes = list(json.loads(meta.read_text())["exit_code_by_key"].values())
        if codes:
            found[str(meta.relative_to(ROOT / "mutants").with_suffix(""))] = codes
    return found


def counted(codes: list[int | None]) -> tuple[int, int]:
    """Mutants that were tried, and those that the tests saw. What no test reaches counts as unseen; a mutant that
    makes the tests run on and on, or end in a crash, counts as seen."""
    tried = [code for code in codes if code is not UNKNOWN]
    return len(tried), sum(code != SURVIVED and code not in UNTESTED for code in tried)


def main(arguments: list[str]) -> int:
    """0 where enough were seen, 1 where too few were, or where none was tried."""
    if "--table" not in arguments:
        run(arguments)
    print("| File | Mutants | Killed | Share |\n|---|---:|---:|---:|")
    all_tried = all_killed = untried = 0
    for name, codes in codes_of_files().items():
        tried, killed = counted(codes)
        all_tried, all_killed, untried = all_tried + tried, all_killed + killed, untried + len(codes) - tried
        print(f"| `{name}` | {tried} | {killed} | {_share(killed, tried)} |")
    print(f"| All | {all_tried} | {all_killed} | {_share(all_killed, all_tried)} |")
    if untried:
        print(f"\n{untried} mutants were not tried.")
    return 0 if all_tried and all_killed * 100 >= all_tried * LEAST else 1


def _share(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.1f} %" if whole else "–"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
