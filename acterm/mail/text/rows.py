"""The rows of a data table as Lines: columns aligned, cells that span others, or one by one."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from acterm.i18n import _
from acterm.mail.cells import breaks, cells
from acterm.mail.message import Line, Span, Style
from acterm.mail.text.columns import column_widths, is_number, is_numeric, longest_word
from acterm.mail.text.marking import BELOW, BESIDE, BREAK, closed, opened, unmarked
from acterm.mail.text.spans import read_spans, shifted, spread
from acterm.mail.text.wrapping import quotation, wrapped

_GAP = 2
# What a place says that the cell above reaches into.
_GOES_ON = "│"


class _Cell(NamedTuple):
    """A cell over the columns `first` to `last`, both included, its lines with their styles."""

    first: int
    last: int
    lines: list[tuple[str, list[Span]]]
    below: bool = False


def table(rows: list[list[str]], prefix: str, first: int, width: int) -> Iterator[tuple[int, Line]]:
    """Columns aligned, each row's lines with the number of the row; quoted when `prefix` is."""
    depth, lead, _text, _spans = quotation(prefix + "x", [], width)
    for number, row in enumerate(_aligned(rows, width - len(lead)), first):
        for line in row:
            moved = tuple(shifted(list(line.spans), 0, len(line.text), len(lead)))
            yield number, Line(lead + line.text, moved, depth) if lead else line


def _aligned(rows: list[list[str]], width: int) -> Iterator[Iterable[Line]]:
    """The lines of each row, in columns shrunk in turn from the widest until they fit."""
    count = max(map(len, rows))
    read = [_read(row) for row in rows]
    several = [row for row in read if count == 1 or len(row) > 1]
    head = next((row for row in rows if len(row) > 1), []) if len(several) > 1 else []
    texts = _texts(several, count)
    right = [count > 1 and is_numeric(column) for column in texts]
    named = bool(head) and (_is_bold(head) or (any(right) and not any(map(_is_no_name, head))))
    names = _texts(several[:named], count)
    room = width - _GAP * (count - 1)
    widths = column_widths(names, _texts(several[named:], count), room)
    if widths:
        widths = _widened(widths, chain.from_iterable(several), room)
    if not widths:
        yield from _records(rows, head if named else [], width)
        return
    for row, cells_of_row in zip(rows, read, strict=True):
        whole = count > 1 and len(row) == 1
        yield _whole(row, width) if whole else _row(cells_of_row, widths, right)


def _is_bold(row: Sequence[str]) -> bool:
    return all(cell.startswith(opened(Style.BOLD)) for cell in row if unmarked(cell))


def _is_no_name(cell: str) -> bool:
    """Whether what a cell says cannot be what its column is called."""
    text = unmarked(cell).strip()
    return not text or is_number(text)


def _read(row: Sequence[str]) -> list[_Cell]:
    """The cells of a row, each with the columns it spans."""
    found: list[_Cell] = []
    for at, text in enumerate(row):
        if text == BESIDE and found:
            found[-1] = found[-1]._replace(last=at)
        else:
            lines = [read_spans(line) for line in text.split(BREAK)]
            found.append(_Cell(at, at, lines, text == BELOW))
    return found


def _texts(rows: Iterable[Sequence[_Cell]], count: int) -> list[list[str]]:
    """The texts of each column, but those that span several."""
    texts: list[list[str]] = [[] for _column in range(count)]
    for cell in chain.from_iterable(rows):
        if cell.first == cell.last:
            texts[cell.first] += [text for text, _spans in cell.lines]
    return texts


def _widened(widths: list[int], found: Iterable[_Cell], room: int) -> list[int]:
    """The widths with room for the cells that span several; empty when a word has none."""
    widths = [max(width, 1) for width in widths]
    for cell in found:
        if cell.first == cell.last:
            continue
        texts = [text for text, _spans in cell.lines]
        lacking = max(map(cells, texts)) - _across(widths, cell)
        widths[cell.last] += max(0, min(lacking, room - sum(widths)))
        if longest_word(texts) > _across(widths, cell):
            return []
    return widths if sum(widths) <= room else []


def _across(widths: Sequence[int], cell: _Cell) -> int:
    """The room of a cell."""
    return sum(widths[cell.first : cell.last + 1]) + _GAP * (cell.last - cell.first)


def _whole(row: Iterable[str], width: int) -> Iterator[Line]:
    """A row whose one cell goes across all columns, or whose cells stand in one line."""
    parts = [cell for cell in row if unmarked(cell).strip()]
    for part in (" " * _GAP).join(parts).split(BREAK):
        yield from wrapped(part, width)


def _records(rows: list[list[str]], head: list[str], width: int) -> Iterator[Iterable[Line]]:
    """A table too wide for its columns: row by row, each cell after the heading above it."""
    names: list[str] = []
    for cell in head:
        names.append(names[-1] if cell == BESIDE and names else unmarked(cell.replace(BREAK, " ")))
    above: list[str] = []
    for row in rows:
        if row is head:
            yield ()
        elif not head or len(row) == 1:
            yield _whole(row, width)
        else:
            said = zip_longest(row, above[: len(row)], fillvalue="")
            above = [old if cell == BELOW else cell for cell, old in said]
            yield (line for one in _record(above, names) for line in wrapped(one, width))


def _record(row: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """The marked lines of one row: its first cell, then the others each after their names."""
    words = _("{name}: {value}")
    for cell in _read(row):
        text = row[cell.first]
        if not unmarked(text).strip():
            continue
        if not cell.first:
            yield opened(Style.BOLD) + unmarked(text.replace(BREAK, " ")) + closed(Style.BOLD)
            continue
        over = list(dict.fromkeys(filter(None, names[cell.first : cell.last + 1])))
        name = ", ".join(over) if len(over) < 3 else f"{over[0]} – {over[-1]}"
        first, *others = text.split(BREAK)
        yield f"• {words.format(name=name, value=first)}" if name else f"• {first}"
        yield from (f"  {line}" for line in others)


def _row(row: Sequence[_Cell], widths: list[int], right: list[bool]) -> Iterator[Line]:
    """One row on as many lines as its longest cell needs."""
    columns = [list(_cell_lines(cell, _across(widths, cell))) for cell in row]
    for number in range(max(map(len, columns), default=0)):
        line, spans, used = "", list[Span](), 0
        for cell, column in zip(row, columns, strict=True):
            if cell.below:
                text, styles = _GOES_ON, list[Span]()
            elif number < len(column):
                text, styles = column[number]
            else:
                continue
            left = sum(widths[: cell.first]) + _GAP * cell.first
            if right[cell.first] and cell.first == cell.last:
                left += widths[cell.first] - cells(text)
            line += " " * (left - used)
            spans += shifted(styles, 0, len(text), len(line))
            line += text
            used = left + cells(text)
        yield Line(line.rstrip(), tuple(spans))


def _cell_lines(cell: _Cell, width: int) -> Iterator[tuple[str, list[Span]]]:
    """The lines of a cell; a single one that spans several columns is drawn out over them."""
    cuts = [
        (text, *one) for text, spans in cell.lines for one in spread(spans, breaks(text, width))
    ]
    for text, start, end, styles in cuts:
        shown = text[start:end].rstrip()
        styled = list(shifted(styles, start, start + len(shown), 0))
        spare = width - cells(shown) - 1
        if cell.last > cell.first and len(cuts) == 1 and shown and spare > 1:
            rule = Span(len(shown) + 1, len(shown) + 1 + spare, Style.RULE)
            yield f"{shown} {'─' * spare}", [*styled, rule]
        else:
            yield shown, styled
