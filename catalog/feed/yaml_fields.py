"""Reading YAML field by field, so that each fault can name its line.

The text of each value is taken as it stands in the file: an amount such as 50.00 never becomes a float.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from catalog.domain.errors import MoneyError
from catalog.domain.money import Money
from catalog.feed.faults import Findings, nearest
from catalog.feed.files import read_text


class Section:
    """One mapping of a YAML file. Each reader notes a fault and returns a harmless value where it cannot."""

    def __init__(self, file: str, node: Node | None, known: Iterable[str], findings: Findings, name: str) -> None:
        self._file, self._findings, self._name = file, findings, name
        self.line = node.start_mark.line + 1 if node is not None else None
        self._nodes: dict[str, Node] = {}
        if node is None or _is_empty(node):
            return
        if not isinstance(node, MappingNode):
            self.complain(None, "should be a list of `name: value`", "see the reference of the file", node)
            return
        self._fill(node, frozenset(known))

    def _fill(self, node: MappingNode, known: frozenset[str]) -> None:
        for key, value in node.value:
            name = str(key.value)
            if known and name not in known:
                self.complain(name, "is not a known name", nearest(name, known), key)
            elif name in self._nodes:
                self.complain(name, "stands twice", "keep one", key)
            else:
                self._nodes[name] = value

    def complain(self, field: str | None, message: str, mend: str, node: Node | None = None) -> None:
        """Note a fault at `node`, or at the line where the section begins."""
        line = node.start_mark.line + 1 if node is not None else self.line
        place = ".".join(part for part in (self._name, field) if part) or None
        self._findings.fault(self._file, line, place, message, mend)

    def has(self, field: str) -> bool:
        """Whether the field is there with a value."""
        return field in self._nodes and not _is_empty(self._nodes[field])

    def names(self) -> tuple[str, ...]:
        """The names in file order."""
        return tuple(self._nodes)

    def text(self, field: str, default: str = "", *, required: bool = False) -> str:
        """The value as it is written."""
        node = self._nodes.get(field)
        if node is None or _is_empty(node):
            if required:
                self.complain(field, "is missing", "write a value", node)
            return default
        if not isinstance(node, ScalarNode):
            self.complain(field, "should be one value", "write it on the same line", node)
            return default
        return " ".join(node.value.split())

    def texts(self, field: str, default: tuple[str, ...] = (), *, required: bool = False) -> tuple[str, ...]:
        """A list of values; a single value counts as a list of one."""
        node = self._nodes.get(field)
        if node is None or _is_empty(node):
            if required:
                self.complain(field, "is missing", "write a list", node)
            return default
        parts = node.value if isinstance(node, SequenceNode) else [node]
        if not all(isinstance(part, ScalarNode) and part.value.strip() for part in parts):
            self.complain(field, "should be a list of values", "one `- value` on each line", node)
            return default
        return tuple(" ".join(part.value.split()) for part in parts)

    def integer(self, field: str, default: int, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        text = self.text(field)
        if not text:
            return default
        if not text.isdecimal() or not low <= int(text) <= high:
            mend = f"a whole number from {low} to {high}"
            self.complain(field, f"{text!r} does not fit", mend, self._nodes[field])
            return default
        return int(text)

    def flag(self, field: str, default: bool) -> bool:
        """true or false."""
        text = self.text(field).lower()
        if text in ("true", "yes", "on"):
            return True
        if text in ("false", "no", "off"):
            return False
        if text:
            self.complain(field, f"{text!r} does not fit", "true or false", self._nodes[field])
        return default

    def money(self, field: str, currency: str) -> Money | None:
        """An amount of zero or more in the shop's currency."""
        text = self.text(field)
        if not text:
            return None
        try:
            amount = Money.parse(text, currency)
        except MoneyError as error:
            self.complain(field, str(error), f"like 12.50 {currency}", self._nodes[field])
            return None
        if amount.minor < 0:
            self.complain(field, f"{text} is negative", "zero or more", self._nodes[field])
            return None
        return amount

    def section(self, field: str, known: Iterable[str] = ()) -> Section:
        """A mapping within this one; an empty one where it is not there. Without `known`, any name will do."""
        return Section(self._file, self._nodes.get(field), known, self._findings, field)

    def items(self, field: str, known: Iterable[str]) -> list[Section]:
        """A list of mappings within this one."""
        node = self._nodes.get(field)
        if node is None or _is_empty(node):
            return []
        if not isinstance(node, SequenceNode):
            self.complain(field, "should be a list", "begin each entry with `- `", node)
            return []
        return [Section(self._file, part, known, self._findings, field) for part in node.value]


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def read_section(path: Path, known: Iterable[str], findings: Findings) -> Section:
    """The top mapping of a YAML file; an empty one, with a fault, where it cannot be read."""
    text = read_text(path, findings)
    node: Node | None = None
    if text:
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else None
            findings.fault(path.name, line, None, f"this is not YAML: {error.problem}", "check indents and quotes")
        except yaml.YAMLError as error:
            findings.fault(path.name, None, None, f"this is not YAML: {error}", "check for odd characters")
    return Section(path.name, node, known, findings, "")
