"""CSV as an aligned table, whatever separates its cells."""

import csv
import re

from acterm.mail.clean import clean
from acterm.mail.parsing.header import decode_bytes
from acterm.viewers import text
from acterm.viewers.asked import Asked
from acterm.viewers.columns import MAX_COLUMNS, MAX_ROWS, columns_note, table
from acterm.viewers.view import View

_SEPARATORS = ";\t,|"


def view(asked: Asked) -> View:
    """Rows in columns."""
    lines = clean(decode_bytes(asked.data, asked.charset)[0]).splitlines(keepends=True)
    separator = _separator(lines)
    if lines and _hint(lines[0]):
        lines = lines[1:]  # a hint of Excel to itself
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=separator):
            rows.append([" ".join(cell.split()) for cell in row])
            if len(rows) > MAX_ROWS:
                break
    except csv.Error:
        return text.view(asked)  # a quotation mark that never ends
    made = table(rows, asked.width)
    if not made.lines:
        raise ValueError
    broad = max(map(len, rows))
    note = columns_note(broad) if broad > MAX_COLUMNS else ""
    return View(made.lines, note, cut=len(rows) > MAX_ROWS, wide=made.wide, head=made.head)


def _separator(lines: list[str]) -> str:
    """That of Excel's hint, else the one the first line uses most: it holds no decimal commas."""
    first = next((line for line in lines if line.strip()), "")
    return _hint(first) or max(_SEPARATORS, key=first.count)


def _hint(line: str) -> str:
    """The separator that Excel names in a first line, empty without one."""
    found = re.fullmatch(r"(?i)sep=(\S)\s*", line)
    return found[1] if found else ""
