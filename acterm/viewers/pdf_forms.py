"""What is filled into the form of a PDF, as letters that stand in its fields."""

import ctypes
from collections.abc import Iterator
from typing import Any

from acterm.viewers.pdf_runs import Letter

_MOST_FIELDS = 2000
_MOST_LETTERS = 2000
# Of a field’s height, and of its breadth for each letter: about what a printer takes.
_HIGH, _BROAD = 12.0, 0.5


def filled(page: Any, form: Any) -> Iterator[Letter]:
    """The values of the fields of a page, where they stand; a box with or without its cross."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    for at in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_FIELDS)):
        field = raw.FPDFPage_GetAnnot(page, at)
        if not field:
            continue
        if raw.FPDFAnnot_GetSubtype(field) == raw.FPDF_ANNOT_WIDGET and raw.FPDFAnnot_GetRect(
            field, box
        ):
            yield from _set(_value(form, field), box.left, box.top, box.bottom)
        raw.FPDFPage_CloseAnnot(field)


def _value(form: Any, field: Any) -> str:
    from pypdfium2 import raw

    kind = raw.FPDFAnnot_GetFormFieldType(form, field)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return "☒" if raw.FPDFAnnot_IsChecked(form, field) else "☐"
    if kind not in (
        raw.FPDF_FORMFIELD_TEXTFIELD,
        raw.FPDF_FORMFIELD_COMBOBOX,
        raw.FPDF_FORMFIELD_LISTBOX,
    ):
        return ""
    size = raw.FPDFAnnot_GetFormFieldValue(form, field, None, 0)
    held = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetFormFieldValue(
        form, field, ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR)), size
    )
    return held.raw.decode("utf-16-le", "replace").rstrip("\0")[:_MOST_LETTERS]


def _set(value: str, left: float, top: float, bottom: float) -> Iterator[Letter]:
    """The letters of a value, line by line from the top of its field."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    high = min(max(top - bottom, 1.0) / len(lines), _HIGH)
    spare = (top - bottom - high * len(lines)) / 2
    for number, line in enumerate(lines):
        upper = top - spare - number * high
        for at, letter in enumerate(line):
            start = left + at * high * _BROAD
            yield Letter(letter, start, start + high * _BROAD, upper, upper - high)
