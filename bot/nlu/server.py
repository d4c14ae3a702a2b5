"""Start Rasa for pairwell: `python -m bot.nlu.server --port P --model FILE`, from the repository's root.

Reads PAIRWELL_INTERNAL_TOKEN, PAIRWELL_ACTIONS_URL, PAIRWELL_TRACKER_DB and PAIRWELL_ENCODER; endpoints.yml and
credentials.yml take theirs from the same variables. Listens on loopback only. Exit codes: 1 failed, 2 wrong use.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import List, Optional

from bot.nlu import quiet, runtime, schema_patch

NEEDED = ("PAIRWELL_INTERNAL_TOKEN", "PAIRWELL_ACTIONS_URL", "PAIRWELL_TRACKER_DB", "PAIRWELL_ENCODER")
ROOT = Path(__file__).resolve().parent.parent.parent


def main(arguments: Optional[List[str]] = None) -> int:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.server", description="Rasa, on loopback, for pairwell")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--model", type=Path, required=True, help="a model file that bot.nlu.train wrote")
    options = parser.parse_args(arguments)
    missing = [name for name in NEEDED if not os.environ.get(name)]
    if missing:
        print(f"bot.nlu.server: not set: {', '.join(missing)}; `pairwell run` sets them", file=sys.stderr)
        return 2
    if not options.model.is_file():
        print(f"bot.nlu.server: no model at {options.model}; `pairwell train` makes one", file=sys.stderr)
        return 2
    quiet.before_rasa()
    runtime.use_encoder(Path(os.environ["PAIRWELL_ENCODER"]))
    # The first shopper should not wait for the encoder, and a broken one should show at start.
    runtime.encoder().encode(["hello"])
    _serve(options.port, options.model)
    return 0


def _serve(port: int, model: Path) -> None:
    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints

    quiet.after_rasa()
    schema_patch.apply()
    rasa.core.run.serve_application(
        model_path=str(model),
        interface="127.0.0.1",
        port=port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml")),
        enable_api=False,
    )


if __name__ == "__main__":
    raise SystemExit(main())
