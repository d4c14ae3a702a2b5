"""Google Merchant's XML feed (RSS 2.0 or Atom with the g: namespace), read safely and with line numbers."""

from __future__ import annotations

import io
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from catalog.feed.faults import Findings
from catalog.feed.rows import Row, column_name

_ITEMS = frozenset(("item", "entry"))


class _Items(ContentHandler):
    """Turns each item into a row. Repeated fields are joined; product_detail becomes a column of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._row: dict[str, str] | None = None
        self._line = 0
        self._path: list[str] = []
        self._text: list[str] = []
        self._detail = ""

    def setDocumentLocator(self, locator: Locator) -> None:
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        if self._row is not None:
            self._path.append(column_name(name))
            self._text = []
        elif name in _ITEMS:
            self._row, self._line = {}, self._locator.getLineNumber() or 0

    def characters(self, content: str) -> None:
        self._text.append(content)

    def endElement(self, name: str) -> None:
        if self._row is None:
            return
        if not self._path:
            self.rows.append((self._line, self._row))
            self._row = None
            return
        self._keep(self._row, "".join(self._text).strip())
        self._path.pop()
        self._text = []

    def _keep(self, row: dict[str, str], value: str) -> None:
        field = self._path[-1]
        if self._path[:1] == ["product_detail"] and len(self._path) == 2:
            if field == "attribute_name":
                self._detail = column_name(value)
            elif field == "attribute_value" and self._detail:
                row.setdefault(self._detail, value)
        elif len(self._path) == 1 and value:
            row[field] = f"{row[field]}, {value}" if field in row and field != "id" else value


def xml_rows(name: str, text: str, findings: Findings) -> list[Row]:
    """Rows of an XML feed; `line` is where the item begins. Entities and DTDs are refused, not expanded."""
    items = _Items()
    parser = make_parser()
    parser.setContentHandler(items)
    try:
        parser.parse(io.StringIO(text))
    except SAXParseException as error:
        message = f"the XML is not well formed: {error.getMessage()}"
        findings.fault(name, error.getLineNumber(), None, message, "export the feed again")
    except DefusedXmlException as error:
        findings.fault(name, None, None, f"the XML is refused: {error}", "leave out DTDs and entities")
    return items.rows
