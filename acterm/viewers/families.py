"""Which viewer shows which attachment. Runs in the child process."""

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
from acterm.viewers.nature import decoded_twice, nature
from acterm.viewers.sealed import unsealed
from acterm.viewers.view import Member, View

_MOST_PAGES = 200
# Of computing, for all pages together: well below what the child may take.
_MOST_SECONDS = 5.0

# One module a family. New families stand here and nowhere else.
_FAMILIES = {
    "text/calendar": "calendar",
    "application/ics": "calendar",
    "text/vcard": "vcard",
    "text/x-vcard": "vcard",
    "text/directory": "vcard",
    "text/csv": "table",
    "text/tab-separated-values": "table",
    "text/html": "page",
    "application/xhtml+xml": "page",
    "message/rfc822": "mail",
    "application/zip": "archive",
    "application/x-zip-compressed": "archive",
    "application/x-tar": "tarball",
    "application/gzip": "tarball",
    "application/x-bzip2": "tarball",
    "application/x-xz": "tarball",
    "application/x-7z-compressed": "sevenzip",
    "application/ms-tnef": "tnef",
    "application/vnd.ms-tnef": "tnef",
    "application/pdf": "pdf",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "application/x-ole-storage": "compound",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "slides",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "sheet",
    "application/vnd.oasis.opendocument.spreadsheet": "sheet",
    "application/vnd.oasis.opendocument.text": "opendocument",
    "application/vnd.oasis.opendocument.presentation": "opendocument",
}
_ENDINGS = {
    ".ics": "calendar",
    ".vcf": "vcard",
    ".csv": "table",
    ".tsv": "table",
    ".eml": "mail",
    ".html": "page",
    ".htm": "page",
    ".zip": "archive",
    ".tar": "tarball",
    ".tgz": "tarball",
    ".gz": "tarball",
    ".bz2": "tarball",
    ".xz": "tarball",
    ".7z": "sevenzip",
    ".pdf": "pdf",
    ".rtf": "rtf",
    ".docx": "word",
    ".docm": "word",
    ".pptx": "slides",
    ".pptm": "slides",
    ".ppsx": "slides",
    ".xlsx": "sheet",
    ".xlsm": "sheet",
    ".xlsb": "sheet",
    ".ods": "sheet",
    ".odt": "opendocument",
    ".odp": "opendocument",
    ".doc": "compound",
    ".xls": "compound",
    ".ppt": "compound",
    ".msg": "compound",
}
_PICTURE_TYPES = (
    *("image/png", "image/jpeg", "image/jpg", "image/pjpeg", "image/gif", "image/bmp"),
    *("image/x-ms-bmp", "image/webp", "image/tiff", "image/x-icon", "image/vnd.microsoft.icon"),
    "image/avif",
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".ico", ".avif")
_CODE = (
    *(".py", ".js", ".ts", ".css", ".json", ".xml", ".svg", ".sql", ".sh", ".c", ".h", ".cpp"),
    *(".java", ".php", ".tex", ".bib", ".yml", ".yaml", ".toml", ".ini", ".ps1", ".bat", ".vbs"),
    *(".r", ".rb", ".go", ".rs", ".pl", ".lua", ".md", ".diff", ".patch"),
)
_CODE_TYPES = (
    *("application/json", "application/xml", "text/xml", "application/javascript"),
    *("text/javascript", "text/css", "text/x-python", "text/x-diff", "text/x-patch"),
    *("text/markdown", "image/svg+xml", "application/x-sh", "text/x-python-script"),
)
_PROGRAMS = ("application/x-msdownload", "application/x-executable")
# What is read up to a bound; the others need their end as well.
_READ_BEGINNING = ("calendar", "vcard", "table", "page", "text", "code", "mail")


def show(asked: Asked) -> View:
    """What the family of the attachment makes of it. Raises what viewers raise."""
    if not asked.data:
        raise BadData(_("The file is empty."))
    asked, family, note = _known(asked)
    if family in ("", "code", "text"):
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
    return replace(shown, lines=shown.lines[:MAX_LINES], note=words, cut=cut_off)


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
    if not told or (told == "text/html" and asked.kind in ("text/plain", *_CODE_TYPES)):
        return asked, _promised(asked), ""
    promised = _ENDINGS.get(_ending(asked.name)) or _by_type(type_of(asked.name))
    family, note = _by_type(told), ""
    if promised and promised != "compound" and family not in (promised, "compound"):
        note = _("Despite its name, it is: {type}.").format(type=kind_words(told))
    return replace(asked, kind=told), family, note


def _promised(asked: Asked) -> str:
    """The module for the type or the name, where the bytes say nothing of themselves."""
    ending = _ending(asked.name)
    family = _by_type(asked.kind) or _ENDINGS.get(ending, "")
    if family:
        return family
    if asked.kind in _CODE_TYPES or ending in _CODE:
        return "code"
    if ending in _PICTURES:
        return "picture"
    if asked.kind.startswith(("text/", "message/")) or _is_text(asked.data):
        return "text"
    return ""


def _ending(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot >= 0 else ""


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


def _by_type(kind: str) -> str:
    if kind in _FAMILIES:
        return _FAMILIES[kind]
    if kind in _PICTURE_TYPES:
        return "picture"
    return "media" if kind.startswith(("audio/", "video/")) else ""


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
