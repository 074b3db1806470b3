"""Which viewer shows which attachment. Runs in the child process."""

import re
import time
from dataclasses import replace
from importlib import import_module
from types import ModuleType

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.cells import cut
from acterm.mail.message import Line, Span, Style
from acterm.mail.parsing.opaque import TYPES as SEALED_TYPES
from acterm.mail.signs.file_danger import danger_of
from acterm.mail.size import size_words
from acterm.mail.text.marks import layout
from acterm.viewers.asked import MAX_BYTES, MAX_LINES, Asked
from acterm.viewers.described import described, kind_words, sentence, type_of
from acterm.viewers.kinds import CODE_TYPES, by_name, by_type
from acterm.viewers.nature import charset_of, decoded_twice, nature
from acterm.viewers.sealed import unsealed
from acterm.viewers.view import Member, View

_MOST_PAGES = 200
# Of computing, for all pages together: well below what the child may take.
_MOST_SECONDS = 5.0

_PROGRAMS = ("application/x-msdownload", "application/x-executable")
# Whose lines say no more than the files inside.
_LISTINGS = ("archive", "tarball", "sevenzip", "tnef")
# What the file of a program may look like from outside.
_UNTOLD = ("", "application/zip", "application/x-ole-storage")
_PART = re.compile(r"(?i).*(\.(7z|zip)\.\d{3}|\.z\d\d|\.part\d+\.rar|\.r\d\d)")
# What is read up to a bound; the others need their end as well.
_READ_BEGINNING = ("calendar", "vcard", "table", "page", "text", "code", "mail")


def show(asked: Asked) -> View:
    """What the family of the attachment makes of it. Raises what viewers raise."""
    if not asked.data:
        raise BadData(_("The file is empty."))
    if _PART.fullmatch(asked.name):
        raise BadData(
            _("It is one part of an archive: save all its parts in one folder to open it.")
        )
    asked, family, note = _known(asked)
    if family in ("", "code", "text", "school_file"):
        note = " ".join(filter(None, (note, _danger(asked))))
    if not family:
        return _unshown(asked, note)
    whole = family not in _READ_BEGINNING or len(asked.data) <= MAX_BYTES
    if not whole:
        asked = replace(asked, data=asked.data[:MAX_BYTES])
    shown = _all_pages(_module(family), asked) if asked.page == 0 else _module(family).view(asked)
    cut_off = shown.cut or not whole or len(shown.lines) > MAX_LINES
    notes = (note, shown.note, _("Only the beginning is shown.") if cut_off else "")
    words = " ".join(dict.fromkeys(filter(None, notes)))
    lines = shown.lines[:MAX_LINES]
    if family not in _LISTINGS and len(lines) == len(shown.entries) > 0:
        lines = (*lines, Line(""))  # a text is not taken for a list of the files
    listed = shown.listed if len(lines) >= len(shown.lines) else 0
    return replace(shown, lines=lines, note=words, cut=cut_off, listed=listed)


def take(asked: Asked, number: int) -> Member:
    """A file inside the attachment. Raises what viewers raise."""
    asked, family, _note = _known(asked)
    module = _module(family) if family else None
    if module is None or not hasattr(module, "member"):
        raise BadData(_("There is no such file in “{name}”.").format(name=asked.name))
    found: Member = module.member(asked, number)
    return found


def _known(asked: Asked) -> tuple[Asked, str, str]:
    """The attachment set right, the module that shows it, and what its name deceives about.

    Bytes say more than the mail. The module is empty when there is none.
    """
    asked = replace(asked, data=decoded_twice(asked.data), kind=asked.kind.lower().strip())
    asked = unsealed(asked)
    told = nature(asked.data)
    promised = by_name(asked.name)
    if promised == "school_file" and told in _UNTOLD and not _is_text(asked.data):
        return replace(asked, kind=told), promised, ""
    if not told or (told == "text/html" and asked.kind in ("text/plain", *CODE_TYPES)):
        asked = replace(asked, charset=asked.charset or charset_of(asked.data))
        return asked, _promised(asked), ""
    promised = promised or by_type(type_of(asked.name))
    family, note = by_type(told), ""
    if promised and promised != "compound" and family not in (promised, "compound"):
        note = _("Despite its name, it is: {type}.").format(type=kind_words(told))
    return replace(asked, kind=told), family, note


