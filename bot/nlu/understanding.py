"""Read utterances from JSON lines and write what was understood: the file side of `pairwell understand`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping

from bot.nlu.acts import act_of


@dataclass(frozen=True)
class Utterance:
    """One line of the input."""

    id: Any
    text: str
    locale: str = "en"
    open_offer: bool = False


class UnreadableLines(ValueError):
    """Lines that are no utterances; the text names each as file:line with its mend."""


def read_utterances(path: Path) -> List[Utterance]:
    """The utterances of a file, blank lines left out. Raises UnreadableLines naming every bad line."""
    utterances, faults = [], []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            utterances.append(_utterance(line))
        except ValueError as error:
            faults.append(f"{path}:{number}: {error}")
    if faults:
        raise UnreadableLines("\n".join(faults))
    return utterances


def _utterance(line: bytes) -> Utterance:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON at column {error.colno}: {error.msg}") from error
    if not isinstance(record, dict):
        raise ValueError('not a JSON object; write {"id": …, "text": …}')
    if "id" not in record:
        raise ValueError('"id" is missing; give each utterance one')
    if not isinstance(record.get("text"), str):
        raise ValueError('"text" is missing or no text; write what the shopper said')
    if not isinstance(record.get("open_offer") or False, bool):
        raise ValueError('"open_offer" must be true or false')
    return Utterance(record["id"], record["text"], str(record.get("locale") or "en"), bool(record.get("open_offer")))


def result_line(utterance: Utterance, parsed: Mapping[str, Any]) -> str:
    """The output line of one utterance; `parsed` is Rasa's parse data."""
    intent = str((parsed.get("intent") or {}).get("name") or "")
    record: Dict[str, Any] = {
        "id": utterance.id,
        "act": act_of(intent),
        "intent": intent,
        "confidence": round(float((parsed.get("intent") or {}).get("confidence") or 0.0), 4),
        "entities": [{"entity": entity["entity"], "value": entity["value"]} for entity in parsed.get("entities") or []],
    }
    return json.dumps(record, ensure_ascii=False)
