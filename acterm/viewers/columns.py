"""Rows of cells as aligned columns: numbers to the right, long cells wrapped, or scrolled to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from acterm.i18n import _
from acterm.mail.cells import breaks, cells
from acterm.mail.message import Line, Span, Style
from acterm.mail.text.columns import is_number, is_numeric

MAX_ROWS = 5000
MAX_COLUMNS = 200
_GAP = 2
_MOST_HEAD = 4
# How narrow a column of words may become so that the table fits, and how wide it may be if not.
_NARROW, _BROAD = 24, 48
_Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Aligned lines. `wide` when they do not fit; the first `head` lines name the columns."""

    lines: tuple[Line, ...]
    wide: bool
    head: int


def table(rows: Sequence[_Row], width: int) -> Table:
    """The rows in columns of one line or more; empty rows and columns at the end are left out."""
    rows = _trimmed(rows)
    count = max((len(row) for row in rows), default=0)
    titles = [count > 1 and sum(map(bool, row)) == 1 for row in rows]
    body = [row for row, title in zip(rows, titles, strict=True) if not title]
    natural = [max((_width(row, at) for row in body), default=0) for at in range(count)]
    widths = _fitted(natural, body, width)
    total = sum(widths) + _GAP * max(count - 1, 0)
    top = next((at for at, title in enumerate(titles) if not title), 0)
    headed = len(body) > 1 and _names_columns(body[0], count)
    right = [_is_numeric(body[headed:], at) for at in range(count)]
    lines: list[Line] = []
    head = 0
    for number, (row, title) in enumerate(zip(rows, titles, strict=True)):
        made = _title(row, widths, width) if title else _row(row, widths, right)
        names = headed and number == top
        lines += map(_as_heading, made) if names else made
        head = len(lines) if names else head
    return Table(tuple(lines), total > width, head if head <= _MOST_HEAD else 0)


def columns_note(count: int) -> str:
    """What is said of a table with more columns than are shown."""
    words = _("Its first {shown} columns are shown, of {count}.")
    return words.format(shown=MAX_COLUMNS, count=count)


def _trimmed(rows: Sequence[_Row]) -> list[_Row]:
    kept: list[_Row] = []
    for row in rows[:MAX_ROWS]:
        last = max((at for at, cell in enumerate(row[:MAX_COLUMNS], 1) if cell), default=0)
        kept.append(row[:last])
    while kept and not kept[-1]:
        kept.pop()
    first = next((at for at, row in enumerate(kept) if row), 0)
    return kept[first:]


def _width(row: _Row, at: int) -> int:
    return cells(row[at]) if at < len(row) else 0


def _fitted(natural: list[int], body: Sequence[_Row], width: int) -> list[int]:
    """The widths of the columns: as they are, else the widest as broad as one another.

    Where that leaves too little, no column is narrower than its longest word; else they are
    scrolled to.
    """
    room = width - _GAP * (len(natural) - 1)
    if sum(natural) <= room:
        return natural
    least = [min(size, _NARROW) for size in natural]
    if sum(least) > room:
        least = [_longest_word(body, at) for at in range(len(natural))]
    if sum(least) > room:
        return [min(size, _BROAD) for size in natural]
    low, high = 0, max(natural)
    while low < high:  # the broadest that all may be
        middle = (low + high + 1) // 2
        if sum(_between(natural, least, middle)) <= room:
            low = middle
        else:
            high = middle - 1
    return _between(natural, least, low)


def _between(natural: list[int], least: list[int], most: int) -> list[int]:
    return [max(min(size, most), few) for size, few in zip(natural, least, strict=True)]


def _longest_word(rows: Iterable[_Row], at: int) -> int:
    return max(
        (cells(word) for row in rows for cell in row[at : at + 1] for word in cell.split()),
        default=0,
    )


def _names_columns(row: _Row, count: int) -> bool:
    """Whether a first row is one of names: mostly filled, and no numbers."""
    filled = [cell for cell in row if cell]
    return len(filled) * 2 > count and not any(map(is_number, filled))


def _is_numeric(rows: Sequence[_Row], at: int) -> bool:
    return is_numeric([row[at] for row in rows[:500] if at < len(row)])


def _row(row: _Row, widths: Sequence[int], right: Sequence[bool]) -> Iterator[Line]:
    """One row on as many lines as its longest cell needs."""
    wrapped = [
        [cell[start:end].rstrip() for start, end in breaks(cell, widths[at])]
        for at, cell in enumerate(row)
    ]
    for number in range(max(map(len, wrapped), default=1)):
        line, used, left = "", 0, 0
        for at, column in enumerate(wrapped):
            if number < len(column) and column[number]:
                size = cells(column[number])
                start = left + (widths[at] - size if right[at] else 0)
                line += " " * (start - used) + column[number]
                used = start + size
            left += widths[at] + _GAP
        yield Line(line)


def _title(row: _Row, widths: Sequence[int], width: int) -> Iterator[Line]:
    """A row of one cell, which may run over the columns beside it."""
    left = sum(widths[: len(row) - 1]) + _GAP * (len(row) - 1)
    room = max(width, sum(widths) + _GAP * (len(widths) - 1)) - left
    for start, end in breaks(row[-1], max(room, widths[len(row) - 1])):
        yield Line(" " * left + row[-1][start:end].rstrip())


def _as_heading(line: Line) -> Line:
    return Line(line.text, (Span(0, len(line.text), Style.HEADING),))
