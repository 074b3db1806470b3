"""Text of a page where it stands: paragraphs flow, columns stay side by side."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from acterm.mail.cells import breaks, cells
from acterm.mail.clean import clean
from acterm.mail.message import Line, Span, Style

_ITEM = re.compile(r"\s*(?:[•●○▪■◦–—*·✓➢-]|\d{1,3}[.)]|[a-z]\))\s")
_HYPHEN = "\u00ad"
# Where one column ends and the next begins, and where words do, in parts of the letters' size.
_COLUMN, _WORD = 1.6, 0.17
# How far across the page lines must go to be paragraphs rather than a list.
_TEXT = 0.72
# Letters of a line that is no title, label or cell.
_PROSE = 40
# How much closer columns may stand than on the page so that they fit, and how close.
_NARROWER = (1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0)
_APART = 2
# Where a page ends for us, wherever its letters are said to stand.
_MOST_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of a page and its box, in points from the lower left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """How high its line is."""
        return max(self.top - self.bottom, 1.0)


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters on one line without a gap as wide as one between columns."""

    text: str
    left: float
    right: float
    middle: float
    size: float


_Row = Sequence[_Run]


def lines_of(
    letters: Iterable[Letter], breadth: float, width: int
) -> tuple[tuple[Line, ...], bool]:
    """The lines of a page so many points broad, and whether some are wider than `width` cells."""
    rows = _rows(_runs(letters))
    if not rows:
        return (), False
    page = _Page(rows, breadth, width)
    lines = tuple(page.lines())
    return lines, any(cells(line.text) > width for line in lines)


def _runs(letters: Iterable[Letter]) -> list[_Run]:
    """Letters in the order of the document, joined as long as they follow one another."""
    runs: list[_Run] = []
    held: list[Letter] = []
    space = False
    for letter in letters:
        if not letter.text.strip():
            space = True
            continue
        if held and not _follows(held[-1], letter):
            runs.append(_run(held))
            held, space = [], False
        elif held and (space or letter.left - held[-1].right > _WORD * letter.size):
            last = held[-1]
            held.append(Letter(" ", last.right, last.right, last.top, last.bottom))
        held.append(letter)
        space = False
    if held:
        runs.append(_run(held))
    return [run for run in runs if run.text.strip()]


def _follows(last: Letter, letter: Letter) -> bool:
    size = max(last.size, letter.size)
    level = abs((last.top + last.bottom) - (letter.top + letter.bottom)) / 2 < 0.45 * size
    return level and -0.5 * size < letter.left - last.right < _COLUMN * size


def _run(letters: Sequence[Letter]) -> _Run:
    text = clean("".join(letter.text for letter in letters), line=True)
    middle = sum(letter.top + letter.bottom for letter in letters) / 2 / len(letters)
    size = median(letter.size for letter in letters)
    return _Run(text, letters[0].left, max(one.right for one in letters), middle, size)


def _rows(runs: Sequence[_Run]) -> list[_Row]:
    """The runs that stand on one line, from the top; in each from the left."""
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda one: -one.middle):
        if rows and abs(rows[-1][0].middle - run.middle) < 0.4 * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda one: one.left) for row in rows]


class _Page:
    """The rows of a page and its measures."""

    def __init__(self, rows: Sequence[_Row], breadth: float, width: int) -> None:
        runs = [run for row in rows for run in row]
        self._rows = rows
        self._width = width
        self._left = min(run.left for run in runs)
        prose = [run for run in runs if len(run.text) >= _PROSE] or runs
        self._right = max(run.right for run in prose)
        self._is_text = self._right > _TEXT * breadth
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
        for row in self._rows:
            end = -_APART
            for run in row if len(row) > 1 else ():
                if self._column(run) < end + _APART:
                    return False
                end = self._column(run) + cells(run.text)
            if end > self._width:
                return False
        return True

    def lines(self) -> Iterator[Line]:
        """The page from top to bottom."""
        paragraph = ""
        for at, row in enumerate(self._rows):
            before = self._rows[at - 1] if at else None
            if before is not None and self._is_apart(before, row):
                yield Line("")
            if len(row) > 1:
                yield self._columns(row)
                continue
            paragraph = _joined(paragraph, row[0].text)
            after = self._rows[at + 1] if at + 1 < len(self._rows) else None
            if after is not None and self._goes_on(row, after):
                continue
            yield from self._paragraph(row[0], paragraph)
            paragraph = ""

    def _is_apart(self, upper: _Row, lower: _Row) -> bool:
        gap = upper[0].middle - lower[0].middle
        return gap > 1.45 * max(self._leading, lower[0].size)

    def _goes_on(self, row: _Row, after: _Row) -> bool:
        """Whether the next row continues the paragraph of this one."""
        one, other = row[0], after[0]
        word = other.text.split(" ", 1)[0]
        full = self._is_text and one.right + (len(word) + 1) * self._unit > self._right
        alike = abs(one.size - other.size) < 0.1 * one.size
        return (
            (full or one.text.endswith(_HYPHEN))
            and len(after) == 1
            and alike
            and not self._is_apart(row, after)
            and abs(one.left - other.left) < 8 * self._unit
            and not _ITEM.match(other.text)
        )

    def _column(self, run: _Run) -> int:
        return min(max(0, round((run.left - self._left) / self._cell)), _MOST_COLUMNS)

    def _columns(self, row: _Row) -> Line:
        """Runs side by side, each where it stands on the page."""
        line = ""
        for run in row:
            place = max(self._column(run), cells(line) + _APART if line else 0)
            line += " " * (place - cells(line)) + run.text
        return Line(line.rstrip(_HYPHEN), self._set(row[0], line))

    def _paragraph(self, first: _Run, text: str) -> Iterator[Line]:
        """Wrapped; a short line keeps its place: centred, to the right."""
        text = text.rstrip(_HYPHEN)
        indent = " " * self._column(first)
        if cells(indent) + cells(text) > self._width:
            indent = ""
        room = self._width - cells(indent)
        for start, end in breaks(text, room):
            line = indent + text[start:end].rstrip()
            yield Line(line, self._set(first, line))

    def _set(self, run: _Run, line: str) -> tuple[Span, ...]:
        """A line in larger letters is a heading."""
        start = len(line) - len(line.lstrip())
        larger = run.size > 1.18 * self._size
        return (Span(start, len(line), Style.HEADING),) if larger else ()


def _joined(paragraph: str, text: str) -> str:
    if not paragraph:
        return text
    if paragraph.endswith(_HYPHEN):
        return paragraph.rstrip(_HYPHEN) + text
    return f"{paragraph} {text}"
