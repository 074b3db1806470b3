"""What a sheet of OpenDocument shows where its values alone do not tell: 12,5 %, 45,00 €."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from acterm.mail.clean import clean
from acterm.viewers.columns import MAX_COLUMNS, MAX_ROWS
from acterm.viewers.packages import read
from acterm.viewers.sheet_values import in_french
from acterm.viewers.xmltree import attribute, local, tree

Place = tuple[int, int]

_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)\s*%")
_TOLD = ("percentage", "currency", "boolean")


def looks(package: ZipFile, sheet: str) -> Mapping[Place, str]:
    """What cells show, by row and column from 0, as the program wrote it beside the value."""
    root = tree(read(package, "content.xml"))
    tables = (one for one in root.iter() if local(one) == "table")
    found = next((one for one in tables if attribute(one, "name") == sheet), None)
    return dict(_shown(found)) if found is not None else {}


def _shown(table: Element) -> Iterator[tuple[Place, str]]:
    row = 0
    for one in table.iter():
        if local(one) != "table-row":
            continue
        column = 0
        for cell in one if row <= MAX_ROWS else ():
            if column < MAX_COLUMNS and attribute(cell, "value-type") in _TOLD:
                words = next(("".join(p.itertext()) for p in cell if local(p) == "p"), "")
                yield (row, column), _in_french(clean(words, line=True))
            column += _times(cell, "number-columns-repeated")
        row += _times(one, "number-rows-repeated")


def _in_french(words: str) -> str:
    """A percentage with the decimal comma of the person, whoever wrote it."""
    found = _PERCENT.fullmatch(words)
    return f"{in_french(found[1])}\u00a0%" if found else words


def _times(element: Element, name: str) -> int:
    told = attribute(element, name)
    return int(told) if told.isdigit() and len(told) < 8 else 1
