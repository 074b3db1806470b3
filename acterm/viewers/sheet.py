"""Spreadsheets of every office suite, one sheet a page."""

import datetime
import io
from itertools import islice

from acterm.errors import BadData
from acterm.i18n import _, language
from acterm.mail.clean import clean
from acterm.viewers.asked import Asked
from acterm.viewers.columns import MAX_COLUMNS, MAX_ROWS, table
from acterm.viewers.packages import checked, macro_note
from acterm.viewers.view import View


def view(asked: Asked) -> View:
    """The sheet of a page: values as they were last computed, formulas are not run."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    note = ""
    if asked.data.startswith(b"PK"):
        note = macro_note(checked(asked.data))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(asked.data))
    except PasswordError as locked:
        words = _("This document is locked by a password: only its own program opens it.")
        raise BadData(words) from locked
    shown = [each for each in book.sheets_metadata if each.visible is SheetVisibleEnum.Visible]
    names = [each.name for each in shown or book.sheets_metadata]
    if not names:
        raise BadData(_("The workbook has no sheet."))
    page = min(max(asked.page, 1), len(names))
    sheet = book.get_sheet_by_name(names[page - 1])
    rows = [
        [_cell(value) for value in row[:MAX_COLUMNS]]
        for row in islice(sheet.iter_rows(), MAX_ROWS + 1)
    ]
    made = table(rows, asked.width)
    return View(
        made.lines,
        " ".join(filter(None, (note, "" if made.lines else _("This sheet is empty.")))),
        cut=len(rows) > MAX_ROWS or sheet.width > MAX_COLUMNS,
        wide=made.wide,
        head=made.head,
        page=page,
        pages=len(names),
        names=tuple(clean(name, line=True) for name in names),
    )


def _cell(value: object) -> str:
    """A value as the person's own spreadsheet writes it."""
    match value:
        case bool():
            return _("true") if value else _("false")
        case int() | float():
            return _number(value)
        case datetime.date() | datetime.time():
            return _moment(value)
        case datetime.timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
    return " ".join(clean(str(value)).split())


def _moment(value: datetime.date | datetime.time) -> str:
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}"


def _number(value: float) -> str:
    whole = value == int(value) if abs(value) < 1e15 else False
    text = str(int(value)) if whole else f"{value:.10g}"
    return text.replace(".", ",") if language() == "fr" else text
