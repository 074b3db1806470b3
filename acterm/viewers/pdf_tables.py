"""Tables on a page whose cells take several lines: those of one row are put together."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise

from acterm.viewers.pdf_runs import Row, Run, joined

_FEWEST_ROWS = 3
# In parts of the letters' size: a line further below belongs to something else.
_FAR = 3.5
# How much closer the lines of one row stand than the rows.
_CLOSER = 1.25
# A line that goes so far across the page is prose, or a title.
_ACROSS = 0.6
# Of a cell whose words go on below: so many letters, and so far across the column.
_PROSE, _REACH = 20, 0.7

Cells = Sequence[Sequence[str]]


def tables(rows: Sequence[Row], breadth: float) -> dict[int, tuple[int, Cells]]:
    """The first line of each table in what is so broad: how many lines it has, and its cells."""
    found = {}
    at = 0
    for _across, alike in groupby(rows, lambda row: _is_across(row, breadth)):
        for near in _near(list(alike)):
            for _crosses, lines in groupby(near, _crossing(near)):
                part = list(lines)
                cells = _cells(part)
                if cells:
                    found[at] = len(part), cells
                at += len(part)
    return found


def _is_across(row: Row, breadth: float) -> bool:
    return len(row) == 1 and row[0].right - row[0].left > _ACROSS * breadth


def _crossing(rows: Sequence[Row]) -> Callable[[Row], bool]:
    """What tells the lines that stand across several columns of the others."""
    columns = _columns([run for row in rows if len(row) > 1 for run in row])

    def crosses(row: Row) -> bool:
        over = sum(row[0].left < end and start < row[0].right for start, end in columns)
        return len(row) == 1 and over > 1

    return crosses


def _near(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The lines, parted where much space is between two."""
    held = [rows[0]]
    for upper, lower in pairwise(rows):
        size = min(upper[0].size, lower[0].size)
        if upper[0].middle - lower[0].middle > _FAR * size:
            yield held
            held = []
        held.append(lower)
    yield held


def _cells(rows: Sequence[Row]) -> Cells:
    """The texts of a table, row by row; nothing where lines are rows, or are no table."""
    if sum(len(row) > 1 for row in rows) < _FEWEST_ROWS:
        return ()
    starts = [start for start, _end in _columns([run for row in rows for run in row])]
    placed = [_placed(row, starts) for row in rows]
    if len(starts) < 2 or not all(placed):
        return ()
    groups = [
        list(zip(*(placed[at] for at in group), strict=True)) for group in _groups(rows, placed)
    ]
    longest = [max(map(len, column)) for column in zip(*placed, strict=True)]
    if len(groups) == len(rows) or not all(_is_one_row(columns, longest) for columns in groups):
        return ()
    return [[_text(column) for column in columns] for columns in groups]


def _is_one_row(columns: Sequence[Sequence[str]], longest: Sequence[int]) -> bool:
    """Whether lines are cells side by side: rows that stand close fill their columns each time.

    Words that go on below reach across their column, which is so many letters broad.
    """
    filled = [list(filter(None, column)) for column in columns]
    count = len(columns[0])
    if count == 1 or any(len(column) == 1 for column in filled) or 2 * len(filled[0]) <= count:
        return True
    return any(
        column and all(len(line) >= max(_PROSE, _REACH * most) for line in column[:-1])
        for column, most in zip(filled, longest, strict=True)
    )


def _columns(runs: Sequence[Run]) -> list[tuple[float, float]]:
    """Where the columns begin and end: between two of them no line has letters."""
    columns: list[tuple[float, float]] = []
    pieces = (piece for run in runs for piece in run.pieces or (run,))
    for run in sorted(pieces, key=lambda one: one.left):
        if columns and run.left <= columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], run.right)
        else:
            columns.append((run.left, run.right))
    return columns


def _placed(row: Row, starts: Sequence[float]) -> list[str]:
    """The texts of a line by column; nothing when two are in one."""
    texts = [""] * len(starts)
    for run in row:
        inside = sum(run.left < start < run.right for start in starts)
        for part, pieces in groupby(run.pieces if inside else (run,), partial(_column, starts)):
            if texts[part]:
                return []
            texts[part] = " ".join(piece.text for piece in pieces)
    return texts


def _column(starts: Sequence[float], run: Run) -> int:
    return max(sum(start <= run.left for start in starts) - 1, 0)


def _groups(rows: Sequence[Row], placed: Sequence[Sequence[str]]) -> list[list[int]]:
    """The numbers of the lines of each row: a cell goes on below, others stand beside it."""
    pairs = [
        (upper, lower, rows[upper][0].middle - rows[lower][0].middle)
        for column in zip(*placed, strict=True)
        for upper, lower in pairwise(at for at, text in enumerate(column) if text)
    ]
    close = _CLOSER * min((gap for _upper, _lower, gap in pairs), default=0)
    going_on = {at for upper, lower, gap in pairs if gap <= close for at in range(upper, lower)}
    groups = [[0]]
    for at in range(1, len(rows)):
        if at - 1 in going_on:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _text(lines: Sequence[str]) -> str:
    text = ""
    for line in filter(None, lines):
        text = joined(text, line)
    return text