def _promised(asked: Asked) -> str:
    """The module for the type or the name, where the bytes say nothing of themselves."""
    family = by_type(asked.kind)
    named = by_name(asked.name) or by_type(type_of(asked.name))
    named = "" if named == "school_file" else named  # a text that only ends as one
    if family in ("", "code") and named:
        return named
    if family:
        return family
    text = asked.kind.startswith(("text/", "message/")) or asked.charset or _is_text(asked.data)
    return "text" if text else ""


def _unshown(asked: Asked, note: str) -> View:
    """What is said of a file that only its own program opens."""
    if asked.kind in _PROGRAMS:
        words = _("{type}, {size}").format(
            type=sentence(kind_words(asked.kind)), size=size_words(len(asked.data))
        )
        return View((Line(words),), note)
    words = ""
    if asked.kind in ("application/vnd.rar", "application/x-rar-compressed"):
        words = _("acterm does not open archives of this kind.")
    elif asked.kind in SEALED_TYPES:
        words = _("It is encrypted for those whom it was sent to, or it is damaged.")
    lines = described(asked.data, asked.name, asked.kind, asked.width)
    return View(lines, " ".join(filter(None, (note, words))))


def _danger(asked: Asked) -> str:
    """A sentence about a file that is a program, by its bytes or its name."""
    if asked.kind in _PROGRAMS:
        return _("It is a program: opening it runs it.")
    danger = danger_of(asked.name)
    return danger[1].format(name=asked.name) if danger else ""


def _is_text(data: bytes) -> bool:
    """Whether bytes of no known type read as text: no control among them."""
    head = data[: 1 << 14]
    return bool(head.strip()) and not any(byte < 32 and byte not in b"\t\n\r\f" for byte in head)


def _module(family: str) -> ModuleType:
    return import_module(f"acterm.viewers.{family}")


def _all_pages(module: ModuleType, asked: Asked) -> View:
    """Every page below the one before, a quiet line between them."""
    end = time.process_time() + _MOST_SECONDS
    asked = replace(asked, page=1, drawn=False)
    first: View = module.view(asked)
    lines = [*_marker(first, 1, asked.width), *_said(first, asked.width)]
    last = min(first.pages, _MOST_PAGES)
    wide, cut_off = first.wide, first.cut or first.pages > last
    for at in range(2, last + 1):
        if len(lines) > MAX_LINES or time.process_time() > end:
            cut_off = True
            break
        shown: View = module.view(replace(asked, page=at))
        lines += [Line(""), *_marker(shown, at, asked.width), *_said(shown, asked.width)]
        wide, cut_off = wide or shown.wide, cut_off or shown.cut
    return replace(
        first,
        lines=tuple(lines),
        note=first.note if first.lines or first.pages == 1 else "",
        picture=None,
        page=1,
        pages=1,
        wide=wide,
        head=first.head if first.pages == 1 else 0,
        cut=cut_off,
    )


def _said(shown: View, width: int) -> tuple[Line, ...]:
    """The lines of a page among others; where it has none, why."""
    if shown.lines or shown.pages == 1:
        return shown.lines
    return tuple(layout([shown.note], width))


def _marker(shown: View, page: int, width: int) -> tuple[Line, ...]:
    """Which page begins, nothing when there is but one."""
    if shown.pages == 1:
        return ()
    name = shown.names[page - 1] if page <= len(shown.names) else ""
    words = name or _("page {page} of {pages}").format(page=page, pages=shown.pages)
    text = cut(f"── {words} ──", width)
    return (Line(text, (Span(0, len(text), Style.RULE),)),)
