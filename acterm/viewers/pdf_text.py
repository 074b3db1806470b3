"""Text of a page where it stands: paragraphs flow, columns stay side by side."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median

from acterm.mail.cells import breaks, cells
from acterm.mail.message import Line, Span, Style
from acterm.viewers.columns import table
from acterm.viewers.pdf_columns import Block, blocks
from acterm.viewers.pdf_runs import HYPHEN, Letter, Row, Run, joined, rows_of, runs_of
from acterm.viewers.pdf_tables import tables

_ITEM = re.compile(r"\s*(?:[•●○▪■◦–—*·✓➢-]|\d{1,3}[.)]|[a-z]\))\s")
# How far across the page lines must go to be paragraphs rather than a list.
_TEXT = 0.72
# Letters of a line that is no title, label or cell.
_PROSE = 40
# How much closer columns may stand than on the page so that they fit, and how close.
_NARROWER = (1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0)
_APART = 2
# Where a page ends for us, wherever its letters are said to stand.
_MOST_COLUMNS = 300


def lines_of(
    letters: Iterable[Letter], breadth: float, width: int
) -> tuple[tuple[Line, ...], bool]:
    """The lines of a page so many points broad, and whether some are wider than `width` cells."""
    lines: list[Line] = []
    for block in blocks(runs_of(letters), breadth):
        lines += [Line("")] if lines else []
        lines += _Page(block, width).lines()
    return tuple(lines), any(cells(line.text) > width for line in lines)


class _Page:
    """The rows of a page, or of a column on it, and their measures."""

    def __init__(self, block: Block, width: int) -> None:
        runs = block.runs
        self._rows = rows = rows_of(runs)
        self._width = width
        self._left = block.left
        self._tables = tables(rows, block.right - block.left)
        prose = [run for run in runs if len(run.text) >= _PROSE] or runs
        self._right = max(run.right for run in prose)
        self._is_text = self._right > block.left + _TEXT * (block.right - block.left)
        long = [run for run in runs if len(run.text) > 3] or runs
        letter = max(median((run.right - run.left) / len(run.text) for run in long), 0.1)
        self._unit = self._cell = letter
        self._size = median(run.size for run in runs for _letter in run.text[:200:10])
        gaps = [upper[0].middle - lower[0].middle for upper, lower in pairwise(rows)]
        near = [gap for gap in gaps if gap < 2 * self._size]
        self._leading = median(near) if near else self._size
        for narrower in _NARROWER:
            self._cell = letter * narrower
            if self._fits():
                return
        self._cell = letter

    def _fits(self) -> bool:
        """Whether columns side by side stay apart, and within the width."""
        for row in self._outside():
            end = -_APART
            for run in row if len(row) > 1 else ():
                if self._column(run) < end + _APART:
                    return False
                end = self._column(run) + cells(run.text)
            if end > self._width:
                return False
        return True

    def _outside(self) -> Iterator[Row]:
        """The rows that are in no table."""
        end = 0
        for at, row in enumerate(self._rows):
            if at in self._tables:
                end = at + self._tables[at][0]
            if at >= end:
                yield row

    def lines(self) -> Iterator[Line]:
        """The page from top to bottom."""
        paragraph = ""
        end = 0
        for at, row in enumerate(self._rows):
            if at < end:
                continue
            if at and (at == end or at in self._tables or self._is_apart(self._rows[at - 1], row)):
                yield Line("")
            if at in self._tables:
                count, texts = self._tables[at]
                yield from table(texts, self._width).lines
                end = at + count
                continue
            if len(row) > 1:
                yield self._columns(row)
                continue
            paragraph = joined(paragraph, row[0].text)
            if not self._goes_on(at):
                yield from self._paragraph(row[0], paragraph)
                paragraph = ""

    def _is_apart(self, upper: Row, lower: Row) -> bool:
        gap = upper[0].middle - lower[0].middle
        return gap > 1.45 * max(self._leading, lower[0].size)

    def _goes_on(self, at: int) -> bool:
        """Whether the next row continues the paragraph of this one."""
        if at + 1 >= len(self._rows) or at + 1 in self._tables:
            return False
        row, after = self._rows[at : at + 2]
        one, other = row[0], after[0]
        word = other.text.split(" ", 1)[0]
        full = self._is_text and one.right + (len(word) + 1) * self._unit > self._right
        alike = abs(one.size - other.size) < 0.1 * one.size
        return (
            (full or one.text.endswith(HYPHEN))
            and len(after) == 1
            and alike
            and not self._is_apart(row, after)
            and abs(one.left - other.left) < 8 * self._unit
            and not _ITEM.match(other.text)
        )

    def _column(self, run: Run) -> int:
        return min(max(0, round((run.left - self._left) / self._cell)), _MOST_COLUMNS)

    def _columns(self, row: Row) -> Line:
        """Runs side by side, each where it stands on the page."""
        line = ""
        for run in row:
            place = max(self._column(run), cells(line) + _APART if line else 0)
            line += " " * (place - cells(line)) + run.text
        line = line.replace(HYPHEN, "-")
        return Line(line, self._set(row[0], line))

    def _paragraph(self, first: Run, text: str) -> Iterator[Line]:
        """Wrapped; a short line keeps its place: centred, to the right."""
        text = text.replace(HYPHEN, "-")
        indent = " " * self._column(first)
        if cells(indent) + cells(text) > self._width:
            indent = ""
        room = self._width - cells(indent)
        for start, end in breaks(text, room):
            line = indent + text[start:end].rstrip()
            yield Line(line, self._set(first, line))

    def _set(self, run: Run, line: str) -> tuple[Span, ...]:
        """A line in larger letters is a heading."""
        start = len(line) - len(line.lstrip())
        larger = run.size > 1.18 * self._size
        return (Span(start, len(line), Style.HEADING),) if larger else ()
