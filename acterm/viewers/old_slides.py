"""PowerPoint files of before 2007: the words of their slides ([MS-PPT] §2.3, §2.9)."""

import struct
from collections.abc import Iterator
from typing import Any

from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.text.marks import layout
from acterm.viewers.asked import Asked
from acterm.viewers.compound import facts, macro_note, stream
from acterm.viewers.described import described
from acterm.viewers.view import View

_LIST_OF_SLIDES = 0x0FF0
_WIDE_WORDS, _NARROW_WORDS, _NEXT_SLIDE = 0x0FA0, 0x0FA8, 0x03F3
_CONTAINER = 0x0F
_MOST_DEPTH = 12
_MOST_RECORDS = 200_000


def view(file: Any, asked: Asked) -> View:
    """The words of the slides, in one page."""
    words = list(_words(stream(file, "PowerPoint Document")))
    notes = (macro_note(file), _("An old PowerPoint file: only its words are shown."))
    if not words:
        return View(
            (*described(asked.data, asked.name, asked.kind, asked.width), *facts(file)), notes[0]
        )
    lines = [line for text in words for line in (*clean(text).split("\n"), "")]
    return View(tuple(layout(lines[:-1], asked.width)), " ".join(filter(None, notes)))


def _words(data: bytes) -> Iterator[str]:
    """The texts in the order of the file, its master pages left out."""
    open_until = [(len(data), False)]
    at = 0
    for _record in range(_MOST_RECORDS):
        while len(open_until) > 1 and at >= open_until[-1][0]:
            open_until.pop()
        if at + 8 > len(data):
            return
        version, kind, size = struct.unpack_from("<HHI", data, at)
        at += 8
        if version & 0x0F == _CONTAINER and len(open_until) < _MOST_DEPTH:
            # The instance of a list of slides: 0 slides, 1 masters, 2 notes.
            slides = open_until[-1][1] or (kind == _LIST_OF_SLIDES and version >> 4 == 0)
            open_until.append((at + size, slides))
            continue
        if open_until[-1][1] and kind == _WIDE_WORDS:
            yield data[at : at + size].decode("utf-16-le", "replace")
        elif open_until[-1][1] and kind == _NARROW_WORDS:
            yield data[at : at + size].decode("latin-1")
        at += size
