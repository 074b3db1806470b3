"""winmail.dat ([MS-OXTNEF]): the files and the text that Outlook wraps."""

import logging
from typing import Any

from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.message import Line
from acterm.mail.parsing.header import decode_bytes
from acterm.mail.text.marks import layout
from acterm.viewers.asked import Asked
from acterm.viewers.compressed_rtf import decompressed
from acterm.viewers.listing import entry, listing, missing
from acterm.viewers.page import read_page
from acterm.viewers.rtf import text_of
from acterm.viewers.view import Member, View

_LONG_NAME = 0x3707  # PidTagAttachLongFilename


def view(asked: Asked) -> View:
    """The text where there is one, and below it the files."""
    wrapped = _opened(asked.data)
    files = [
        entry(number, _name(one), len(one.data or b""))
        for number, one in enumerate(wrapped.attachments, 1)
    ]
    shown = listing(files, asked.width, len(files))
    text = _text(wrapped, asked.width)
    names = (Line(""), *shown.lines) if files and text else shown.lines
    listed = len(names) if text else 0
    note = shown.note
    if not files:
        note = _("It holds no file, only the text.") if text else _("It holds no file and no text.")
    return View((*text, *names), note, shown.cut, entries=shown.entries, listed=listed)


def member(asked: Asked, number: int) -> Member:
    """One of the files."""
    files = _opened(asked.data).attachments
    if not 1 <= number <= len(files):
        raise missing(asked.name)
    one = files[number - 1]
    inside = entry(number, _name(one), 0)
    return Member(inside.name, inside.type, bytes(one.data or b""))


def _opened(data: bytes) -> Any:  # the library has no types
    from tnefparse import TNEF

    logging.disable()  # it tells its troubles to the log, which nobody reads here
    return TNEF(data, do_checksum=False)


def _name(one: Any) -> str:
    """The long name where there is one; in the letters of the machine that wrote it."""
    given = next((each.data for each in one.mapi_attrs if each.name == _LONG_NAME), "") or one._name
    return (decode_bytes(given)[0] if isinstance(given, bytes) else str(given)).strip("\0")


def _text(wrapped: Any, width: int) -> tuple[Line, ...]:
    """The body in the best shape there is."""
    if wrapped.body:
        return tuple(layout(_decoded(wrapped.body).split("\n"), width))
    if wrapped.htmlbody:
        return read_page(_decoded(wrapped.htmlbody), width)[0]
    packed = wrapped._rtfbody  # the public one wants another library
    if packed:
        return tuple(layout(text_of(decompressed(packed)).split("\n"), width))
    return ()


def _decoded(text: bytes | str) -> str:
    return clean(decode_bytes(text)[0] if isinstance(text, bytes) else text).strip("\0\n")
