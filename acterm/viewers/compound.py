"""Files of the old Microsoft container ([MS-CFB]): which kind, and the viewer of that kind."""

import io
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import Any

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.message import Line
from acterm.mail.parsing.header import decode_bytes
from acterm.viewers import sheet
from acterm.viewers.asked import Asked
from acterm.viewers.described import described
from acterm.viewers.listing import missing
from acterm.viewers.view import Member, View

_MOST_STREAM = 64 << 20
# A file that was cut off inside a sector is read all the same.
_SECTOR = 512
# A stream that only one kind of file has, and the module that shows it.
_KINDS = (
    ("__properties_version1.0", "outlook"),
    ("WordDocument", "old_word"),
    ("PowerPoint Document", "old_slides"),
)


def view(asked: Asked) -> View:
    """A mail of Outlook, an old document; others by what they say of themselves."""
    file = opened(asked.data)
    if file.exists("EncryptedPackage"):
        raise BadData(_("This document is locked by a password: only its own program opens it."))
    if file.exists("Workbook") or file.exists("Book"):
        shown: View = sheet.view(asked)
        return replace(shown, note=" ".join(filter(None, (macro_note(file), shown.note))))
    for stream, module in _KINDS:
        if file.exists(stream):
            read: View = import_module(f"acterm.viewers.{module}").view(file, asked)
            return read
    return View((*described(asked.data, asked.name, asked.kind, asked.width), *facts(file)))


def member(asked: Asked, number: int) -> Member:
    """A file inside a mail of Outlook; nothing else has any."""
    from acterm.viewers import outlook

    file = opened(asked.data)
    if not file.exists("__properties_version1.0"):
        raise missing(asked.name)
    return outlook.member(file, asked, number)


def opened(data: bytes) -> Any:  # the library has no types
    """The container. Raises ValueError when it is none."""
    import olefile

    try:
        return olefile.OleFileIO(io.BytesIO(data + bytes(-len(data) % _SECTOR)))
    except OSError as problem:
        raise ValueError(str(problem)) from problem


def stream(file: Any, *path: str) -> bytes:
    """The bytes of a stream, none without it."""
    if not file.exists(list(path)) or file.get_size(list(path)) > _MOST_STREAM:
        return b""
    return bytes(file.openstream(list(path)).read())


def macro_note(file: Any) -> str:
    """A sentence when a document brings programs along."""
    if any("vba" in part.lower() for path in file.listdir() for part in path):
        return _("It holds macros, which are programs: acterm does not run them.")
    return ""


def facts(file: Any) -> tuple[Line, ...]:
    """Title, author and date, as the document itself tells them ([MS-OLEPS])."""
    told = file.get_metadata()
    lines = []
    for label, value in ((_("Document title"), told.title), (_("Author"), told.author)):
        words = clean(decode_bytes(value)[0] if isinstance(value, bytes) else "", line=True)
        if words.strip("\0 "):
            lines.append(Line(_("{label}: {words}").format(label=label, words=words.strip()[:200])))
    saved = told.last_saved_time
    if isinstance(saved, datetime) and saved.year > 1980:
        lines.append(Line(_("Last saved on {day}").format(day=f"{saved:%d/%m/%Y}")))
    return tuple(lines)
