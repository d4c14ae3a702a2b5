"""Taking back or correcting what was understood: "drop the colour", "price doesn't matter", "I meant a lantern"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from actions.conversation.assistant import Assistant
from catalog.search.understanding import without_parts

if TYPE_CHECKING:
    from catalog.catalogue import Part
    from catalog.search.draft import Field

# What shoppers call a condition -> the fields of what was understood.
_NAMES: tuple[tuple[str, tuple[Field, ...]], ...] = (
    (r"colou?rs?|shade", ("color",)),
    (r"sizes?", ("size", "measure")),
    (r"prices?|budget|money|cost|limit", ("price",)),
    (r"brands?|makes?|labels?", ("brand",)),
    (r"materials?|fabric", ("material",)),
    (r"weight|capacity|volume|length|height|measurements?|number of people", ("measure",)),
    (r"stock|availability", ("stock",)),
)
_NAME = "|".join(names for names, _ in _NAMES)
_DROPPED = re.compile(
    r"\b(?:(?:drop|forget|ignore|skip|never ?mind|leave out|remove|lose|scrap|regardless of|no matter|whatever|any|"
    r"don'?t (?:care|mind|bother)(?: about)?)\s+(?:about\s+)?(?:the |which |what |that )?"
    rf"(?P<before>{_NAME})|(?P<after>{_NAME})\s+(?:does ?n'?o?t|is ?n'?o?t|is no|are ?n'?o?t|do ?n'?o?t)\s+"
    r"(?:matter|important|object|an? issue|relevant))\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"^\W*(?:(?:no|nope|nah|sorry|oops|actually|wait)\W+)*(?:what )?i\s+(?:actually |really )?"
    r"(?:meant|mean|was after|was looking for)\s+(?:to (?:say|write)\s+)?(?:an? |the |some )?(?P<rest>\S.*)$",
    re.IGNORECASE,
)


def takes_back(text: str) -> bool:
    """Whether a text corrects how an earlier one was read, and asks for nothing of its own."""
    return len(text) < 80 and bool(_DROPPED.search(text) or _MEANT.match(text))


def corrected_query(assistant: Assistant, query: str, text: str) -> str | None:
    """The last query as the shopper wants it read now; None where the text corrects nothing in it.

    A word that was read as another one, and is insisted upon, is put in quotes: quoted words stay as they are.
    """
    if not query:
        return None
    parts = assistant.catalogue.understand(query).parts
    dropped = [field for match in _DROPPED.finditer(text) for field in _fields(match["before"] or match["after"])]
    if dropped:
        kept = without_parts(query, parts, dropped)
        return kept if kept and kept != " ".join(query.split()) else None
    meant = _MEANT.match(text)
    return _instead(query, parts, meant["rest"].strip(" .!?")) if meant else None


def _fields(name: str) -> tuple[Field, ...]:
    return next((fields for names, fields in _NAMES if re.fullmatch(names, name, re.IGNORECASE)), ())


def _instead(query: str, parts: Sequence[Part], rest: str) -> str | None:
    misread = [part for part in parts if part.field == "word" and part.how == "typo"]
    for part in misread:
        start, end = part.span
        if rest.lower() == part.said.lower():
            return f'{query[:start]}"{part.said}"{query[end:]}'
        if " " not in rest:
            return query[:start] + rest + query[end:]
    return rest or None
