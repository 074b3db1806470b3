"""Columns of prose on a page, one read after the other; tables stay whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from acterm.viewers.pdf_runs import Row, Run, rows_of

_DEPTH = 3
_MOST_RUNS = 4000
# A column of prose has so many lines, of so many letters, and most of them reach across it.
_LINES, _LETTERS, _REACH, _MOSTLY = 4, 20, 0.75, 0.5
# How many of all lines may stand across two columns: titles, head and foot of the page.
_ACROSS = 0.4
# Where between the sides of the page two columns may meet, and how far apart they then are.
_MIDDLE, _APART = (0.2, 0.8), 0.5
# A gap between lines that begins a paragraph or a row of a table; one that parts head and foot.
_NEW, _LOOSE, _FAR = 1.3, 1.8, 2.2
_HEAD_LINES = 3


@dataclass(frozen=True, slots=True)
class Block:
    """Runs that are read together, and the sides of what they stand in."""

    runs: Sequence[Run]
    left: float
    right: float


def blocks(runs: Sequence[Run], breadth: float) -> list[Block]:
    """The parts of a page so many points broad, in the order they are read."""
    if not runs or len(runs) > _MOST_RUNS:
        return [Block(runs, min((one.left for one in runs), default=0), breadth)] if runs else []
    left = min(run.left for run in runs)
    parts = list(_parts(runs, Block(runs, left, breadth), _DEPTH))
    return _joined(parts, left, breadth)


def _joined(parts: Sequence[Block], left: float, right: float) -> list[Block]:
    """Neighbours that stand across the whole page as one, so that they keep their places."""
    joined: list[Block] = []
    for part in parts:
        whole = (part.left, part.right) == (left, right)
        if joined and whole and (joined[-1].left, joined[-1].right) == (left, right):
            joined[-1] = Block([*joined[-1].runs, *part.runs], left, right)
        else:
            joined.append(part)
    return joined


def _parts(runs: Sequence[Run], within: Block, depth: int) -> Iterator[Block]:
    """The columns in some runs, what stands across them in its place."""
    head, body, foot = _trimmed(rows_of(runs))
    place = _meeting(body) if depth else None
    if place is None:
        yield Block(runs, within.left, within.right)
        return
    if head:
        yield Block(head, within.left, within.right)
    held: list[Run] = []
    for run in [*sorted(body, key=lambda one: -one.middle), None]:
        if run is not None and not run.left < place < run.right:
            held.append(run)
            continue
        for side in ([r for r in held if r.right <= place], [r for r in held if r.left >= place]):
            if side:
                sides = Block(side, min(r.left for r in side), max(r.right for r in side))
                yield from _parts(side, sides, depth - 1)
        held = []
        if run is not None:
            yield Block([run], within.left, within.right)
    if foot:
        yield Block(foot, within.left, within.right)


def _trimmed(rows: Sequence[Row]) -> tuple[list[Run], list[Run], list[Run]]:
    """Head and foot of a page, well apart from what is between them."""
    first, last = 0, len(rows)
    for at in range(1, min(_HEAD_LINES + 1, len(rows))):
        if _gap(rows[at - 1], rows[at]) > _FAR * rows[at][0].size:
            first = at
    for at in range(len(rows) - 1, max(len(rows) - 1 - _HEAD_LINES, first), -1):
        if _gap(rows[at - 1], rows[at]) > _FAR * rows[at][0].size:
            last = at
    parts = rows[:first], rows[first:last], rows[last:]
    head, body, foot = ([run for row in part for run in row] for part in parts)
    return head, body, foot


def _gap(upper: Row, lower: Row) -> float:
    return upper[0].middle - lower[0].middle


def _meeting(runs: Sequence[Run]) -> float | None:
    """Where two columns of prose meet, from the left of the page; None without any."""
    for place in _gaps(runs):
        left = [run for run in runs if run.right <= place]
        right = [run for run in runs if run.left >= place]
        across = len(runs) - len(left) - len(right)
        if across > _ACROSS * len(runs) or not (_is_prose(left) and _is_prose(right)):
            continue
        return None if _is_table(left, right) else place
    return None


def _gaps(runs: Sequence[Run]) -> list[float]:
    """The middles of the strips that few runs cross, those that fewest cross first."""
    if len(runs) < 2 * _LINES:
        return []
    begin, end = min(run.left for run in runs), max(run.right for run in runs)
    size = median(run.size for run in runs)
    edges = sorted([(run.left, 1) for run in runs] + [(run.right, -1) for run in runs])
    strips = []
    crossing = 0
    for (place, step), (following, _step) in pairwise(edges):
        crossing += step
        middle = (place + following) / 2
        inside = _MIDDLE[0] < (middle - begin) / (end - begin or 1) < _MIDDLE[1]
        if inside and following - place > _APART * size and crossing <= _ACROSS * len(runs):
            strips.append((crossing, place - following, middle))
    return [middle for _crossing, _breadth, middle in sorted(strips)[:5]]


def _is_prose(runs: Sequence[Run]) -> bool:
    """Whether most lines are words that reach across the column."""
    rows = rows_of(runs)
    if len(rows) < _LINES:
        return False
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    reach = left + _REACH * (right - left)
    across = sum(max(run.right for run in row) > reach for row in rows)
    letters = median(max(len(run.text) for run in row) for row in rows)
    return letters >= _LETTERS and across >= _MOSTLY * len(rows)


def _is_table(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether the cells on both sides begin on the same lines."""
    starts, others = _starts(rows_of(left)), _starts(rows_of(right))
    size = left[0].size
    alike = sum(any(abs(one - other) < 0.5 * size for other in others) for one in starts)
    return bool(starts) and alike >= 0.6 * max(len(starts), len(others))


def _starts(rows: Sequence[Row]) -> list[float]:
    """How high the lines stand that begin a paragraph or a cell, but the first."""
    gaps = [_gap(upper, lower) for upper, lower in pairwise(rows)]
    usual = _NEW * median(gaps) if gaps else 0
    return [
        row[0].middle
        for row, gap in zip(rows[1:], gaps, strict=True)
        if gap > min(usual, _LOOSE * row[0].size)
    ]
