"""Spreadsheets of every office suite, one sheet a page."""

import datetime
import io
from itertools import islice
from typing import TYPE_CHECKING

from acterm.errors import BadData
from acterm.i18n import _, language, ngettext
from acterm.mail.clean import clean
from acterm.viewers.asked import Asked
from acterm.viewers.columns import MAX_COLUMNS, MAX_ROWS, table
from acterm.viewers.packages import checked, macro_note
from acterm.viewers.view import View

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


def view(asked: Asked) -> View:
    """The sheet of a page: values as they were last computed, formulas are not run."""
    notes = [macro_note(checked(asked.data)) if asked.data.startswith(b"PK") else ""]
    book = _opened(asked.data)
    names, about_hidden = _sheets(book)
    notes.append(about_hidden)
    page = min(max(asked.page, 1), len(names))
    sheet = book.get_sheet_by_name(names[page - 1])
    rows = [
        [_cell(value) for value in row[:MAX_COLUMNS]]
        for row in islice(sheet.iter_rows(), MAX_ROWS + 1)
    ]
    made = table(rows, asked.width)
    notes.append("" if made.lines else _("This sheet is empty."))
    return View(
        made.lines,
        " ".join(filter(None, notes)),
        cut=len(rows) > MAX_ROWS or sheet.width > MAX_COLUMNS,
        wide=made.wide,
        head=made.head,
        page=page,
        pages=len(names),
        names=tuple(clean(name, line=True) for name in names),
    )


def _opened(data: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as locked:
        words = _("This document is locked by a password: only its own program opens it.")
        raise BadData(words) from locked


def _sheets(book: "CalamineWorkbook") -> tuple[list[str], str]:
    """The names of the sheets with cells, and a sentence about those that are hidden.

    Raises BadData without any.
    """
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    kinds = (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)
    sheets = [each for each in book.sheets_metadata if each.typ in kinds]
    names = [each.name for each in sheets if each.visible is SheetVisibleEnum.Visible]
    if not sheets:
        raise BadData(_("The workbook has no sheet."))
    count = len(sheets) - len(names)
    if not names or not count:
        return names or [each.name for each in sheets], ""
    words = ngettext(
        "{count} hidden sheet is left out.", "{count} hidden sheets are left out.", count
    )
    return names, words.format(count=count)


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
    """Of a computed value no more decimals than a reader wants."""
    if abs(value) < 1 or abs(value) >= 1e15:
        text = f"{value:.4g}"
    else:
        text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language() == "fr" else text
