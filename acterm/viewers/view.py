"""Which viewer shows which attachment."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from acterm.i18n import _
from acterm.mail.message import Line
from acterm.mail.size import size_words, type_words

# What is shown at most; more is for the program outside.
MAX_BYTES = 8 << 20
MAX_LINES = 20_000


@dataclass(frozen=True, slots=True)
class View:
    """An attachment as lines; `note` says what is not shown, or how else to see it."""

    lines: tuple[Line, ...]
    note: str = ""


Viewer = Callable[[bytes, int], View]
_FAMILIES = {
    "text/calendar": "calendar",
    "application/ics": "calendar",
    "text/vcard": "vcard",
    "text/x-vcard": "vcard",
    "text/directory": "vcard",
    "text/csv": "table",
    "message/rfc822": "mail",
    "application/zip": "archive",
    "application/x-zip-compressed": "archive",
    "text/html": "page",
}
_ENDINGS = {
    ".ics": "calendar",
    ".vcf": "vcard",
    ".csv": "table",
    ".eml": "mail",
    ".zip": "archive",
    ".html": "page",
    ".htm": "page",
    ".txt": "text",
    ".md": "text",
    ".log": "text",
    ".json": "text",
    ".xml": "text",
}


def view(data: bytes, name: str, kind: str, width: int) -> View:
    """The attachment in lines of at most `width` cells; a sentence when it cannot be shown."""
    family = _FAMILIES.get(kind) or _ENDINGS.get(_ending(name))
    if family is None and kind.startswith("text/"):
        family = "text"
    if family is None:
        return _described(data, kind)
    try:
        head = data if family == "archive" else data[:MAX_BYTES]  # its list is at the end
        shown: View = import_module(f"acterm.viewers.{family}").view(head, width)
    except (ValueError, KeyError, IndexError, OSError, EOFError) as problem:
        words = _("The file is damaged: {reason}.").format(reason=type(problem).__name__)
        return View(_described(data, kind).lines, words)
    cut = len(head) < len(data) or len(shown.lines) > MAX_LINES
    note = _("Only the beginning is shown.") if cut else shown.note
    return View(shown.lines[:MAX_LINES], note)


def _described(data: bytes, kind: str) -> View:
    words = _("{type}, {size}: save it to open it in its own program.")
    return View(
        (Line(words.format(type=type_words(kind).capitalize(), size=size_words(len(data)))),)
    )


def _ending(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot >= 0 else ""
