"""Which tables of an HTML mail hold data, whose columns mean something, and which only layout."""

import re
from dataclasses import dataclass, field

MOST_COLUMNS = 40
_LONGEST_CELL = 80

_TABLE_TAG = re.compile(r"<(/?)(table|tr|td|th)\b([^<>]{0,2000})>", re.IGNORECASE)
_BORDER = re.compile(
    r"\bborder\s*=\s*[\"']?\s*[1-9]|role\s*=\s*[\"']?(?:table|grid)\b"
    r"|\bborder(?:-(?:top|bottom|left|right))?\s*:[^;\"']{0,80}?(?:solid|dashed|dotted|double|groove)",
    re.IGNORECASE,
)
_NO_BORDER = re.compile(r"role\s*=\s*[\"']?(?:presentation|none)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,4000}>")


@dataclass
class _Shape:
    """A table as far as it was read. `widths` counts the cells of each row."""

    begins: int
    layout: bool
    marked: bool
    headed: bool = False
    nests: bool = False
    long: bool = False
    widths: list[int] = field(default_factory=list)
    cell_at: int = -1

    @property
    def holds_data(self) -> bool:
        """Rows of several cells, and borders, headings, or short cells in three rows or more."""
        rows = [width for width in self.widths if width]
        if self.nests or not rows or not 2 <= max(rows) <= MOST_COLUMNS:
            return False
        if self.headed or (self.marked and len(rows) > 1 and not self.layout):
            return True
        regular = len(rows) >= 3 and min(rows) == max(rows)
        return regular and not self.long and not self.layout


def data_tables(text: str) -> frozenset[int]:
    """Where the tables begin whose columns are kept."""
    found: list[_Shape] = []
    begun: list[_Shape] = []
    for tag in _TABLE_TAG.finditer(text):
        closing, name, attributes = tag[1], tag[2].lower(), tag[3]
        if name == "table" and not closing:
            if begun:
                begun[-1].nests = True
            shape = _Shape(tag.start(), bool(_NO_BORDER.search(attributes)), _is_marked(attributes))
            found.append(shape)
            begun.append(shape)
        elif begun:
            _read(begun[-1], text, tag)
            if name == "table":
                begun.pop()
    return frozenset(shape.begins for shape in found if shape.holds_data)


def _read(shape: _Shape, text: str, tag: re.Match[str]) -> None:
    """One tag inside a table."""
    closing, name, attributes = tag[1], tag[2].lower(), tag[3]
    if shape.cell_at >= 0:
        content = text[shape.cell_at : min(tag.start(), shape.cell_at + 3000)]
        words = _TAG.sub(" ", content).split()
        shape.long = shape.long or len(" ".join(words)) > _LONGEST_CELL
        shape.cell_at = -1
    if closing:
        return
    if name == "tr":
        shape.widths.append(0)
    elif name in ("td", "th"):
        if not shape.widths:
            shape.widths.append(0)
        shape.widths[-1] += 1
        shape.headed = shape.headed or name == "th"
        shape.marked = shape.marked or _is_marked(attributes)
        shape.cell_at = tag.end()


def _is_marked(attributes: str) -> bool:
    return bool(attributes) and bool(_BORDER.search(attributes))
