"""Spreadsheets of every office suite, one sheet a page."""

import datetime
import io
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from acterm.errors import BadData
from acterm.i18n import _, ngettext
from acterm.mail.clean import clean
from acterm.viewers import sheet_looks, sheet_open
from acterm.viewers.asked import Asked
from acterm.viewers.columns import MAX_COLUMNS, MAX_ROWS, columns_note, table
from acterm.viewers.packages import checked, macro_note
from acterm.viewers.sheet_values import duration_words, moment_words, number_words, text_words
from acterm.viewers.view import View

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


def view(asked: Asked) -> View:
    """The sheet of a page: values as they were last computed, formulas are not run."""
    package = checked(asked.data) if asked.data.startswith(b"PK") else None
    notes = [macro_note(package) if package else ""]
    book = _opened(asked.data)
    names, about_hidden = _sheets(book)
    notes.append(about_hidden)
    page = min(max(asked.page, 1), len(names))
    sheet = book.get_sheet_by_name(names[page - 1])
    shown, missing = _looks(package, names[page - 1]) if package else ({}, 0)
    left = sheet.start[1] if sheet.start else 0
    rows = [
        [shown.get((at, column)) or _cell(value) for column, value in enumerate(row, left)]
        for at, row in enumerate(islice(sheet.iter_rows(), MAX_ROWS + 1))
    ]
    notes.append(_about_missing(missing))
    notes.append(columns_note(sheet.width) if sheet.width > MAX_COLUMNS else "")
    made = table(rows, asked.width)
    notes.append("" if made.lines else _("This sheet is empty."))
    return View(
        made.lines,
        " ".join(filter(None, notes)),
        cut=len(rows) > MAX_ROWS,
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


def _looks(package: ZipFile, name: str) -> tuple[Mapping[tuple[int, int], str], int]:
    """What cells show beside their values, and how many have none yet."""
    try:
        if "content.xml" in package.namelist():
            return sheet_open.looks(package, name), 0
        return sheet_looks.looks(package, name)
    except (BadData, ValueError, KeyError, BadZipFile):
        return {}, 0  # the values are there without


def _about_missing(count: int) -> str:
    """A sentence about formulas that no program has computed yet."""
    if not count:
        return ""
    words = ngettext(
        "{count} cell was never computed: it stays empty here.",
        "{count} cells were never computed: they stay empty here.",
        count,
    )
    return words.format(count=count)


def _cell(value: object) -> str:
    """A value as the person's own spreadsheet writes it."""
    match value:
        case bool():
            return _("true") if value else _("false")
        case int() | float():
            return number_words(value)
        case datetime.date() | datetime.time():
            return moment_words(value)
        case datetime.timedelta():
            return duration_words(value)
    return text_words(" ".join(clean(str(value)).split()))
