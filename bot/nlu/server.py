"""Start Rasa for pairwell: `python -m bot.nlu.server --port P --model FILE`, from the repository's root.

Reads PAIRWELL_INTERNAL_TOKEN, PAIRWELL_ACTIONS_URL, PAIRWELL_TRACKER_DB and PAIRWELL_ENCODER; endpoints.yml and
credentials.yml take theirs from the same variables. Listens on loopback only. Exit codes: 1 failed, 2 wrong use.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import Any, List, Optional

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

    from bot.nlu.open_endpoint import OpenEndpoint

    quiet.after_rasa()
    schema_patch.apply()
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    endpoints.action = OpenEndpoint.like(endpoints.action)

    async def close_endpoint(_app: Any, _loop: Any) -> None:
        await endpoints.action.close()

    rasa.core.run.serve_application(
        model_path=str(model),
        interface="127.0.0.1",
        port=port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=endpoints,
        enable_api=False,
        server_listeners=[(_lighten, "after_server_start"), (close_endpoint, "before_server_stop")],
    )


async def _lighten(app: Any, _loop: Any) -> None:
    """Once the model is loaded: run its graph without Dask, and spare the garbage collector its many objects."""
    from bot.nlu.straight_runner import StraightGraphRunner

    processor = app.ctx.agent.processor
    if processor is not None:
        processor.graph_runner = StraightGraphRunner.in_place_of(processor.graph_runner)
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    raise SystemExit(main())
