"""Word documents of before 2007: their text ([MS-DOC] §2.4.1), without layout."""

import re
import struct
from collections.abc import Iterator
from typing import Any

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.text.marks import CELL, ROW, layout
from acterm.viewers.asked import Asked
from acterm.viewers.compound import macro_note, stream
from acterm.viewers.symbols import shown_symbols
from acterm.viewers.view import View

# Of the file information block: its flags, the length of the main text, where the pieces are told.
_FLAGS, _LENGTH, _PIECES = 0x0A, 0x4C, 0x1A2
# The texts that follow one another ([MS-DOC] §2.5.4), those without a name unseen.
_PARTS = ("main", "footnotes", "", "", "remarks", "endnotes", "boxes")
_ENCRYPTED, _OTHER_TABLE = 0x0100, 0x0200
_COMPRESSED = 1 << 30
_MOST_TEXT = 4 << 20
# A field is its instruction, a mark, and what is shown of it.
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14|\x13[^\x13\x14\x15]*\x15|[\x13\x14\x15]")
# A paragraph, line, page or cell and what ends it.
_ENDS = re.compile("([^\r\a\x0b\x0c]*)([\r\a\x0b\x0c]|$)")
_PICTURE = re.compile("\x01")
# Where a drawing, a note or a remark belongs.
_MARK = re.compile("[\x02\x05\x08]")


def view(file: Any, asked: Asked) -> View:
    """The text, wrapped; tables aligned. The layout is for the program outside."""
    main, *others = map(_readable, _texts(file))
    lines = _lines(main)
    for text in filter(str.strip, others):
        lines += ["", *(line.strip() for line in _lines(text))]
    if not any(line.strip() for line in lines):
        raise ValueError("no text")
    notes = (macro_note(file), _("An old Word document: only its text is shown."))
    return View(tuple(layout(lines, asked.width)), " ".join(filter(None, notes)))


def _lines(text: str) -> list[str]:
    """Paragraphs, and rows of tables: each cell ends with BEL, and each row with one more."""
    lines: list[str] = []
    cells: list[str] = []
    held = ""
    for words, end in _ENDS.findall(text):
        if end == "\a" and (words or held or not cells):
            cells.append(clean(held + words, line=True))
            held = ""
        elif end == "\a":
            lines.append(ROW + CELL.join(cells))
            cells = []
        elif cells:
            held += f"{words} "  # a paragraph inside a cell
        else:
            lines.append(clean(words, line=True))
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _readable(text: str) -> str:
    return _PICTURE.sub(_("[image]"), shown_symbols(_FIELD.sub("", _MARK.sub("", text))))


def _texts(file: Any) -> Iterator[str]:
    """The main text, and those that are not heads of pages: notes, remarks, boxes."""
    main = stream(file, "WordDocument")
    lengths = struct.unpack_from(f"<{len(_PARTS)}I", main, _LENGTH)
    whole = "".join(_pieces(file, main, min(sum(lengths), _MOST_TEXT)))
    at = 0
    for name, length in zip(_PARTS, lengths, strict=True):
        if name:
            yield whole[at : at + length]
        at += length


def _pieces(file: Any, main: bytes, left: int) -> Iterator[str]:
    """The pieces of so much of the text in order."""
    flags = struct.unpack_from("<H", main, _FLAGS)[0]
    if flags & _ENCRYPTED:
        raise BadData(_("This document is locked by a password: only its own program opens it."))
    table = stream(file, "1Table" if flags & _OTHER_TABLE else "0Table")
    place, size = struct.unpack_from("<II", main, _PIECES)
    for start, end, at in _places(table[place : place + size]):
        length = min(end - start, left)
        left -= length
        if at & _COMPRESSED:
            first = (at & ~_COMPRESSED) // 2
            yield main[first : first + length].decode("cp1252", "replace")
        else:
            yield main[at : at + 2 * length].decode("utf-16-le", "replace")
        if left <= 0:
            return


def _places(told: bytes) -> Iterator[tuple[int, int, int]]:
    """First and last character of each piece, and where it stands ([MS-DOC] §2.9.38)."""
    at = 0
    while told[at : at + 1] == b"\x01":
        at += 3 + struct.unpack_from("<H", told, at + 1)[0]
    if told[at : at + 1] != b"\x02":
        raise ValueError("no pieces")
    size = struct.unpack_from("<I", told, at + 1)[0]
    plan = told[at + 5 : at + 5 + size]
    count = (len(plan) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", plan)
    for number in range(count):
        where = struct.unpack_from("<I", plan, 4 * (count + 1) + 8 * number + 2)[0]
        yield bounds[number], max(bounds[number + 1], bounds[number]), where
