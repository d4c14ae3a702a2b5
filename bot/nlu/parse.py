"""Understand many utterances: `python -m bot.nlu.parse --model FILE --in FILE --out FILE`, with PAIRWELL_ENCODER set.

Input and output are the JSON lines of `pairwell understand`. Without an open offer a text is understood as in a new
conversation. The output appears whole or not at all. Exit codes: 1 failed, 2 wrong use or unreadable input.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path
from typing import Any, Dict, List, Optional

from bot.nlu import quiet, runtime
from bot.nlu.guard import judge_unparsed
from bot.nlu.understanding import UnreadableLines, Utterance, read_utterances, result_line
from bot.nlu.utterances import clean, understood, without_slash


class Understanding:
    """A trained model that understands single utterances, as the server does."""

    def __init__(self, model: Path) -> None:
        quiet.before_rasa()
        from rasa.core.agent import Agent

        quiet.after_rasa()
        self._agent = Agent.load(str(model))

    async def parse(self, utterance: Utterance) -> Dict[str, Any]:
        """Rasa's parse data of one utterance."""
        from rasa.core.channels.channel import UserMessage

        text = clean(utterance.text)
        intent = judge_unparsed(text, utterance.open_offer)
        if intent is not None:
            return understood(without_slash(text), intent)
        metadata = {"offer_open": utterance.open_offer, "locale": utterance.locale}
        message = UserMessage(without_slash(text), metadata=metadata)
        parsed: Dict[str, Any] = await self._agent.processor.parse_message(message)
        return parsed


async def _parse_all(model: Path, utterances: List[Utterance]) -> List[str]:
    understanding = Understanding(model)
    return [result_line(utterance, await understanding.parse(utterance)) for utterance in utterances]


def main(arguments: Optional[List[str]] = None) -> int:
    """Understand a file from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.parse", description="what is understood of each utterance")
    parser.add_argument("--model", type=Path, required=True, help="a model file that bot.nlu.train wrote")
    parser.add_argument("--in", dest="source", type=Path, required=True, help="JSON lines with id and text")
    parser.add_argument("--out", type=Path, required=True, help="JSON lines, written anew")
    options = parser.parse_args(arguments)
    encoder = os.environ.get("PAIRWELL_ENCODER")
    if not encoder or not options.model.is_file():
        print("bot.nlu.parse: no encoder or model; `pairwell understand` names both", file=sys.stderr)
        return 2
    try:
        utterances = read_utterances(options.source)
    except OSError as error:
        print(f"bot.nlu.parse: {options.source}: {error.strerror}", file=sys.stderr)
        return 2
    except UnreadableLines as error:
        print(error, file=sys.stderr)
        return 2
    runtime.use_encoder(Path(encoder))
    lines = asyncio.run(_parse_all(options.model, utterances))
    partial = options.out.with_name(f".{options.out.name}.partial")
    try:
        partial.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        partial.replace(options.out)
    except OSError as error:
        print(f"bot.nlu.parse: {options.out}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
