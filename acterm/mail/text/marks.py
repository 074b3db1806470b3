"""Marked text laid out: what readers and viewers write, as Lines of a width."""

import re
from collections.abc import Iterable, Iterator

from acterm.mail.message import Line
from acterm.mail.text.marking import CELL, ROW, closed, opened
from acterm.mail.text.rows import table
from acterm.mail.text.wrapping import wrapped

__all__ = ["CELL", "ROW", "closed", "layout", "numbered_layout", "opened"]

_TABLE_ROW = re.compile(f"((?:> ?)*){ROW}")
_BLANK = Line("")


def layout(lines: Iterable[str], width: int) -> Iterator[Line]:
    """Marked lines as Lines of at most `width` cells; runs of table rows are aligned."""
    return (line for _number, line in numbered_layout(lines, width))


def numbered_layout(lines: Iterable[str], width: int) -> Iterator[tuple[int, Line]]:
    """The same, each with the number of the marked line it comes from."""
    rows: list[list[str]] = []
    prefix = ""
    number = -1
    for number, line in enumerate(lines):
        found = _TABLE_ROW.match(line) if ROW in line else None
        if rows and (found is None or found[1] != prefix):
            yield from table(rows, prefix, number - len(rows), width)
            rows = []
        if found:
            prefix = found[1]
            rows.append(line[found.end() :].split(CELL))
        elif not line:
            yield number, _BLANK
        else:
            for laid in wrapped(line, width):
                yield number, laid
    if rows:
        yield from table(rows, prefix, number + 1 - len(rows), width)
