"""PowerPoint files of before 2007: the words of their slides ([MS-PPT] §2.1.2, §2.3, §2.9)."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.text.marks import layout
from acterm.viewers.asked import Asked
from acterm.viewers.compound import facts, macro_note, stream
from acterm.viewers.described import described
from acterm.viewers.symbols import shown_symbols
from acterm.viewers.view import View

_LIST_OF_SLIDES, _SLIDE_IN_LIST, _SLIDE = 0x0FF0, 0x03F3, 0x03EE
_WIDE_WORDS, _NARROW_WORDS, _WORDS_OF_LIST = 0x0FA0, 0x0FA8, 0x0F9E
_EDIT, _PLACES = 0x0FF5, 0x1772
_APART = (0x03F8, 0x03F0, 0x03EE)  # masters, notes and slides, which lists name
_CONTAINER = 0x0F
_MOST_DEPTH = 24
_MOST_RECORDS = 200_000
_MOST_EDITS = 500


@dataclass(frozen=True, slots=True)
class _Record:
    """A record: its kind and instance, and where its content stands."""

    kind: int
    instance: int
    begin: int
    end: int


def view(file: Any, asked: Asked) -> View:
    """The words of a slide."""
    slides = _slides(stream(file, "PowerPoint Document"), stream(file, "Current User"))
    notes = (macro_note(file), _("An old PowerPoint file: only its words are shown."))
    if not any(slides):
        return View(
            (*described(asked.data, asked.name, asked.kind, asked.width), *facts(file)), notes[0]
        )
    page = min(max(asked.page, 1), len(slides))
    texts = [clean(shown_symbols(text)).strip("\n") for text in slides[page - 1]]
    title, *others = [text for text in texts if text] or [""]
    lines = title.split("\n")
    lines += ["", *"\n".join(others).split("\n")] if others else []
    if not title:
        return View((), _("This slide has no text."), page=page, pages=len(slides))
    words = " ".join(filter(None, notes))
    return View(tuple(layout(lines, asked.width)), words, page=page, pages=len(slides))


def _slides(data: bytes, user: bytes) -> list[list[str]]:
    """The texts of each slide: those of its shapes, or where it has none, of the outline."""
    outline: list[list[str]] = []
    identifiers = []
    for record in _records(data, 0, len(data)):
        if record.kind == _SLIDE_IN_LIST:
            identifiers.append(struct.unpack_from("<I", data, record.begin)[0])
            outline.append([])
        elif record.kind in (_WIDE_WORDS, _NARROW_WORDS):
            outline = outline or [[]]
            outline[-1].append(_text(data, record))
    places = _places(data, user) if identifiers else {}
    shown = (_shapes(data, places.get(one, -1), outline[at]) for at, one in enumerate(identifiers))
    return [words or outline[at] for at, words in enumerate(shown)] or outline


def _records(data: bytes, begin: int, end: int, *, drawn: bool = False) -> Iterator[_Record]:
    """The records of the list of slides, or of a drawing; their containers opened on the way."""
    open_until = [(end, drawn)]
    at = begin
    for _number in range(_MOST_RECORDS):
        while len(open_until) > 1 and at >= open_until[-1][0]:
            open_until.pop()
        if at + 8 > end:
            return
        version, kind, size = struct.unpack_from("<HHI", data, at)
        at += 8
        inside = open_until[-1][1]
        if version & _CONTAINER == _CONTAINER and len(open_until) < _MOST_DEPTH:
            if kind in _APART and not drawn:
                at += size
                continue
            # The instance of a list of slides: 0 slides, 1 masters, 2 notes.
            inside = inside or (kind == _LIST_OF_SLIDES and version >> 4 == 0)
            open_until.append((at + size, inside))
            continue
        if inside:
            yield _Record(kind, version >> 4, at, min(at + size, end))
        at += size


def _shapes(data: bytes, at: int, outline: list[str]) -> list[str]:
    """The texts in the shapes of the slide at a place; some stand in the outline."""
    if not 0 <= at <= len(data) - 8:
        return []
    _version, kind, size = struct.unpack_from("<HHI", data, at)
    if kind != _SLIDE:
        return []
    texts = []
    for record in _records(data, at + 8, min(at + 8 + size, len(data)), drawn=True):
        if record.kind in (_WIDE_WORDS, _NARROW_WORDS):
            texts.append(_text(data, record))
        elif record.kind == _WORDS_OF_LIST and record.end - record.begin >= 4:
            number = struct.unpack_from("<I", data, record.begin)[0]
            texts += outline[number : number + 1]
    return texts


def _text(data: bytes, record: _Record) -> str:
    wide = record.kind == _WIDE_WORDS
    return data[record.begin : record.end].decode("utf-16-le" if wide else "latin-1", "replace")


def _places(data: bytes, user: bytes) -> Mapping[int, int]:
    """Where the records stand that others name by a number, as of the last time it was saved."""
    places: dict[int, int] = {}
    at = struct.unpack_from("<I", user, 16)[0] if len(user) >= 20 else 0
    for _edit in range(_MOST_EDITS):
        if not 0 < at <= len(data) - 28 or struct.unpack_from("<H", data, at + 2)[0] != _EDIT:
            break
        before, directory = struct.unpack_from("<II", data, at + 16)
        for number, place in _directory(data, directory):
            places.setdefault(number, place)
        at = before
    return places


def _directory(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Numbers and places, told in runs ([MS-PPT] §2.3.5)."""
    if at > len(data) - 8 or struct.unpack_from("<H", data, at + 2)[0] != _PLACES:
        return
    end = min(at + 8 + struct.unpack_from("<I", data, at + 4)[0], len(data))
    at += 8
    while at + 4 <= end:
        first, count = divmod(struct.unpack_from("<I", data, at)[0], 1 << 20)[::-1]
        run = islice(struct.iter_unpack("<I", data[at + 4 : end - (end - at) % 4]), count)
        yield from ((first + step, place) for step, (place,) in enumerate(run))
        at += 4 + 4 * count
