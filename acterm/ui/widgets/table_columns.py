"""Where the columns of a table begin, read from its lines: two spaces stand before each."""

import re
from collections.abc import Sequence

from acterm.mail.cells import cells

# So many lines show where the columns are.
_READ = 200
_CELL = re.compile(r"\S+(?: \S+)*")


def column_starts(lines: Sequence[str]) -> tuple[int, ...]:
    """The first cell of each column, in order; nothing where the lines are no table.

    A line with one cell, the title of a sheet, crosses columns and does not count, and neither
    does one of wide characters.
    """
    found = [
        [cell.span() for cell in _CELL.finditer(line)] for line in lines[:_READ] if _is_even(line)
    ]
    rows = [row for row in found if len(row) > 1]
    if not rows:
        return ()
    taken = bytearray(max(row[-1][1] for row in rows) + 2)
    for row in rows:
        for start, end in row:
            taken[start:end] = b"\1" * (end - start)
    return tuple(
        at for at in range(len(taken)) if taken[at] and not any(taken[max(0, at - 2) : at])
    )


def _is_even(line: str) -> bool:
    return cells(line) == len(line)
