"""CSV as an aligned table."""

import csv

from acterm.mail.clean import clean
from acterm.mail.header import decode_bytes
from acterm.mail.marks import CELL, ROW, layout
from acterm.viewers.view import MAX_LINES, View


def view(data: bytes, width: int) -> View:
    """Rows in columns; the separator is the one that the first lines use most."""
    text = clean(decode_bytes(data)[0]).lstrip("\ufeff")
    head = text[:4096]
    separator = max(";,\t|", key=head.count)
    rows = []
    try:
        for row in csv.reader(text.splitlines(), delimiter=separator):
            rows.append(ROW + CELL.join(" ".join(cell.split()) for cell in row))
            if len(rows) > MAX_LINES:
                break
    except csv.Error as problem:
        raise ValueError(str(problem)) from problem
    return View(tuple(layout(rows, width)))
