"""Which viewer shows which attachment; runs in the child process."""

from importlib import import_module

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.message import Line
from acterm.mail.size import size_words, type_words
from acterm.viewers.view import Member, View

# What is shown at most; more is for the program outside.
MAX_BYTES = 8 << 20
MAX_LINES = 20_000

# One module a family, each with `view(data, width) -> View` that raises ValueError for what it
# cannot read. New families stand here and nowhere else.
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


def show(data: bytes, name: str, kind: str, width: int) -> View:
    """The attachment in lines of at most `width` cells; a sentence when it cannot be shown."""
    family = _FAMILIES.get(kind) or _ENDINGS.get(_ending(name))
    if family is None and kind.startswith(("text/", "message/")):
        family = "text"
    if family is None:
        return _described(data, name, kind)
    head = data if family == "archive" else data[:MAX_BYTES]  # its list is at the end
    try:
        shown: View = import_module(f"acterm.viewers.{family}").view(head, width)
    except (ValueError, KeyError, IndexError, OSError, EOFError):
        return View(_described(data, name, kind).lines, _("The file is damaged, or empty."))
    cut = shown.cut or len(head) < len(data) or len(shown.lines) > MAX_LINES
    return View(
        shown.lines[:MAX_LINES], _("Only the beginning is shown.") if cut else shown.note, cut
    )


def _described(data: bytes, name: str, kind: str) -> View:
    words = _("{type}, {size}: save it to open it in its own program.")
    known = type_words(_guessed(name, kind))
    text = words.format(type=known[:1].upper() + known[1:], size=size_words(len(data)))
    return View((Line(text),))


def _guessed(name: str, kind: str) -> str:
    """The type by the name's ending, where the sender's mailer did not know it."""
    if kind not in ("application/octet-stream", "application/binary", "application/x-download"):
        return kind
    import mimetypes

    return mimetypes.guess_type(name)[0] or kind


def _ending(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot >= 0 else ""


def take(data: bytes, name: str, kind: str, number: int) -> Member:
    """A file inside the attachment."""
    del data, kind, number
    raise BadData(_("There is no such file in “{name}”.").format(name=name))
