"""Which tables of an HTML mail hold data, whose columns mean something, and which only layout."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from acterm.mail.text.marking import BELOW, BESIDE, BREAK
from acterm.mail.text.tags import Attributes, Tag

MOST_COLUMNS = 40
MAX_CELLS = 40_000
_LONGEST_CELL = 80
_DIGITS = frozenset("123456789")

_DRAWN = re.compile(
    r"\bborder(?:-(?:top|bottom|left|right))?\s*:[^;]{0,80}?(?:solid|dashed|dotted|double|groove)",
    re.IGNORECASE,
)
_EMPTY = frozenset(["", BESIDE, BELOW])
_LINE_ENDS = re.compile(f"[\n{BREAK}]+")


class Grid:
    """A data table being read, cell by cell; a cell that spans others marks their places."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._spanning: dict[int, int] = {}
        self._wide = 0
        self._cells = 0

    @property
    def cut(self) -> bool:
        """Whether it is longer than what is kept of it."""
        return self._cells >= MAX_CELLS

    def begin_row(self) -> None:
        """The cells that follow stand on a new line."""
        self._end_row()
        if not self.cut:
            self._rows.append([])

    def begin_cell(self, columns: str, rows: str) -> None:
        """A cell, with its colspan and rowspan as written."""
        if not self._rows:
            self._rows.append([])
        row = self._rows[-1]
        self._pad(row)
        if len(row) >= MOST_COLUMNS or self.cut:
            return
        self._wide = min(_span(columns), MOST_COLUMNS - len(row))
        if (below := _span(rows) - 1) > 0:
            self._spanning |= dict.fromkeys(range(len(row), len(row) + self._wide), below)
        row += ["", *[BESIDE] * (self._wide - 1)]
        self._cells += self._wide

    def write(self, text: str) -> None:
        """Text into the last cell, its lines apart."""
        lines = (" ".join(line.split()) for line in _LINE_ENDS.split(text))
        text = BREAK.join(line for line in lines if line)
        if not text or self.cut:
            return
        if not self._rows or not self._rows[-1]:
            self.begin_cell("", "")
        row = self._rows[-1]
        at = len(row) - max(self._wide, 1)
        row[at] = f"{row[at]}{BREAK}{text}" if row[at] else text

    def rows(self) -> Iterator[list[str]]:
        """The rows that say something; one cell across all columns is a row of one."""
        self._end_row()
        yield from (row for row in self._rows if not _EMPTY.issuperset(row))

    def _end_row(self) -> None:
        """A row of one wide cell is that cell alone; the others go on to the last spanned place."""
        if not self._rows:
            return
        row = self._rows[-1]
        if len(row) == self._wide > 1:
            del row[1:]
        elif row:
            self._pad(row)
        self._wide = 0

    def _pad(self, row: list[str]) -> None:
        """Mark the places that cells of the rows above reach into."""
        while self._spanning.get(len(row), 0) > 0:
            self._spanning[len(row)] -= 1
            self._cells += 1
            above = next(iter(self._rows[-2][len(row) :]), BESIDE)
            row.append(above if above in ("", BESIDE) else BELOW)


def _span(value: str) -> int:
    return max(1, min(int(value), 1000)) if value.strip().isdecimal() and len(value) < 8 else 1


@dataclass
class _Shape:
    """A table as far as it was read. `widths` counts the cells of each row.

    `frames` tells that the tables in its cells, if it `nests` any, are no more than frames.
    """

    begins: int
    layout: bool
    marked: bool
    headed: bool = False
    plain: bool = False
    nests: bool = False
    frames: bool = True
    long: bool = False
    widths: list[int] = field(default_factory=list)
    letters: int = 0

    def nest(self, inner: "_Shape") -> None:
        """A table stands in a cell of it; one of a single column and few words only frames it."""
        self.nests = True
        few = not inner.long and inner.letters <= _LONGEST_CELL
        self.frames = self.frames and few and inner.frames and max(inner.widths, default=0) < 2

    @property
    def holds_data(self) -> bool:
        """Rows of several cells, and borders, headings, or short cells in three rows or more."""
        rows = [width for width in self.widths if width]
        if not rows or not 2 <= max(rows) <= MOST_COLUMNS:
            return False
        if self.nests:
            return self.frames and self.marked and len(rows) > 1 and not self.layout
        if self.headed and (self.plain or (len(rows) > 1 and not self.long)):
            return True
        if self.marked and len(rows) > 1 and not self.layout:
            return True
        regular = len(rows) >= 3 and min(rows) == max(rows)
        return regular and not self.long and not self.layout


def data_tables(page: Iterable[Tag | str]) -> frozenset[int]:
    """Where the tables begin whose columns are kept."""
    found: list[_Shape] = []
    begun: list[_Shape] = []
    for token in page:
        if isinstance(token, str):
            if begun:
                begun[-1].letters += len(token.strip())
        elif token.name == "table" and token.opens:
            given = token.attributes
            layout = (given.get("role") or "").lower() in ("presentation", "none")
            shape = _Shape(token.at, layout, _is_marked(given))
            found.append(shape)
            begun.append(shape)
        elif begun and token.name in ("table", "tr", "td", "th"):
            _read(begun[-1], token)
            if token.name == "table":
                inner = begun.pop()
                if begun:
                    begun[-1].nest(inner)
    return frozenset(shape.begins for shape in found if shape.holds_data)


def _read(shape: _Shape, tag: Tag) -> None:
    """One tag inside a table."""
    shape.long = shape.long or (shape.widths != [] and shape.letters > _LONGEST_CELL)
    shape.letters = 0
    if not tag.opens:
        return
    if tag.name == "tr":
        shape.widths.append(0)
        return
    if not shape.widths:
        shape.widths.append(0)
    shape.widths[-1] += 1
    shape.headed = shape.headed or tag.name == "th"
    shape.plain = shape.plain or tag.name == "td"
    shape.marked = shape.marked or _is_marked(tag.attributes)


def _is_marked(attributes: Attributes) -> bool:
    """Whether borders are drawn, or the page says that this is a table to be read."""
    if not attributes:
        return False
    border, role = (attributes.get("border") or "").strip(), (attributes.get("role") or "").lower()
    style = attributes.get("style") or ""
    drawn = "border" in style and bool(_DRAWN.search(style[:4000]))
    return border[:1] in _DIGITS or role in ("table", "grid") or drawn
